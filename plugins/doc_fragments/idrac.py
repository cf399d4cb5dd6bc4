# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach the iDRAC of a physical appliance."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach the iDRAC of a physical appliance."""

    DOCUMENTATION = r"""
options:
  idrac_host:
    description:
      - Name or IP address of the iDRAC.
      - Filled from the variable C(useries_idrac_host), else from the environment variable E(USERIES_IDRAC_HOST).
    type: str
  idrac_port:
    description:
      - TCP port.
      - Filled from the variable C(useries_idrac_port) or E(USERIES_IDRAC_PORT).
    type: int
    default: 443
  idrac_username:
    description:
      - User name.
      - Filled from the variable C(useries_idrac_username) or E(USERIES_IDRAC_USERNAME).
    type: str
  idrac_password:
    description:
      - Password.
      - Filled from the variable C(useries_idrac_password) or E(USERIES_IDRAC_PASSWORD).
    type: str
  idrac_previous_password:
    description:
      - The password before O(idrac_password), tried once when that is refused; for the time in which it is changed.
      - Filled from the variable C(useries_idrac_previous_password) or E(USERIES_IDRAC_PREVIOUS_PASSWORD).
    type: str
  idrac_timeout:
    description:
      - Seconds to wait for one answer.
      - Filled from the variable C(useries_idrac_timeout) or E(USERIES_IDRAC_TIMEOUT).
    type: int
    default: 30
  idrac_validate_certs:
    description:
      - Whether the certificate is verified. V(false) accepts any certificate and warns about it.
      - Filled from the variable C(useries_idrac_validate_certs) or E(USERIES_IDRAC_VALIDATE_CERTS).
    type: bool
    default: true
  idrac_ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store is used.
      - Filled from the variable C(useries_idrac_ca_path) or E(USERIES_IDRAC_CA_PATH).
    type: path
  idrac_fingerprints:
    description:
      - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed.
      - Two entries serve while a certificate is being replaced.
      - Filled from the variable C(useries_idrac_fingerprints) or E(USERIES_IDRAC_FINGERPRINTS).
    type: list
    elements: str
    default: []
"""
