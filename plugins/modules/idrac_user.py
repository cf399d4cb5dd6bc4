#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: idrac_user
short_description: Set the password of an account of an appliance's iDRAC
version_added: 0.1.0
description:
  - Sets the password of an account that is there, and proves it by a fresh sign-in.
  - For the account of O(idrac_username) the wanted password is O(idrac_password) and the present one is
    O(idrac_previous_password), that is C(useries_idrac_password) and C(useries_idrac_previous_password). Each is tried
    once. The password is changed when the iDRAC lets in the previous one. The rest of the run goes on with the new one.
  - For another account a sign-in with O(new_password) tells whether there is anything to do, so a password that differs
    costs one refused sign-in. After several of them an iDRAC locks the address out for some minutes.
  - The password from the factory (V(root) with V(calvin)) is recognised, where a sign-in or C(racadm) shows it, and
    told in RV(idrac_user.default_password). A server that was ordered with a password of its own has another one.
  - Over Redfish the password is part of a request that TLS protects. C(racadm) on the appliance takes it as part of its
    command line, where other programs and the audit log of the appliance can read it, so that this has to be allowed.
    It is the way for a password that nobody knows any more.
  - Accounts are neither created nor removed.
  - Both roads have been checked against a model, not yet against a real iDRAC. The formats of C(racadm) are those of
    published transcripts.
author:
  - The useries.appliance authors (@useries)
options:
  account:
    description:
      - User name of the account, O(idrac_username) unless given.
    type: str
  new_password:
    description:
      - The wanted password of another account than O(idrac_username). For that one it may only repeat
        O(idrac_password).
      - Without it another account is only reported.
    type: str
  default_password:
    description:
      - What to do when V(root) has the password from the factory and the task does not change it. V(refuse) fails,
        V(report) warns.
    type: str
    choices: [refuse, report]
    default: refuse
  via:
    description:
      - The road to the iDRAC.
      - V(redfish) is the iDRAC's own interface, V(windows) the program C(racadm) on the appliance over WinRM.
      - V(auto) takes Redfish. With O(allow_password_in_process_list=true) it takes C(racadm) where the iDRAC does not
        answer or lets neither password in.
    type: str
    choices: [auto, redfish, windows]
    default: auto
  allow_password_in_process_list:
    description:
      - Accepts that C(racadm) shows the password in the appliance's list of processes, and perhaps in its audit log.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.windows
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.idrac_network
  - module: useries.appliance.credentials
    description: The passwords of the appliance itself.
"""

EXAMPLES = r"""
- name: The account of the inventory has its wanted password, whichever of the two is in use now
  useries.appliance.idrac_user:
    default_password: refuse

- name: What is known of root?
  useries.appliance.idrac_user:
    account: root
    default_password: report
"""

RETURN = r"""
idrac_user:
  description: What is known of the account afterwards; in check mode before.
  returned: success
  type: dict
  contains:
    account:
      description: Its user name.
      type: str
    slot:
      description: Its number on the iDRAC.
      type: int
    enabled:
      description: Whether it may sign in; null over C(racadm).
      type: bool
    role:
      description: Its role, as V(Administrator); null over C(racadm).
      type: str
    default_password:
      description: Whether its password is the one from the factory; null where that is not known.
      type: bool
    via:
      description: The road taken, V(redfish) or V(windows).
      type: str
proof:
  description: V(verified) when a sign-in showed the wanted password.
  returned: when a password is wanted
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.idrac_network import VIA
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.idrac_user import (
    SetIdracPassword,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class IdracUser(SetIdracPassword):
    """Guide 1683-1685, 1697 (DELL-07)."""

    returns = "idrac_user"
    surface = "idrac"
    groups: ClassVar = ("idrac", "windows", "console", "proof")
    options: ClassVar = {
        "account": {"type": "str"},
        "new_password": {"type": "str", "no_log": True},
        "default_password": {"type": "str", "choices": ["refuse", "report"], "default": "refuse", "no_log": False},
        "via": VIA,
        "allow_password_in_process_list": {"type": "bool", "default": False, "no_log": False},
    }


DECLARATION = IdracUser


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
