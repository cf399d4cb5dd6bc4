# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Network cards and Remote Desktop (guide lines 437-459).

The first card carries the address that the wires of this simulator listen on. A new address takes effect some seconds
after the console has answered, as it must: the answer goes out over the old one.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

APPLY_SECONDS = 5.0
MARKED = "Check the marked fields."
NAME_SERVERS = ("192.0.2.53", "192.0.2.54")


@dataclass
class Card:
    """One network card; ``dns`` as it was typed in."""

    dhcp: bool = True
    ip_address: str = ""
    subnet_mask: str = ""
    gateway: str = ""
    dns: str = ""


@dataclass
class RemoteDesktop:
    """Whether one may, and with how many factors."""

    enabled: bool = False
    two_factor: bool = False


@dataclass
class Network:
    """What the page Network and RDP Settings knows of cards and Remote Desktop.

    ``shown``: the card that the page shows; ``lease``: what DHCP would give the first card, empty for the address it
    has; ``trouble``: fault of the next address, lost, ignored or certificate; ``silent``: the appliance does not answer
    now.
    """

    appliance: Appliance
    cards: dict[str, Card] = field(default_factory=lambda: {"Ethernet 1": Card(), "Ethernet 2": Card()})
    shown: str = "Ethernet 1"
    lease: str = ""
    trouble: str = ""
    silent: bool = False
    rdp: RemoteDesktop = field(default_factory=RemoteDesktop)
    support_password: str = ""
    support_until: float = 0.0

    def issue_support_password(self, password: str, seconds: float) -> None:
        """BeyondTrust Technical Support generates a password that ends after a while."""
        self.support_password, self.support_until = password, self.appliance.clock.now() + seconds

    def lose_next_address(self) -> None:
        """Fault: after the next change of the address nobody answers."""
        self.trouble = "lost"

    def ignore_next_address(self) -> None:
        """Fault: the next address is stored, and never used."""
        self.trouble = "ignored"

    def regenerate_at_next_address(self) -> None:
        """Fault: the appliance makes itself a certificate for its next address."""
        self.trouble = "certificate"

    def offer(self, lease: str) -> None:
        """What DHCP gives the first card from now on."""
        self.lease = lease

    def card(self) -> Card:
        """The card that the page shows; the first one follows the address of the wires."""
        card = self.cards[self.shown]
        return replace(card, ip_address=self.appliance.address) if self.carries(self.shown) else card

    def carries(self, name: str) -> bool:
        """Whether the address of the wires is this card's."""
        return name == next(iter(self.cards))

    def save_rdp(self, enabled: bool, two_factor: bool, password: str) -> None:
        """Save RDP Settings: the switch for two factors goes off only with a password that is still good."""
        if self.rdp.two_factor and not two_factor:
            self._support(password)
        self.rdp = RemoteDesktop(enabled, two_factor)

    def _support(self, password: str) -> None:
        if not self.support_password or password != self.support_password:
            raise Refused(MARKED, {"time_limited_password": "The time-limited password is not valid."})
        if self.appliance.clock.now() > self.support_until:
            raise Refused(MARKED, {"time_limited_password": "The time-limited password has expired."})

    def update(self, name: str, wanted: Card) -> None:
        """Update IP Settings of a card."""
        if name not in self.cards:
            raise Refused(MARKED, {"network_card": "Choose one of the values offered."})
        if not wanted.dhcp:
            _checked(wanted)
        self.shown = name
        self.cards[name] = Card(dhcp=True) if wanted.dhcp else wanted
        if not self.carries(name):
            return
        address = (self.lease or self.appliance.address) if wanted.dhcp else wanted.ip_address
        if address != self.appliance.address:
            self.appliance.clock.schedule(APPLY_SECONDS, partial(self.move, address))

    def move(self, address: str) -> None:
        """The new address takes effect; the wires follow."""
        trouble, self.trouble = self.trouble, ""
        if trouble == "ignored":
            return
        self.appliance.adapters.moved(self.appliance.address, address)
        self.appliance.address = address
        self.silent = trouble == "lost"
        if trouble == "certificate":
            self.appliance.generate_certificate()


def _checked(card: Card) -> None:
    wrong: dict[str, str] = {}
    for name, value in (("ip_address", card.ip_address), ("subnet_mask", card.subnet_mask), ("gateway", card.gateway)):
        _address(name, value, wrong)
    for server in card.dns.replace(",", " ").replace(";", " ").split():
        _address("dns", server, wrong)
    if wrong:
        raise Refused(MARKED, wrong)


def _address(name: str, value: Any, wrong: dict[str, str]) -> None:
    try:
        ipaddress.IPv4Address(value)
    except ValueError:
        wrong[name] = "Enter an IPv4 address."
