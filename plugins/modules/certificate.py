#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: certificate
short_description: Generate or upload the certificate of an appliance
version_added: 0.1.0
description:
  - Uploads a certificate with its key, binds it to HTTPS and, if wanted, uses it for high availability, or generates a
    self-signed one for the network name.
  - The effect is proved by the certificate that is served afterwards. Its fingerprint is returned, and the rest of the
    run accepts exactly that one. Set C(useries_fingerprints) or C(useries_ca_path) for later runs.
author:
  - The useries.appliance authors (@useries)
options:
  path:
    description:
      - File on the controller with certificate and key, C(.pfx) or C(.p12). Without it a certificate is generated.
    type: path
  passphrase:
    description:
      - Password of the file.
    type: str
  bind_to_https:
    description:
      - Whether the uploaded certificate is bound to the console's web sites.
      - With V(false), and O(use_for_high_availability=false), it is put into the store of the appliance alone, like the
        certificate of a repository host. Where O(windows_host) is set, the stores of its Windows are looked through; a
        certificate that is there is not uploaded again. Otherwise nobody can see it, and it is uploaded every time.
    type: bool
    default: true
  use_for_high_availability:
    description:
      - Whether the uploaded certificate is used between the nodes of a pair.
    type: bool
    default: false
  network_name:
    description:
      - Network name that a generated certificate must have. When the one served has it, none is generated.
    type: str
  force:
    description:
      - Whether it is done although the certificate served is already right.
    type: bool
    default: false
  replace_trusted:
    description:
      - Accepts that a generated, untrusted certificate replaces one that a certificate authority issued.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.windows
  - useries.appliance.attributes.action
"""

EXAMPLES = r"""
- name: Register the certificate of the repository host
  useries.appliance.certificate:
    path: files/useries.pfx
    passphrase: "{{ vault_certificate_passphrase }}"
    bind_to_https: false

- name: Bind the company's certificate to the console
  useries.appliance.certificate:
    path: files/useries.pfx
    passphrase: "{{ vault_certificate_passphrase }}"

- name: A self-signed certificate for the network name
  useries.appliance.certificate:
    network_name: UVM-1A
"""

RETURN = r"""
certificate:
  description: The certificate that is served.
  returned: success
  type: dict
  contains:
    fingerprint:
      description: Its SHA-256 fingerprint.
      type: str
    subject:
      description: Its subject.
      type: str
    not_after:
      description: When it expires.
      type: str
proof:
  description: V(verified) when the certificate served is the wanted one.
  returned: success
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.certificate import (
    ReplaceCertificate,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Certificate(ReplaceCertificate):
    """Guide 295-302, 895-926."""

    impact = "service"
    returns = "certificate"
    groups: ClassVar = ("console", "proof", "partner", "pair", "windows")
    options: ClassVar = {
        "path": {"type": "path"},
        "passphrase": {"type": "str", "no_log": True},
        "bind_to_https": {"type": "bool", "default": True},
        "use_for_high_availability": {"type": "bool", "default": False},
        "network_name": {"type": "str"},
        "force": {"type": "bool", "default": False},
        "replace_trusted": {"type": "bool", "default": False},
    }
    constraints: ClassVar = {"required_together": [("path", "passphrase")]}


DECLARATION = Certificate


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
