# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of actions: ordered once, never blindly again."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.engine.bench import Notes, Pair, lost, task


class Switch:
    """What an action is about.

    :ivar order_fails: raised when ordered; :ivar known: what the state tells of a lost order, or an error.
    """

    def __init__(self, position: str = "left", order_fails: UseriesError | None = None) -> None:
        self.position = position
        self.order_fails = order_fails
        self.known: bool | None | UseriesError = None
        self.orders = 0


class Turn(Action):
    impact = "service"
    returns = "position"
    promised_only = False

    @property
    def switch(self) -> Switch:
        switch: Switch = self.task.surfaces.switch
        return switch

    def what(self) -> str:
        return "turn the switch"

    def find_out(self) -> str:
        return "Look at the switch."

    def requirements(self) -> Sequence[Requirement]:
        return (Requirement("switch", not self.promised_only, "There is no switch.", "Build one."),)

    def read(self) -> str:
        return self.switch.position

    def due(self, before: Any) -> Plan:
        wanted = self.given["to"]
        return Plan([] if before == wanted else [Change("position", before, wanted)], header=self.what())

    def order(self, before: Any) -> None:
        self.switch.orders += 1
        if self.switch.order_fails:
            raise self.switch.order_fails
        self.switch.position = self.given["to"]

    def happened(self, before: Any) -> bool | None:
        if isinstance(self.switch.known, UseriesError):
            raise self.switch.known
        return self.switch.known

    def effect(self, before: Any) -> str:
        return self.switch.position


class Unbuilt(Turn):
    promised_only = True


def run(switch: Switch, kind: type[Turn] = Turn, **more: Any) -> tuple[dict[str, Any], Any]:
    about = task({"to": "right", "step": "turn_it"}, surfaces=SimpleNamespace(switch=switch), **more)
    return kind(about).run(), about


def refusal(switch: Switch, **more: Any) -> UseriesError:
    with pytest.raises(UseriesError) as caught:
        run(switch, **more)
    return caught.value


def test_what_is_due_is_ordered_once_and_its_effect_returned() -> None:
    switch, pair = Switch(), Pair()
    result, _about = run(switch, pair=pair)
    assert (result["changed"], result["position"], switch.orders) == (True, "right", 1)
    assert pair.calls == ["state", "alive", "permit", "hold", "intend"]


def test_what_is_not_due_is_not_ordered() -> None:
    switch, pair = Switch("right"), Pair("EXPOSED")
    result, about = run(switch, pair=pair)
    assert (result["changed"], result["position"], switch.orders) == (False, "right", 0)
    assert (pair.calls, about.gate.wrote) == ([], False)


def test_check_mode_orders_nothing() -> None:
    switch = Switch()
    result, _about = run(switch, check_mode=True)
    assert (result["changed"], result["position"], switch.orders) == (True, "left", 0)


def test_a_promised_requirement_predicts_the_order() -> None:
    result, _about = run(Switch(), Unbuilt, check_mode=True, notes=Notes(known={("switch", "")}))
    assert (result["changed"], result["position"]) == (True, None)
    assert refusal(Switch(), kind=Unbuilt, check_mode=True).kind == "precondition"


@pytest.mark.parametrize("kind", ["silent", "unreachable"])
def test_a_lost_answer_whose_effect_is_seen_goes_on(kind: Any) -> None:
    switch = Switch(order_fails=lost(kind))
    switch.known = True
    result, about = run(switch)
    assert (result["changed"], switch.orders) == (True, 1)
    assert ["its effect is seen" in line for line in about.warnings] == [True]


def test_a_lost_order_that_did_not_arrive_is_a_failure_that_can_be_repeated() -> None:
    switch = Switch(order_fails=lost("silent"))
    switch.known = False
    error = refusal(switch)
    assert (error.kind, error.remedy, switch.orders) == ("failed", "It can be repeated.", 1)
    assert "(it was not carried out)" in error.message


@pytest.mark.parametrize("known", [None, lost("unreachable")])
def test_an_order_of_which_nobody_knows_is_outcome_unknown(known: Any) -> None:
    switch = Switch(order_fails=lost("silent", "the connection was reset"))
    switch.known = known
    error = refusal(switch)
    assert (error.kind, error.remedy, switch.orders) == ("outcome_unknown", "Look at the switch.", 1)
    assert "the connection was reset" in error.message
    assert "(nobody can say whether it was carried out)" in error.message


def test_a_refusal_is_an_answer() -> None:
    switch = Switch(order_fails=lost("rejected"))
    switch.known = True
    assert refusal(switch).kind == "rejected"
    assert switch.orders == 1


def test_bad_input_and_forbidding_states_are_refused_before_the_order() -> None:
    class Careful(Turn):
        def check(self) -> None:
            raise self.refuse("to is odd", kind="invalid")

    class Guarded(Turn):
        def before_order(self, before: Any) -> None:
            raise self.refuse("somebody stands there")

    for kind, words in ((Careful, "to is odd"), (Guarded, "somebody stands there")):
        for check_mode in (True, False):
            switch = Switch()
            assert words in refusal(switch, kind=kind, check_mode=check_mode).message
            assert switch.orders == 0


def test_a_pair_in_an_unexpected_state_is_refused_before_the_order() -> None:
    switch = Switch()
    assert refusal(switch, pair=Pair("SUSPENDED")).kind == "precondition"
    assert switch.orders == 0


def test_check_mode_promises_what_the_order_creates() -> None:
    class Providing(Turn):
        def provides(self, plan: Plan) -> list[str]:
            return ["position:right"]

    class Both(Providing):
        promised_only = True

    for kind, known in ((Providing, set()), (Both, {("switch", "")})):
        notes = Notes(known=known)
        run(Switch(), kind, check_mode=True, notes=notes)
        assert notes.made == ["position:right"]


class Unseen(Turn):
    """Nothing shows afterwards that it was done."""

    unseen = True


def test_what_nobody_can_see_is_not_done_twice() -> None:
    switch = Switch()
    result, task = run(switch, Unseen, pair=Pair(known="done"))
    assert (result["changed"], switch.orders) == (False, 0)
    assert "it is not repeated" in task.warnings[0]


def test_what_nobody_can_see_and_was_begun_is_an_unknown_outcome() -> None:
    switch = Switch()
    error = refusal(switch, kind=Unseen, pair=Pair(known="intended"))
    assert (error.kind, switch.orders) == ("outcome_unknown", 0)
    assert "-e person_done=turn_it" in error.remedy
    assert "-e repeat_step=turn_it" in error.remedy


@pytest.mark.parametrize(
    ("kind", "known", "withdrawn"),
    [
        ("rejected", None, True),
        ("invalid", None, True),
        ("precondition", None, True),
        ("failed", None, False),
        ("label_missing", None, False),
        ("silent", None, False),
        ("unreachable", True, False),
        ("silent", False, True),
    ],
)
def test_what_nobody_can_see_and_was_refused_counts_as_not_begun(kind: Any, known: Any, withdrawn: bool) -> None:
    """Only an answer proves it: what was lost, or failed on the way, stays begun."""
    switch, pair = Switch(order_fails=lost(kind)), Pair()
    switch.known = known
    with contextlib.suppress(UseriesError):
        run(switch, Unseen, pair=pair)
    assert pair.calls[4:] == ["intend", *(["withdraw"] if withdrawn else [])]


def test_a_refusal_of_what_can_be_seen_is_left_to_the_appliance() -> None:
    pair = Pair()
    refusal(Switch(order_fails=lost("rejected")), pair=pair)
    assert "withdraw" not in pair.calls


def test_what_can_be_seen_is_decided_by_what_is_seen() -> None:
    switch = Switch()
    result, _task = run(switch, pair=Pair(known="done"))
    assert (result["changed"], switch.orders) == (True, 1)
