# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event source: health of appliances, told when it changes."""

from __future__ import annotations

DOCUMENTATION = r"""
---
short_description: Tell of overdue backups, certificates near their end, and mirrors that are not synchronized
description:
  - Signs in to each console, looks at what M(useries.appliance.health_check_info) looks at, and tells what is not as it
    should be, once, until it changes.
  - The session is kept from look to look for as long as it may live, and signed out at the end. Longer intervals sign
    out after each look.
  - A sign-in that is refused ends the source, and with it ansible-rulebook, after exactly one try, because the console
    locks accounts.
  - Nothing is changed on an appliance. An account that may only look will do.
author:
  - The useries.appliance authors (@useries)
options:
  hosts:
    description:
      - The appliances. Each has a C(name), which is its name in the inventory of the playbooks, and a C(host), which is
        its address. By default that is its name, and the name alone will do. All other options but those about times
        and limits may be there, too, for this appliance alone.
    type: list
    elements: dict
    required: true
  interval:
    description:
      - Seconds from one look to the next, 1 or more.
    type: float
    default: 600
  times:
    description:
      - How often in a row the mirror must be seen in a state, or the appliance be unreadable, before it is told. Backup
        and certificate are told at once.
    type: int
    default: 2
  backup_hours:
    description:
      - A newest backup that is older than so many hours is overdue. The default is a week and a day.
    type: int
    default: 192
  certificate_days:
    description:
      - A certificate that expires in so many days or less is near its end.
    type: int
    default: 30
  username:
    description:
      - User name at the console. The environment variable is E(USERIES_USERNAME).
    type: str
  password:
    description:
      - Its password. The environment variable is E(USERIES_PASSWORD), which keeps it out of the rulebook's variables.
    type: str
  port:
    description:
      - TCP port. The environment variable is E(USERIES_PORT).
    type: int
    default: 443
  timeout:
    description:
      - Seconds to wait for one answer. The environment variable is E(USERIES_TIMEOUT).
    type: int
    default: 30
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
  console_driver:
    description:
      - How the console is operated, as in M(useries.appliance.health_check_info). The environment variable is
        E(USERIES_CONSOLE_DRIVER).
    type: str
    choices: [auto, html, browser]
    default: auto
  console_profile:
    description:
      - How the console is laid out, as in M(useries.appliance.health_check_info). The environment variable is
        E(USERIES_CONSOLE_PROFILE).
    type: str
    choices: [auto, "3.3", later]
    default: auto
  console_labels:
    description:
      - Labels that your appliance words differently, as in M(useries.appliance.health_check_info).
    type: dict
    default: {}
  time_scale:
    description:
      - How much faster than real time the appliance lives; only for the simulator.
    type: float
    default: 1.0
"""

EXAMPLES = r"""
- useries.appliance.appliance_health:
    hosts:
      - name: useries-berlin-1
        host: 192.0.2.11
      - name: useries-berlin-2
        host: 192.0.2.12
    ca_path: /etc/ssl/certs/example-ca.pem
    backup_hours: 30
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
    """Look until ansible-rulebook ends.

    :param queue: takes the events; :param args: the arguments of the rulebook.
    """
    await watching().watch_health(queue, args)
