# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event source: which node of a pair is active, told when it changes for good."""

from __future__ import annotations

DOCUMENTATION = r"""
---
short_description: Tell of failovers, of pairs with two active nodes or none, and of nodes that do not answer
description:
  - Asks every node for its high-availability role, as a load balancer does. It needs no password.
  - What has been so for O(times) rounds is told once, until it changes.
  - Nothing is changed on an appliance.
author:
  - The useries.appliance authors (@useries)
options:
  pairs:
    description:
      - The pairs, each with a C(name) and two C(nodes). C(services_only) says that no database is mirrored, so that two
        active nodes are no alarm.
      - A node has a C(name), which is its name in the inventory of the playbooks, and a C(host), which is its address.
        By default that is its name, and the name alone will do. It may have a C(port), C(timeout), C(validate_certs),
        C(ca_path), C(fingerprints) and C(proxy) of its own.
    type: list
    elements: dict
    default: []
  hosts:
    description:
      - Appliances without a partner, given as the nodes of a pair are. Only their silence is told.
    type: list
    elements: dict
    default: []
  interval:
    description:
      - Seconds from one round to the next, 1 or more.
    type: float
    default: 10
  times:
    description:
      - How often in a row a state must be seen before it is told.
    type: int
    default: 3
  seconds:
    description:
      - How long it must have been so, besides.
    type: float
    default: 0
  port:
    description:
      - TCP port. The environment variable is E(USERIES_PORT).
    type: int
    default: 443
  timeout:
    description:
      - Seconds to wait for one answer. The environment variable is E(USERIES_TIMEOUT).
    type: int
    default: 10
  validate_certs:
    description:
      - Whether the certificate is verified. The environment variable is E(USERIES_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store is used. The environment variable is
        E(USERIES_CA_PATH).
    type: path
  fingerprints:
    description:
      - SHA-256 fingerprints of certificates that are accepted instead of one that a certificate authority signed. The
        environment variable is E(USERIES_FINGERPRINTS).
    type: list
    elements: str
    default: []
  proxy:
    description:
      - URL of an HTTP proxy on the way. The environment variable is E(USERIES_PROXY), and no other.
    type: str
"""

EXAMPLES = r"""
- useries.appliance.appliance_role:
    pairs:
      - name: pair_berlin
        nodes:
          - name: useries-berlin-1
            host: 192.0.2.11
          - name: useries-berlin-2
            host: 192.0.2.12
    ca_path: /etc/ssl/certs/example-ca.pem
"""

import asyncio
import importlib
import os
import sys
from pathlib import Path
from typing import Any

WATCHING = "ansible_collections.useries.appliance.plugins.module_utils._compose.events.watching"


def watching() -> Any:
    """The part of the collection that does it; ansible-rulebook itself does not make collections importable."""
    tree = Path(os.path.abspath(__file__)).parents[7]  # not resolved: a checkout is linked into its tree
    if str(tree) not in sys.path:
        sys.path.append(str(tree))
    try:
        import ansible_collections

        here = str(tree / "ansible_collections")
        if here not in list(ansible_collections.__path__):  # where the package "ansible" is installed as well
            ansible_collections.__path__.append(here)
        return importlib.import_module(WATCHING)
    except ImportError as error:
        raise ImportError(
            f"{error}. The event sources of useries.appliance run inside ansible-rulebook: install ansible-core, and "
            f"what {tree}/ansible_collections/useries/appliance/meta/ee-requirements.txt names, beside it."
        ) from error


async def main(queue: asyncio.Queue[Any], args: dict[str, Any]) -> None:
    """Ask until ansible-rulebook ends.

    :param queue: takes the events; :param args: the arguments of the rulebook.
    """
    await watching().watch_roles(queue, args)
