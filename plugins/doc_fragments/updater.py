# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach BeyondTrust Updater."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach BeyondTrust Updater."""

    DOCUMENTATION = r"""
options:
  updater_host:
    description:
      - Name or IP address of BeyondTrust Updater; by default that of the appliance, O(host).
      - Filled from the variable C(useries_updater_host), else from the environment variable
        E(USERIES_UPDATER_HOST).
    type: str
  updater_port:
    description:
      - TCP port.
      - Filled from the variable C(useries_updater_port) or E(USERIES_UPDATER_PORT).
    type: int
    default: 443
  updater_username:
    description:
      - User name; it is not that of the console.
      - Filled from the variable C(useries_updater_username) or E(USERIES_UPDATER_USERNAME).
    type: str
  updater_password:
    description:
      - Password.
      - Filled from the variable C(useries_updater_password) or E(USERIES_UPDATER_PASSWORD).
    type: str
  updater_path:
    description:
      - Address of its sign-in page, without the server, as in C(/updater). The guide does not print it, so there is no
        default. Without it nothing is done.
      - Filled from the variable C(useries_updater_path) or E(USERIES_UPDATER_PATH).
    type: str
  updater_timeout:
    description:
      - Seconds to wait for one answer.
      - Filled from the variable C(useries_updater_timeout) or E(USERIES_UPDATER_TIMEOUT).
    type: int
    default: 30
  updater_validate_certs:
    description:
      - Whether the certificate is verified. V(false) accepts any certificate and warns about it.
      - Filled from the variable C(useries_updater_validate_certs) or E(USERIES_UPDATER_VALIDATE_CERTS).
    type: bool
    default: true
  updater_ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store is used.
      - Filled from the variable C(useries_updater_ca_path) or E(USERIES_UPDATER_CA_PATH).
    type: path
  updater_fingerprints:
    description:
      - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed.
      - Two entries serve while a certificate is being replaced.
      - Filled from the variable C(useries_updater_fingerprints) or E(USERIES_UPDATER_FINGERPRINTS).
    type: list
    elements: str
    default: []
"""
