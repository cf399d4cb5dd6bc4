#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: product_update_info
short_description: Report versions, available updates, update history and the update method
version_added: 0.1.0
description:
  - Reads the page BeyondTrust Updates and its two pages View Updates and View Update History.
  - The guide prints no words for the state of a package. RV(updates.packages) has the state as the collection
    understands it and, in C(said), the console's own word.
author:
  - The useries.appliance authors (@useries)
options:
  gather:
    description:
      - What to read. V(versions) and V(method) are on one page; V(packages) and V(history) cost a request each.
    type: list
    elements: str
    choices: [versions, method, packages, history]
    default: [versions, method, packages, history]
  package_type:
    description:
      - Only packages of this type (subscription), in RV(updates.packages) and RV(updates.history).
    type: str
    choices:
      - Security Patches for Windows Server
      - Security Patches for SQL Server
      - U-Series Appliance Environment
      - U-Series Appliance Supporting Software
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.product_update
  - module: useries.appliance.update_schedule
  - module: useries.appliance.appliance_info
"""

EXAMPLES = r"""
- name: What is there to update?
  useries.appliance.product_update_info:
  register: found

- name: When was SQL Server patched?
  useries.appliance.product_update_info:
    gather: [history]
    package_type: Security Patches for SQL Server
    query: 'history."Security Patches for SQL Server"[0].date'
"""

RETURN = r"""
updates:
  description: The parts that were asked for.
  returned: success
  type: dict
  contains:
    versions:
      description: Product to version.
      type: dict
    method:
      description:
        - The section Update Method - C(update_server) and C(proxy_in_use) as shown, C(appliance_updates_disabled) and
          C(security_updates_disabled), each null where the page does not show it; C(change_with) says where each is
          changed.
      type: dict
    packages:
      description:
        - Packages that are ready, that are in a run, or that were applied in the last 24 hours, each with C(name),
          C(type), C(state) (V(available), V(scheduled), V(running), V(failed) or V(applied)), C(said) and C(date).
      type: list
      elements: dict
    schedule:
      description: Date, time and packages of the run that is scheduled, or null. It comes with V(packages).
      type: dict
    history:
      description: Package type to the packages that were applied, the newest first.
      type: dict
console:
  description:
    - How the console is laid out, and what told it.
    - Other modules return it when it is not confirmed.
  returned: when the console was opened
  type: dict
  contains:
    profile:
      description: V(3.3) or V(later).
      type: str
    chosen_by:
      description: V(navigation), by the menus met, or V(option), by O(console_profile).
      type: str
    confirmed:
      description: Whether the guide of that version states it.
      type: bool
    met:
      description: The menus met that tell the profile.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._compose.update_report import PARTS, report
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import PACKAGE_TYPES


class ProductUpdateInfo(Info):
    """Guide 130-149, 165-195."""

    returns = "updates"
    options: ClassVar = {
        "gather": {"type": "list", "elements": "str", "choices": list(PARTS), "default": list(PARTS)},
        "package_type": {"type": "str", "choices": list(PACKAGE_TYPES)},
    }

    def read(self) -> dict[str, Any]:
        return report(self.task.surfaces.console, self.given["gather"], self.given.get("package_type"))


DECLARATION = ProductUpdateInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
