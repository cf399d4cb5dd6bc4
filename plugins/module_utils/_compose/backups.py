# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups as the page Backup and Restore lists them, and what is inside one (guide 1284-1390)."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.archives import Unusable, entries
from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import parse_stamp
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability, Requirement
from ansible_collections.useries.appliance.plugins.module_utils._guide.backup_and_restore import (
    BACKUP_AND_RESTORE,
    DOWNLOAD_LIMIT,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError

LOCATIONS = BACKUP_AND_RESTORE.section("backup_locations")
FORM = BACKUP_AND_RESTORE.section("backup_location_form")
SCHEDULE = BACKUP_AND_RESTORE.section("schedule")
NOW = BACKUP_AND_RESTORE.section("backup_now")
AVAILABLE = BACKUP_AND_RESTORE.section("available_backups")

#: What :func:`told` says while a backup or a restore is at work.
UNDER_WAY = re.compile(r"^(?!no\b).*\b(in progress|running|being)\b", re.IGNORECASE)
HOUR = 3600.0  # seconds that a backup or its download may take

_UNITS = {"B": 1, "BYTES": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}
_SIZE = re.compile(r"\s*([\d.,]+)\s*([KMGT]?B|bytes)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Backup:
    """One row of the list. ``size`` in bytes as the list tells it (rounded), ``date`` in ISO 8601, its own time."""

    name: str
    location: str
    date: str | None
    size: int | None

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def listed(console: ConsoleSurface) -> list[tuple[Backup, dict[str, str]]]:
    """The backups on a fresh page, each with its row (the handle for its buttons), newest first."""
    found = [(_of_row(row), row) for row in console.table(AVAILABLE)]
    return sorted(found, key=lambda one: one[0].date or "", reverse=True)


def locations(console: ConsoleSurface) -> list[dict[str, str]]:
    """Rows of the locations on a fresh page."""
    return console.table(LOCATIONS, ("Name", "Path"))


def location_requirement(name: str, rows: Sequence[Mapping[str, str]]) -> Requirement:
    """The location must be there: backups are taken and scheduled to one. :param rows: what :func:`locations` gave."""
    names = [row.get("Name", "") for row in rows]
    return Requirement(
        f"backup_location:{name}",
        name in names,
        f"There is no backup location {name}; there are: {', '.join(names)}.",
        "Create it first with useries.appliance.backup_location.",
    )


def within_location(
    found: Sequence[tuple[Backup, dict[str, str]]], location: str | None, rows: Sequence[Mapping[str, str]]
) -> list[tuple[Backup, dict[str, str]]]:
    """Those in a location, which the list may show by name or by path; all without one."""
    if location is None:
        return list(found)
    places = {location, *(row.get("Path", "") for row in rows if row.get("Name") == location)}
    return [pair for pair in found if not pair[0].location or pair[0].location in places]


def named(
    found: Sequence[tuple[Backup, dict[str, str]]], name: str, location: str | None, asker: Capability
) -> tuple[Backup, dict[str, str]]:
    """The one backup of that name.

    :raises UseriesError: ``precondition``; an unknown one lists those that are there.
    """
    fit = [pair for pair in found if pair[0].name == name]
    if location is not None:
        fit = within_location(fit, location, locations(asker.task.surfaces.console))
    if len(fit) == 1:
        return fit[0]
    where = f" in {location}" if location is not None else ""
    if fit:
        places = ", ".join(pair[0].location for pair in fit)
        raise asker.refuse(f"There are {len(fit)} backups {name}{where}: in {places}.", remedy="Give its location.")
    there = ", ".join(f"{pair[0].name} ({pair[0].location})" for pair in found) or "none"
    raise asker.refuse(
        f"There is no backup {name}{where}; there are: {there}.",
        remedy="Give one of these; useries.appliance.backup_import lists files that were put into a location since.",
    )


def newest_or_named(
    rows: Sequence[Mapping[str, str]], asker: Capability, kind: Kind = "precondition"
) -> tuple[Backup, dict[str, str]]:
    """The backup that the options ``name`` and ``location`` mean, the newest one without a name.

    :param rows: what :func:`locations` gave; :param kind: of the error when there is none.
    """
    found, location = listed(asker.task.surfaces.console), asker.given.get("location")
    if asker.given.get("name"):
        return named(found, asker.given["name"], location, asker)
    there = within_location(found, location, rows)
    if not there:
        where = f" in {location}" if location else ""
        raise asker.refuse(f"There is no backup{where}.", kind=kind, remedy="Take one with useries.appliance.backup.")
    return there[0]


def must_be_downloadable(backup: Backup, target: str) -> None:
    """Refuse what browsers do not download (4 GB, guide 1376).

    :raises UseriesError: kind ``precondition``.
    """
    if backup.size is not None and backup.size > DOWNLOAD_LIMIT:
        raise UseriesError(
            f"The backup {backup.name} is larger than 4 GB and cannot be downloaded through the console.",
            surface="console",
            operation="download a backup",
            target=target,
            kind="precondition",
            remedy="Copy it to a network share, and give a backup location on that share.",
        )


def as_listed(row: Mapping[str, str], size: int) -> bool:
    """Whether a file of ``size`` bytes may be the one whose size the row tells, which is rounded."""
    found = _SIZE.fullmatch(_cell(row, "size"))
    told = _bytes(_cell(row, "size"))
    if found is None or told is None:
        return False
    unit = _UNITS[(found.group(2) or "B").upper()]
    decimals = re.search(r"[.,](\d{1,2})$", found.group(1))
    step = unit / 10 ** len(decimals.group(1)) if decimals else unit
    return abs(size - told) <= step if unit > 1 else size == told


def download(console: ConsoleSurface, backup: Backup, row: dict[str, str], path: Path, timeout: float) -> int:
    """Download to ``path`` (0600, there only when complete); its size in bytes.

    :raises UseriesError: ``precondition`` above the limit of browsers (4 GB, guide 1376), ``unexpected`` for no file.
    """
    must_be_downloadable(backup, console.target)
    outcome = console.press(AVAILABLE, "download", row=row, save_to=path, timeout=timeout)
    if outcome.download is None or not path.exists():
        raise UseriesError(
            f"The console sent no file for the backup {backup.name}: {outcome.message}",
            surface="console",
            operation="download a backup",
            target=console.target,
            kind="unexpected",
            remedy="Try it in a browser.",
        )
    return path.stat().st_size


def fetch(
    console: ConsoleSurface,
    one: Backup,
    row: dict[str, str],
    *,
    password: str | None = None,
    keep: Path | None = None,
    timeout: float = HOUR,
) -> tuple[int, list[dict[str, Any]]]:
    """Download a backup, open it with its password, and keep it when it is good; its size and its entries.

    :param password: without one it is not opened, and there are no entries.
    :param keep: where it stays (0600, whole or not at all); without it nothing is left behind.
    :raises UseriesError: as :func:`download` and :func:`contents`.
    """
    beside = keep.parent if keep is not None else None  # so that it can be renamed
    with tempfile.TemporaryDirectory(prefix=".useries-", dir=beside) as folder:
        path = Path(folder) / "backup.zip"
        size = download(console, one, row, path, timeout)
        found = contents(path, password, one.name) if password else []
        if keep is not None:
            path.chmod(0o600)
            os.replace(path, keep)
    return size, found


def told(console: ConsoleSurface) -> str:
    """What the open page says about the backup under way or the last one; empty where it says nothing."""
    if not console.there(NOW, ["status"]):
        return ""
    return " ".join(str(console.read(NOW, ["status"], fresh=False)["status"] or "").split())


def must_be_writable(path: Path) -> None:
    """Refuse a place for a file on the controller before anything is done for it.

    :raises UseriesError: kind ``invalid``.
    """
    why = ""
    if path.is_dir():
        why = "it is a directory"
    elif not path.parent.is_dir():
        why = f"there is no directory {path.parent}"
    elif not os.access(path.parent, os.W_OK | os.X_OK):
        why = f"this user may not write to {path.parent}"
    if why:
        raise UseriesError(
            f"The file {path} cannot be written: {why}.",
            surface="local",
            operation="read the options",
            kind="invalid",
            remedy="Give a path on the controller whose directory is there, open to this user only.",
        )


def contents(path: Path, password: str, name: str) -> list[dict[str, Any]]:
    """Open a backup with its password, read every entry to its end (its checksum is checked), list name and size.

    :param name: the backup's name, for messages.
    :raises UseriesError: ``failed`` when it is no archive, is damaged, empty, or the password does not fit.
    """
    try:
        return entries(path, password)
    except Unusable as error:
        raise _unusable(name, str(error)) from error


def _unusable(name: str, why: str) -> UseriesError:
    return UseriesError(
        f"The backup {name} cannot be used: {why}.",
        surface="local",
        operation="open a backup",
        target=name,
        kind="failed",
        remedy="Do not rely on it: take a new backup and verify that one, or give the password that this one was "
        "taken with.",
    )


def _of_row(row: dict[str, str]) -> Backup:
    name = _cell(row, "name", "file", "backup") or next(iter(row.values()), "")
    stamp = parse_stamp(_cell(row, "date", "created", "time", "taken"))
    location, size = _cell(row, "location", "path"), _bytes(_cell(row, "size"))
    return Backup(name, location, stamp.isoformat() if stamp else None, size)


def _cell(row: Mapping[str, str], *words: str) -> str:
    return next((text for column, text in row.items() if any(word in column.casefold() for word in words)), "")


def _bytes(text: str) -> int | None:
    found = _SIZE.fullmatch(text)
    if not found:
        return None
    number, unit = found.group(1), (found.group(2) or "B").upper()
    plain = number.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number) else number.replace(",", ".")
    return int(float(plain) * _UNITS[unit])
