# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes one simulated appliance different from another: drawn from the seed of the world."""

from __future__ import annotations

import random
import string
import uuid
from dataclasses import dataclass, field

VERSIONS: tuple[tuple[str, str], ...] = (
    ("BeyondTrust Security Management Appliance", "3.3.0.812"),
    ("BeyondInsight Audits: 4120", "21.2.0.1240"),
    ("Password Safe", "21.2.0.1240"),
    ("PowerBroker Endpoint Protection Platform for Servers Audits: 4120", "8.6.0.112"),
    ("Antivirus Engine", "1.3.1180"),
    ("Retina Network Security Scanner Audits: 4120", "6.4.1.901"),
    ("BeyondTrust Enterprise Update Server", "2.4.0.611"),
    ("Application Bus", "3.4.0.1702"),
    ("eEye Digital Security Auto-Update", "2.6.2"),
    ("BeyondTrust Event Server", "4.3.0.0"),
    ("BeyondTrust Updater", "2.5.0.0"),
    ("Security Update Package Installer", "2.4.0.0"),
    ("Microsoft SQL Server", "2016 (SP2) - 13.0.5026.0"),
    ("Microsoft Windows", "10.0.14393.0"),
)
"""Product and version rows in the shape of the guide's lines 134-147; the numbers are made up."""
LICENSED = frozenset(
    {
        "BeyondInsight",
        "Password Safe",
        "BeyondTrust Network Security Scanner",
        "Enterprise Update Server",
        "BeyondInsight Analytics & Reporting",
    }
)
TIME_ZONES: dict[str, float] = {
    "UTC": 0,
    "Hawaiian Standard Time": -10,
    "Pacific Standard Time": -8,
    "Mountain Standard Time": -7,
    "Central Standard Time": -6,
    "Eastern Standard Time": -5,
    "GMT Standard Time": 0,
    "W. Europe Standard Time": 1,
    "E. Europe Standard Time": 2,
    "India Standard Time": 5.5,
    "Tokyo Standard Time": 9,
    "AUS Eastern Standard Time": 10,
}
"""Windows time zone names and hours east of UTC; daylight saving is not modelled."""


@dataclass
class User:
    """An account of the appliance."""

    username: str
    password: str = field(repr=False)


@dataclass
class Volume:
    """A BitLocker volume; ``suspended_restarts`` counts the restarts for which its protection is off, 0 for ever.

    ``locked``: nobody has given its key, so that Windows knows nothing of it. ``more_protectors``: further recovery
    passwords by identifier, or an empty text for an external key.
    """

    mount_point: str
    key_protector_id: str
    recovery_password: str = field(repr=False)
    protection: bool = True
    suspended_restarts: int = 0
    locked: bool = False
    more_protectors: dict[str, str] = field(default_factory=dict)

    def suspend(self, restarts: int) -> None:
        """The key lies open until it was restarted so often (0: until :meth:`resume`)."""
        self.protection, self.suspended_restarts = False, restarts

    def resume(self) -> None:
        """Protected again."""
        self.protection, self.suspended_restarts = True, 0


def make_password(rng: random.Random) -> str:
    """A password that meets the usual complexity rules and survives every wire."""
    alphabet = string.ascii_letters + string.digits
    return "Aa1-" + "".join(rng.choice(alphabet) for _place in range(16))


def make_serial(rng: random.Random, groups: int = 5, length: int = 5) -> str:
    alphabet = string.ascii_uppercase + string.digits
    return "-".join("".join(rng.choice(alphabet) for _place in range(length)) for _group in range(groups))


def make_service_tag(rng: random.Random) -> str:
    return "".join(rng.choice("BCDFGHJKLMNPQRSTVWXYZ0123456789") for _place in range(7))


def make_api_key(rng: random.Random) -> str:
    return "".join(rng.choice("0123456789abcdef") for _place in range(64))


def make_volumes(rng: random.Random, letters: str = "CD") -> list[Volume]:
    """Volumes with recovery passwords: eight groups of six digits, each a multiple of 11 below 720896."""
    return [
        Volume(
            f"{letter}:",
            "{" + str(uuid.UUID(int=rng.getrandbits(128), version=4)).upper() + "}",
            "-".join(f"{rng.randrange(65536) * 11:06d}" for _place in range(8)),
        )
        for letter in letters
    ]
