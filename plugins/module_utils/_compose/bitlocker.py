# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BitLocker over the Windows surface; the surface's libraries are loaded when a task uses them."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._state.files import state_error

OPERATION = "keep the BitLocker keys"


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


def protected_volumes(surfaces: Surfaces) -> list[dict[str, Any]]:
    """Every volume that BitLocker knows, with its key protectors: secrets."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker import protected_volumes as read

    return [dict(one) for one in read(surfaces.windows)]


def readable(volumes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The recovery passwords of these volumes, as :func:`recovery_passwords`."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker import readable as passwords

    return [dict(one) for one in passwords(volumes)]  # type: ignore[arg-type]


def gaps(volumes: Sequence[Mapping[str, Any]], known: Collection[str]) -> list[str]:
    """A sentence about every encrypted volume that could not be opened with what is read or already kept.

    :param known: identifiers, in upper case, of the keys that a file holds.
    """
    sentences = []
    for volume in volumes:
        if volume["encryption"] == 0 and volume["protection"] == "off":
            continue
        drive, protectors = volume["mount_point"], volume["key_protectors"]
        kept = [one for one in protectors if one["recovery_password"] or one["id"].upper() in known]
        lost = [one["id"] for one in protectors if one["type"] == "recovery_password" and one not in kept]
        if lost:
            why = "is locked, so" if volume["locked"] else "does not tell them:"
            sentences.append(f"{drive} {why} the recovery password of {', '.join(lost)} cannot be read.")
        elif not kept:
            types = ", ".join(one["type"] for one in protectors) or "none"
            sentences.append(f"{drive} is encrypted and has no recovery password (its key protectors: {types}).")
    return sentences


class EscrowFile:
    """A private file on the controller with recovery passwords, as JSON: a list of what :func:`readable` gives.

    Keys that are not present any more stay in it: a drive that was locked or taken out still needs its own.

    :raises UseriesError: kind ``invalid`` for a file that is a link, that others can read, or that holds anything else.
    """

    def __init__(self, path: str) -> None:
        self.path = Path(os.path.abspath(os.path.expanduser(path)))
        self.before = self._read()

    @property
    def identifiers(self) -> frozenset[str]:
        """Of the keys that it holds, in upper case."""
        return frozenset(one["key_protector_id"].upper() for one in self.before)

    def keep(self, surfaces: Surfaces, found: Sequence[Mapping[str, Any]], *, write: bool) -> bool:
        """Write these keys, with those of before, and read them back; whether the content changes.

        :raises UseriesError: kind ``not_seen`` when the file does not hold them afterwards.
        """
        present = {one["key_protector_id"].upper() for one in found}
        earlier = [one for one in self.before if one["key_protector_id"].upper() not in present]
        wanted = [*(dict(one) for one in found), *earlier]
        changed = surfaces.keep_secret(str(self.path), json.dumps(wanted, indent=2, sort_keys=True) + "\n", write=write)
        if write and self._read() != wanted:
            raise state_error(
                f"The keys were written to {self.path}, and reading it back gives something else.",
                OPERATION,
                str(self.path),
                "not_seen",
                "Is another task writing to it? Give every appliance a file of its own, and run the task again.",
            )
        return changed

    def _read(self) -> list[dict[str, Any]]:
        if not os.path.lexists(self.path):
            return []
        if self.path.is_symlink() or not self.path.is_file():
            raise self._refused("is no plain file", "Name another file.")
        if stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            raise self._refused("can be read by others", f"Run: chmod 600 {self.path}")
        try:
            held = json.loads(self.path.read_text(encoding="utf-8") or "[]")
        except (OSError, ValueError):
            held = None
        if not isinstance(held, list) or not all(isinstance(one, dict) and _is_key(one) for one in held):
            raise self._refused("holds something else than BitLocker keys", "Name another file.")
        return held

    def _refused(self, why: str, remedy: str) -> Exception:
        return state_error(f"dest {self.path} {why}.", OPERATION, str(self.path), "invalid", remedy)


def _is_key(one: Mapping[str, Any]) -> bool:
    return all(isinstance(one.get(name), str) for name in ("key_protector_id", "recovery_password"))
