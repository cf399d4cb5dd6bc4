# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two appliances can be a source and its cold spare (guide 1467-1477)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import listed
from ansible_collections.useries.appliance.plugins.module_utils._compose.cold_spares import (
    AVAILABILITY,
    last_good,
    read_spare,
    retrievals,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import ShownName, shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import Role, role
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

PRODUCT, SQL = "BeyondInsight", "Microsoft SQL Server"
ANALYTICS = ("analysis_services", "reporting_services")
DAY = 86400.0


@dataclass(frozen=True)
class Row:
    """One requirement. ``result`` is ``passed``, ``failed``, ``warning`` or ``unknown``."""

    name: str
    result: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Side:
    """What is asked of one of the two appliances."""

    name: ShownName
    versions: Mapping[str, str]
    roles: Mapping[str, Mapping[str, Any]]


def read_side(surfaces: Surfaces) -> Side:
    """Name, versions and the roles that matter."""
    wanted = ("auto_update", "beyondinsight_database_access", *ANALYTICS)
    roles = {name: role_or_nothing(surfaces.console, role(name)) for name in wanted}
    return Side(shown_name(surfaces), versions(surfaces.console), roles)


def role_or_nothing(console: ConsoleSurface, one: Role) -> Mapping[str, Any]:
    """A role's settings; empty when it is not there, or words its (guessed) labels in a way nobody has named yet."""
    try:
        return read_role(console, one) or {}
    except UseriesError as error:
        if error.kind != "label_missing":
            raise
        return {}


def version_of(found: Mapping[str, str], product: str) -> str:
    """A product's version; its row may name more, as in ``BeyondInsight Audits: 3308``."""
    return next((text for name, text in found.items() if name.casefold().startswith(product.casefold())), "")


def numbers(version: str) -> tuple[int, ...]:
    """A version for comparison."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


class CheckColdSpare(Info):
    """Options ``max_backup_age`` (days), ``fail_on_failed``."""

    ranges: ClassVar = {"max_backup_age": Range(1, unit="days")}

    def read(self) -> dict[str, Any]:
        surfaces = self.task.surfaces
        source, spare = read_side(surfaces.source), read_side(surfaces)
        page = read_spare(surfaces.console)
        rows = [
            self._version(source, spare),
            *self._auto_update(source, spare),
            self._names(source, spare, page or {}),
            self._sql(source, spare),
            self._database(source),
            self._availability(),
            self._backup(),
        ]
        found = retrievals(surfaces.console)
        good = last_good(found)
        bad = [one for one in rows if one.result == "failed"]
        if bad and self.given["fail_on_failed"]:
            raise self.refuse(
                "This appliance cannot be the cold spare of that source: " + " ".join(one.reason for one in bad),
                remedy=" ".join(dict.fromkeys(one.remedy for one in bad)),
            )
        return {
            "ready": not bad,
            "requirements": [asdict(one) for one in rows],
            "role": page,
            "last_retrieved": good.as_dict() if good else None,
            "last_retrieval_failed": found[0].as_dict() if found and not found[0].good else None,
        }

    # -- the requirements ----------------------------------------------------------------------------------------------
    def _version(self, source: Side, spare: Side) -> Row:
        name = "beyondinsight_version"
        theirs, ours = version_of(source.versions, PRODUCT), version_of(spare.versions, PRODUCT)
        if not numbers(theirs) or not numbers(ours):
            return Row(
                name, "unknown", f"BeyondInsight is {theirs or 'not shown'} there and {ours or 'not shown'} here."
            )
        said = f"BeyondInsight is {theirs} on the source and {ours} on the spare"
        if numbers(ours) >= numbers(theirs):
            return Row(name, "passed", f"{said}.")
        return Row(name, "failed", f"{said}, which is older.", "Update the spare first.")

    def _auto_update(self, source: Side, spare: Side) -> list[Row]:
        return [self._auto_update_of(whose, side) for whose, side in (("source", source), ("spare", spare))]

    def _auto_update_of(self, whose: str, side: Side) -> Row:
        name, on = f"auto_update_on_{whose}", side.roles["auto_update"].get("enabled")
        if on:
            return Row(name, "passed", f"The role Auto Update is on on the {whose}.")
        return Row(
            name,
            "unknown" if on is None else "warning",
            f"The role Auto Update is {'not shown' if on is None else 'off'} on the {whose}.",
            "Turn it on with useries.appliance.appliance_role, or update both by hand in step.",
        )

    def _names(self, source: Side, spare: Side, page: Mapping[str, Any]) -> Row:
        name, here, there = "same_name", spare.name, source.name
        said = (
            f"The source is {there.name or 'unknown'} (told by: {there.by}), this appliance {here.name or 'unknown'} "
        )
        said += f"(told by: {here.by})"
        if not here.name or not there.name:
            return Row(name, "unknown", f"{said}.")
        if here.name.casefold() == there.name.casefold():
            return Row(name, "passed", f"{said}.")
        if page.get("enabled"):
            return Row(name, "unknown", f"{said}: the role Cold Spare is on, and its own name is not shown now.")
        return Row(
            name,
            "failed",
            f"{said}: a spare must have the name of its source.",
            "A name is given at deployment only: deploy the spare anew under the name of the source.",
        )

    def _sql(self, source: Side, spare: Side) -> Row:
        name = "sql_server_version"
        theirs, ours = version_of(source.versions, SQL), version_of(spare.versions, SQL)
        said = f"SQL Server is {theirs or 'not shown'} on the source and {ours or 'not shown'} on the spare"
        if not any(source.roles[one].get("enabled") for one in ANALYTICS):
            return Row(name, "passed", f"{said}; the source has no Analytics & Reporting.")
        if not theirs or not ours:
            return Row(name, "unknown", f"{said}.")
        if theirs == ours:
            return Row(name, "passed", f"{said}.")
        return Row(
            name,
            "failed",
            f"{said}, and the source has Analytics & Reporting.",
            "Bring both to the same version of SQL Server.",
        )

    def _database(self, source: Side) -> Row:
        name, where = "local_database", source.roles["beyondinsight_database_access"].get("location")
        if where == "remote":
            return Row(
                name,
                "warning",
                "The database of the source is remote: its data is not copied to the spare.",
                "See that the remote database has a backup of its own, and that the spare can use it.",
            )
        return Row(name, "passed" if where else "unknown", f"The database of the source is {where or 'not shown'}.")

    def _availability(self) -> Row:
        on = role_or_nothing(self.task.surfaces.console, AVAILABILITY).get("enabled")
        if on is None:
            return Row("no_high_availability", "unknown", "The role High Availability is not shown on the spare.")
        if on:
            return Row(
                "no_high_availability",
                "failed",
                "The role High Availability is on on the spare, and conflicts with Cold Spare.",
                "Turn high availability and its role off, or take another appliance for the spare.",
            )
        return Row("no_high_availability", "passed", "The role High Availability is off on the spare.")

    def _backup(self) -> Row:
        name, limit = "recent_backup", self.given["max_backup_age"]
        console = self.task.surfaces.source.console
        newest = next((one for one, _row in listed(console)), None)
        remedy = "Take one with useries.appliance.backup on the source, to the location that the spare reads."
        if newest is None:
            return Row(name, "warning", "The source lists no backup: the spare has nothing to retrieve.", remedy)
        if newest.date is None:
            return Row(name, "unknown", f"The newest backup {newest.name} shows no date.", remedy)
        age = (appliance_now(console, self.warn) - datetime.fromisoformat(newest.date)).total_seconds() / DAY
        said = f"The newest backup of the source, {newest.name} in {newest.location}, is {age:.1f} days old"
        return Row(name, "passed", f"{said}.") if age <= limit else Row(name, "warning", f"{said}.", remedy)
