# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A change of the network of Windows that undoes itself unless this run confirms it over the new path."""

from __future__ import annotations

import contextlib
from abc import abstractmethod
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.automatic_return import Steps
    from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import Wiring

MARGIN = 60.0  # seconds before its time in which the way back is no longer stopped
SETTLED = 60.0  # seconds in which an effect may come after its task has ended
LATE = 180.0  # seconds after its time in which the way back must have had its effect
PASSING = {"timeout", "failed"}  # what a look may meet while interfaces come and go

UNSENDABLE = set("*?[]`%\"'\\/:<>|;,$")


def unsendable(names: Iterable[str]) -> list[str]:
    """Names that are empty, or that PowerShell, the task scheduler or Windows would read as something else."""
    return [one for one in names if not one.strip() or set(one) & UNSENDABLE or not one.isprintable()]


class NetworkChange(Action):
    """Subclasses say what is due, the steps of the change and of its way back."""

    surface: ClassVar[Surface] = "windows"
    impact = "service"
    groups: ClassVar = ("windows", "console", "partner", "pair", "automatic_return")
    ranges: ClassVar = {"return_after": Range(3, 60, unit="minutes")}

    # -- what a subclass says ------------------------------------------------------------------------------------------
    @abstractmethod
    def steps(self, before: Wiring) -> tuple[Steps, Steps]:
        """The change, and its way back."""

    @abstractmethod
    def reached(self, state: Wiring) -> bool:
        """Whether it is as it is wanted."""

    @abstractmethod
    def advice(self) -> str:
        """What to look at when the change was undone."""

    def destination(self, before: Wiring) -> str:
        """Where Windows answers after the change; empty when that is where it answers now."""
        return ""

    def unfinished(self) -> str:
        """How a change looks that has ended, and is not as it is wanted."""
        return "ended without its effect"

    # -- looking -------------------------------------------------------------------------------------------------------
    def check(self) -> None:
        if not self.task.surfaces.configured("windows"):
            raise self.refuse(
                "The network of Windows is changed over WinRM, which is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of this host.",
            )

    def read(self) -> Wiring:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import read_wiring

        found = read_wiring(self.task.surfaces.windows)
        if found is None:
            raise self.refuse(
                "This Windows is older than Server 2012 and has no commands for its network.",
                remedy="Ask BeyondTrust Technical Support for the installer of the Broadcom management utility "
                "(guide 1707), and use it at the screen.",
            )
        return found

    def not_mixed(self, before: Wiring) -> None:
        """Refuse where a program of a vendor has made an adapter."""
        made = [one for one in before.adapters if one.vendor]
        if made:
            raise self.refuse(
                f"{', '.join(one.name for one in made)} was made by a program of {made[0].vendor}, and a team of "
                "Windows must not be mixed with it.",
                remedy="Change the network in that program, or remove it there first.",
            )

    def find_out(self) -> str:
        return "Run the task again: it looks first at the network of Windows."

    def before_order(self, before: Wiring) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import automatic_return as way
        from ansible_collections.useries.appliance.plugins.module_utils._windows import wiring

        windows = self.task.surfaces.windows
        if not wiring.is_administrator(windows):
            raise self.refuse(
                "The account of useries_windows_username may not change the network: it is no administrator.",
                remedy="Use a member of the local group Administrators.",
            )
        earlier = way.state(windows, way.RETURN)
        if earlier is not None and (earlier.running or earlier.next_run is not None):
            at = "is being undone now" if earlier.next_run is None else f"is undone at {earlier.next_run:%H:%M:%S} UTC"
            raise self.refuse(
                f"Another change of this network was not confirmed yet; it {at}.",
                remedy="Wait until then and run the task again. If somebody has checked that the change is good: "
                f"Unregister-ScheduledTask -TaskName {way.RETURN} on the appliance keeps it.",
            )
        if earlier is not None:
            self.warn("An earlier change of this network was not confirmed, and the appliance has undone it.")

    # -- the change ----------------------------------------------------------------------------------------------------
    def order(self, before: Wiring) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import automatic_return as way

        windows, (forward, back) = self.task.surfaces.windows, self.steps(before)
        home = self.task.surfaces.windows_target.host
        self.paths = tuple(dict.fromkeys((self.destination(before) or home, home)))
        pins = self.task.surfaces.windows_pins() if len(self.paths) > 1 else ()
        self.at = before.now + timedelta(minutes=self.given["return_after"])
        try:
            way.arm(windows, back, self.at)
        except UseriesError:
            self._disarm()
            raise
        try:
            way.carry_out(windows, forward)
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                self._disarm()
                raise
            self.warn(f"The answer to the order was lost ({error}); what the appliance shows decides.")
        if len(self.paths) > 1:
            self.task.surfaces.move_windows(self.paths[0], pins)

    def _disarm(self) -> None:
        """Nothing was changed: the way back, should it be registered, would only interrupt."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows import automatic_return as way

        with contextlib.suppress(UseriesError):
            self.task.surfaces.meet_again()
            way.forget(self.task.surfaces.windows, way.RETURN)

    def happened(self, before: Wiring) -> bool | None:
        """The answer to the arming was lost; the change comes after it."""
        return False

    def effect(self, before: Wiring) -> Wiring:
        seconds = self.given["return_after"] * 60 - MARGIN
        self._ended: float | None = None
        try:
            self._until(self._changed, seconds, f"{self.what()}, seen over the new path")
            return self._confirmed()
        except UseriesError as error:
            raise self._undone(before, error) from error

    def _until(self, look: Any, seconds: float, what: str) -> None:
        def patient() -> Seen:
            self.task.surfaces.meet_again()
            try:
                return look()  # type: ignore[no-any-return]
            except UseriesError as error:
                if error.kind not in PASSING:
                    raise
                return Seen(f"no clear answer ({error.kind})", None)

        wait = Wait(seconds, interval=3.0, growth=1.3, longest=10.0, silence=seconds)
        target = self.task.surfaces.windows_target.url
        self.task.waiter.until(patient, wait, what=what, surface="windows", target=target)

    def _changed(self) -> Seen:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import automatic_return as way

        if self.reached(self.read()):
            return Seen("as it is wanted", True)
        task = way.state(self.task.surfaces.windows, way.CHANGE)
        if task is None:
            return Seen("never started", False)
        return self._after(task, "changing", "not started" if task.result is None else self.unfinished())

    def _after(self, task: Any, meanwhile: str, bad: str) -> Seen:
        """A task that has ended may take a while until its effect is seen."""
        if task.running:
            return Seen(meanwhile, None)
        self._ended = self.task.clock.now() if self._ended is None else self._ended
        return Seen(bad, False if self.task.clock.now() - self._ended > SETTLED else None)

    def _confirmed(self) -> Wiring:
        """The way back is removed, over the new path, and what was seen is still there after that."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows import automatic_return as way

        try:
            way.forget(self.task.surfaces.windows, way.RETURN)
        except UseriesError:  # whether it arrived is looked at: to remove what is gone is harmless
            self.task.surfaces.meet_again()
            way.forget(self.task.surfaces.windows, way.RETURN)
        after = self.read()
        if not self.reached(after):
            raise self.refuse("It was undone in the moment in which it was confirmed.", kind="failed")
        with contextlib.suppress(UseriesError):
            way.forget(self.task.surfaces.windows, way.CHANGE)
        if len(self.paths) > 1:
            self.warn(
                f"Windows answers at {self.paths[0]} and no longer at {self.paths[1]}: set useries_windows_host (and "
                "useries_host, if the console was reached there) in the inventory."
            )
        return after

    # -- the way back --------------------------------------------------------------------------------------------------
    def _undone(self, before: Wiring, why: UseriesError) -> UseriesError:
        """Wait until the appliance has undone it (at once, where it can be told) and say so."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows import automatic_return as way

        for host in self.paths:
            self.task.surfaces.move_windows(host)
            with contextlib.suppress(UseriesError):
                way.start(self.task.surfaces.windows, way.RETURN)
                break
        self.task.surfaces.move_windows(self.paths[-1])
        self._ended = None
        try:
            self._until(self._back(before), self.given["return_after"] * 60 + LATE, "the change is undone")
        except UseriesError as error:
            return self.refuse(
                f"The change was not confirmed ({why}), and whether it was undone cannot be seen ({error}). The "
                f"appliance undoes it by itself at {self.at:%H:%M:%S} UTC.",
                kind="outcome_unknown",
                remedy="Look at the appliance's own screen or its iDRAC console; the task "
                f"{way.RETURN} of its task scheduler restores the network.",
            )
        for task in (way.RETURN, way.CHANGE):
            with contextlib.suppress(UseriesError):
                way.forget(self.task.surfaces.windows, task)
        return self.refuse(
            f"The change was not confirmed, and the appliance has undone it: its network is as it was before ({why}).",
            kind="failed",
            remedy=self.advice(),
        )

    def _back(self, before: Wiring) -> Any:
        def look() -> Seen:
            from ansible_collections.useries.appliance.plugins.module_utils._windows import automatic_return as way

            same = self.read().same_as(before)
            task = way.state(self.task.surfaces.windows, way.RETURN)
            if same and (task is None or not (task.running or task.result is None)):
                return Seen("as before", True)
            if task is None:
                return Seen("the way back is gone, and the network is another", False)
            if task.result is None:
                return Seen("not yet", None)
            return self._after(task, "not yet", "the way back has ended, and the network is another")

        return look
