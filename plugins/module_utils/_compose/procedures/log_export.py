# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exporting the log files to a share (guide 716-742)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import (
    TODAY,
    Moment,
    clock_format,
    parse_moment,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.texts import SHARE
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.appliance_logs import APPLIANCE_LOGS, SCHEDULES
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

EXPORT = APPLIANCE_LOGS.section("log_file_export")
LOCAL = re.compile(r"[A-Za-z]:.*")
ACCOUNT = re.compile(r"[^\\/]+\\[^\\/]+")
WHEN = ("interval", "day", "time")


class ExportLogs(Settings):
    """Options are the fields of the section but ``schedule``, which follows from them, and ``test``."""

    section = EXPORT
    fields = ("enabled", "path", "share_username", "share_password", "nfs", *WHEN)
    option_names: ClassVar[Mapping[str, str]] = {"share_username": "username", "share_password": "password"}
    button = "set_log_export"
    tested = over_nfs = False
    shown_time = ""

    def run(self) -> dict[str, Any]:
        result = super().run()
        return {**result, "tested": self.tested} if self.given["test"] else result

    def check(self) -> None:
        given = self.given
        if given["interval"] is not None and (given["time"] is not None or given["day"] is not None):
            raise self.refuse(
                "interval and day or time exclude each other: the logs have one schedule.", kind="invalid"
            )
        if given["day"] is not None and given["time"] is None:
            raise self.refuse("day needs time.", kind="invalid")
        if given["time"] is not None:
            parse_moment(TODAY, given["time"])
        if given["path"] is not None:
            self._check_path(given["path"].strip())
        name = given["share_username"]
        if name and not ACCOUNT.fullmatch(name.strip()):
            raise self.refuse(
                f"share_username is {name}; it must have the form domain\\user, or host\\user for an account of the "
                "share's host.",
                kind="invalid",
            )
        if given["nfs"] and (name or given["share_password"]):
            self.warn("share_username and share_password are not used: an NFS resource takes no credentials.")
        if given["test"] and given["enabled"] is False:
            raise self.refuse(
                "test: true and enabled: false exclude each other: there is nothing to test.", kind="invalid"
            )

    def _check_path(self, path: str) -> None:
        if LOCAL.fullmatch(path):
            raise self.refuse(
                f"path is {path}: the file cannot be saved on the appliance.",
                kind="invalid",
                remedy="Give a share of another host, \\\\host\\share.",
            )
        if not path or (not self.given["nfs"] and not SHARE.fullmatch(path)):
            raise self.refuse(
                f"path is {path or 'empty'}; it must be a share of the form \\\\host\\share.",
                kind="invalid",
                remedy="Correct it; in YAML put it in single quotes, so that backslashes stay as they are.",
            )

    def wanted(self) -> dict[str, Any]:
        if self.given["enabled"] is False:
            return {"enabled": False}
        wanted = super().wanted()
        if self.given["nfs"]:
            wanted = {name: value for name, value in wanted.items() if name not in ("share_username", "share_password")}
        kind = next((text for option, text in SCHEDULES.items() if self.given[option] is not None), None)
        return {**wanted, "schedule": kind}

    def read(self) -> dict[str, Any]:
        ids = [one.id for one in EXPORT.fields if not one.secret]
        values = self.task.surfaces.console.read(EXPORT, ids)
        self.shown_time = values["time"] or ""
        time = Moment.shown(TODAY, self.shown_time).time if self.shown_time else None
        return {**{self.option_of_field(id): value for id, value in values.items()}, "time": time}

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        return bool(present["share_username"]) and not self._nfs(present) and self.given["enabled"] is not False

    def _nfs(self, present: Mapping[str, Any]) -> bool:
        """Whether it will be an NFS resource."""
        return bool(present["nfs"] if self.given["nfs"] is None else self.given["nfs"])

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        after = {**present, **plan.wanted}
        self.over_nfs = self._nfs(present)
        if self.given["test"] and not self.over_nfs and not self.given["share_password"]:
            raise self.refuse("test needs share_password: a stored one cannot be tested.", kind="invalid")
        if not after["enabled"]:
            return
        missing = [] if after["path"] else ["path"]
        if not after["nfs"]:
            missing += [] if after["share_username"] else ["share_username"]
            stored = present["share_username"] or self.given["share_password"]
            missing += [] if stored else ["share_password"]
        if missing:
            raise self.refuse(
                f"Log export would be on without {', '.join(missing)}.",
                kind="invalid",
                remedy=f"Give {', '.join(missing)} as well, or nfs: true for an NFS resource.",
            )

    def write(self, plan: Plan) -> None:
        values = plan.wanted
        if "time" in values:
            moment = Moment(TODAY, values["time"])
            values["time"] = clock_format(moment, TODAY, self.shown_time or "00:00")["time"]
        if self.given["test"]:
            self._try(values)
        self.save(values)

    def _try(self, values: Mapping[str, Any]) -> None:
        """Press the test button with the values that are to be saved; nothing is saved when it fails."""
        secret = {} if self.over_nfs else {"share_password": self.given["share_password"]}
        try:
            self.task.surfaces.console.write(EXPORT, self.field_values({**values, **secret}), "test")
        except UseriesError as error:
            if error.kind in ("rejected", "failed"):
                error.message = f"{error.message} Nothing was saved."
            raise
        self.tested = True


class ExportLogsNow(Action):
    """No options. A state is where the logs go."""

    said = ""

    def what(self) -> str:
        return "export the logs now"

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.task.surfaces.console.read(EXPORT, ["enabled", "path"])
        return found

    def due(self, before: Any) -> Plan:
        return Plan([Change("log file", None, "exported")], header=self.what())

    def before_order(self, before: dict[str, Any]) -> None:
        if not before["enabled"] or not before["path"]:
            raise self.refuse(
                "Log export is not set up.", remedy="Set up log export first, with useries.appliance.log_export."
            )

    def order(self, before: dict[str, Any]) -> None:
        self.said = self.task.surfaces.console.press(EXPORT, "export_log_now", fresh=False, timeout=300).message

    def find_out(self) -> str:
        return "Look at the share whether a new file is there."

    def effect(self, before: dict[str, Any]) -> dict[str, Any]:
        return before

    def shown(self, state: dict[str, Any]) -> Any:
        return {"path": state["path"], "message": self.said}
