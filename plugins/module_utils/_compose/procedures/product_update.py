# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requesting product updates and running the security updates (guide 128-149, 172-183, 1812-1825)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.pair import pair_state
from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import (
    AVAILABLE,
    AWAY,
    HOURS,
    PRODUCTS,
    UNDER_WAY,
    UPDATES_ROLE,
    Package,
    Rest,
    method,
    names,
    of_state,
    packages,
    start_of,
    told,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import QUIET, UNKNOWN
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import NOW

NOT_MIRRORED = ("unpaired", "off", "SUSPENDED", "EXPOSED", UNKNOWN)
Packages = list[Package]


class UpdateProducts(Capability):
    """Option ``what``: ``security`` runs all packages, ``products`` requests product updates; group ``wait``."""

    impact = "restart"
    expects = (*QUIET, "SUSPENDED")  # while a pair is upgraded its mirroring is suspended (guide 1802)
    returns = "update"
    ranges: ClassVar = {"settle": Range(0, unit="seconds"), "wait_timeout": Range(1, unit="seconds")}

    def run(self) -> dict[str, Any]:
        """As the option says."""
        self.inspect()
        kind: type[_Update] = RunUpdates if self.given["what"] == "security" else RequestProducts
        return kind(self.task).run()


class _Update(Action):
    """What both kinds have in common."""

    impact = UpdateProducts.impact
    expects = UpdateProducts.expects
    returns = UpdateProducts.returns
    flag: str
    subject: str

    def before_order(self, before: Any) -> None:
        console = self.task.surfaces.console
        console.open(PRODUCTS.page)
        if method(console)[self.flag]:
            raise self.refuse(
                f"{self.subject} are disabled on this appliance, as the section Update Method says.",
                remedy=UPDATES_ROLE,
            )
        state = pair_state(self.task.surfaces)
        if state not in NOT_MIRRORED:
            self.warn(
                f"High availability is not suspended (the pair is {state}): a restart by an update can cause a "
                "failover. The guide suspends mirroring on the active node before an upgrade."
            )


class RunUpdates(_Update):
    """Run updates now. A state is what View Updates lists; ``result`` is what became of the run."""

    flag, subject = "security_updates_disabled", "Security updates"
    rest: Rest
    ordered: tuple[str, ...] = ()

    def what(self) -> str:
        return "run all security updates now"

    def find_out(self) -> str:
        return "Look at Maintenance > BeyondTrust Updates > View Updates; repeated, the task waits for a run under way."

    def read(self) -> Packages:
        listed = packages(self.task.surfaces.console)
        busy = of_state(listed, "running", "scheduled")
        if not busy:
            return listed
        start = start_of(listed)
        running = bool(of_state(listed, "running"))
        state = "in progress" if running else f"scheduled for {start or 'an unknown time'}"
        sentence = f"A run of updates is {state}: {names(busy)}."
        if self.given["if_under_way"] == "fail":
            raise self.refuse(sentence, remedy="Wait for its end, or repeat with if_under_way: wait.")
        if not running:
            self._refuse_late(sentence, start)
        self.warn(sentence)
        return listed if self.task.gate.check_mode else self._await(sentence)

    def _refuse_late(self, sentence: str, start: Any) -> None:
        """Nobody waits for a run that cannot even begin in time."""
        left = None if start is None else (start - appliance_now(self.task.surfaces.console, self.warn)).total_seconds()
        if left is None or left > self.within(HOURS).timeout:
            raise self.refuse(
                f"{sentence} It does not begin within wait_timeout ({self.within(HOURS).timeout:.0f} s).",
                remedy="Raise wait_timeout to wait for it, or take the schedule back in the console.",
            )

    def _await(self, sentence: str) -> Packages:
        """The end of a run that somebody else ordered."""
        rest = Rest(self.task.surfaces.console)
        wait = self.within(HOURS, interval=10, longest=60, silence=AWAY)
        self.task.waiter.until(rest.look, wait, what=sentence.split(":")[0], target=self.task.label)
        return rest.listed

    def due(self, before: Packages | None) -> Plan:
        ready = of_state(before or [], "available", "failed")
        changes = [Change(one.name, one.state, "applied") for one in ready]
        return Plan(changes, header="Maintenance > BeyondTrust Updates > View Updates")

    def settled(self, before: Packages) -> Packages:
        """Nothing to apply: whether that is so because none can arrive."""
        console = self.task.surfaces.console
        console.open(PRODUCTS.page)
        if method(console)[self.flag]:
            self.warn(f"{self.subject} are disabled on this appliance, so none arrive. {UPDATES_ROLE}")
        return before

    def order(self, before: Packages) -> None:
        self.ordered = tuple(one.name for one in of_state(before, "available", "failed"))
        listed = packages(self.task.surfaces.console)
        more = [one.name for one in of_state(listed, "available", "failed") if one.name not in self.ordered]
        self.ordered = (*self.ordered, *more)
        self.task.surfaces.console.write(AVAILABLE, {"when": NOW}, "schedule_updates", fresh=False, answer=True)

    def happened(self, before: Packages) -> bool | None:
        """A package that runs, was applied or is gone was not so before; that nothing moved proves nothing."""
        now = {one.name: one.state for one in packages(self.task.surfaces.console)}
        moved = any(now.get(name, "applied") in ("running", "applied") for name in self.ordered)
        return True if moved else None

    def effect(self, before: Packages) -> dict[str, Any]:
        if not self.given["wait"]:
            return self._told(packages(self.task.surfaces.console))
        self.rest = Rest(self.task.surfaces.console)
        wait = self.within(HOURS, interval=10, longest=60, silence=AWAY)
        self.task.waiter.until(self._look, wait, what=self.what(), target=self.task.label)
        result = self._told(packages(self.task.surfaces.console))
        if result["failed"]:
            lost = "; ".join(f"{one['name']} ({one['said']})" for one in result["failed"])
            late = f" Not included, because they arrived later: {', '.join(result['not_included'])}."
            raise self.refuse(
                f"{len(result['failed'])} of {len(self.ordered)} updates failed: {lost}. They stay in the list of "
                f"available updates; applied: {', '.join(result['applied']) or 'none'}."
                + (late if result["not_included"] else ""),
                kind="failed",
                remedy="Find the cause (space on drive C:, the notifications in Diagnostics), then run the task again: "
                "every new run includes them.",
            )
        return result

    def _look(self) -> Seen:
        """Ended when every package that was ordered is applied, gone or failed."""
        left = self._pending(packages(self.task.surfaces.console))
        done = len(self.ordered) - len(left)
        return self.rest.seen(f"{done} of {len(self.ordered)} done, still pending: {', '.join(left)}" if left else "")

    def _pending(self, listed: Packages) -> list[str]:
        return [one.name for one in listed if one.name in self.ordered and one.state not in ("applied", "failed")]

    def _told(self, listed: Packages) -> dict[str, Any]:
        there = {one.name: one for one in listed}
        failed = [there[name] for name in self.ordered if name in there and there[name].state == "failed"]
        pending = self._pending(listed)
        bad = {one.name for one in failed}
        late = of_state(listed, "available", "failed", "scheduled")
        return {
            "applied": [name for name in self.ordered if name not in bad and name not in pending],
            "failed": [{"name": one.name, "said": one.said} for one in failed],
            "pending": pending,
            "not_included": [one.name for one in late if one.name not in self.ordered],
        }

    def shown(self, state: Any) -> Any:
        return state if isinstance(state, dict) else self._told(state)


class RequestProducts(_Update):
    """Request Update. A state is product to version; the end is told by versions that rest (A-35)."""

    flag, subject = "appliance_updates_disabled", "U-Series Appliance updates"
    since: float
    last: Mapping[str, str]

    def run(self) -> dict[str, Any]:
        """Only versions that rose are a change; whether there is anything to bring is known after the request."""
        result = super().run()
        done = self.task.gate.wrote and self.given["wait"]
        return {**result, "changed": bool(result["update"]["products"])} if done else result

    def what(self) -> str:
        return "request product updates"

    def find_out(self) -> str:
        return "Compare the versions on Maintenance > BeyondTrust Updates with those of before."

    def read(self) -> dict[str, str]:
        return versions(self.task.surfaces.console)

    def due(self, before: Any) -> Plan:
        if told_under_way(told(self.task.surfaces.console)):
            return self._under_way()
        return Plan([Change("products", "as they are", "as the update server has them")], header=self.what())

    def _under_way(self) -> Plan:
        if self.given["if_under_way"] == "fail":
            raise self.refuse(
                "An update is in progress, as the page BeyondTrust Updates says.",
                remedy="Wait for its end, or repeat with if_under_way: wait.",
            )
        return Plan(header=self.what())

    def settled(self, before: Any) -> Any:
        self.warn("An update was in progress already; nothing was requested.")
        return self.effect(before) if self.given["wait"] else before

    def before_order(self, before: Any) -> None:
        if self.task.surfaces.role() == "Passive":
            raise self.refuse(
                "This node is passive: its database is not accessible, so product updates cannot be requested here.",
                remedy="Request them on the active node; on a passive node install them with BeyondTrust Updater.",
            )
        super().before_order(before)

    def order(self, before: Any) -> None:
        self.task.surfaces.console.press(PRODUCTS, "request_update", answer=True)

    def happened(self, before: Any) -> bool | None:
        """Versions that rose, or an update in progress, prove it; that nothing is seen proves nothing."""
        moved = self.read() != before or told_under_way(told(self.task.surfaces.console))
        return True if moved else None

    def effect(self, before: Any) -> dict[str, Any]:
        if not self.given["wait"]:
            return self._risen(before, self.read())
        self.last, self.since = before, self.task.clock.now()
        wait = self.within(HOURS, interval=10, longest=60, silence=AWAY)
        self.task.waiter.until(self._look, wait, what=self.what(), target=self.task.label)
        return self._risen(before, self.last)

    def _look(self) -> Seen:
        now = self.read()
        said = told(self.task.surfaces.console)
        if now != self.last or told_under_way(said):
            self.last, self.since = now, self.task.clock.now()
        rest = self.task.clock.now() - self.since
        return Seen(said.rstrip(".") or "versions at rest", True if rest >= self.given["settle"] else None)

    @staticmethod
    def _risen(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
        changed = {name: version for name, version in after.items() if before.get(name) != version}
        return {"products": {name: {"before": before.get(name), "after": now} for name, now in changed.items()}}

    def shown(self, state: Any) -> Any:
        return state if "products" in state else {"products": {}}


def told_under_way(said: str) -> bool:
    """Whether the page says that something is being updated."""
    return bool(UNDER_WAY.search(said))
