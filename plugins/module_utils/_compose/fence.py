# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is promoted before the old node is known to be off: two active databases are worse than none.

Silence is no knowledge: the old node may run behind a broken network. Who knows it are its iDRAC, the user's own tasks
for its power (a hypervisor, a power strip), and a person who has looked at the machine. Guide 1178-1187 (a failover by
hand is for a primary that is down), 863-881 (a cold spare takes the name of its source).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._compose.addresses import answers
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    read_metrics,
    read_node,
    same_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Task
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import (
    SYNCHRONIZED,
    UNDER_WAY,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

FRESH_MINUTES = 5.0  # a heartbeat younger than this is a sign of life (judgement; the default timeout is 6, guide 1102)
AHEAD_MINUTES = 2.0  # a page without seconds may show the appliance's clock a little late
Says = Literal["alive", "off", "silent", "unknown"]
WHOSE = {
    "controller": "this controller",
    "passive": "the node that would take over",
    "idrac": "its iDRAC",
    "power_tasks": "your power tasks",
    "person": "a person",
}


@dataclass(frozen=True)
class View:
    """Who looked at the old node, what it says of it, and a sentence about it."""

    view: Literal["controller", "passive", "idrac", "power_tasks", "person"]
    says: Says
    detail: str

    def as_dict(self) -> dict[str, str]:
        """Plain data."""
        return asdict(self)


class Fence:
    """What is known of an old node before another one takes over. Option group ``fence``.

    A failover by hand::

        fence = Fence(self.task, self.task.surfaces.partner, node.partner, own_view=lambda: partner_view(self.task))
        fence.check()                                    # refuses, or gives what each view said
        result["fence"] = fence.found()

    A cold spare: ``old = surfaces.beside(options of the console of its source)``, and no ``own_view``.

    :param task: the task, with the options of the group ``fence``; :param old: the old node (its address; nobody signs
        in there, except at its iDRAC); :param name: its network name as an appliance shows it, empty when unknown.
    :param own_view: what the new node's own page shows of the old one; None where it shows nothing.
    """

    def __init__(
        self, task: Task, old: Surfaces, name: str, own_view: Callable[[], tuple[Says, str]] | None = None
    ) -> None:
        self.task, self.old, self.name = task, old, name.strip()
        self._own_view = own_view
        self._views: list[View] = []

    @property
    def word(self) -> str:
        """What a person has to say; empty when the old node's name is unknown."""
        return f"{self.name}@{self.old.target.host}" if self.name else ""

    def views(self) -> list[dict[str, str]]:
        """Look by every road, now: ``view`` (see :class:`View`), ``says``, ``detail``. Never raises for a road that
        is closed.
        """
        looks: list[tuple[Any, Callable[[], tuple[Says, str]]]] = [("controller", self._by_controller)]
        if self._own_view is not None:
            looks.append(("passive", self._own_view))
        looks += [("idrac", self._by_idrac), ("power_tasks", self._by_power_tasks), ("person", self._by_person)]
        self._views = [View(view, *_told(look)) for view, look in looks]
        return self.found()

    def found(self) -> list[dict[str, str]]:
        """What :meth:`views` gave last, for the result (``fence``)."""
        return [one.as_dict() for one in self._views]

    def check(self) -> list[dict[str, str]]:
        """Look, and refuse unless the old node is known to be off.

        :raises UseriesError: kind ``precondition``; names what each view said and what to give next.
        """
        self.views()
        for one in self._views:  # for the evidence, why it was allowed or not
            self.old.observed.note(self.old.identity, f"fence: {WHOSE[one.view]}", f"{one.says}: {one.detail}")
        alive = self._saying("alive")
        if alive:
            raise self._refusal(f"{self._called()} shows a sign of life", _after_life(alive))
        given = self._given("primary_is_off")
        if given and given != self.word:
            raise self._refusal(
                f"primary_is_off says {given!r}, and that is not the node that must be off",
                f"Look at the right machine. {self._ask_person()}",
            )
        if not self._saying("off"):
            raise self._refusal(
                f"Nobody knows that {self._called()} is off; that it does not answer is no proof",
                f"Set useries_idrac_host, _username and _password of that host, or power_state in this task. "
                f"{self._ask_person()}",
            )
        return self.found()

    # -- the roads -----------------------------------------------------------------------------------------------------
    def _by_controller(self) -> tuple[Says, str]:
        target = self.old.target
        if target.proxy is None and not answers(target, target.host):
            return "silent", f"nobody takes a connection at {target.host} port {target.port}"
        try:
            role = self.old.role()
        except UseriesError as error:
            if error.kind == "unreachable":
                return "silent", error.message
            return "alive", f"something answers at {target.host} port {target.port} ({error.message})"
        return "alive", f"its role endpoint at {target.host} answers {role}"

    def _by_idrac(self) -> tuple[Says, str]:
        if not self.old.configured("idrac"):
            return "unknown", "no iDRAC of that host is configured"
        system = self.old.idrac.system()
        state, host = (str(system.get(key) or "").strip() for key in ("PowerState", "HostName"))
        if state != "Off":
            return ("alive", f"it says {state}") if state else ("unknown", "it does not say whether its server is on")
        if host and self.name and not same_name(host, self.name):
            return "unknown", f"it says Off, but it is the iDRAC of {host} and not of {self.name}"
        return "off", "it says Off"

    def _by_power_tasks(self) -> tuple[Says, str]:
        state = self._given("power_state")
        if not state:
            return "unknown", "power_state is not given"
        return ("off" if state == "off" else "alive"), f"power_state is {state}"

    def _by_person(self) -> tuple[Says, str]:
        given = self._given("primary_is_off")
        if not given:
            return "unknown", "primary_is_off is not given"
        if self.word and given == self.word:
            return "off", f"primary_is_off is {given}"
        return "unknown", f"primary_is_off is {given}, which is not {self.word or 'comparable: no name is known'}"

    # -- words ---------------------------------------------------------------------------------------------------------
    def _given(self, option: str) -> str:
        return str(self.task.options.get(option) or "").strip()

    def _saying(self, word: Says) -> list[View]:
        return [one for one in self._views if one.says == word]

    def _called(self) -> str:
        return f"{self.name or 'the old node'} ({self.old.target.host})"

    def _ask_person(self) -> str:
        if not self.word:
            return "Its name cannot be read here, so a person's word could not be compared."
        return (
            f"Or go and look at the machine: when it is off, and stays off, repeat with -e primary_is_off={self.word}"
        )

    def _refusal(self, message: str, remedy: str) -> UseriesError:
        said = "; ".join(f"{WHOSE[one.view]}: {one.says} ({one.detail})" for one in self._views)
        return UseriesError(
            f"{message}. What is known: {said}. {'' if self.task.gate.wrote else 'Nothing was changed.'}".strip(),
            surface="console",
            operation="find out whether the old node is off",
            target=self.task.label,
            kind="precondition",
            remedy=remedy,
        )


def partner_view(task: Task) -> tuple[Says, str]:
    """What this node's own High Availability page shows of its partner: a mirror that is connected or a young heartbeat
    is a sign of life, DISCONNECTED is silence (guide 1227, 1239, 1265-1266).
    """
    console = task.surfaces.console
    node = read_node(console)
    if node.page != "configuration":
        return "unknown", "its High Availability page shows no partner"
    if node.mirror_state in (SYNCHRONIZED, *UNDER_WAY):
        return "alive", f"its page shows {node.mirror_state}, so the mirror is connected"
    shown = read_metrics(console)
    state = node.mirror_state or "no mirror state"
    if not shown["last_heartbeat"]:
        return "unknown", f"its page shows {state} and the heartbeat {shown['last_heartbeat_shown'] or 'none'}"
    heartbeat = datetime.fromisoformat(shown["last_heartbeat"])
    age = age_minutes(heartbeat, appliance_now(console, task.warnings.append))
    told = f"its page shows {state} and a heartbeat of {heartbeat} ({age:.0f} minutes ago)"
    if -AHEAD_MINUTES <= age < FRESH_MINUTES:
        return "alive", told
    return ("silent" if age > 0 and node.mirror_state == "DISCONNECTED" else "unknown"), told


def age_minutes(moment: datetime, now: datetime) -> float:
    """Minutes since a moment, both by the appliance's own clock; negative for one that is still to come."""
    return (now - moment).total_seconds() / 60


def _told(look: Callable[[], tuple[Says, str]]) -> tuple[Says, str]:
    try:
        return look()
    except UseriesError as error:
        return "unknown", error.message


def _after_life(alive: Sequence[View]) -> str:
    if [one.view for one in alive] == ["passive"]:
        return (
            f"When it went down just now, wait until the last heartbeat is {FRESH_MINUTES:.0f} minutes old and run the "
            "task again. Nothing overrules a sign of life."
        )
    return (
        "Look at it, and switch it off at its power if it has to be replaced, then run the task again. Nothing "
        "overrules a sign of life. A node that only exchanges roles needs useries.appliance.switch_roles."
    )
