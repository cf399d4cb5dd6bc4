#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: license_keys
short_description: Enter the licence keys of Windows and SQL Server
version_added: 0.1.0
description:
  - Enters the keys over WinRM, activates Windows, and reads again. It is a step of the recovery of an appliance.
  - Windows that is activated with this key, and SQL Server that is no evaluation, are left alone.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  windows_key:
    description:
      - The product key of Windows, five groups of five. Windows is activated over the Internet, or at its KMS server.
    type: str
  sql_server_key:
    description:
      - The product key of SQL Server, five groups of five. SQL Server is restarted when it is entered.
      - The setup program accepts the licence terms of SQL Server in your name.
    type: str
  sql_setup:
    description:
      - Full path, on the appliance, of C(setup.exe) of the same version of SQL Server. Needed while SQL Server is not
        licensed.
    type: str
  sql_instance:
    description:
      - The instance of SQL Server.
    type: str
    default: MSSQLSERVER
  key_on_command_line:
    description:
      - Accepts that a key is part of a command line on the appliance while it is entered. There other administrators
        can read it, and the auditing of processes where it is on. Needed to enter a key.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
notes:
  - Before SQL Server is restarted the state of the pair is read from the console. Where one cannot sign in to it yet,
    set O(accept_pair_state=any).
seealso:
  - module: useries.appliance.windows_activation
"""

EXAMPLES = r"""
- name: Windows and SQL Server are licensed
  useries.appliance.license_keys:
    windows_key: "{{ vault_windows_key }}"
    sql_server_key: "{{ vault_sql_server_key }}"
    sql_setup: 'C:\SQL Server\setup.exe'
    key_on_command_line: true
"""

RETURN = r"""
licenses:
  description: How both are licensed; null for what no key was given for.
  returned: success
  type: dict
  contains:
    windows_licensed:
      description: Whether Windows is activated.
      type: bool
    windows_status:
      description: The same in words.
      type: str
    sql_server_edition:
      description: Edition of SQL Server.
      type: str
    sql_server_licensed:
      description: Whether that is no evaluation.
      type: bool
proof:
  description: V(verified), as Windows itself is asked.
  returned: success, except in check mode
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.license_keys import EnterLicenseKeys
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class LicenseKeys(EnterLicenseKeys):
    """Guide 1581 (REC-05)."""

    impact = "service"
    expects: ClassVar = ("unpaired", "off")
    returns = "licenses"
    groups: ClassVar = ("windows", "console", "proof", "partner", "pair")
    options: ClassVar = {
        "windows_key": {"type": "str", "no_log": True},
        "sql_server_key": {"type": "str", "no_log": True},
        "sql_setup": {"type": "str"},
        "sql_instance": {"type": "str", "default": "MSSQLSERVER"},
        "key_on_command_line": {"type": "bool", "default": False, "no_log": False},
    }
    constraints: ClassVar = {"required_one_of": [("windows_key", "sql_server_key")]}


DECLARATION = LicenseKeys


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
