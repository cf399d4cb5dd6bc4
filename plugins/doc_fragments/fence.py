# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How it is known that the old node is off."""

from __future__ import annotations


class ModuleDocFragment:
    """How it is known that the old node is off."""

    DOCUMENTATION = r"""
options:
  primary_is_off:
    description:
      - The word of a person who has looked at the old node and found it off, C(<network name>@<address>).
      - The name is the one that the appliance shows, the address the one in the inventory. A refusal prints what to
        give. It does not overrule a sign of life.
      - Filled from the variable C(primary_is_off), so C(-e primary_is_off=...) does it.
    type: str
  power_state:
    description:
      - What your own tasks for the old node's power found (hypervisor, power strip). V(off) is believed like an iDRAC.
    type: str
    choices: ["on", "off"]
  fenced_idrac:
    description:
      - How to reach the iDRAC of the old node.
      - Every suboption is filled from the variables of the old node's host; for a pair C(useries_partner) names it.
    type: dict
    suboptions:
      host:
        description:
          - Name or IP address.
          - Filled from the variable C(useries_idrac_host) of the old node.
        type: str
      port:
        description:
          - TCP port.
          - Filled from the variable C(useries_idrac_port) of the old node.
        type: int
        default: 443
      username:
        description:
          - User name.
          - Filled from the variable C(useries_idrac_username) of the old node.
        type: str
      password:
        description:
          - Password.
          - Filled from the variable C(useries_idrac_password) of the old node.
        type: str
      timeout:
        description:
          - Seconds to wait for one answer.
          - Filled from the variable C(useries_idrac_timeout) of the old node.
        type: int
        default: 30
      validate_certs:
        description:
          - Whether the certificate is verified. V(false) accepts any certificate and warns about it.
          - Filled from the variable C(useries_idrac_validate_certs) of the old node.
        type: bool
        default: true
      ca_path:
        description:
          - PEM file of the certificate authority; by default the system's store is used.
          - Filled from the variable C(useries_idrac_ca_path) of the old node.
        type: path
      fingerprints:
        description:
          - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed.
          - Filled from the variable C(useries_idrac_fingerprints) of the old node.
        type: list
        elements: str
        default: []
"""
