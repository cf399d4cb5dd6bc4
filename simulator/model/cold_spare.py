# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Cold Spare role: another name while it waits, a restore of the last backup, its own name when it is needed.

Source: guide lines 879-881 and the cold spare chapter (1469-1520). Decisions where the guide is silent: the name
changes with the restart and changes back as soon as the role is off; the retrieval runs weekly at the day and the time
of the page; what was retrieved, and what failed, is told by the notifications of the site Diagnostics only; of two
machines with one name on the network the one that came second says so there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.model.backup_files import read_origin, read_state
from simulator.model.backups import seconds_until
from simulator.model.errors import Refused
from simulator.model.storage import open_folder

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance


class ColdSpare:
    """State of the role on one appliance.

    :ivar waiting: the role is in effect: temporary name, services held back;
    :ivar restart_needed: the role was applied and the restart is still to come;
    :ivar last_restored: name of the backup file retrieved last.
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.waiting = self.restart_needed = False
        self.last_restored = ""
        self._event: int | None = None

    def _wanted(self) -> dict[str, Any]:
        return self.appliance.roles.applied["cold_spare"]

    def role_changed(self, before: bool) -> None:
        """The roles were applied."""
        now = bool(self._wanted()["enabled"])
        if now and not before:
            self.restart_needed = True
        if before and not now:
            self.waiting = self.restart_needed = False
            self.appliance.machine_name = self.appliance.own_name
            self.appliance.notify("Info", f"The machine name is {self.appliance.own_name} again.")
            self.appliance.meet_namesakes()
        self._plan()

    def booted(self) -> None:
        """The restart takes the temporary name into use."""
        if not self.restart_needed:
            return
        self.restart_needed, self.waiting = False, True
        self.appliance.machine_name = str(self._wanted()["temporary_machine_name.name"])
        self._plan()

    def _plan(self) -> None:
        """The next retrieval: none unless it waits."""
        clock = self.appliance.clock
        clock.cancel(self._event)
        wanted = self._wanted()
        delay = seconds_until(self.appliance, str(wanted["schedule.day"]), str(wanted["schedule.time"]))
        self._event = clock.schedule(delay, self.retrieve_weekly) if self.waiting else None

    def retrieve_weekly(self) -> None:
        """The scheduled retrieval."""
        self._plan()
        if not self.appliance.booted:
            return
        try:
            self.retrieve()
        except Refused as refused:
            self.appliance.notify("High", f"The cold spare restore failed: {refused.message}")

    def retrieve(self) -> str:
        """Restore the newest backup of the restore location; returns its file name."""
        wanted = self._wanted()
        path = str(wanted["locations.restore_location"] or wanted["locations.existing_location"])
        files = open_folder(self.appliance, path, str(wanted["locations.username"]), str(wanted["locations.password"]))
        dated = [
            (float(origin["created"]), name) for name, content in files.items() if (origin := read_origin(content))
        ]
        if not dated:
            raise Refused(f"There is no backup in {path}.")
        name = max(dated)[1]
        state = read_state(files[name], str(wanted["restore_password.password"]))
        self.appliance.database.records = list(state["records"])
        self.appliance.database.size_gb = float(state["size_gb"])
        self.last_restored = name
        self.appliance.notify("Info", f"The backup {name} was restored.")
        return name
