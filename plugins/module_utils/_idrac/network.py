# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of the iDRAC over Redfish, by Dell's attributes: one PATCH, so that address, mask and gateway arrive
together and before the path is cut.

Source: the attribute groups ``NIC.1``, ``IPv4.1`` (in use) and ``IPv4Static.1`` (stored) as Dell's own scripts and
dellemc.openmanage 9.12 write them. An iDRAC 8 offers none of them. Not yet compared with a real iDRAC.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import (
    failure,
    mapping,
    references,
    unexpected,
    word,
)
from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import READ_MANAGER, Idrac
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

READ, CHANGE = "read the network settings of the iDRAC", "change the network settings of the iDRAC"
SWITCH: Mapping[str, bool] = {"Enabled": True, "Disabled": False}
READ_FROM: Mapping[str, str] = {
    "enabled": "NIC.1.Enable",
    "nic_selection": "NIC.1.Selection",
    "dhcp": "IPv4.1.DHCPEnable",
    "ip_address": "IPv4.1.Address",
    "subnet_mask": "IPv4.1.Netmask",
    "gateway": "IPv4.1.Gateway",
}
WRITTEN_TO: Mapping[str, str] = {
    **READ_FROM,
    "ip_address": "IPv4Static.1.Address",
    "subnet_mask": "IPv4Static.1.Netmask",
    "gateway": "IPv4Static.1.Gateway",
}


def read_network(client: Idrac) -> dict[str, Any]:
    """``enabled``, ``nic_selection`` (``dedicated``, ``lom1`` ...), ``dhcp``, ``ip_address``, ``subnet_mask``,
    ``gateway``.

    :raises UseriesError: as :class:`Idrac`; ``precondition`` when this iDRAC has no such attributes.
    """
    attributes = mapping(client.get(_place(client), operation=READ).get("Attributes"))
    told = {name: word(attributes.get(attribute)) for name, attribute in READ_FROM.items()}
    found = {
        **told,
        **{name: SWITCH.get(told[name] or "") for name in ("enabled", "dhcp")},
        "nic_selection": (told["nic_selection"] or "").lower() or None,
    }
    silent = [READ_FROM[name] for name, value in found.items() if value is None]
    if silent:
        where = client.session.target.url
        raise unexpected(f"tells nothing understood as {', '.join(silent)}", target=where, operation=READ)
    return found


def change_network(client: Idrac, wanted: Mapping[str, Any]) -> None:
    """Set these values (names as above) with one request, whose answer may be lost: it can cut its own path.

    :raises UseriesError: as :class:`Idrac`; ``rejected`` or ``precondition`` when the iDRAC refuses all of them.
    """
    attributes = {WRITTEN_TO[name]: _text(name, value) for name, value in wanted.items()}
    path = _place(client)
    answer = client.session.request("PATCH", path, operation=CHANGE, json={"Attributes": attributes})
    if answer.status_code >= 400:
        raise failure(answer, target=client.session.target.url, operation=CHANGE)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Enabled" if value else "Disabled"
    if name == "nic_selection":
        return "Dedicated" if value == "dedicated" else str(value).upper()
    return str(value)


def _place(client: Idrac) -> str:
    """Dell's attributes of the iDRAC itself, among those of the server and of the Lifecycle Controller."""
    path = client.manager_path()
    manager = client.get(path, operation=READ_MANAGER)
    dell = mapping(mapping(mapping(manager.get("Links")).get("Oem")).get("Dell"))
    own = path.rstrip("/").rsplit("/", maxsplit=1)[-1]
    offered = dell.get("DellAttributes")
    for one in references(offered if isinstance(offered, list) else [offered]):
        if one.rstrip("/").rsplit("/", maxsplit=1)[-1] == own:
            return one
    raise UseriesError(
        f"The iDRAC at {client.session.target.url} does not offer its network settings over Redfish (an iDRAC 8 or "
        "older does not).",
        surface="idrac",
        operation=READ,
        target=client.session.target.url,
        kind="precondition",
        remedy="Use racadm on the appliance (via: windows), or update the iDRAC.",
    )
