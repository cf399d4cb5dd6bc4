#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: health_forwarding
short_description: Forward health events of an appliance to BeyondInsight
version_added: 0.1.0
description:
  - Chooses where health events of the appliance go. For a BeyondInsight elsewhere, its certificate must be on this
    appliance first.
  - In BeyondInsight a Syslog Event Forwarding connector must be made as well, see
    M(useries.appliance.syslog_connector).
author:
  - The useries.appliance authors (@useries)
options:
  target:
    description:
      - V(none) forwards nothing, V(local) to the BeyondInsight of this appliance, V(remote) to O(address).
    type: str
    required: true
    choices: [none, local, remote]
  address:
    description:
      - Address or DNS name of the remote BeyondInsight.
    type: str
  certificate:
    description:
      - Name of its certificate in the list of this appliance.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.client_certificate
  - module: useries.appliance.certificate
  - module: useries.appliance.syslog_connector
"""

EXAMPLES = r"""
- name: Health events stay here
  useries.appliance.health_forwarding:
    target: local
"""

RETURN = r"""
settings:
  description: The settings read back.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.health_forwarding import (
    ForwardEvents,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class HealthForwarding(ForwardEvents):
    """Guide 609-652."""

    options: ClassVar = {"target": {"type": "str", "required": True, "choices": ["none", "local", "remote"]}}


DECLARATION = HealthForwarding


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
