# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach Windows on an appliance."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach Windows on an appliance."""

    DOCUMENTATION = r"""
options:
  windows_host:
    description:
      - Name or IP address of Windows on the appliance, reached over WinRM (HTTPS).
      - Filled from the variable C(useries_windows_host), else from the environment variable E(USERIES_WINDOWS_HOST).
    type: str
  windows_port:
    description:
      - TCP port.
      - Filled from the variable C(useries_windows_port) or E(USERIES_WINDOWS_PORT).
    type: int
    default: 5986
  windows_username:
    description:
      - User name.
      - Filled from the variable C(useries_windows_username) or E(USERIES_WINDOWS_USERNAME).
    type: str
  windows_password:
    description:
      - Password.
      - Filled from the variable C(useries_windows_password) or E(USERIES_WINDOWS_PASSWORD).
    type: str
  windows_timeout:
    description:
      - Seconds to wait for one answer.
      - Filled from the variable C(useries_windows_timeout) or E(USERIES_WINDOWS_TIMEOUT).
    type: int
    default: 30
  windows_validate_certs:
    description:
      - Whether the certificate is verified. V(false) accepts any certificate and warns about it.
      - Filled from the variable C(useries_windows_validate_certs) or E(USERIES_WINDOWS_VALIDATE_CERTS).
    type: bool
    default: true
  windows_ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store is used.
      - Filled from the variable C(useries_windows_ca_path) or E(USERIES_WINDOWS_CA_PATH).
    type: path
  windows_fingerprints:
    description:
      - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed.
      - Two entries serve while a certificate is being replaced.
      - Filled from the variable C(useries_windows_fingerprints) or E(USERIES_WINDOWS_FINGERPRINTS).
    type: list
    elements: str
    default: []
  windows_transport:
    description:
      - How to sign in.
      - Filled from the variable C(useries_windows_transport) or E(USERIES_WINDOWS_TRANSPORT).
    type: str
    choices: [ntlm, basic]
    default: ntlm
"""
