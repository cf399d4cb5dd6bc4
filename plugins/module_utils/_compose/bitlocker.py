# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BitLocker over the Windows surface; the surface's libraries are loaded when a task uses them."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces


def recovery_passwords(surfaces: Surfaces) -> list[dict[str, Any]]:
    """Every recovery password of every volume: secrets."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker import recovery_passwords as read

    return [dict(one) for one in read(surfaces.windows)]


def not_escrowed(surfaces: Surfaces, drive: str, files: Sequence[str]) -> list[str]:
    """Sentences about what keeps the recovery passwords of a drive from being kept in these files of the controller.

    Each present one has to stand in one of them, with its identifier; the files must be open to this user only. No
    sentence holds a password.
    """
    wrong, known = [], ""
    for name in files:
        path = Path(os.path.expanduser(name))
        if not path.is_file():
            wrong.append(f"The file {path} is not there.")
        elif stat.S_IMODE(path.stat().st_mode) & 0o077:
            wrong.append(f"The file {path} can be read by others (it must have the mode 0600).")
        else:
            known += path.read_text(encoding="utf-8", errors="replace").upper()
    present = [one for one in recovery_passwords(surfaces) if one["mount_point"].rstrip("\\").upper() == drive]
    if not present:
        return [*wrong, f"{drive} has no recovery password that could be kept."]
    lost = [
        one["key_protector_id"]
        for one in present
        if one["key_protector_id"].strip("{}").upper() not in known or one["recovery_password"] not in known
    ]
    return wrong + [f"The present key {identifier} of {drive} is in none of the files." for identifier in lost]
