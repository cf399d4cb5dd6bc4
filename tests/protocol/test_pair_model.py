# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated pair under random operations and faults, over its wires: what must hold whatever happens.

A person on the console suspends, resumes and switches; the control port stands for hands, plugs, cables and time; the
roles are read at the documented endpoint. Bounded and always the same in ``make test``, larger and drawn in the
campaign.

Invariants: never two actives while mirroring is SYNCHRONIZED; never a backup lost that was shown as taken; whatever was
committed before or while the pair was SYNCHRONIZED is in the database of every active node, after a failover too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import hypothesis.strategies as st
import pytest
import requests
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from lxml import html

from simulator.control_client import ControlClient, ControlError
from tests.protocol.console_person import Person
from tests.support.simulator import Simulated
from tests.unit.simulator_console.reader import captions

pytestmark = pytest.mark.one_way

NODES = ("useries-1a", "useries-1b")
NAMES = {"useries-1a": "UVM-1A", "useries-1b": "UVM-1B"}
FIRST = "committed before the pair was made"
KEPT = 5  # backups that a location keeps (guide 1340)
NODE = st.sampled_from(NODES)
SECONDS = st.sampled_from([1, 30, 50, 200, 400, 900, 1800, 3700, 7200])


def paired(control: ControlClient) -> None:
    """Both nodes mirrored, the first one active."""
    for node in NODES:
        control.do(node, "roles.change", "high_availability", {"enabled": True})
        control.do(node, "roles.apply")
    control.advance(60)
    keys = {node: control.state(node)["api_key"] for node in NODES}
    control.do(NODES[0], "ha.register_key", keys[NODES[1]])
    control.do(NODES[1], "ha.register_key", keys[NODES[0]])
    control.do(NODES[0], "ha.start_exchange", NAMES[NODES[1]])
    control.advance(600)
    control.do(NODES[0], "ha.write_data", FIRST)
    control.do(NODES[0], "ha.set_state", True, 5022)
    control.advance(1800)


class PairUnderTrouble(RuleBasedStateMachine):
    """Rules are operations and faults; refusals of the appliance are answers, too."""

    simulated: Simulated
    people: dict[str, Person]

    def __init__(self) -> None:
        super().__init__()
        self.control = self.simulated.control
        self.safe: set[str] = set()
        self.backups: dict[str, list[str]] = {node: [] for node in NODES}
        self.written = 0
        self.seen: dict[str, Any] = {}

    @initialize()
    def begin(self) -> None:
        """Every example begins with a healthy pair."""
        self.control.restore("mirrored")
        self.look()
        assert FIRST in self.safe

    # -- operations ----------------------------------------------------------------------------------------------------
    def press(self, node: str, caption: str) -> None:
        """A person presses a button of the High Availability page, when it is offered."""
        if not self.seen[NAMES[node]]["reachable"]:
            return
        person = self.people[node]
        with contextlib.suppress(requests.ConnectionError):
            page = person.open("High Availability")
            offered = [element for name, element in captions(page) if name == caption.casefold()]
            if offered and offered[0].get("disabled") is None:
                answer = person.press(page, caption, {})
                assert answer.status_code < 500, html.fromstring(answer.text).text_content()

    def order(self, node: str, call: str, *given: Any) -> bool:
        """As a person would on the console of a node that answers; whether it was not refused."""
        if not self.seen[NAMES[node]]["reachable"]:
            return False
        try:
            self.control.do(node, call, *given)
        except ControlError as error:
            assert "Refused" in str(error), error
            return False
        return True

    @rule(node=NODE)
    def suspend(self, node: str) -> None:
        self.press(node, "Suspend")

    @rule(node=NODE)
    def resume(self, node: str) -> None:
        self.press(node, "Resume")

    @rule(node=NODE)
    def switch_roles(self, node: str) -> None:
        self.press(node, "Switch Roles")

    @rule(node=NODE)
    def fail_over(self, node: str) -> None:
        self.order(node, "ha.fail_over")

    @rule(node=NODE, medium=st.booleans(), resync=st.booleans())
    def change_settings(self, node: str, medium: bool, resync: bool) -> None:
        self.order(node, "ha.update_settings", {"medium_failover_mode": medium, "attempt_auto_resync": resync})

    @rule()
    def commit(self) -> None:
        """Somebody uses the product wherever it takes data; what SYNCHRONIZED nodes take is on both."""
        both = {state["ha"]["mirror_state"] for state in self.seen.values()} == {"SYNCHRONIZED"}
        for node in NODES:
            self.written += 1
            marker = f"record {self.written}"
            if self.order(node, "ha.write_data", marker) and both:
                self.safe.add(marker)

    @rule(node=NODE)
    def back_up(self, node: str) -> None:
        self.order(node, "backups.create", "LocalBackups", "simulated-backup-password", False)

    # -- faults --------------------------------------------------------------------------------------------------------
    @rule(node=NODE)
    def lose(self, node: str) -> None:
        """A node is lost for longer than the failover takes, just after something was committed."""
        if self.seen[NAMES[node]]["powered"]:
            self.commit()
            self.control.power(node, "off")
            self.control.advance(900)

    @rule(node=NODE)
    def lose_and_find(self, node: str) -> None:
        """The same, and it comes back."""
        self.lose(node)
        self.what_must_hold()
        self.power_on(node)
        self.control.advance(900)

    @rule(node=NODE, graceful=st.booleans())
    def power_off(self, node: str, graceful: bool) -> None:
        if self.seen[NAMES[node]]["powered"]:
            self.control.power(node, "off", graceful)

    @rule(node=NODE)
    def power_on(self, node: str) -> None:
        if not self.seen[NAMES[node]]["powered"]:
            self.control.power(node, "on")

    @rule(node=NODE)
    def restart(self, node: str) -> None:
        if self.seen[NAMES[node]]["powered"]:
            self.control.power(node, "restart")

    @rule(node=NODE, partner_only=st.booleans())
    def cut(self, node: str, partner_only: bool) -> None:
        self.control.do(node, "set_link", False, partner_only)

    @rule(node=NODE)
    def mend(self, node: str) -> None:
        for partner_only in (True, False):
            self.control.do(node, "set_link", True, partner_only)

    @precondition(lambda self: any(state["partner_link_blocked"] for state in self.seen.values()))
    @rule()
    def mend_all(self) -> None:
        for node in NODES:
            self.mend(node)

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        self.control.advance(seconds)

    # -- what must hold ------------------------------------------------------------------------------------------------
    def look(self) -> None:
        """The pair as it is now."""
        self.seen = self.control.state()["nodes"]
        states = {state["ha"]["mirror_state"] for state in self.seen.values()}
        if states == {"SYNCHRONIZED"}:
            for state in self.seen.values():
                if state["ha"]["role"] == "Active":
                    self.safe |= set(state["database"]["records"])
        for node in NODES:
            shown = [one["name"] for one in self.seen[NAMES[node]]["backups"]["entries"]]
            self.backups[node] += [name for name in shown if name not in self.backups[node]]

    def role(self, node: str) -> str:
        """At the endpoint; empty when it does not answer."""
        if not self.seen[NAMES[node]]["reachable"]:
            return ""
        headers = {"Content-Type": "application/json;charset=UTF-8"}
        answer = self.people[node].get("/UVMInterface/api/HighAvailability", headers=headers)
        return str(answer.json()["Role"]) if answer.ok else ""

    @invariant()
    def what_must_hold(self) -> None:
        """See the docstring of the file."""
        if not self.seen:
            return
        self.look()
        roles = {node: self.role(node) for node in NODES}
        states = {node: self.seen[NAMES[node]]["ha"]["mirror_state"] for node in NODES}
        if list(roles.values()) == ["Active", "Active"]:
            assert "SYNCHRONIZED" not in states.values(), (roles, states)
        for node in NODES:
            records = set(self.seen[NAMES[node]]["database"]["records"])
            if roles[node] == "Active":
                assert self.safe <= records, (node, self.safe - records)
            shown = [one["name"] for one in self.seen[NAMES[node]]["backups"]["entries"]]
            assert set(self.backups[node][-KEPT:]) <= set(shown), (node, self.backups[node], shown)


@pytest.fixture(scope="module")
def standing_still() -> Iterator[Simulated]:
    """A pair whose clock moves only when it is told to."""
    with Simulated(speed=0) as running:
        paired(running.control)
        running.control.snapshot("mirrored")
        yield running


def checked(simulated: Simulated, examples: int, steps: int, *, derandomize: bool) -> None:
    """So many sequences of so many operations."""
    people = {node: Person(simulated, node) for node in NODES}
    machine = type("Pair", (PairUnderTrouble,), {"simulated": simulated, "people": people})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=derandomize,
            deadline=None,
            database=None,
            print_blob=not derandomize,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_must_hold_of_a_pair(standing_still: Simulated) -> None:
    """The same sequences at every run."""
    checked(standing_still, 25, 20, derandomize=True)


@pytest.mark.campaign
def test_what_must_hold_of_a_pair_over_many_sequences(standing_still: Simulated) -> None:
    """Others at every run."""
    checked(standing_still, 600, 50, derandomize=False)
