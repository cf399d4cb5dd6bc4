#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: health_alerts
short_description: Turn alerts for services and hardware on or off
version_added: 0.1.0
description:
  - Sets which alerts the appliance raises about its services and its hardware.
  - The guide does not print the captions of the switches. One that this console words in another way is set with
    O(alerts), by its caption, or named in C(useries_console_labels).
author:
  - The useries.appliance authors (@useries)
options:
  service_state:
    description:
      - Alerts when a service is not in the state that the roles call for.
    type: bool
  service_control_manager:
    description:
      - Alerts when a service does not start or ends unexpectedly.
    type: bool
  hardware:
    description:
      - Alerts about hardware; physical appliances.
    type: bool
  alerts:
    description:
      - Caption of a switch, as the page words it, to whether it is on.
    type: dict
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.smtp
"""

EXAMPLES = r"""
- name: Tell what goes wrong
  useries.appliance.health_alerts:
    service_state: true
    service_control_manager: true
    hardware: true
"""

RETURN = r"""
settings:
  description: The switches read back.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.health_alerts import SetAlerts
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class HealthAlerts(SetAlerts):
    """Guide 513-524."""

    options: ClassVar = {"alerts": {"type": "dict"}}
    constraints: ClassVar = {"required_one_of": [(*SetAlerts.fields, "alerts")]}


DECLARATION = HealthAlerts


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
