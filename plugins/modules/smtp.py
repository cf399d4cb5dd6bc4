#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smtp
short_description: Set the SMTP server of an appliance
version_added: 0.1.0
description:
  - Sets the mail server over which the appliance sends its notifications.
  - The console has neither a sender address nor a test button.
author:
  - The useries.appliance authors (@useries)
options:
  server:
    description:
      - Address or name of the mail server.
    type: str
  server_port:
    description:
      - Its port, 1 to 65535.
    type: int
  enable_ssl:
    description:
      - Whether the connection must be encrypted.
    type: bool
  user:
    description:
      - User name at the mail server; empty for none.
    type: str
  smtp_password:
    description:
      - Password of O(user). It cannot be read back.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.stored_secrets
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: Mail goes through the relay
  useries.appliance.smtp:
    server: relay.example.com
    server_port: 587
    enable_ssl: true
    user: appliance
    smtp_password: "{{ vault_smtp_password }}"
"""

RETURN = r"""
settings:
  description: The settings read back, without the password.
  returned: success
  type: dict
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP


class Smtp(Settings):
    """Guide 461-470."""

    section = NETWORK_AND_RDP.section("smtp")
    fields: ClassVar = ("server", "server_port", "enable_ssl", "user", "smtp_password")
    option_names: ClassVar = {"server": "address", "server_port": "port", "smtp_password": "password"}
    button = "update_smtp"
    groups: ClassVar = ("console", "stored_secrets")
    constraints: ClassVar = {"required_one_of": [fields]}

    def check(self) -> None:
        if self.given["server"] is not None and not self.given["server"].strip():
            raise self.refuse("server must not be empty.", kind="invalid")

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        return bool(present["user"])


DECLARATION = Smtp


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
