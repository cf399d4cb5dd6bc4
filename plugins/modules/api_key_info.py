#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: api_key_info
short_description: Read the API key of an appliance
version_added: 0.1.0
description:
  - Reads the maximum age of messages and identifies the API key by a digest.
  - The key itself goes to a private file, or into the result when O(reveal) is set, which then is never shown or
    logged.
author:
  - The useries.appliance authors (@useries)
options:
  dest:
    description:
      - File on the controller for the key (mode 0600).
    type: path
  reveal:
    description:
      - Whether the result holds the key.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.api_key
"""

EXAMPLES = r"""
- name: Which key does the node have?
  useries.appliance.api_key_info:
"""

RETURN = r"""
api_key:
  description: What is known of the key.
  returned: success
  type: dict
  contains:
    maximum_age:
      description: Maximum age of messages in minutes.
      type: int
    key_id:
      description: First 16 digits of the key's SHA-256 digest.
      type: str
    key:
      description: The key itself; only with O(reveal).
      type: str
console:
  description:
    - How the console is laid out, and what told it.
    - Other modules return it when it is not confirmed.
  returned: when the console was opened
  type: dict
  contains:
    profile:
      description: V(3.3) or V(later).
      type: str
    chosen_by:
      description: V(navigation), by the menus met, or V(option), by O(console_profile).
      type: str
    confirmed:
      description: Whether the guide of that version states it.
      type: bool
    met:
      description: The menus met that tell the profile.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.pairing import OWN_KEY, own_key
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class ApiKeyInfo(Info):
    """Guide 262-271; the key is a secret."""

    returns = "api_key"
    options: ClassVar = {"dest": {"type": "path"}, "reveal": {"type": "bool", "default": False}}

    @classmethod
    def returns_secrets(cls, options: Mapping[str, Any]) -> bool:
        return bool(options.get("reveal"))

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        key = own_key(console)
        age = console.read(OWN_KEY, ["maximum_age"], fresh=False)["maximum_age"]
        return {"maximum_age": age, "key_id": hashlib.sha256(key.encode()).hexdigest()[:16], "key": key}

    def keep(self, answer: dict[str, Any]) -> bool:
        dest = self.given.get("dest")
        return bool(dest) and self.task.surfaces.keep_secret(
            dest, answer["key"] + "\n", write=not self.task.gate.check_mode
        )

    def shown(self, answer: dict[str, Any]) -> dict[str, Any]:
        return answer if self.given["reveal"] else {name: value for name, value in answer.items() if name != "key"}


DECLARATION = ApiKeyInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
