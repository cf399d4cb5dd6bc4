# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Command lines for Dell's racadm, and what it answers: the only place that knows either.

Two syntaxes. Sources: the guide's table (lines 1694-1700: ``setniccfg``, ``getniccfg``, ``config -g cfgUserAdmin``)
for an iDRAC 6; Dell's user's guide of the iDRAC ("Setting up iDRAC IP using local RACADM": ``set iDRAC.IPv4.Address``
and so on, DHCPEnable last) for every later one. ``setniccfg -o`` of the guide turns the NIC on *or off*, so it is not
used. Formats of the answers as published transcripts of real systems show them:

``get``         ``[Key=iDRAC.Embedded.1#NIC.1]``, then ``Selection=Dedicated``; what is read-only begins with ``#``
``getniccfg``   ``NIC Enabled     = 1``, in sections ``IPv4 settings:``, ``IPv6 settings:`` and ``LOM Status:``
``getconfig``   ``cfgUserAdminUserName=root``, or with ``-o`` the bare value; what is read-only begins with ``# ``
orders        ``Object value modified successfully``
complaints    ``ERROR: Unable to perform requested operation.``, ``RAC947: Invalid object value specified.``
``SEC0701``     before any answer, while user name and password are those from the factory

None of it has been compared with a real iDRAC yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Syntax = Literal["modern", "legacy"]
Line = tuple[str, ...]
Network = dict[str, Any]
"""``enabled``, ``nic_selection``, ``dhcp``, ``ip_address``, ``subnet_mask``, ``gateway``."""

SLOTS = range(2, 17)
"""Of accounts; the first one is reserved."""
NIC, IPV4 = "iDRAC.NIC", "iDRAC.IPv4"
LAN, USERS = "cfgLanNetworking", "cfgUserAdmin"
PASSWORD = "cfgUserAdminPassword"
READ_MODERN: tuple[Line, ...] = (("get", NIC), ("get", IPV4))
READ_LEGACY: tuple[Line, ...] = (("getniccfg",), ("getconfig", "-g", LAN, "-o", "cfgNicSelection"))
SWITCH: Mapping[str, bool] = {"enabled": True, "1": True, "disabled": False, "0": False}
LEGACY_SELECTIONS: Mapping[tuple[str, str], str] = {
    ("shared", "0"): "lom1",
    ("shared with failover (lom2)", "1"): "lom1_failover_lom2",
    ("dedicated", "2"): "dedicated",
    ("shared with failover (all loms)", "3"): "lom1_failover_all",
}
"""What getniccfg calls it and the number of cfgNicSelection, as an iDRAC 6 has them, to the word of this collection."""
LEGACY_NUMBERS: Mapping[str, str] = {"lom1": "0", "dedicated": "2"}

_PAIR = re.compile(r"(?P<fixed>#?)\s*(?P<name>[A-Za-z][A-Za-z0-9 ._-]*?)\s*=[ \t]*(?P<value>.*)")
_SECTION = re.compile(r"(?:\[Key\s*=\s*(?P<key>[^\]]+)\]|(?P<title>[^=]+):)", re.IGNORECASE)
_COMPLAINT = re.compile(r"(?:ERROR\b\s*:?|(?!SEC0701)[A-Z]{3,4}\d{3,4}\s*:)\s*(?P<words>.*)", re.IGNORECASE)
_PENDING = re.compile(r"\s*\(Pending Value=.*\)\s*$", re.IGNORECASE)
_DEFAULTS = "SEC0701"


@dataclass(frozen=True)
class Answer:
    """What racadm printed.

    :param values: ``section|name`` in lower case to value; the section of ``get`` is what follows the ``#``.
    :param bare: lines that are neither section nor pair; :param complaint: its own words, empty when it has none.
    :param defaults: it warns that user name and password are those from the factory.
    """

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    bare: tuple[str, ...] = field(default=(), repr=False)
    complaint: str = ""
    defaults: bool = False

    def value(self, section: str, name: str) -> str | None:
        """A value by its section and name."""
        return self.values.get(f"{section}|{name}".lower())


def parse(text: str) -> Answer:
    """Read an answer of any of the commands above."""
    values: dict[str, str] = {}
    bare, complaints, section = [], [], ""
    for line in filter(None, (one.strip() for one in text.splitlines())):
        complaint, title = _COMPLAINT.match(line), _SECTION.fullmatch(line)
        if line.startswith(_DEFAULTS):
            continue
        if complaint:
            complaints.append(line)
        elif title:
            section = (title["key"] or title["title"]).rpartition("#")[2].strip().lower()
        elif pair := _PAIR.fullmatch(line):
            values[f"{section}|{pair['name'].lower()}"] = _PENDING.sub("", pair["value"]).strip()
        else:
            bare.append(line)
    return Answer(values, tuple(bare), " ".join(complaints), _DEFAULTS in text)


# -- accounts ----------------------------------------------------------------------------------------------------------
def name_line(slot: int) -> Line:
    """The question for the user name in a slot, in the modern syntax."""
    return ("get", f"iDRAC.Users.{slot}.UserName")


def slot_line(name: str) -> Line:
    """The question for the slot of a user name, in the legacy syntax."""
    return ("getconfig", "-u", name)


def name_in(answer: Answer, slot: int) -> str | None:
    """The answer to :func:`name_line`; empty for a free slot, None when it is not understood."""
    return answer.value(f"users.{slot}", "UserName")


def slot_in(answer: Answer) -> int | None:
    """The answer to :func:`slot_line`; None when there is no such user."""
    found = answer.value("", "cfgUserAdminIndex") or ""
    return int(found) if found.isdigit() else None


def password_line(syntax: Syntax, slot: int, password: str) -> Line:
    """The order that sets a password, which becomes part of a command line."""
    if syntax == "legacy":
        return ("config", "-g", USERS, "-o", PASSWORD, "-i", str(slot), password)
    return ("set", f"iDRAC.Users.{slot}.Password", password)


# -- network -----------------------------------------------------------------------------------------------------------
def modern_network(nic: Answer, ipv4: Answer) -> Network | None:
    """From the two answers to READ_MODERN; None when they are not understood (another language, say)."""
    selection = (nic.value("nic.1", "Selection") or "").lower()
    found = {
        "enabled": _switch(nic.value("nic.1", "Enable")),
        "nic_selection": selection if re.fullmatch(r"dedicated|lom[1-8]|ocp", selection) else None,
        "dhcp": _switch(ipv4.value("ipv4.1", "DHCPEnable")),
        "ip_address": ipv4.value("ipv4.1", "Address"),
        "subnet_mask": ipv4.value("ipv4.1", "Netmask"),
        "gateway": ipv4.value("ipv4.1", "Gateway"),
    }
    return None if None in found.values() else found


def legacy_network(settings: Answer, selection: Answer) -> Network | None:
    """From the two answers to READ_LEGACY; None likewise, also where name and number of the port do not agree."""
    called = settings.value("lom status", "NIC Selection") or ""
    number = next((line for line in selection.bare if line.isdigit()), "")
    found = {
        "enabled": _switch(settings.value("ipv4 settings", "NIC Enabled")),
        "nic_selection": LEGACY_SELECTIONS.get((called.lower(), number)),
        "dhcp": _switch(settings.value("ipv4 settings", "DHCP Enabled")),
        "ip_address": settings.value("ipv4 settings", "IP Address"),
        "subnet_mask": settings.value("ipv4 settings", "Subnet Mask"),
        "gateway": settings.value("ipv4 settings", "Gateway"),
    }
    return None if None in found.values() else found


def network_lines(syntax: Syntax, wanted: Mapping[str, Any]) -> list[Line]:
    """The orders that set these values, by the names of :data:`Network`; the NIC itself last, so that it comes up as it
    shall be. A static address is given as a whole.
    """
    if syntax == "legacy":
        return _legacy_lines(wanted)
    lines: list[Line] = []
    if "ip_address" in wanted:
        parts = {"Address": "ip_address", "Netmask": "subnet_mask", "Gateway": "gateway"}
        lines += [("set", f"{IPV4}.{name}", str(wanted[option])) for name, option in parts.items()]
    if "dhcp" in wanted:
        lines.append(("set", f"{IPV4}.DHCPEnable", _number(wanted["dhcp"])))
    if "nic_selection" in wanted:
        lines.append(("set", f"{NIC}.Selection", _named(wanted["nic_selection"])))
    if "enabled" in wanted:
        lines.append(("set", f"{NIC}.Enable", _number(wanted["enabled"])))
    return lines


def _legacy_lines(wanted: Mapping[str, Any]) -> list[Line]:
    lines: list[Line] = []
    if "ip_address" in wanted:
        lines.append(("setniccfg", "-s", *(str(wanted[one]) for one in ("ip_address", "subnet_mask", "gateway"))))
    elif wanted.get("dhcp"):
        lines.append(("setniccfg", "-d"))
    if "nic_selection" in wanted:
        lines.append(("config", "-g", LAN, "-o", "cfgNicSelection", LEGACY_NUMBERS[wanted["nic_selection"]]))
    if "enabled" in wanted:
        lines.append(("config", "-g", LAN, "-o", "cfgNicEnable", _number(wanted["enabled"])))
    return lines


def _named(selection: str) -> str:
    return "Dedicated" if selection == "dedicated" else selection.upper()


def _number(value: bool) -> str:
    return "1" if value else "0"


def _switch(value: str | None) -> bool | None:
    return SWITCH.get((value or "").lower())
