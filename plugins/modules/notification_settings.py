#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: notification_settings
short_description: Set who gets e-mail about events of an appliance
version_added: 0.1.0
description:
  - Turns e-mail notification on or off, chooses its users by type of event, and sets the address of the current user.
  - Only what is given is compared and changed; types that are not named stay as they are.
  - A passive node does not show this page.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether e-mail is sent about events.
      - When it is on after a change and the appliance has no SMTP server, the task warns.
    type: bool
  email:
    description:
      - E-mail address of the current user of the console, that is the account of O(username).
      - The other users have theirs elsewhere, in BeyondInsight or as users of the appliance.
    type: str
  types:
    description:
      - Types of events, each with all of its users.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Caption of the type as the page shows it, for example V(Health Monitoring). An unknown one is refused with
            those that are there.
        type: str
        required: true
      users:
        description:
          - All users who get mail about it, each as the page shows it, with what stands in parentheses behind the name.
          - An empty list means nobody.
        type: list
        elements: str
        required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.notification_settings_info
    description: Shows the types and their users.
  - module: useries.appliance.smtp
  - module: useries.appliance.performance_counters
"""

EXAMPLES = r"""
- name: Tell the administrators when the pair fails over
  useries.appliance.notification_settings:
    enabled: true
    types:
      - name: High Availability Failover
        users:
          - btadmin (BI User)
          - btadmin (UVM User)

- name: The address of the account that this runs with
  useries.appliance.notification_settings:
    email: appliance@example.com
"""

RETURN = r"""
settings:
  description: What was given, read back.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.notification_settings import (
    NotifyUsers,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class NotificationSettings(NotifyUsers):
    """Guide 562-606."""

    options: ClassVar = {
        "email": {"type": "str"},
        "types": {
            "type": "list",
            "elements": "dict",
            "options": {
                "name": {"type": "str", "required": True},
                "users": {"type": "list", "elements": "str", "required": True},
            },
        },
    }
    constraints: ClassVar = {"required_one_of": [("enabled", "email", "types")]}


DECLARATION = NotificationSettings


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
