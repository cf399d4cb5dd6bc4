#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: remote_database_test
short_description: Test the connection of an appliance to a remote SQL Server
version_added: 0.1.0
description:
  - Presses "Test Connection" on the page Database Utilities. Nothing is changed; a test that fails is a failure.
  - SQL Free and UVMSQL appliances do not have the page.
author:
  - The useries.appliance authors (@useries)
options:
  database:
    description:
      - Name of the database, where the page asks for one.
    type: str
extends_documentation_fragment:
  - useries.appliance.remote_database
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.remote_database
"""

EXAMPLES = r"""
- name: The appliance reaches its SQL Server
  useries.appliance.remote_database_test:
    address: sql.example.com
    login_username: useries_setup
    login_password: "{{ vault_database_password }}"
"""

RETURN = r"""
connection:
  description: What was tested.
  returned: success
  type: dict
  contains:
    address:
      description: The SQL Server.
      type: str
    message:
      description: What the console said.
      type: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.remote_database import (
    OPTIONS,
    TryConnection,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class RemoteDatabaseTest(TryConnection):
    """Guide 1281."""

    returns = "connection"
    required: ClassVar = ("address", "login_username", "login_password")
    options: ClassVar = OPTIONS


DECLARATION = RemoteDatabaseTest


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
