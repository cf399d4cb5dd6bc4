#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ping
short_description: Ping a host from an appliance
version_added: 0.1.0
description:
  - Has the appliance ping a host on the page Tools and reports what came back.
  - Nothing is changed, so it also runs in check mode.
  - The page has no button for it. Enter is pressed in the field; where that would press a button of another part of the
    page the module refuses.
  - A passive node does not show this page.
author:
  - The useries.appliance authors (@useries)
options:
  target:
    description: The host to ping, as a host name, a fully qualified domain name or an IP address.
    type: str
    required: true
  require_answer:
    description: Fail when the host does not answer, or when the text of the result is not understood.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.ipconfig_info
"""

EXAMPLES = r"""
- name: Does the appliance reach its partner?
  useries.appliance.ping:
    target: uvm-1b
  register: found

- name: Stop here when the name server does not answer
  useries.appliance.ping:
    target: 192.0.2.53
    require_answer: true
"""

RETURN = r"""
ping:
  description: What came back, filtered by O(query).
  returned: success
  type: dict
  contains:
    target:
      description: The host.
      type: str
    answered:
      description: Whether the host itself answered at least once; null when the text is not in English.
      type: bool
    sent:
      description: Packets sent; null when the name was not found.
      type: int
    received:
      description: Answers of the host; what a router says in its place is not counted.
      type: int
    address:
      description: The address that answered.
      type: str
    average_ms:
      description: Average round trip time in milliseconds.
      type: int
    text:
      description: The text that the console shows; its line ends may be lost.
      type: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._compose.pings import result
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import TOOLS

PING = TOOLS.section("ping")


class Ping(Info):
    """Guide 714."""

    returns = "ping"
    options: ClassVar = {
        "target": {"type": "str", "required": True},
        "require_answer": {"type": "bool", "default": False},
    }

    def check(self) -> None:
        if not is_host(self.given["target"]):
            raise self.refuse(
                f"target is {self.given['target']!r}; it must be a host name, a fully qualified domain name or an IP "
                "address.",
                kind="invalid",
            )

    def read(self) -> dict[str, Any]:
        console, target = self.task.surfaces.console, self.given["target"]
        console.open(PING.page)
        console.fill(PING, {"target": target})
        console.enter(PING, "target")
        text = str(console.read(PING, ("output",), fresh=False)["output"] or "")
        if target.casefold() not in text.casefold():
            raise self.refuse(
                f"Enter was pressed, but the console shows no result of a ping of {target}; it shows: {text!r}.",
                kind="not_seen",
                remedy="Ping it by hand under Diagnostics > Tools.",
            )
        found = {"target": target, **result(text), "text": text}
        if found["answered"] is None:
            self.warn("The text of the ping is not understood (it is read in English only); only the text is returned.")
        if self.given["require_answer"] and not found["answered"]:
            silent = "does not answer a ping of" if found["answered"] is False else "cannot be told to answer"
            raise self.refuse(f"{target} {silent} {self.task.label}: {' '.join(text.split())}", kind="failed")
        return found


DECLARATION = Ping


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
