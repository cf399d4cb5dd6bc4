#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: proxy
short_description: Set or remove the proxy server of an appliance
version_added: 0.1.0
description:
  - Sets the proxy server over which the appliance itself reaches the Internet, for updates and licences.
  - The option C(proxy) of the other modules is something else, namely the way from this controller to the appliance.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether the appliance uses the proxy server. It needs O(server) and O(server_port), now or from before.
    type: bool
  server:
    description:
      - Address of the proxy server, without a scheme and without a port.
    type: str
  server_port:
    description:
      - Its port, 1 to 65535.
    type: int
  user:
    description:
      - User name at the proxy server; empty for none.
    type: str
  proxy_password:
    description:
      - Password of O(user). It cannot be read back.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.stored_secrets
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: Updates come through the proxy server
  useries.appliance.proxy:
    enabled: true
    server: 192.0.2.8
    server_port: 3128
    user: appliance
    proxy_password: "{{ vault_proxy_password }}"

- name: No proxy server
  useries.appliance.proxy:
    enabled: false
    user: ""
    proxy_password: ""
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
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP


class Proxy(Settings):
    """Guide 472-481."""

    section = NETWORK_AND_RDP.section("proxy")
    fields: ClassVar = ("enabled", "server", "server_port", "user", "proxy_password")
    option_names: ClassVar = {
        "enabled": "use_proxy",
        "server": "address",
        "server_port": "port",
        "user": "username",
        "proxy_password": "password",
    }
    button = "update_proxy"
    groups: ClassVar = ("console", "stored_secrets")
    constraints: ClassVar = {"required_one_of": [fields]}

    def check(self) -> None:
        server = self.given["server"]
        if self.given["enabled"] and server is not None and not server.strip():
            raise self.refuse("enabled is true, but server is empty.", kind="invalid")
        if server and (set(server.strip()) & set("/ \t@") or server.count(":") == 1):
            raise self.refuse(
                f"server is {server!r}; it must be an address or a name alone.",
                kind="invalid",
                remedy="Give it without http://, without a user and without a port (that is server_port).",
            )

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        after = {**present, **plan.wanted}
        missing = [name for name in ("server", "server_port") if not after[name]]
        if after["enabled"] and missing:
            raise self.refuse(
                f"The proxy server would be on without {' and '.join(missing)}.",
                kind="invalid",
                remedy=f"Give {' and '.join(missing)} as well.",
            )

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        return bool(present["user"])


DECLARATION = Proxy


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
