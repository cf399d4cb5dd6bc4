#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: session_archiving
short_description: Archive the recorded sessions of Password Safe
version_added: 0.1.0
description:
  - Sets where recordings of sessions are moved when they reach an age, or when storage on the appliance runs low.
  - It is a part of the page of the role Password Safe Web Portal. The changes are applied at the end, with the same
    rules about pending changes as M(useries.appliance.appliance_role).
  - Nothing that was archived is ever deleted, neither by the appliance nor by this module. The archive keeps growing.
  - Archiving by hand and looking at archived sessions is done in Password Safe, see its administration guide.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether recordings are archived. Archived files stay where they are when this is turned off.
    type: bool
  protocol:
    description:
      - How the files get to the archive. Needed with O(enabled=true).
      - V(bits) goes to a repository host, V(windows_file_sharing) to a share, which the manufacturer prefers.
      - V(nfs) is refused, because the console does not offer it although its guide speaks of it.
    type: str
    choices: [bits, windows_file_sharing, nfs]
  repository_host:
    description:
      - Name of the repository host, with V(bits).
    type: str
  certificate_name:
    description:
      - Name of the certificate of the repository host; by default O(repository_host). Register it on the appliance
        with M(useries.appliance.certificate) first.
    type: str
  share_path:
    description:
      - The share as C(\\host\share), with V(windows_file_sharing).
    type: str
  share_username:
    description:
      - Account at the share.
    type: str
  share_password:
    description:
      - Its password. It cannot be read back.
    type: str
  maximum_age:
    description:
      - Age in days at which a file is archived, 1 or more. The appliance begins with 90.
    type: int
  storage_threshold:
    description:
      - Free storage of the appliance in MB, 1 or more, below which files are archived.
    type: int
  max_transfer_time:
    description:
      - Seconds after which a transfer is given up, 20 to 1209600.
    type: int
  test:
    description:
      - Presses Test Session Monitoring Settings first; when the test fails nothing is applied.
      - It is pressed also when nothing is to be changed, but not in check mode.
    type: bool
    default: false
  adopt_pending:
    description:
      - Whether changes that someone else left pending in the Roles Editor are applied along.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.stored_secrets
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.session_archiving_info
  - module: useries.appliance.appliance_role
"""

EXAMPLES = r"""
- name: Recordings move to the share after a month
  useries.appliance.session_archiving:
    enabled: true
    protocol: windows_file_sharing
    share_path: '\\nas\sessions'
    share_username: archive
    share_password: "{{ vault_share_password }}"
    maximum_age: 30
    test: true
"""

RETURN = r"""
settings:
  description: The settings read back, without the password.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether recordings are archived.
      type: bool
    applied:
      description: Whether no change of the role's page is pending.
      type: bool
    role_enabled:
      description: Whether the role Password Safe Web Portal is on.
      type: bool
tested:
  description: Whether the test was passed.
  returned: when it was asked for
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.session_archiving import (
    ArchiveSessions,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._guide.role_settings import PROTOCOLS

TEXTS = ("repository_host", "certificate_name", "share_path", "share_username")
NUMBERS = ("maximum_age", "storage_threshold", "max_transfer_time")


class SessionArchiving(ArchiveSessions):
    """Guide 930-1039."""

    impact = "service"
    groups: ClassVar = ("console", "stored_secrets", "partner", "pair")
    options: ClassVar = {
        "enabled": {"type": "bool"},
        "protocol": {"type": "str", "choices": [*PROTOCOLS, "nfs"]},
        **{name: {"type": "str"} for name in TEXTS},
        "share_password": {"type": "str", "no_log": True},
        **{name: {"type": "int"} for name in NUMBERS},
        "test": {"type": "bool", "default": False},
        "adopt_pending": {"type": "bool", "default": False},
    }
    constraints: ClassVar = {"required_one_of": [("enabled", "protocol", "share_password", *TEXTS, *NUMBERS)]}


DECLARATION = SessionArchiving


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
