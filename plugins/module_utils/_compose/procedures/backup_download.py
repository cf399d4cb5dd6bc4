# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloading a backup to the controller (guide 1372-1379)."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    Backup,
    as_listed,
    fetch,
    location_requirement,
    locations,
    must_be_downloadable,
    must_be_writable,
    newest_or_named,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan

PLAIN = re.compile(r"[^/\\\x00-\x1f]+")


class DownloadBackup(Action):
    """Options ``name``, ``location``, ``dest`` (a directory), ``backup_password``, ``force``.

    The state is the backup, its row and the size of the file that is there (None without one).
    """

    rows: Sequence[dict[str, str]] = ()

    def what(self) -> str:
        return f"download the backup {self.given.get('name') or 'that is the newest'}"

    @property
    def folder(self) -> Path:
        """Where the file goes to."""
        return Path(os.path.expanduser(self.given["dest"]))

    def check(self) -> None:
        if not self.folder.is_dir():
            raise self.refuse(
                f"dest {self.folder} is no directory on the controller.",
                kind="invalid",
                remedy="Create it first, open to this user only; the file keeps the name of the backup.",
            )
        must_be_writable(self.folder / "backup.zip")

    def requirements(self) -> Sequence[Requirement]:
        if self.given.get("location") is None:
            return ()
        self.rows = locations(self.task.surfaces.console)
        return (location_requirement(self.given["location"], self.rows),)

    def read(self) -> tuple[Backup, dict[str, str], int | None]:
        one, row = newest_or_named(self.rows, self)
        if not PLAIN.fullmatch(one.name) or one.name in {".", ".."}:
            raise self.refuse(f"{one.name!r} is no name for a file.", remedy="Download it in a browser.")
        path = self._path(one)
        return one, row, path.stat().st_size if path.is_file() and not path.is_symlink() else None

    def _path(self, one: Backup) -> Path:
        return self.folder / one.name

    def due(self, before: Any) -> Plan:
        if before is not None:
            one, row, size = before
            if not self.given["force"] and size is not None and as_listed(row, size):
                return Plan(header=self.what())
        name = before[0].name if before is not None else "the newest backup"
        return Plan([Change("dest", before and before[2], name)], header=self.what())

    def before_order(self, before: tuple[Backup, dict[str, str], int | None]) -> None:
        one = before[0]
        must_be_writable(self._path(one))
        must_be_downloadable(one, self.task.surfaces.console.target)
        free = shutil.disk_usage(self.folder).free
        if one.size is not None and one.size > free:
            raise self.refuse(
                f"The backup {one.name} has {one.size} bytes, and {self.folder} has {free} bytes left.",
                remedy="Make room, or give another dest.",
            )

    def order(self, before: tuple[Backup, dict[str, str], int | None]) -> None:
        one, row, _size = before
        fetch(self.task.surfaces.console, one, row, password=self.given.get("backup_password"), keep=self._path(one))

    def happened(self, before: Any) -> bool | None:
        return False  # the appliance changes nothing by it

    def effect(self, before: Any) -> tuple[Backup, dict[str, str], int | None]:
        return before[0], before[1], self._path(before[0]).stat().st_size

    def shown(self, state: tuple[Backup, dict[str, str], int | None]) -> dict[str, Any]:
        one, _row, size = state
        return {"path": str(self._path(one)), "size": size, "backup": one.as_dict()}
