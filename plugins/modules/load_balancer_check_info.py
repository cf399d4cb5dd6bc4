#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer_check_info
short_description: Ask an appliance what a load balancer would ask
version_added: 0.1.0
description:
  - Sends the request of a health check, without signing in, to the appliance or to an address behind which it stands,
    and says whether a load balancer that is set up as the documentation shows would send traffic there.
  - An answer that is none of V(Off), V(Active) and V(Passive), a redirect, another status and a certificate that is not
    trusted are errors, as they are for a load balancer.
author:
  - The useries.appliance authors (@useries)
options:
  address:
    description:
      - The host name or IP address to ask, for example that of the load balancer. By default the appliance itself.
      - It is trusted as the console of the appliance is, by O(ca_path) or O(fingerprints).
    type: str
  address_port:
    description: The port of O(address).
    type: int
    default: 443
  expected:
    description: Fail unless the answer is this role.
    type: str
    choices: [Active, Passive, 'Off']
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.ha_info
"""

EXAMPLES = r"""
- name: Would a load balancer send traffic here?
  useries.appliance.load_balancer_check_info:
    expected: Active
"""

RETURN = r"""
check:
  description: What was answered, filtered by O(query).
  returned: success
  type: dict
  contains:
    url:
      description: What was asked.
      type: str
    role:
      description: V(Active), V(Passive) or V(Off).
      type: str
    sends_traffic:
      description: Whether a load balancer that is set up as the documentation shows sends traffic there.
      type: bool
    milliseconds:
      description: How long the answer took, with connecting.
      type: int
    content_type:
      description: Format of the answer.
      type: str
    problems:
      description: What may keep a load balancer from understanding the answer.
      type: list
      elements: str
reachable:
  description: Whether the address answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.load_balancer_check_info import (
    CheckAsBalancer,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class LoadBalancerCheckInfo(CheckAsBalancer):
    """Guide 1131-1161 (HA-16)."""

    returns = "check"
    options: ClassVar[dict[str, Any]] = {
        "address": {"type": "str"},
        "address_port": {"type": "int", "default": 443},
        "expected": {"type": "str", "choices": ["Active", "Passive", "Off"]},
    }


DECLARATION = LoadBalancerCheckInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
