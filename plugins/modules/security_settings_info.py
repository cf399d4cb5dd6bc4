#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: security_settings_info
short_description: Report the security settings of an appliance
version_added: 0.1.0
description:
  - Reads what the page Security Settings shows, under the names of the modules and options that set it; no secrets.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.general_settings_info
  - module: useries.appliance.api_key_info
"""

EXAMPLES = r"""
- name: How strict is the appliance?
  useries.appliance.security_settings_info:
    query: "{tls: security_protocol.minimum_protocols, hsts: hsts.enabled, fips: fips.fips_state}"
"""

RETURN = r"""
settings:
  description: Module to its options; null for a part that this appliance does not have.
  returned: success
  type: dict
  contains:
    api_key:
      description: Maximum age of messages in minutes.
      type: dict
    event_service_ssl:
      description: Whether a certificate is required.
      type: dict
    fips:
      description: The FIPS state that was set; it may wait for a reboot.
      type: dict
    hsts:
      description: Whether HSTS is on.
      type: dict
    security_protocol:
      description: The minimum security protocols.
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

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.exported import of_page
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS


class SecuritySettingsInfo(Info):
    """Guide 236-339."""

    returns = "settings"

    def read(self) -> dict[str, Any]:
        return of_page(self.task.surfaces.console, SECURITY_SETTINGS)


DECLARATION = SecuritySettingsInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
