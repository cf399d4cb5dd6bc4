# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a recovery looks at: how far BitLocker is, the drive with the keys, the desktop, and what of the updates is left
(guide 1574-1592). The libraries of Windows are loaded when a task uses them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import (
    PRODUCTS,
    UNDER_WAY,
    of_state,
    packages,
    told,
)

KEY_LABEL = "BITLOCK"  # the guide's label of the drive is "U-Series Appliance-BITLOCK"
LETTER = re.compile(r"[A-Z]:", re.IGNORECASE)


@dataclass(frozen=True)
class Encryption:
    """How far BitLocker is.

    :param volumes: ``mount_point``, ``protection`` and ``encrypted`` (percent, or None) of every disk of the machine.
    :param key_drive: letter of the drive with the keys; empty when it is not plugged in, None when nobody can say.
    """

    volumes: list[dict[str, Any]]
    key_drive: str | None

    @property
    def left(self) -> list[str]:
        """The volumes that are not encrypted yet, with their percentage: ``C: 42 %``."""
        rest = [one for one in self.volumes if one["encrypted"] != 100]
        return [f"{one['mount_point']} {'?' if one['encrypted'] is None else one['encrypted']} %" for one in rest]

    @property
    def percent(self) -> int:
        """That of the volume that is least encrypted."""
        return min((one["encrypted"] or 0 for one in self.volumes), default=0)

    @property
    def complete(self) -> bool:
        """Whether there are volumes, all of them encrypted."""
        return bool(self.volumes) and not self.left


def encryption(surfaces: Surfaces) -> Encryption:
    """As Windows has it now: volumes with a letter, neither plugged in by somebody nor the drive with the keys."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows import bitlocker

    there = bitlocker.drives(surfaces.windows)
    key_drive = None
    if there is not None:
        key_drive = next((one["letter"] for one in there if KEY_LABEL in one["label"].upper()), "")
    others = {one["letter"].upper() for one in there or () if not one["fixed"] or one["letter"] == key_drive}
    volumes = [
        dict(one)
        for one in bitlocker.encryption(surfaces.windows)
        if LETTER.fullmatch(one["mount_point"]) and one["mount_point"].upper() not in others
    ]
    return Encryption(volumes, key_drive)


def updates_left(console: ConsoleSurface, wanted: Mapping[str, str]) -> list[str]:
    """What is not updated yet, in words; empty when nothing is left.

    :param wanted: product to the version that it must have reached; empty: no package is pending, no update running.
    """
    if wanted:
        present = versions(console)
        return [
            f"{product} is {present.get(product, 'not there')} and not {version}"
            for product, version in wanted.items()
            if not reached(present.get(product, ""), version)
        ]
    console.open(PRODUCTS.page)
    said = told(console)
    left = [said] if UNDER_WAY.search(said) else []
    waiting = of_state(packages(console), "available", "scheduled", "running", "failed")
    return left + [f"{one.name} ({one.said or one.state})" for one in waiting]


def reached(present: str, wanted: str) -> bool:
    """Whether a version is that one or a later one; numbers are compared as numbers."""
    return bool(present.strip()) and _numbers(present) >= _numbers(wanted)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
