#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: idrac_info
short_description: Report the hardware of an appliance over its iDRAC
version_added: 0.1.0
description:
  - Reads service tag, model, BIOS and iDRAC versions, power and health over Redfish.
  - One session per host and run is used and logged out at the end.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.info
  - useries.appliance.attributes.info
"""

EXAMPLES = r"""
- name: Which BIOS does it have?
  useries.appliance.idrac_info:
    query: bios_version
"""

RETURN = r"""
idrac:
  description: What the iDRAC says; null where it says nothing.
  returned: success
  type: dict
  contains:
    service_tag:
      description: Dell service tag.
      type: str
    model:
      description: Model of the server.
      type: str
    bios_version:
      description: BIOS version.
      type: str
    idrac_version:
      description: Firmware version of the iDRAC.
      type: str
    power_state:
      description: V(On), V(Off), V(PoweringOn) or V(PoweringOff).
      type: str
    health:
      description: V(OK), V(Warning) or V(Critical).
      type: str
reachable:
  description: Whether the iDRAC answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class IdracInfo(Info):
    """DMTF Redfish and Dell's parts of it."""

    returns = "idrac"
    groups: ClassVar = ("idrac",)

    def read(self) -> Any:
        return self.task.surfaces.idrac.inventory().as_dict()


DECLARATION = IdracInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
