# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making an appliance the cold spare of another one (guide 879-881, 1463-1525, A-10, A-85).

It is renamed and its services stop, so it is confirmed by its name; the restart that the console asks for is given only
when the task may.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.cold_spares import (
    AVAILABILITY,
    SPARE,
    agree_to_restart,
    wait_for_name,
    wait_for_restart,
    windows_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.machine_names import complaint
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import (
    TODAY,
    Moment,
    clock_format,
    parse_moment,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.role_pages import (
    Entry,
    Press,
    RolePages,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.restarts import WAIT, RestartWatch, boot_time
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import COLD_SPARE, SWITCH
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import (
    leave_question,
    press_apply_pending,
    read_role,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Wait
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

LOCATION = ("restore_location", "existing_location")
TEXTS = (*LOCATION, "share_username", "share_password", "restore_password")
GIVEN = (*TEXTS, "day", "time", "temporary_name")
RENAMING = {"enabled", "temporary_name"}


class SetUpColdSpare(RolePages):
    """Options: those of ``COLD_SPARE`` by name, ``test_share``, ``restart``, ``confirm``, ``adopt_pending``."""

    shown_time = ""
    question = ""
    started: datetime | None = None
    watch: RestartWatch | None = None
    pressed = restarted = False

    def what(self) -> str:
        return f"Roles Editor > {SPARE.name}"

    def severity(self) -> Impact:
        return "restart" if self.given["restart"] else "service"

    # -- before anything is asked --------------------------------------------------------------------------------------
    def check(self) -> None:
        wanted = {name: self.given[name] for name in GIVEN if self.given.get(name) is not None}
        wrong = [f"{name} must not be empty." for name in TEXTS if name in wanted and not wanted[name].strip()]
        wrong.append(complaint("temporary_name", wanted["temporary_name"]))
        if self.given.get("share_password") is not None and not wanted.get("share_username"):
            wrong.append("share_password is given without share_username.")
        if any(wrong):
            raise self.refuse(" ".join(one for one in wrong if one), kind="invalid")
        parse_moment(TODAY, wanted["time"])
        if "restore_password" in wanted:
            wanted["restore_password_again"] = wanted["restore_password"]
        test = Press("locations", "test_share") if self.given["test_share"] else None
        settings = (SWITCH, *COLD_SPARE)
        self.entries = [Entry(SPARE, settings, {"enabled": True, **wanted}, test=test)]

    # -- what is there -------------------------------------------------------------------------------------------------
    def read(self) -> dict[str, Any]:
        state = super().read()
        entry = self.entries[0]
        self.shown_time = str(state.get("time") or "")
        state["time"] = Moment.shown(TODAY, self.shown_time).time if self.shown_time else None
        entry.present["time"] = state["time"]
        if entry.wanted.get("existing_location") and state.get("restore_location"):
            entry.wanted["restore_location"] = ""  # the page has both, and one of them counts
        return state

    def before_change(self, entry: Entry, changes: Mapping[str, Any]) -> None:
        if not RENAMING & set(changes):
            return
        self._no_conflict()
        seen = shown_name(self.task.surfaces)
        self._no_clash(seen.name)
        if not entry.present.get("enabled") and not entry.wanted.get("restore_password"):
            raise self.refuse("restore_password is needed to turn the role on.", kind="invalid")
        self.confirmed(
            [seen.name],
            f"This appliance is {seen.name or 'unknown'} (told by: {seen.by}). As a cold spare it is renamed to "
            f"{entry.wanted['temporary_name']} and its services stop.",
            first="Check that this is the spare and not its source",
        )
        if not self.given["restart"]:
            self.warn("The appliance is renamed by a restart, and restart is false: until then it is no cold spare.")

    def _no_conflict(self) -> None:
        """The guide implies it: a cold spare has its services stopped (881)."""
        on = next((one.enabled for one in self.listed if one.name == AVAILABILITY.name), None)
        if on is None:
            on = bool((read_role(self.task.surfaces.console, AVAILABILITY, (SWITCH,)) or {}).get("enabled"))
        if on:
            raise self.refuse(
                "Conflict: the role High Availability is on, and a cold spare cannot be a node of a pair.",
                remedy="Take another appliance for the spare, or turn high availability and its role off first.",
            )

    def _no_clash(self, own: str) -> None:
        wanted = self.given["temporary_name"].casefold()
        names = {"this appliance": own}
        surfaces = self.task.surfaces
        if surfaces.has_source:
            try:
                names["the source"] = shown_name(surfaces.source).name
            except UseriesError as error:
                self.warn(f"The name of the source could not be read: {error.message}")
        for whose, name in names.items():
            if name and name.casefold() == wanted and not self.entries[0].present.get("enabled"):
                raise self.refuse(
                    f"temporary_name is the name of {whose} ({name}): there would be two machines of one name.",
                    remedy="Give another temporary_name.",
                )

    # -- writing -------------------------------------------------------------------------------------------------------
    def as_shown(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if "time" not in values:
            return values
        time = clock_format(Moment(TODAY, values["time"]), TODAY, self.shown_time or "00:00")["time"]
        return {**values, "time": time}

    def apply_pending(self, hints: str) -> None:
        surfaces, label = self.task.surfaces, self.task.label
        if self.given["restart"] and surfaces.configured("windows"):
            self.started = boot_time(surfaces)
        watch = RestartWatch(surfaces, self.started)
        outcome = press_apply_pending(surfaces.console, label, hints, answer=None)
        self.pressed = outcome is not None
        if outcome is None or outcome.kind != "question":
            return
        self.question = outcome.message
        if not self.given["restart"]:
            leave_question(surfaces.console, self.question, label)
            return
        agree_to_restart(surfaces.console)
        self.watch = watch

    def accepted(self) -> None:
        if self.watch is not None:
            wait_for_restart(self.task, self.watch, self._wait())
            self.restarted = True

    def _wait(self) -> Wait:
        return self.within(WAIT, interval=5.0, longest=20.0, silence=self.given["wait_timeout"] or WAIT)

    # -- afterwards ----------------------------------------------------------------------------------------------------
    def run(self) -> dict[str, Any]:
        result = super().run()
        missing = self.question and not self.restarted
        name = "" if self.task.gate.check_mode else windows_name(self.task.surfaces)
        waiting = name.casefold() == self.given["temporary_name"].casefold() if name else None
        required = bool(missing) or waiting is False
        if required:
            self.warn(
                "A restart is still to come before this appliance is a cold spare: do it with useries.appliance.reboot."
            )
        return {**result, "restarted": self.restarted, "restart_required": required, "machine_name": name or None}

    def proven(self, result: dict[str, Any], state: Any) -> dict[str, Any]:
        """Where an earlier run pressed the button it may have agreed to the restart too, which no page shows."""
        alone = self.given["restart"] and not self.pressed and not self.task.gate.check_mode
        if alone and self.task.surfaces.configured("windows"):
            wait_for_name(self.task, self.given["temporary_name"], self._wait())
        return super().proven(result, state)

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]]:
        name = windows_name(self.task.surfaces)
        wanted = self.given["temporary_name"]
        if not name:
            return "unavailable", {"reason": "Windows cannot be asked for its name"}
        if name.casefold() == wanted.casefold():
            return "verified", {"machine_name": name}
        if self.restarted:
            raise self.refuse(
                f"The appliance was restarted as a cold spare and is called {name}, not {wanted}.",
                kind="not_seen",
                remedy="Look at the page of the role Cold Spare and at its pending changes.",
            )
        return "unavailable", {"reason": f"it is called {name} until it is restarted"}
