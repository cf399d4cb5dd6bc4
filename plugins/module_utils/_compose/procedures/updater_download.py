# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Update Now in BeyondTrust Updater until nothing is left to download, and its hours (guide 1810-1811, 1822).

The guide itself says to press again when a download stops and no other starts, so a lost answer is no trouble: the list
is read, and the button pressed again when it is at rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.updater import (
    HOURS,
    PACKAGES,
    Row,
    downloads,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.updater_labels import OfTheUpdater
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import QUIET
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

LONGEST = 4 * 3600.0
AWAY = 900.0  # seconds for which the site may not answer
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
State = Mapping[str, Any]


class DownloadPackages(OfTheUpdater, Action):
    """Options ``presses``, ``hours``, group ``wait``. A state has ``packages`` (rows) and ``hours``."""

    expects = (*QUIET, "SUSPENDED")
    returns = "updater"
    ranges: ClassVar = {"presses": Range(1), "wait_timeout": Range(1, unit="seconds")}
    first: State
    pressed = 0
    calm = 0

    def run(self) -> dict[str, Any]:
        """Only what was downloaded, or other hours, are a change; the button is pressed to find out."""
        result = super().run()
        state = result["updater"]
        checked = not self.task.gate.wrote
        hours = bool(self._other_hours(self.first))
        changed = hours or bool(state["left"] if checked else state["downloaded"] or state["left"])
        return {**result, "changed": changed, **({} if changed else {"diff": Plan().diff()})}

    def sections(self) -> Sequence[Section]:
        return (PACKAGES, HOURS) if self.given["hours"] else (PACKAGES,)

    def what(self) -> str:
        return "download all packages with Update Now"

    def check(self) -> None:
        wrong = [
            f"{name} is {value!r}" for name, value in (self.given["hours"] or {}).items() if not TIME.fullmatch(value)
        ]
        if wrong:
            raise self.refuse(f"hours: {' and '.join(wrong)}; a time is HH:MM, from 00:00 to 23:59.", kind="invalid")
        if self.given["hours"] and self.given["hours"]["start"] == self.given["hours"]["end"]:
            raise self.refuse("hours: start and end are the same.", kind="invalid")
        self.check_labels()

    # -- before --------------------------------------------------------------------------------------------------------
    def read(self) -> State:
        hours = self._hours()
        self.first = {"hours": hours, "packages": downloads(self.updater)}
        return self.first

    def _hours(self) -> dict[str, str] | None:
        if not self.given["hours"]:
            return None
        shown = self.updater.read(HOURS, ["start", "end"])
        return {name: str(value or "")[:5] for name, value in shown.items()}

    def _other_hours(self, state: State) -> list[Change]:
        wanted, now = self.given["hours"] or {}, state["hours"] or {}
        return [Change(f"hours.{name}", now[name], wanted[name]) for name in wanted if now[name] != wanted[name]]

    def due(self, before: Any) -> Plan:
        """Never empty: what is left to download is known for certain only after Update Now."""
        left = [Change(one.name, one.said, "downloaded") for one in _left(before["packages"])]
        changes = [*self._other_hours(before), *left]
        return Plan(changes or [Change("packages", "all downloaded", "looked for")], header="BeyondTrust Updater")

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Any) -> None:
        if self._other_hours(before):
            self._set_hours()
        if not _running(before["packages"]):
            self._press()

    def _set_hours(self) -> None:
        lost = ""
        try:
            self.updater.write(HOURS, self.given["hours"], "save", answer=True)
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                raise
            lost = str(error)
        now = self._hours()
        if now != self.given["hours"]:
            raise self.refuse(
                f"The hours were saved, but read again they are {now}."
                if not lost
                else f"The hours are not saved: {lost}",
                kind="failed" if lost else "not_seen",
                remedy="Look at the settings of BeyondTrust Updater, then run the task again: it reads them first.",
            )

    def _press(self) -> None:
        self.pressed += 1
        try:
            self.updater.press(PACKAGES, "update_now", answer=True)
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                raise
            self.warn(f'The answer to "Update Now" was lost ({error}); the list tells how far the downloads are.')

    def effect(self, before: Any) -> dict[str, Any]:
        if self.given["wait"]:
            wait = self.within(LONGEST, interval=5, longest=60, silence=AWAY)
            self.task.waiter.until(self._look, wait, what=self.what(), target=self.task.label)
        return self._told(downloads(self.updater))

    def _look(self) -> Seen:
        """At rest when seen so twice in a row: between two packages none may be downloading for a moment."""
        listed = downloads(self.updater)
        left, running = _left(listed), _running(listed)
        self.calm = 0 if running else self.calm + 1
        if self.calm < 2:
            return Seen(f"{len(left)} left" if left else "nothing left", None)
        if not left:
            return Seen("nothing left", True)
        self.calm = 0
        self._once_more(left)
        return Seen(f"{len(left)} left, Update Now pressed again", None)

    def _once_more(self, left: Sequence[Row]) -> None:
        if self.pressed >= self.given["presses"]:
            raise self.refuse(
                f"The downloads stopped, and Update Now was pressed {self.pressed} times. Still left: "
                + ", ".join(f"{one.name} ({one.said})" for one in left)
                + ".",
                kind="failed",
                remedy="See whether the appliance reaches the update servers (proxy, disk space), then run the task "
                "again; it goes on with what is left. More presses: option presses.",
            )
        self._press()

    # -- the result ----------------------------------------------------------------------------------------------------
    def _told(self, listed: Sequence[Row]) -> dict[str, Any]:
        done = {one.name for one in self.first["packages"] if one.state == "done"}
        return {
            "complete": not _left(listed),
            "downloaded": [one.name for one in listed if one.state == "done" and one.name not in done],
            "left": [one.name for one in _left(listed)],
            "presses": self.pressed,
            "hours": self.given["hours"] if self.task.gate.wrote else self.first["hours"],
        }

    def shown(self, state: Any) -> Any:
        return self._told(state["packages"]) if "packages" in state else state


def _left(listed: Sequence[Row]) -> list[Row]:
    return [one for one in listed if one.state != "done"]


def _running(listed: Sequence[Row]) -> bool:
    return any(one.state == "running" for one in listed)
