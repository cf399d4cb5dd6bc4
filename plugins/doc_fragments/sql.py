# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach SQL Server on an appliance."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach SQL Server on an appliance."""

    DOCUMENTATION = r"""
options:
  sql_host:
    description:
      - Name or IP address of SQL Server on the appliance.
      - Filled from the variable C(useries_sql_host), else from the environment variable E(USERIES_SQL_HOST).
    type: str
  sql_port:
    description:
      - TCP port.
      - Filled from the variable C(useries_sql_port) or E(USERIES_SQL_PORT).
    type: int
    default: 1433
  sql_username:
    description:
      - User name.
      - Filled from the variable C(useries_sql_username) or E(USERIES_SQL_USERNAME).
    type: str
  sql_password:
    description:
      - Password.
      - Filled from the variable C(useries_sql_password) or E(USERIES_SQL_PASSWORD).
    type: str
  sql_timeout:
    description:
      - Seconds to wait for one answer.
      - Filled from the variable C(useries_sql_timeout) or E(USERIES_SQL_TIMEOUT).
    type: int
    default: 30
  sql_ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store is used.
      - Filled from the variable C(useries_sql_ca_path) or E(USERIES_SQL_CA_PATH).
    type: path
  sql_driver:
    description:
      - Name or path of the ODBC driver; by default the newest one of Microsoft, else FreeTDS.
      - Filled from the variable C(useries_sql_driver) or E(USERIES_SQL_DRIVER).
    type: str
  sql_encrypt:
    description:
      - Whether the connection is encrypted.
      - Filled from the variable C(useries_sql_encrypt) or E(USERIES_SQL_ENCRYPT).
    type: bool
    default: true
"""
