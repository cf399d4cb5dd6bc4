# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which appliances a lease or a checkpoint speaks of.

A network name alone is not an identity: a cold spare and its source share one, and two customers may use the same. So
an appliance carries its serial number (where Windows or the iDRAC shows it) and the SHA-256 fingerprint of its
certificate. The serial number decides where both sides know it, because certificates are replaced.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Comparison = Literal["same", "other", "unknown"]


@dataclass(frozen=True)
class Appliance:
    """One appliance.

    :param name: the network name that it shows; :param serial: serial number, or empty when it could not be read.
    :param fingerprint: SHA-256 of its certificate in hex (colons allowed), or empty when it could not be read.
    """

    name: str
    serial: str = ""
    fingerprint: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an appliance needs its network name")
        object.__setattr__(self, "name", self.name.strip())
        object.__setattr__(self, "serial", self.serial.strip().upper())
        object.__setattr__(self, "fingerprint", self.fingerprint.replace(":", "").strip().lower())

    def compare(self, other: Appliance) -> Comparison:
        """``unknown``: the names are equal and there is nothing else that both sides know."""
        if self.serial and other.serial:
            return "same" if self.serial == other.serial else "other"
        if self.name.casefold() != other.name.casefold():
            return "other"
        if self.fingerprint and other.fingerprint:
            return "same" if self.fingerprint == other.fingerprint else "other"
        return "unknown"


@dataclass(frozen=True)
class Pair:
    """The two appliances of a pair in any order, or a single one that has no partner."""

    appliances: tuple[Appliance, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.appliances) <= 2:
            raise ValueError("a pair is made of one or two appliances")
        ordered = tuple(sorted(self.appliances, key=lambda one: (one.name.casefold(), one.serial, one.fingerprint)))
        object.__setattr__(self, "appliances", ordered)

    @classmethod
    def of(cls, *appliances: Appliance) -> Pair:
        """``Pair.of(a, b)``; the order does not matter."""
        return cls(appliances)

    @property
    def name(self) -> str:
        """``<a>+<b>``, sorted."""
        return "+".join(one.name for one in self.appliances)

    @property
    def key(self) -> str:
        """The part of a file name that stands for this pair.

        It is made of the names alone, which stay the same when a node is down or its certificate is replaced.
        """
        names = "\n".join(one.name.casefold() for one in self.appliances)
        slug = re.sub(r"[^a-z0-9+-]+", "_", "+".join(names.split("\n")))[:60].strip("+-_") or "pair"
        return f"{slug}-{hashlib.sha256(names.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

    def shares(self, other: Pair) -> bool:
        """Whether some appliance may be in both: equal name, or the same serial number."""
        return any(
            mine.name.casefold() == theirs.name.casefold() or mine.compare(theirs) == "same"
            for mine in self.appliances
            for theirs in other.appliances
        )

    def compare(self, now: Pair) -> Comparison:
        """``same``: at least one appliance is proven to be the same, and none to be another one."""
        if len(self.appliances) != len(now.appliances):
            return "other"
        best: Comparison = "other"
        for order in (now.appliances, now.appliances[::-1]):
            found = {mine.compare(theirs) for mine, theirs in zip(self.appliances, order, strict=True)}
            if "other" not in found:
                if "same" in found:
                    return "same"
                best = "unknown"
        return best

    def updated(self, now: Pair) -> Pair:
        """This pair with what is known ``now``; what could not be read now keeps its recorded value."""
        merged = []
        for new in now.appliances:
            old = next((one for one in self.appliances if one.compare(new) != "other"), new)
            merged.append(Appliance(new.name, new.serial or old.serial, new.fingerprint or old.fingerprint))
        return Pair(tuple(merged))

    def to_data(self) -> list[dict[str, str]]:
        """JSON values for :meth:`from_data`."""
        return [{"name": one.name, "serial": one.serial, "fingerprint": one.fingerprint} for one in self.appliances]

    @classmethod
    def from_data(cls, data: list[Mapping[str, Any]]) -> Pair:
        """:raises KeyError, TypeError, ValueError: for anything that :meth:`to_data` did not give."""
        return cls(tuple(Appliance(str(one["name"]), str(one["serial"]), str(one["fingerprint"])) for one in data))
