# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A graceful restart or shutdown (guide 1096-1098, 1113). A restart is proven by a later start of Windows; that the
console was silent for a while proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.addresses import answers
from ansible_collections.useries.appliance.plugins.module_utils._compose.restarts import (
    WAIT,
    RestartWatch,
    boot_time,
    go_down,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.reboot import REBOOT
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SECTION = REBOOT.section("reboot")
WORDS = {"restart": r"re-?start|re-?boot", "shut_down": r"shut ?-?down|power ?-?off|turn ?-?off"}
BLACKOUT = (
    "The guide promises the Reboot Blackout Window for the page Schedule a Reboot only: after a restart through "
    "Windows the partner may take over."
)


class ScheduleReboot(Action):
    """Options ``action``, ``choice`` (its words on the page), ``through_windows``, ``wait``, ``wait_timeout``."""

    unseen: ClassVar[bool] = True  # a node that answers may have been restarted or not
    words = ""
    started: datetime | None = None
    down = False
    watch: RestartWatch | None = None

    def what(self) -> str:
        return "restart the appliance" if self.restarts else "shut the appliance down"

    @property
    def restarts(self) -> bool:
        """Whether it is to come up again."""
        return bool(self.given["action"] == "restart")

    @property
    def sees_windows(self) -> bool:
        """Whether Windows can be asked for its start time."""
        return bool(self.task.surfaces.configured("windows"))

    # -- before the order ----------------------------------------------------------------------------------------------
    def check(self) -> None:
        if self.given["through_windows"]:
            self._check_windows()
        else:
            self._check_labels()
        if self.given["require_proof"] and not (self.restarts and self.sees_windows and self.given["wait"]):
            raise self.refuse(
                "require_proof asks for a later start of Windows, and this task could not see one.",
                kind="invalid",
                remedy="It takes action: restart, wait: true and the variables useries_windows_* of this host.",
            )

    def _check_windows(self) -> None:
        if not self.sees_windows:
            raise self.refuse(
                "through_windows is true, but WinRM is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of this host.",
            )
        if self.given["choice"]:
            raise self.refuse("choice is about the page, and through_windows does not use it.", kind="invalid")

    def _check_labels(self) -> None:
        missing = self.task.surfaces.console.unnamed(SECTION)
        if missing:
            named = ", ".join(f"'{key}': '<its words>'" for key in missing)
            raise self.refuse(
                "The guide names the page Schedule a Reboot and none of its labels, so nothing is pressed there.",
                remedy="By hand: open the menu Maintenance > Schedule a Reboot and choose there. For this module: read "
                f"the labels there and set useries_console_labels: {{{named}}}. With WinRM configured, "
                "through_windows: true restarts Windows gracefully, but the Reboot Blackout Window may not apply then.",
            )

    def read(self) -> dict[str, Any]:
        if self.sees_windows:
            try:
                self.started = boot_time(self.task.surfaces)
            except UseriesError as error:
                if self.given["through_windows"] or self.given["require_proof"]:
                    raise
                self.warn(f"Windows cannot be asked when it was started, so a restart is not proven: {error}")
        return self._state(self.started)

    def due(self, before: Any) -> Plan:
        how = "through Windows" if self.given["through_windows"] else "on the page Schedule a Reboot"
        return Plan([Change("power", "running", f"{self.what()} {how}")], self.what())

    def before_order(self, before: Any) -> None:
        if self.given["through_windows"]:
            self.warn(BLACKOUT)
            return
        console = self.task.surfaces.console
        console.open(REBOOT)
        offered = console.choices(SECTION, "action")
        asked = self.given["choice"]
        if asked:
            fitting = [text for text in offered if text.casefold() == asked.strip().casefold()]
        else:
            fitting = [text for text in offered if re.search(WORDS[self.given["action"]], text, re.IGNORECASE)]
        if len(fitting) != 1:
            raise self.refuse(
                f"{len(fitting)} choices of the page mean {asked or self.given['action']!r}; it offers "
                f"{', '.join(offered) or 'nothing'}.",
                remedy="Say in choice how the page words it.",
                candidates=offered,
            )
        self.words = fitting[0]

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Any) -> None:
        surfaces = self.task.surfaces
        if self.given["through_windows"]:
            go_down(surfaces, restart=self.restarts)
        else:
            surfaces.console.write(SECTION, {"action": self.words}, "reboot", answer=True)

    def happened(self, before: Any) -> bool | None:
        """Only a later start of Windows tells; it takes as long as a restart."""
        if not (self.restarts and self.started):
            return None
        self._wait()
        return True

    def find_out(self) -> str:
        return "See whether the appliance goes down within some minutes (screen, iDRAC) before you repeat it."

    def effect(self, before: Any) -> dict[str, Any]:
        return self._wait() if self.given["wait"] else {**before, "running": None}

    def _wait(self) -> dict[str, Any]:
        wait = self.within(WAIT, interval=5.0, longest=20.0, silence=self.given["wait_timeout"] or WAIT)
        self.watch = self.watch or RestartWatch(self.task.surfaces, self.started)
        look = self._running_again if self.restarts else self._is_down
        seen = self.task.waiter.until(look, wait, what=self.what(), target=self.task.surfaces.target.url)
        return dict(seen.detail)

    def _is_down(self) -> Seen:
        if answers(self.task.surfaces.target, self.task.surfaces.target.host):
            self.down = False
            return Seen("still running", None)
        twice, self.down = self.down, True  # one silent moment is a moment
        return Seen("not answering", True if twice else None, {**self._state(self.started), "running": False})

    def _running_again(self) -> Seen:
        seen = self.watch.look(REBOOT) if self.watch is not None else Seen("not restarted yet", None)
        if not seen.verdict:
            return seen
        return replace(seen, detail={**self._state(seen.detail["started"]), "running": True})

    # -- afterwards ----------------------------------------------------------------------------------------------------
    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]]:
        if not self.given["wait"]:
            return "unavailable", {"reason": "the effect was not waited for"}
        if not self.restarts:
            return "unavailable", {"reason": "that it does not answer does not prove that it was shut down"}
        if self.started is None:
            return "unavailable", {"reason": "Windows cannot be asked when it was started"}
        return "verified", {"started_before": self.started.isoformat(), "started": state["started"]}

    @staticmethod
    def _state(started: datetime | None) -> dict[str, Any]:
        return {"running": True, "started": None if started is None else started.isoformat()}
