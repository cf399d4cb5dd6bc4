# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach BeyondInsight on an appliance."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach BeyondInsight on an appliance."""

    DOCUMENTATION = r"""
options:
  beyondinsight_host:
    description:
      - Name or IP address of BeyondInsight; by default that of the appliance, O(host).
      - Filled from the variable C(useries_beyondinsight_host), else from the environment variable
        E(USERIES_BEYONDINSIGHT_HOST).
    type: str
  beyondinsight_port:
    description:
      - TCP port.
      - Filled from the variable C(useries_beyondinsight_port) or E(USERIES_BEYONDINSIGHT_PORT).
    type: int
    default: 443
  beyondinsight_username:
    description:
      - User name made in the configuration wizard.
      - Filled from the variable C(useries_beyondinsight_username) or E(USERIES_BEYONDINSIGHT_USERNAME).
    type: str
  beyondinsight_password:
    description:
      - Password.
      - Filled from the variable C(useries_beyondinsight_password) or E(USERIES_BEYONDINSIGHT_PASSWORD).
    type: str
  beyondinsight_timeout:
    description:
      - Seconds to wait for one answer.
      - Filled from the variable C(useries_beyondinsight_timeout) or E(USERIES_BEYONDINSIGHT_TIMEOUT).
    type: int
    default: 30
  beyondinsight_validate_certs:
    description:
      - Whether the certificate is verified. V(false) accepts any certificate and warns about it.
      - Filled from the variable C(useries_beyondinsight_validate_certs) or E(USERIES_BEYONDINSIGHT_VALIDATE_CERTS).
    type: bool
    default: true
  beyondinsight_ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store is used.
      - Filled from the variable C(useries_beyondinsight_ca_path) or E(USERIES_BEYONDINSIGHT_CA_PATH).
    type: path
  beyondinsight_fingerprints:
    description:
      - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed.
      - Two entries serve while a certificate is being replaced.
      - Filled from the variable C(useries_beyondinsight_fingerprints) or E(USERIES_BEYONDINSIGHT_FINGERPRINTS).
    type: list
    elements: str
    default: []
"""
