# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Cold Spare role: another name while it waits, a restore of the last backup, its own name when it is needed.

Source: guide lines 879-881 and the cold spare chapter (1469-1520). The name changes with a restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.model.backup_files import read_origin, read_state
from simulator.model.errors import Refused
from simulator.model.storage import folder_key

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

WEEK_SECONDS = 7 * 86400.0


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
            self.appliance.machine_name = self.appliance.name
            self.appliance.clock.cancel(self._event)
            self._event = None
            self.appliance.notify("Info", f"The machine name is {self.appliance.name} again.")

    def booted(self) -> None:
        """The restart takes the temporary name into use."""
        if not self.restart_needed:
            return
        self.restart_needed, self.waiting = False, True
        self.appliance.machine_name = str(self._wanted()["temporary_machine_name.name"])
        self._event = self.appliance.clock.schedule(WEEK_SECONDS, self.retrieve_weekly)

    def retrieve_weekly(self) -> None:
        """The scheduled retrieval; the simulator counts the week from the restart."""
        self._event = self.appliance.clock.schedule(WEEK_SECONDS, self.retrieve_weekly)
        try:
            self.retrieve()
        except Refused as refused:
            self.appliance.notify("High", f"The cold spare restore failed: {refused.message}")

    def retrieve(self) -> str:
        """Restore the newest backup of the restore location; returns its file name."""
        wanted = self._wanted()
        path = str(wanted["locations.restore_location"] or wanted["locations.existing_location"])
        files = self.appliance.world.shares.get(folder_key(self.appliance, path), {})
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
