# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power of a physical appliance through its iDRAC (DMTF ComputerSystem.Reset; the drill of guide 1163-1174).

It is what is left when the console is dead, so the console is not asked for the state of the pair. The lease of the
pair is taken all the same: a run that works on the pair is told apart from one that pulls its plug.
"""

from __future__ import annotations

from typing import Any, cast

from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import END_STATES, Inventory, PowerAction
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ACTIONS = {
    ("on", None): "on",
    ("off", "graceful"): "shutdown",
    ("off", "forced"): "force_off",
    ("restarted", "graceful"): "restart",
    ("restarted", "forced"): "force_restart",
}
WORDS = {
    "on": "turn the server on",
    "shutdown": "shut the server down",
    "force_off": "turn the server off",
    "restart": "restart the server",
    "force_restart": "reset the server",
}
WAITS = {"on": 120.0, "shutdown": 600.0, "force_off": 60.0, "restart": 1800.0, "force_restart": 900.0}
"""Seconds (judgement): Windows with SQL Server may take minutes to end, and a server some to start."""


class PowerControl(Action):
    """Options ``state``, ``method``, ``confirm``, ``wait``, ``wait_timeout``. A state is the iDRAC's inventory."""

    def what(self) -> str:
        return WORDS[self.action]

    @property
    def action(self) -> PowerAction:
        """What the client calls it."""
        state = self.given["state"]
        method = None if state == "on" else self.given["method"] or "graceful"
        return cast(PowerAction, ACTIONS[state, method])

    # -- before the order ----------------------------------------------------------------------------------------------
    def check(self) -> None:
        if self.given["state"] == "on" and self.given["method"]:
            raise self.refuse("method says how a server goes down, and state: on does not ask for it.", kind="invalid")

    def read(self) -> Inventory:
        before: Inventory = self.task.surfaces.idrac.inventory()
        return before

    def due(self, before: Inventory) -> Plan:
        end = END_STATES.get(self.action)
        if end is not None and before.power_state == end:
            return Plan(header=self.what())
        return Plan([Change("power", before.power_state, end or self.what())], header=self.what())

    def before_order(self, before: Inventory) -> None:
        if self.given["state"] != "on":
            self._confirm(before)
        self.task.surfaces.idrac.offers(self.action)
        if self.given["state"] == "restarted" and before.power_state == "Off":
            raise self.refuse("The server is off, so there is nothing to restart.", remedy="Use state: on.")

    def _confirm(self, before: Inventory) -> None:
        """By what the iDRAC itself shows: the service tag always, the name only while Windows tells it.

        The word for a pair, ``<a>+<b>``, holds for each of its nodes.
        """
        shown = [name for name in (before.service_tag, before.host_name) if name]
        given = self.given["confirm"]
        if before.host_name and before.host_name in str(given).split("+"):
            return
        name = given if given in shown else (shown[0] if shown else "")
        called = f", the appliance {before.host_name}," if before.host_name else ""
        self.confirmed(
            [name],
            f"To {self.what()} with the service tag {before.service_tag or 'unknown'}{called} ends its services"
            + ("; what is not saved is lost." if self.given["method"] == "forced" else "."),
            first="Check that this is the one",
        )

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Inventory) -> None:
        self.task.surfaces.idrac.order(self.action)

    def happened(self, before: Inventory) -> bool | None:
        if self.action not in END_STATES and before.last_reset is None:
            return None
        self._wait(before)
        return True

    def find_out(self) -> str:
        return "Look at the power state (useries.appliance.idrac_info) and at the server's screen before you repeat it."

    def effect(self, before: Inventory) -> Inventory:
        if not self.given["wait"]:
            return self.read()
        if self.action not in END_STATES and before.last_reset is None:
            self.warn("This iDRAC does not tell when its server was started, so the restart is not waited for.")
            return self.read()
        try:
            return self._wait(before)
        except UseriesError as error:
            if error.kind != "timeout":
                raise
            raise self.refuse(
                f"The order to {self.what()} was accepted, and its end was not seen in time: {error.message}"
                + ("" if self.given["method"] == "forced" else " Nothing was forced."),
                kind="timeout",
                remedy="Look at the server's screen why it does not end. Then wait longer (wait_timeout), or repeat "
                "with method: forced, which loses what is not saved."
                if self.action in ("shutdown", "restart")
                else "Look at the server's screen and at the lifecycle log of the iDRAC.",
            ) from error

    def _wait(self, before: Inventory) -> Inventory:
        end = END_STATES.get(self.action)

        def look() -> Seen:
            now = self.read()
            there = now.power_state == end if end else now.power_state == "On" and now.last_reset != before.last_reset
            return Seen(str(now.power_state), True if there else None, {"now": now})

        wait = self.within(WAITS[self.action], interval=2.0, longest=15.0)
        idrac = self.task.surfaces.idrac.session.target.url
        seen = self.task.waiter.until(look, wait, what=self.what(), surface="idrac", target=idrac)
        return cast(Inventory, seen.detail["now"])

    def shown(self, state: Inventory) -> dict[str, Any]:
        return {
            "state": state.power_state,
            "service_tag": state.service_tag,
            "host_name": state.host_name,
            "last_reset": state.last_reset,
        }
