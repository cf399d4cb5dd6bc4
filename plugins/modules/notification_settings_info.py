#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: notification_settings_info
short_description: Report who gets e-mail about events of an appliance
version_added: 0.1.0
description:
  - Reads what the page Notifications of the site Diagnostics is set to. What the appliance has told is read by
    M(useries.appliance.notification_info).
  - A passive node does not show this page.
author:
  - The useries.appliance authors (@useries)
options:
  names:
    description:
      - Types of events to look for besides the known ones and those that the page's titles name.
      - A browser sees no titles of what stands behind tabs or closed headers, so name further types here.
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.notification_settings
  - module: useries.appliance.notification_info
"""

EXAMPLES = r"""
- name: Which types of events are there?
  useries.appliance.notification_settings_info:
    query: types[].name
"""

RETURN = r"""
notification_settings:
  description: The page, filtered by O(query).
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether e-mail is sent; null where the page does not show it.
      type: bool
    email:
      description: Address of the current user; null where the page does not show it.
      type: str
    types:
      description: The types of events.
      type: list
      elements: dict
      contains:
        name:
          description: Caption of the type.
          type: str
        users:
          description: Users who get mail about it.
          type: list
          elements: str
        offered:
          description: All users who can be chosen.
          type: list
          elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.mail import read_page
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import NOTIFICATIONS


class NotificationSettingsInfo(Info):
    """Guide 562-606."""

    returns = "notification_settings"
    options: ClassVar = {"names": {"type": "list", "elements": "str", "default": []}}

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        console.open(NOTIFICATIONS)
        page = read_page(console, self.given["names"])
        types = [{"name": one.name, "users": one.chosen(), "offered": list(one.users)} for one in page["types"]]
        return {**page, "types": types}


DECLARATION = NotificationSettingsInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
