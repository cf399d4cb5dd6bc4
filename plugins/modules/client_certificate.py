#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: client_certificate
short_description: Export the client certificate of an appliance
version_added: 0.1.0
description:
  - Exports the client certificate, with which another appliance or BeyondInsight lets this one in, or the certificate
    with the machine name, into a file (mode 0600) that is kept only when its password opens it.
  - While the file is there, nothing is asked of the appliance.
author:
  - The useries.appliance authors (@useries)
options:
  dest:
    description:
      - File on the controller, C(.pfx) or C(.p12).
    type: path
    required: true
  pfx_password:
    description:
      - Password that protects the file.
    type: str
    required: true
  machine_name:
    description:
      - Whether it is the certificate with the machine name. The guide does not explain this switch of the console.
    type: bool
    default: false
  force:
    description:
      - Whether it is exported although O(dest) is there.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.certificate
"""

EXAMPLES = r"""
- name: Export the client certificate
  useries.appliance.client_certificate:
    dest: files/UVM-1A-client.pfx
    pfx_password: "{{ vault_pfx_password }}"
"""

RETURN = r"""
certificate:
  description: The file, and the certificate in it.
  returned: success, except for a first run in check mode
  type: dict
  contains:
    path:
      description: Path on the controller.
      type: str
    checksum:
      description: SHA-256 checksum of the file.
      type: str
    fingerprint:
      description: SHA-256 fingerprint of the certificate; not for a file that was there already.
      type: str
    subject:
      description: Its subject; not for a file that was there already.
      type: str
    not_after:
      description: When it expires; not for a file that was there already.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.client_certificate import (
    ExportCertificate,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class ClientCertificate(ExportCertificate):
    """Guide 304, 642-660, 928."""

    impact = "none"
    returns = "certificate"
    options: ClassVar = {
        "dest": {"type": "path", "required": True},
        "pfx_password": {"type": "str", "required": True, "no_log": True},
        "machine_name": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
    }


DECLARATION = ClientCertificate


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
