# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup locations, backups, schedule and restore of one appliance (guide lines 1278-1390)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from simulator.model.backup_files import read_origin, read_state, write_backup
from simulator.model.errors import NotModelled, Refused
from simulator.model.storage import folder_key, is_full, open_folder

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DOWNLOAD_LIMIT = 4 * 1024**3


@dataclass
class Location:
    """A backup location. :param retention: backups kept, 0 for no limit."""

    name: str
    path: str
    nfs: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    retention: int = 5


@dataclass
class Backup:
    """A row of the available backups. :param created: simulated second; :param password: known for own backups."""

    name: str
    location: str
    folder: str
    created: float
    size: int
    source: str
    own: bool
    password: str = field(default="", repr=False)


@dataclass
class Schedule:
    """A weekly backup. :param time: "HH:MM" in the appliance's time zone, on the simulated clock."""

    enabled: bool = False
    location: str = "LocalBackups"
    day: str = "Sunday"
    time: str = "02:00"
    password: str = field(default="", repr=False)
    include_session_files: bool = False


def next_time(appliance: Appliance, day: str, time: str) -> datetime:
    """The next such moment in the appliance's time zone on the simulated clock. :param time: "HH:MM"."""
    local = appliance.local_time(appliance.clock.datetime())
    hour, minute = (int(part) for part in time.split(":")[:2])
    ahead = (DAYS.index(day) - local.weekday()) % 7
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=ahead)
    return at if at > local else at + timedelta(days=7)


def seconds_until(appliance: Appliance, day: str, time: str) -> float:
    """Simulated seconds until then."""
    return (next_time(appliance, day, time) - appliance.local_time(appliance.clock.datetime())).total_seconds()


class Backups:
    """Everything of Backup and Restore.

    :ivar progress: sentence of the operation under way, "" without; :ivar result: sentence of the last one;
    :ivar form: the location form: None closed, "" a new location, else the name of the one that is edited.
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.locations = [Location("LocalBackups", "C:\\LocalBackups")]
        self.entries: list[Backup] = []
        self.schedule = Schedule()
        self.form: str | None = None
        self.progress = self.result = ""
        self._event: int | None = None
        self._next: int | None = None
        self._job: dict[str, Any] = {}
        self._count = 0

    # --- locations

    def location(self, name: str) -> Location:
        for location in self.locations:
            if location.name.casefold() == name.casefold():
                return location
        raise Refused(f"There is no backup location named {name}.", {"location": "Choose a location."})

    def save_location(self, values: Location, editing: str | None, keep_password: bool) -> None:
        """Create (``editing`` None) or change a location after a write test; its backups are listed at once."""
        for name in ("name", "path"):
            if not getattr(values, name).strip():
                raise Refused("Fill in the required fields.", {name: "This field is required."})
        if values.retention < 0:
            raise Refused("Retention must be 0 or more.", {"retention": "0 or more."})
        same = [entry for entry in self.locations if entry.name.casefold() == values.name.casefold()]
        if same and (editing is None or same[0].name != editing):
            raise Refused(f"A backup location named {values.name} exists already.", {"name": "Choose another name."})
        old = self.location(editing) if editing is not None else None
        if old is not None and not values.password and keep_password:
            values.password = old.password
        open_folder(self.appliance, values.path, values.username, values.password)
        if old is None:
            self.locations.append(values)
        else:
            self.locations[self.locations.index(old)] = values
            for entry in self.entries:
                entry.location = values.name if entry.location == old.name else entry.location
            if self.schedule.location == old.name:
                self.schedule.location = values.name
        self._scan(values)
        self._retain(values)

    def delete_location(self, name: str) -> None:
        """Remove a location from the list; its files stay where they are."""
        location = self.location(name)
        if self.schedule.enabled and self.schedule.location == location.name:
            raise Refused(f"{location.name} is used by the backup schedule.")
        self.locations.remove(location)
        self.entries = [entry for entry in self.entries if entry.location != location.name]

    def import_backups(self) -> int:
        """Rescan every location; returns the number of backups found anew.

        Decision: one that cannot be reached is named, and nothing is imported.
        """
        fault = self.appliance.take_fault("import_backups")
        if fault:
            raise Refused(fault)
        for location in self.locations:
            try:
                open_folder(self.appliance, location.path, location.username, location.password)
            except Refused:
                raise Refused(f"The backup location {location.name} ({location.path}) could not be read.") from None
        return sum(self._scan(location) for location in self.locations)

    def _scan(self, location: Location) -> int:
        key = folder_key(self.appliance, location.path)
        known = {(entry.folder, entry.name) for entry in self.entries}
        found = 0
        for name, content in self.appliance.world.shares.get(key, {}).items():
            origin = read_origin(content)
            if origin is None or (key, name) in known:
                continue
            own = origin["service_tag"] == self.appliance.service_tag
            created = float(origin["created"])
            self.entries.append(Backup(name, location.name, key, created, len(content), origin["appliance"], own))
            found += 1
        return found

    # --- backups

    def _free(self) -> None:
        if self.progress:
            raise Refused(f"{self.progress} Wait until it is complete.")

    def create(self, location: str, password: str, sessions: bool) -> float:
        """Create Backup; returns the simulated seconds it takes."""
        self._free()
        if not password:
            raise Refused("Enter a password for the zip file.", {"password": "A password is required."})
        if not self.appliance.database_accessible():
            raise Refused("The database is not accessible on this node: a passive node cannot be backed up.")
        chosen = self.location(location)
        self._job = {"location": chosen.name, "password": password, "sessions": sessions}
        seconds = float(self.appliance.rng.randrange(30, 121))
        self.progress, self.result = f"The backup to {chosen.name} is in progress.", ""
        self._event = self.appliance.clock.schedule(seconds, self._created)
        return seconds

    def _end(self, problem: str, good: str) -> None:
        self.progress, self._event = "", None
        self.result = problem or good
        self.appliance.notify("High" if problem else "Info", self.result)

    def _created(self) -> None:
        job, now = self._job, self.appliance.clock.now()
        fault = self.appliance.take_fault("create_backup")
        if fault:
            self._end(f"The backup failed: {fault}", "")
            return
        try:
            location = self.location(job["location"])
            folder = open_folder(self.appliance, location.path, location.username, location.password)
        except Refused as refused:
            self._end(f"The backup failed: {refused.message}", "")
            return
        if is_full(self.appliance, location.path):
            self._end("The backup failed: There is not enough space on the disk.", "")
            return
        content = write_backup(self.appliance, job["password"], job["sessions"], str(now))
        self._count += 1
        moment = self.appliance.local_time(self.appliance.clock.datetime())
        name = f"{self.appliance.machine_name}_{moment:%Y%m%d_%H%M%S}_{self._count}.zip"
        folder[name] = content
        key = folder_key(self.appliance, location.path)
        entry = Backup(name, location.name, key, now, len(content), self.appliance.name, True, job["password"])
        self.entries.append(entry)
        self._retain(location)
        self._end("", f"The backup {name} is complete.")

    def _retain(self, location: Location) -> None:
        """Delete the oldest backups of this appliance beyond the location's number, for good."""
        if location.retention == 0:
            return
        mine = sorted((e for e in self.entries if e.location == location.name and e.own), key=lambda e: e.created)
        for entry in mine[: max(0, len(mine) - location.retention)]:
            self._remove(entry)

    def _remove(self, entry: Backup) -> None:
        self.entries.remove(entry)
        self.appliance.world.shares.get(entry.folder, {}).pop(entry.name, None)

    def find(self, name: str) -> Backup:
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise Refused(f"There is no backup named {name}.")

    def resize(self, name: str, size: int) -> None:
        """A backup is said to have ``size`` bytes, as if it were a large one."""
        self.find(name).size = size

    def delete(self, name: str) -> None:
        self._free()
        self._remove(self.find(name))

    def content(self, name: str) -> bytes:
        """The bytes of a backup; it may have vanished from its folder."""
        entry = self.find(name)
        if entry.size > DOWNLOAD_LIMIT:
            raise Refused("Downloads greater than 4GB cannot be downloaded from a web browser.")
        try:
            return self.appliance.world.shares[entry.folder][entry.name]
        except KeyError:
            raise Refused(f"The file {entry.name} is no longer in its folder.") from None

    # --- restore

    def restore(self, name: str, password: str) -> float:
        """Restore; returns the simulated seconds it takes. A backup of another appliance needs its password.

        Decisions: the database of a passive node cannot be restored; an active one goes on mirroring no longer
        (SUSPENDED), for what was restored is not what its partner holds.
        """
        self._free()
        entry = self.find(name)
        if not self.appliance.database_accessible():
            raise Refused("The database is not accessible on this node: a passive node cannot be restored.")
        content = self.content(name)
        if not entry.own and not password:
            raise Refused(
                "The backup was taken on another U-Series Appliance. Enter its password.",
                {"restore_password": "A password is required."},
            )
        if entry.own and not entry.password and not password:
            raise NotModelled("restoring an own backup whose password this appliance does not remember")
        state = read_state(content, entry.password if entry.own and entry.password else password)
        self._job = {"state": state, "name": name, "own": entry.own}
        seconds = float(self.appliance.rng.randrange(60, 241))
        self.progress, self.result = "The restore is in progress.", ""
        self._event = self.appliance.clock.schedule(seconds, self._restored)
        return seconds

    def _restored(self) -> None:
        fault = self.appliance.take_fault("restore")
        if fault:
            self._end(f"The restore failed: {fault}", "")
            return
        state = self._job["state"]
        self.appliance.settings = {section: dict(values) for section, values in state["settings"].items()}
        self.appliance.database.records = list(state["records"])
        self.appliance.database.size_gb = float(state["size_gb"])
        if self.appliance.ha.enabled and self.appliance.ha.may_suspend():
            self.appliance.ha.suspend()
        self._end("", "The restore process is complete.")
        if self.appliance.world.restore_restarts:
            self.appliance.restart(graceful=True)

    def interrupted(self) -> None:
        """The appliance goes down in the middle of something."""
        if self.progress:
            self.appliance.clock.cancel(self._event)
            self._end("The operation was interrupted by a shutdown.", "")

    # --- schedule

    def set_schedule(self, schedule: Schedule, keep_password: bool) -> None:
        """Save the weekly schedule and plan its next run."""
        if schedule.enabled:
            self.location(schedule.location)
        if not schedule.password and keep_password:
            schedule.password = self.schedule.password
        self.schedule = schedule
        self.appliance.clock.cancel(self._next)
        self._next = None
        if schedule.enabled:
            self._plan()

    def next_run(self) -> datetime:
        """When the schedule runs next, in the appliance's time zone on the simulated clock."""
        return next_time(self.appliance, self.schedule.day, self.schedule.time)

    def _plan(self) -> None:
        delay = seconds_until(self.appliance, self.schedule.day, self.schedule.time)
        self._next = self.appliance.clock.schedule(delay, self._scheduled)

    def _scheduled(self) -> None:
        self._plan()
        plan = self.schedule
        if not self.appliance.booted:
            return
        try:
            self.create(plan.location, plan.password, plan.include_session_files)
        except Refused as refused:
            self.appliance.notify("High", f"The scheduled backup failed: {refused.message}")
