#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: dell_info
short_description: Report service tag, versions and health of an appliance's Dell server
version_added: 0.1.0
description:
  - Reads the service tag, which Dell's support site asks for, the versions of BIOS, iDRAC, Lifecycle Controller and
    firmware, and the health.
  - The iDRAC is asked over Redfish, Windows over WinRM (the CIM classes C(Win32_BIOS) and C(Win32_ComputerSystem)); at
    least one of them has to be configured. Windows knows neither the firmware nor the health. C(racadm) is not used.
  - When both are configured and tell another service tag, the task fails. Then another machine is behind the address of
    the iDRAC. An iDRAC that does not answer fails too, Windows that does not answer is warned about.
  - A virtual appliance is told as one and is no error.
  - What is sent to Windows has been checked against cmdlet metadata and a model, what is read from the iDRAC against a
    model; neither has met a real one yet.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.windows
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.idrac_info
    description: The iDRAC alone, with the power state.
  - module: useries.appliance.idrac_job_info
"""

EXAMPLES = r"""
- name: Which server is it, and which firmware can be updated?
  useries.appliance.dell_info:
  register: server

- name: For Dell's support site
  ansible.builtin.debug:
    msg: "{{ server.dell.note or server.dell.service_tag }}"
"""

RETURN = r"""
dell:
  description: What is known of the server, filtered by O(query); null where nobody tells.
  returned: success
  type: dict
  contains:
    virtual:
      description: Whether it is a virtual appliance; null when it is neither that nor a server of Dell.
      type: bool
    note:
      description: A sentence that says so when it is a virtual appliance.
      type: str
    service_tag:
      description: Dell's service tag. A server without one, as after a new board, is warned about.
      type: str
    manufacturer:
      description: Who made it.
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
    idrac_generation:
      description: V(9) for an iDRAC 9.
      type: int
    server_generation:
      description: V(14) for a PowerEdge of the 14th generation.
      type: int
    lifecycle_controller_version:
      description: Version of the Lifecycle Controller.
      type: str
    health:
      description: Health of the server with all its parts; V(OK), V(Warning) or V(Critical).
      type: str
    firmware:
      description:
        - The firmware inventory. Each entry has C(name), C(version), C(updateable), C(state) (V(installed), V(current),
          V(previous), to which it can be rolled back, or V(available)) and C(component), its number at Dell.
      type: list
      elements: dict
    sources:
      description: For each of these values the surfaces that tell it, V(idrac) before V(windows).
      type: dict
reachable:
  description: Whether what was asked answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.dell_info import ReadDell
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class DellInfo(ReadDell):
    """Guide 1614-1616 (DELL-01)."""

    returns = "dell"
    surface = "idrac"
    groups: ClassVar = ("idrac", "windows")


DECLARATION = DellInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
