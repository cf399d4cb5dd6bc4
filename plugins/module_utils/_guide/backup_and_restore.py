# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Backup and Restore (guide 1284-1390)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

#: Browsers do not download more (guide 1376; binary reading of 4 GB, A-83).
DOWNLOAD_LIMIT = 4 * 1024**3

#: What a backup holds, by component (guide 1394-1461); the session files only when asked for.
CONTENTS = (
    "BeyondInsight Analytics & Reporting",
    "BeyondInsight",
    "Event Collector",
    "Enterprise Update Server",
    "U-Series Appliance",
    "BeyondInsight for Unix & Linux",
    "BeyondTrust Auto Update",
    "BeyondTrust Updater",
    "Network Vulnerability Scanner",
    "Session Archiving",
)

BACKUP_AND_RESTORE = Page(
    "backup_and_restore",
    "Backup and Restore",
    ("Maintenance", "Backup and Restore"),
    lines="1284-1390",
    parts=(
        Section(
            "backup_locations",
            "CURRENT LOCATIONS",
            aliases=("Backup Locations",),
            lines="1294-1328",
            fields=(Field("locations", "CURRENT LOCATIONS", "list", lines="1322-1326"),),
            buttons=(
                Button("import_backups", "Import backups", lines="1313, 1323"),
                Button("new_backup_location", "New Backup Location", lines="1299, 1328"),
                Button(
                    "edit_backup_location",
                    "Edit Backup Location",
                    aliases=("Edit",),
                    guessed=True,
                    when="a location is listed",
                    lines="1325-1330",
                ),
            ),
        ),
        Section(
            "backup_location_form",
            "Edit Backup Location",
            aliases=("New Backup Location",),
            when="a location is being created or edited; calibration does not press what opens it",
            lines="1298-1307, 1330-1350",
            fields=(
                Field("name", "Name (Required)", "text", lines="1300, 1332"),
                Field("path", "Path (Required)", "text", lines="1300, 1335"),
                Field("nfs", "Network path is an NFS Network Resource", "toggle", lines="1300, 1338"),
                Field("username", "Username (optional)", "text", lines="1300, 1340"),
                Field("password", "Password (optional)", "password", secret=True, lines="1300, 1343"),
                Field(
                    "retention",
                    "Retention (0 indicates no limit)",
                    "number",
                    aliases=("Retention",),
                    minimum=0,
                    lines="1290-1292, 1346",
                ),
            ),
            buttons=(
                Button("create_backup_location", "Create Backup Location", lines="1307"),
                Button("save_backup_location", "Save Backup Location", lines="1349"),
            ),
        ),
        Section(
            "schedule",
            "Schedule a Backup",
            guessed=True,
            anchor="schedule_backup",
            lines="1315-1354",
            fields=(
                Field("enabled", "Backup Scheduler", "toggle", lines="1318"),
                Field("location", "Backup Location", "choice", guessed=True, aliases=("Location",), lines="1319"),
                Field("day", "Day of the Week", "day", guessed=True, aliases=("Day",), lines="1320"),
                Field("time", "Time", "time", guessed=True, lines="1320"),
                Field("password", "Password", "password", guessed=True, secret=True, sole=True, lines="1352"),
                Field("include_session_files", "Include Session Files in the Backup", "checkbox", lines="1353"),
            ),
            buttons=(Button("schedule_backup", "Schedule Backup", lines="1354"),),
        ),
        Section(
            "backup_now",
            "Back Up the U-Series Appliance Now",
            guessed=True,
            anchor="create_backup",
            lines="1356-1362",
            fields=(
                Field(
                    "location",
                    "Backup Location",
                    "choice",
                    guessed=True,
                    sole=True,
                    aliases=("Location",),
                    lines="1359",
                ),
                Field("password", "Password", "password", guessed=True, secret=True, sole=True, lines="1360"),
                Field("include_session_files", "Include Session Files in the Backup", "checkbox", lines="1361"),
                Field("status", "Status", "readonly", guessed=True, aliases=("Progress", "Current Operation")),
            ),
            buttons=(Button("create_backup", "Create Backup", lines="1362"),),
        ),
        Section(
            "available_backups",
            "Available Backups",
            guessed=True,
            anchor="restore",
            lines="1364-1390",
            fields=(
                Field("backups", "Available Backups", "list", guessed=True, lines="1367, 1379"),
                Field(
                    "restore_password",
                    "Password",
                    "password",
                    guessed=True,
                    secret=True,
                    sole=True,
                    when="a backup of another appliance is restored",
                    lines="1368-1369",
                ),
            ),
            buttons=(
                Button("restore", "Restore", destructive=True, when="a backup is listed", lines="1367-1370"),
                Button("download", "Download", guessed=True, when="a backup is listed", lines="1376-1379"),
                Button(
                    "delete",
                    "Delete",
                    aliases=("delete / trash bin",),
                    guessed=True,
                    destructive=True,
                    when="a backup is listed",
                    lines="1384-1390",
                ),
            ),
        ),
    ),
)
