#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: crypto_key
short_description: Download or upload the crypto key of an appliance
version_added: 0.1.0
description:
  - O(action=download) makes a zip file of the crypto key, protected by a password, and keeps it on the controller
    (mode 0600) only when that password opens it. While the file is there, nothing is asked of the appliance.
  - O(action=upload) replaces the key in use for good, so it has to be confirmed by the network name that the appliance
    shows. The file is opened here with its password before anything is sent.
  - The console shows no trace of the key in use. Keep RV(crypto_key.checksum) of an upload and give it as
    O(last_checksum), else the file is uploaded each time.
author:
  - The useries.appliance authors (@useries)
options:
  action:
    description:
      - What to do.
    type: str
    required: true
    choices: [download, upload]
  key_password:
    description:
      - Password of the zip file. A download creates it, an upload needs the same one again.
    type: str
    required: true
  dest:
    description:
      - File on the controller for the downloaded key.
    type: path
  force:
    description:
      - Whether the key is downloaded although O(dest) is there.
    type: bool
    default: false
  src:
    description:
      - File on the controller to upload.
    type: path
  last_checksum:
    description:
      - SHA-256 of the file that was uploaded last. When O(src) has it, nothing is uploaded.
    type: str
  confirm:
    description:
      - The network name of the appliance whose key is replaced, as its certificate shows it; the refusal names it.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
"""

EXAMPLES = r"""
- name: Keep the crypto key
  useries.appliance.crypto_key:
    action: download
    dest: files/UVM-1A-crypto-key.zip
    key_password: "{{ vault_key_password }}"
  register: kept

- name: Put it back
  useries.appliance.crypto_key:
    action: upload
    src: files/UVM-1A-crypto-key.zip
    key_password: "{{ vault_key_password }}"
    confirm: UVM-1A
"""

RETURN = r"""
crypto_key:
  description: The file, as it was opened with its password.
  returned: success, except for a first download in check mode
  type: dict
  contains:
    path:
      description: Path on the controller.
      type: str
    checksum:
      description: Its SHA-256 checksum.
      type: str
    entries:
      description: Name and size of every entry; not for a file that was there already.
      type: list
      elements: dict
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.crypto_key import (
    DownloadCryptoKey,
    UploadCryptoKey,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability


class CryptoKey(Capability):
    """Guide 238-249."""

    impact = "data"
    returns = "crypto_key"
    groups: ClassVar = ("console", "partner", "pair")
    options: ClassVar = {
        "action": {"type": "str", "required": True, "choices": ["download", "upload"]},
        "key_password": {"type": "str", "required": True, "no_log": True},
        "dest": {"type": "path"},
        "force": {"type": "bool", "default": False},
        "src": {"type": "path"},
        "last_checksum": {"type": "str"},
        "confirm": {"type": "str"},
    }
    constraints: ClassVar = {"required_if": [("action", "download", ("dest",)), ("action", "upload", ("src",))]}

    def run(self) -> dict[str, Any]:
        self.inspect()
        way = DownloadCryptoKey if self.given["action"] == "download" else UploadCryptoKey
        return way(self.task).run()


DECLARATION = CryptoKey


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
