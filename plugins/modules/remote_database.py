#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: remote_database
short_description: Create the BeyondInsight database on a remote SQL Server
version_added: 0.1.0
description:
  - Presses "Create Database" on the page Database Utilities, unless the database is there.
  - The page does not tell which databases there are. With the options C(sql_*) of that very SQL Server (O(sql_host) is
    O(address)) the server is asked before and afterwards. Without them the console is asked to create it, a database
    that it says exists is no change, and a task in check mode predicts a change.
  - It does not move the appliance to the database; that does the role BeyondInsight Database Access
    (M(useries.appliance.appliance_role)).
  - SQL Free and UVMSQL appliances do not have the page.
author:
  - The useries.appliance authors (@useries)
options:
  database:
    description:
      - Name of the database. Letters, digits, blanks and any of C(_@#$.-), beginning with a letter or C(_).
    type: str
    required: true
extends_documentation_fragment:
  - useries.appliance.remote_database
  - useries.appliance.console
  - useries.appliance.sql
  - useries.appliance.proof
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.remote_database_test
  - module: useries.appliance.appliance_role
"""

EXAMPLES = r"""
- name: The database of BeyondInsight is there
  useries.appliance.remote_database:
    address: sql.example.com
    database: BeyondInsight
    login_username: useries_setup
    login_password: "{{ vault_database_password }}"
"""

RETURN = r"""
database:
  description: The database.
  returned: success
  type: dict
  contains:
    address:
      description: The SQL Server.
      type: str
    name:
      description: Its name.
      type: str
    exists:
      description: Whether it is there; null in check mode where the SQL Server is not asked.
      type: bool
    message:
      description: What the console said; empty when nothing was pressed.
      type: str
proof:
  description: V(verified) when the SQL Server itself says that it is there, else V(unavailable).
  returned: success, except in check mode
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.remote_database import (
    OPTIONS,
    CreateDatabase,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class RemoteDatabase(CreateDatabase):
    """Guide 1276-1282."""

    returns = "database"
    groups: ClassVar = ("console", "sql", "proof")
    required: ClassVar = ("address", "database", "login_username", "login_password")
    options: ClassVar = OPTIONS


DECLARATION = RemoteDatabase


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
