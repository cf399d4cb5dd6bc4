# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Backup and Restore (guide lines 1278-1390)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from simulator.model.backups import Location, Schedule
from simulator.model.errors import Refused
from simulator.pages.kit import DAYS, Values, button, clean, dots, text, whole
from simulator.pages.spec import Download, Field, Outcome, Page, Section, Table

ICON: Literal["icon"] = "icon"


def _names(appliance: Any) -> list[str]:
    return [location.name for location in appliance.backups.locations]


def _location_rows(appliance: Any) -> list[dict[str, str]]:
    return [{"Name": location.name, "Path": location.path} for location in appliance.backups.locations]


def _import(appliance: Any, _values: Values) -> str:
    return f"{appliance.backups.import_backups()} backups were imported."


def _new(appliance: Any, _values: Values) -> Outcome:
    appliance.backups.form = ""
    return Outcome()


def _edit(appliance: Any, values: Values) -> Outcome:
    appliance.backups.form = appliance.backups.location(values["row"]["Name"]).name
    return Outcome()


def _delete_location(appliance: Any, values: Values) -> str:
    appliance.backups.delete_location(values["row"]["Name"])
    appliance.backups.form = None
    return "The backup location was removed from the list."


def _cancel(appliance: Any, _values: Values) -> Outcome:
    appliance.backups.form = None
    return Outcome()


def _read_form(appliance: Any) -> dict[str, Any]:
    editing = appliance.backups.form
    location = appliance.backups.location(editing) if editing else Location("", "")
    return {
        "name": location.name,
        "path": location.path,
        "nfs": location.nfs,
        "username": location.username,
        "password": dots(location.password),
        "retention": location.retention,
    }


def _save_location(appliance: Any, values: Values) -> str:
    editing = appliance.backups.form
    location = Location(
        text(values, "name").strip(),
        text(values, "path").strip(),
        bool(values.get("nfs")),
        text(values, "username"),
        text(values, "password"),
        whole(values, "retention", 0),
    )
    appliance.backups.save_location(location, editing or None, appliance.world.blank_keeps_secret)
    appliance.backups.form = None
    return "The backup location was saved." if editing else "The backup location was created."


def _read_schedule(appliance: Any) -> dict[str, Any]:
    schedule = appliance.backups.schedule
    return {
        "enabled": schedule.enabled,
        "location": schedule.location,
        "day": schedule.day,
        "time": schedule.time,
        "password": dots(schedule.password),
        "include_session_files": schedule.include_session_files,
    }


def _schedule(appliance: Any, values: Values) -> str:
    clock = ":".join(text(values, "time").split(":")[:2])
    try:
        datetime.strptime(clock, "%H:%M")
    except ValueError:
        raise Refused("Check the marked fields.", {"time": "Enter a time."}) from None
    fields = {field.id: field for field in SCHEDULE.fields}
    schedule = Schedule(
        bool(values.get("enabled")),
        clean(fields["location"], values, appliance),
        clean(fields["day"], values, appliance),
        clock,
        text(values, "password"),
        bool(values.get("include_session_files")),
    )
    appliance.backups.set_schedule(schedule, appliance.world.blank_keeps_secret)
    return "The backup was scheduled." if schedule.enabled else "The backup schedule is turned off."


def _read_now(appliance: Any) -> dict[str, Any]:
    backups = appliance.backups
    status = backups.progress or backups.result or "No backup or restore is in progress."
    return {
        "location": _names(appliance)[0] if backups.locations else "",
        "password": 0,
        "include_session_files": False,
        "status": status,
    }


def _create(appliance: Any, values: Values) -> str:
    appliance.backups.create(
        text(values, "location"), text(values, "password"), bool(values.get("include_session_files"))
    )
    return str(appliance.backups.progress)


def _size(size: int) -> str:
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2)):
        if size >= factor:
            return f"{size / factor:.2f} {unit}"
    return f"{max(1, round(size / 1024))} KB"


def _backup_rows(appliance: Any) -> list[dict[str, str]]:
    rows = []
    for entry in sorted(appliance.backups.entries, key=lambda entry: -float(entry.created)):
        moment = appliance.local_time(appliance.clock.datetime(entry.created))
        rows.append(
            {
                "Name": entry.name,
                "Location": entry.location,
                "Date": f"{moment.month}/{moment.day}/{moment.year} {moment:%I:%M:%S %p}",
                "Size": _size(entry.size),
            }
        )
    return rows


def _restore(appliance: Any, values: Values) -> str:
    appliance.backups.restore(values["row"]["Name"], text(values, "restore_password"))
    return str(appliance.backups.progress)


def _download(appliance: Any, values: Values) -> Outcome:
    name = values["row"]["Name"]
    return Outcome(download=Download(name, appliance.backups.content(name), "application/zip"))


def _delete(appliance: Any, values: Values) -> str:
    appliance.backups.delete(values["row"]["Name"])
    return "The backup was deleted."


SESSIONS = Field("include_session_files", "Include Session Files in the Backup", "checkbox")
LOCATIONS = Section(
    "backup_locations",
    "CURRENT LOCATIONS",
    buttons=(
        button("import_backups", "Import backups", _import),
        button("new_backup_location", "New Backup Location", _new, writes=False),
    ),
    tables=(
        Table(
            "locations",
            ("Name", "Path"),
            _location_rows,
            (
                button(
                    "edit_backup_location",
                    "Edit Backup Location",
                    _edit,
                    guessed=True,
                    kind=ICON,
                    writes=False,
                    wordings=("Edit", "Edit Location", "Change Location"),
                ),
                button(
                    "delete_backup_location",
                    "delete location",
                    _delete_location,
                    ask="Remove this location?",
                    guessed=True,
                    kind=ICON,
                    wordings=("Delete", "Delete Location", "Remove Location"),
                ),
            ),
        ),
    ),
)


def _form(section_title: str, new: bool) -> Section:
    """The form, as New or as Edit Backup Location; both carry the id of the contract."""
    save = (
        ("create_backup_location", "Create Backup Location")
        if new
        else ("save_backup_location", "Save Backup Location")
    )
    return Section(
        "backup_location_form",
        section_title,
        fields=(
            Field("name", "Name (Required)", "text"),
            Field("path", "Path (Required)", "text"),
            Field("nfs", "Network path is an NFS Network Resource", "toggle", states=("Yes", "No")),
            Field("username", "Username (optional)", "text"),
            Field("password", "Password (optional)", "password", secret=True),
            Field("retention", "Retention (0 indicates no limit)", "number", minimum=0),
        ),
        buttons=(
            button(*save, _save_location),
            button("cancel_changes", "Cancel Changes", _cancel, writes=False),
        ),
        read=_read_form,
        available=(lambda a: a.backups.form == "") if new else (lambda a: bool(a.backups.form)),
    )


SCHEDULE = Section(
    "schedule",
    "Schedule a Backup",
    guessed=True,
    wordings=("Backup Schedule", "Scheduled Backup", "Schedule Backups"),
    fields=(
        Field("enabled", "Backup Scheduler", "toggle", states=("Enabled", "Disabled")),
        Field(
            "location",
            "backup location",
            "choice",
            True,
            ("Backup Location", "Location", "Select Backup Location"),
            choices=_names,
        ),
        Field("day", "day of the week", "day", True, ("Day of Week", "Day", "Run On"), choices=DAYS),
        Field("time", "time", "time", True, ("Start Time", "Run At", "Time of Day")),
        Field(
            "password",
            "password",
            "password",
            True,
            ("Zip Password", "Backup Password", "Zip File Password"),
            secret=True,
        ),
        SESSIONS,
    ),
    buttons=(button("schedule_backup", "Schedule Backup", _schedule),),
    read=_read_schedule,
)
NOW = Section(
    "backup_now",
    "Back Up the U-Series Appliance Now",
    guessed=True,
    wordings=("Backup Now", "Create a Backup", "Back Up Now"),
    fields=(
        Field(
            "location",
            "backup location",
            "choice",
            True,
            ("Backup Location", "Location", "Select Backup Location"),
            choices=_names,
        ),
        Field(
            "password",
            "password",
            "password",
            True,
            ("Zip Password", "Backup Password", "Zip File Password"),
            secret=True,
        ),
        SESSIONS,
        Field("status", "status", "readonly", True, ("Status", "Progress", "Current Operation")),
    ),
    buttons=(button("create_backup", "Create Backup", _create),),
    read=_read_now,
)
AVAILABLE = Section(
    "available_backups",
    "available backups",
    guessed=True,
    wordings=("Available Backups", "Backups", "Restore the U-Series Appliance"),
    fields=(
        Field(
            "restore_password",
            "password",
            "password",
            True,
            ("Restore Password", "Backup Password", "Zip Password"),
            secret=True,
        ),
    ),
    tables=(
        Table(
            "backups",
            ("Name", "Location", "Date", "Size"),
            _backup_rows,
            (
                button("restore", "Restore", _restore, ask="Restore the U-Series Appliance from this backup?"),
                button(
                    "download",
                    "download",
                    _download,
                    guessed=True,
                    kind=ICON,
                    writes=False,
                    wordings=("Download", "Download Backup", "Save to Disk"),
                ),
                button(
                    "delete",
                    "delete / trash bin",
                    _delete,
                    ask="Delete this backup? This cannot be undone.",
                    guessed=True,
                    kind=ICON,
                    wordings=("Delete", "Delete Backup", "Trash"),
                ),
            ),
        ),
    ),
    read=lambda _appliance: {"restore_password": 0},
)
PAGE = Page(
    "backup_and_restore",
    "Backup and Restore",
    ("Maintenance", "Backup and Restore"),
    (LOCATIONS, _form("New Backup Location", True), _form("Edit Backup Location", False), SCHEDULE, NOW, AVAILABLE),
)
