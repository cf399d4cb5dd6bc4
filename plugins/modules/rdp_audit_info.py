#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rdp_audit_info
short_description: Report who used Remote Desktop on an appliance
version_added: 0.1.0
description:
  - Reads over WinRM what the Security event log of Windows says of Remote Desktop. Who signed in and out, who was
    refused, who left a session and took it up again, and whether somebody cleared the log.
  - Entries of other programs than Windows are reported as well, with their text. The guide says that two factors leave
    entries in this log and does not say how they look; O(two_factor_sources) names the program once you have seen it.
  - With network level authentication, the usual setting, Windows records a password that was refused as a sign-in over
    the network, as it does for file shares. O(network_refusals) reports those too.
  - The account needs the right to read the Security event log. Membership in the local group C(Event Log Readers)
    (C(S-1-5-32-573)) is enough, beside the right to use WinRM.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  since:
    description:
      - Only entries from this moment on, like V(2026-01-31) or V(2026-01-31T08:00:00Z). Without a zone it is UTC.
      - By default as far back as the log goes.
    type: str
  limit:
    description:
      - How many entries at most, 1 to 1000. The newest are taken.
    type: int
    default: 100
  network_refusals:
    description:
      - Whether refused sign-ins over the network are reported. Not all of them are about Remote Desktop.
    type: bool
    default: false
  two_factor_sources:
    description:
      - Names of programs whose entries are about two factors, as the result shows them in C(source).
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.rdp
"""

EXAMPLES = r"""
- name: Who used Remote Desktop
  useries.appliance.rdp_audit_info:
    since: "2026-01-01"
  register: audit

- name: Only the refused ones
  useries.appliance.rdp_audit_info:
    network_refusals: true
    query: "entries[?kind=='refused'].[at, user, address]"
"""

RETURN = r"""
rdp_audit:
  description: What the log says, filtered by O(query).
  returned: success
  type: dict
  contains:
    entries:
      description:
        - Newest first. What an entry does not say is empty.
      type: list
      elements: dict
      contains:
        at:
          description: When, in UTC.
          type: str
        kind:
          description:
            - V(sign_in), V(refused), V(sign_out), V(disconnected), V(reconnected), V(log_cleared), V(two_factor), or
              V(application) for an entry of another program.
          type: str
        user:
          description: Who, like C(UVM-1A\\btadmin).
          type: str
        address:
          description: IP address from which somebody came.
          type: str
        client:
          description: Name of the computer from which somebody came.
          type: str
        logon_type:
          description: V(10) for Remote Desktop, V(3) for the network; null where the entry has none.
          type: int
        event_id:
          description: Number of the event.
          type: int
        record:
          description: Number of the entry in the log.
          type: int
        source:
          description: Program that wrote the entry.
          type: str
        text:
          description: Words of an entry of another program.
          type: str
    oldest:
      description: When the oldest entry of the whole log was written; null when the log is empty.
      type: str
    complete:
      description:
        - Whether the log goes back to O(since) and O(limit) left nothing out. V(false) without O(since).
      type: bool
reachable:
  description: Whether Windows answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.rdp_audit_info import ReadAudit
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class RdpAuditInfo(ReadAudit):
    """Guide 439 (NET-03)."""

    returns = "rdp_audit"
    groups: ClassVar = ("windows",)
    options: ClassVar = {
        "since": {"type": "str"},
        "limit": {"type": "int", "default": 100},
        "network_refusals": {"type": "bool", "default": False},
        "two_factor_sources": {"type": "list", "elements": "str", "default": []},
    }


DECLARATION = RdpAuditInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
