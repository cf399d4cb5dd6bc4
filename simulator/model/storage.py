# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders that backups are written to: local drives of one appliance, and network shares that all of them see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

KNOWN_HOSTS = ("nas",)
DENIED = "The backup location could not be written to. Verify access permissions."


def folder_key(appliance: Appliance, path: str) -> str:
    """The key of a folder in ``world.shares``: local folders carry the appliance's name."""
    cleaned = path.strip().rstrip("\\").lower()
    return cleaned if cleaned.startswith("\\\\") else f"{appliance.name}|{cleaned}"


def open_folder(appliance: Appliance, path: str, username: str = "", password: str = "") -> dict[str, bytes]:
    """The files of a folder that can be written to; a refusal otherwise.

    C: and D: are local; the host nas is a share that takes anybody unless ``world.share_credentials`` asks for an
    account; a path that contains "readonly" and every other host refuse.
    """
    world = appliance.world
    cleaned = path.strip().lower()
    if "readonly" in cleaned:
        raise Refused(DENIED)
    if cleaned.startswith("\\\\"):
        host = cleaned[2:].split("\\")[0]
        if host.split(".")[0] not in KNOWN_HOSTS or host.split(".")[0] in world.unreachable_shares:
            raise Refused(DENIED)
        for prefix, account in world.share_credentials.items():
            if cleaned.startswith(prefix.lower()) and (username, password) != account:
                raise Refused(DENIED)
    elif not cleaned.startswith(("c:\\", "d:\\")):
        raise Refused(DENIED)
    return world.shares.setdefault(folder_key(appliance, path), {})


def is_full(appliance: Appliance, path: str) -> bool:
    """Whether a folder has no room for a backup, though for the test file that is written when a location is saved."""
    key = folder_key(appliance, path).split("|")[-1]
    return any(key.startswith(full.strip().rstrip("\\").lower()) for full in appliance.world.full_shares)
