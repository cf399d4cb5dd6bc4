# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of the iDRAC, as Redfish and the local racadm both see it.

A change takes effect some seconds after it was answered. The stored static values are used whenever DHCP is off.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

APPLY_SECONDS = 2.0
PORTS = ("Dedicated", "LOM1", "LOM2", "LOM3", "LOM4")
FACTORY = {"address": "192.168.0.120", "netmask": "255.255.255.0", "gateway": "192.168.0.1"}
NOWHERE = "0.0.0.0"


@dataclass
class IdracNetwork:
    """``enabled``, ``selection`` (of PORTS), ``dhcp``, ``static`` (address, netmask, gateway as they are stored).

    ``address``: where it answers, 0.0.0.0 nowhere; ``lease``: what DHCP would give it, empty for the address it has;
    ``trouble``: fault of the next change, lost (nobody answers afterwards) or ignored; ``silent``: nobody answers now.
    """

    appliance: Appliance
    enabled: bool = True
    selection: str = "Dedicated"
    dhcp: bool = False
    static: dict[str, str] = field(default_factory=lambda: dict(FACTORY))
    address: str = FACTORY["address"]
    lease: str = ""
    trouble: str = ""
    silent: bool = False

    def place(self, address: str) -> None:
        """Where its wire is opened at first."""
        network = ipaddress.ip_interface(f"{address}/24").network
        self.static = {"address": address, "netmask": "255.255.255.0", "gateway": str(network.network_address + 1)}
        self.address = address

    def set_up(self, name: str, value: Any) -> None:
        """Another start, or a fault: any of the values above."""
        if name not in ("enabled", "selection", "dhcp", "lease", "trouble"):
            raise Refused(f"{name} cannot be set.")
        setattr(self, name, value)

    def unconfigure(self) -> None:
        """As it came from the factory, with its NIC off."""
        self.enabled, self.selection, self.dhcp = False, "Dedicated", False
        self.static, self.address = dict(FACTORY), FACTORY["address"]

    @property
    def answers(self) -> bool:
        """Whether anybody reaches it."""
        return self.enabled and not self.silent and self.address not in (NOWHERE, FACTORY["address"])

    @property
    def netmask(self) -> str:
        """In use."""
        return "255.255.255.0" if self.dhcp else self.static["netmask"]

    @property
    def gateway(self) -> str:
        """In use."""
        return self.static["gateway"]

    def change(self, values: Mapping[str, Any]) -> None:
        """Set some of ``enabled``, ``selection``, ``dhcp``, ``address``, ``netmask`` and ``gateway``.

        :raises Refused: for a value that cannot be; nothing is changed then.
        """
        for name in ("address", "netmask", "gateway"):
            if name in values:
                _checked(name, values[name])
        if values.get("selection", "Dedicated") not in PORTS:
            raise Refused("Invalid object value specified.", {"selection": "no such port"})
        if self.trouble == "ignored":
            self.trouble = ""
            return
        self.enabled = values.get("enabled", self.enabled)
        self.selection = values.get("selection", self.selection)
        self.dhcp = values.get("dhcp", self.dhcp)
        self.static |= {name: values[name] for name in FACTORY if name in values}
        self.appliance.clock.schedule(APPLY_SECONDS, self.settle)

    def settle(self) -> None:
        """The change takes effect."""
        address = (self.lease or self.address) if self.dhcp else self.static["address"]
        if self.trouble == "lost":
            self.trouble, self.silent = "", True
        self.address = address


def _checked(name: str, value: str) -> None:
    try:
        ipaddress.IPv4Address(value)
    except ValueError:
        raise Refused("Invalid object value specified.", {name: "no IPv4 address"}) from None
