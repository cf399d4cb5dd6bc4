#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: syslog_connector
short_description: Let BeyondInsight receive the health events of an appliance
version_added: 0.1.0
description:
  - Creates the connector Syslog Event Forwarding in BeyondInsight, under Configuration > Connectors, unless there is
    one for this address with these values.
  - It is made in BeyondInsight at C(https://<server>/), with the account of BeyondInsight; the console is not asked.
  - The guide describes no way to change or remove a connector. One for the same address with other values is refused,
    with what differs.
  - What is offered as protocol, facility and severity is known only to the page. Check mode opens its empty form as
    well; nothing is saved.
author:
  - The useries.appliance authors (@useries)
options:
  address:
    description:
      - IP address of the appliance, as BeyondInsight is to know it. A connector is known by it.
    type: str
    required: true
  protocol:
    description:
      - One of the protocols that the page offers, in its words. Others are refused with the list.
    type: str
    required: true
  facility:
    description:
      - One of the facilities that the page offers, in its words. Others are refused with the list.
    type: str
    required: true
  appliance_health:
    description:
      - Whether health events of appliances are among the events. Other events are left as the form has them.
    type: bool
    default: true
  severity:
    description:
      - One of the severities that the page offers, in its words; by default all. Others are refused with the list.
      - When it is not given, that of a connector that is there does not matter.
    type: str
  name:
    description:
      - Name of the connector, where the form asks for one; the guide does not say that it does.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.beyondinsight
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.health_forwarding
  - module: useries.appliance.beyondinsight_info
"""

EXAMPLES = r"""
- name: BeyondInsight takes the health events of this appliance
  useries.appliance.syslog_connector:
    address: "{{ useries_host }}"
    protocol: UDP
    facility: local0
"""

RETURN = r"""
connector:
  description: The connector read back.
  returned: success
  type: dict
  contains:
    name:
      description: Its name, where the form has one.
      type: str
    address:
      description: Address of the appliance.
      type: str
    protocol:
      description: Protocol.
      type: str
    facility:
      description: Facility.
      type: str
    appliance_health:
      description: Whether health events are among the events.
      type: bool
    severity:
      description: Severity.
      type: str
"""

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.syslog_connector import (
    KeepConnector,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class SyslogConnector(KeepConnector):
    """Guide 662-680."""


DECLARATION = SyslogConnector


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
