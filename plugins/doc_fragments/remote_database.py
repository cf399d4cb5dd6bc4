# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A SQL Server on another machine, as the page Database Utilities asks for it."""

from __future__ import annotations


class ModuleDocFragment:
    """A SQL Server on another machine, as the page Database Utilities asks for it."""

    DOCUMENTATION = r"""
options:
  address:
    description:
      - IP address or host name of the SQL Server.
    type: str
    required: true
  login_username:
    description:
      - SQL Server login; to create a database it needs the right to.
    type: str
    required: true
  login_password:
    description:
      - Its password.
    type: str
    required: true
  connection_timeout:
    description:
      - Seconds that the appliance waits for the SQL Server.
    type: int
    default: 360
  remote_multisubnet:
    description:
      - Whether Remote MultiSubnet is enabled, for a server with addresses in several subnets.
    type: bool
    default: true
"""
