# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv4 settings of a network card, and who answers at an address (guide 451-459: IPv4 only)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import fetch_certificate

KNOCK = 3.0  # seconds: nobody is expected at a free address


def complaints(given: Mapping[str, Any]) -> list[str]:
    """What is wrong with ``ip_address``, ``subnet_mask``, ``gateway``, ``dns`` and ``expected_address``."""
    named = [(name, given.get(name)) for name in ("ip_address", "gateway", "expected_address")]
    named += [("dns", server) for server in given.get("dns") or ()]
    wrong = [_of_address(name, value) for name, value in named if value is not None]
    mask = given.get("subnet_mask")
    if mask is not None:
        wrong.append(_of_mask(mask))
    found = [sentence for sentence in wrong if sentence]
    return found or _of_subnet(given)


def _of_address(name: str, value: str) -> str:
    try:
        address = ipaddress.ip_address(value.strip())
    except ValueError:
        return f"{name} is {value!r}, which is no IPv4 address like 192.0.2.10"
    if address.version == 6:
        return f"{name} is {value!r}; the appliance takes IPv4 addresses only"
    if address.is_multicast or address.is_unspecified or str(address) == "255.255.255.255":
        return f"{name} is {value!r}, which is not the address of a host"
    return ""


def _of_mask(value: str) -> str:
    try:
        bits = int(ipaddress.IPv4Address(value.strip()))
    except ValueError:
        bits = 0
    ones = f"{bits:032b}".rstrip("0")
    if not bits or "0" in ones or len(ones) > 30:
        return f"subnet_mask is {value!r}, which is no mask like 255.255.255.0"
    return ""


def _of_subnet(given: Mapping[str, Any]) -> list[str]:
    address, mask, gateway = (given.get(name) for name in ("ip_address", "subnet_mask", "gateway"))
    if not (address and mask):
        return []
    network = ipaddress.IPv4Interface(f"{address.strip()}/{mask.strip()}").network
    own = ipaddress.IPv4Address(address.strip())
    if own in (network.network_address, network.broadcast_address):
        return [f"ip_address is {address!r}, which stands for the whole subnet {network} and not for a host in it"]
    if not gateway:
        return []
    way = ipaddress.IPv4Address(gateway.strip())
    if way not in network or way in (network.network_address, network.broadcast_address):
        return [f"gateway is {gateway!r}, which is not in the subnet {network} of ip_address"]
    return ["gateway and ip_address are the same address"] if way == own else []


def resolved(host: str) -> str:
    """The IPv4 address of a host; empty when this machine cannot tell."""
    try:
        return socket.gethostbyname(host)
    except OSError:
        return ""


def answers(target: Target, host: str) -> bool:
    """Whether anybody takes a connection at ``host`` on the console's port."""
    try:
        fetch_certificate(replace(target, host=host, timeout=min(KNOCK, target.timeout)))
    except UseriesError as error:
        return error.kind != "unreachable"
    return True
