# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What flickers is not told; what is so for good is told once, until it changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._compose.events.debounce import Debounced
from ansible_collections.useries.appliance.plugins.module_utils._compose.events.pairs import Answer, PairWatch
from ansible_collections.useries.appliance.plugins.module_utils._compose.events.topics import HostWatch, Limits

WORDS = {"A": "Active", "P": "Passive", "O": "Off", "-": None}


def test_a_state_counts_after_so_many_times_in_a_row() -> None:
    state: Debounced[str] = Debounced(3)
    assert [state.see(value, float(at)) for at, value in enumerate("aabaaabbb")] == [
        *[False] * 5, True, *[False] * 2, True,
    ]  # fmt: skip
    assert (state.settled, state.since) == ("b", 6.0)


def test_a_state_counts_only_when_it_lasted() -> None:
    state: Debounced[str] = Debounced(2, seconds=30)
    assert [state.see("a", at) for at in (0.0, 10.0, 29.9, 30.0, 40.0)] == [False, False, False, True, False]


@given(st.lists(st.sampled_from("abc")), st.integers(1, 4))
def test_the_same_is_never_told_twice_running(values: list[str], times: int) -> None:
    state: Debounced[str] = Debounced(times)
    told = [value for at, value in enumerate(values) if state.see(value, float(at))]
    assert all(one != other for one, other in zip(told, told[1:], strict=False))
    assert set(told) <= {value for value in "abc" if value * times in "".join(values)}


def rounds(text: str, **more: Any) -> list[str]:
    """Watch a pair whose nodes say, round by round, what the two letters are; ``kind node`` of the events."""
    watch = PairWatch("berlin", ("one", "two"), **{"times": 2, **more})
    told = []
    for at, letters in enumerate(text.split()):
        answers = {node: Answer(WORDS[letter], "why") for node, letter in zip(("one", "two"), letters, strict=True)}
        told += [f"{event['kind']} {event['node'] or ''}".strip() for event in watch.see(answers, 10.0 * at)]
    return told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AP AP AP AP", []),
        ("AP AP PA PA PA", ["failover two"]),
        ("AP AP PA AP AP AP", []),  # seen once
        ("AP AP -P AP -P AP -P AP", []),  # flickers
        ("AP AP -P -P -P", ["silent one", "none_active"]),
        ("AP AP -P -P -A -A -A PA PA PA", ["silent one", "none_active", "failover two", "back_to_normal two"]),
        ("AP AP A- A- A- AP AP AP", ["silent two", "back_to_normal one"]),
        ("AP AP AA AA AA PA PA", ["two_active", "failover two", "back_to_normal two"]),
        ("AP AP PP PP AP AP", ["none_active", "back_to_normal one"]),
        ("OO OO OO", ["none_active"]),
        ("-- -- --", ["silent one", "silent two"]),
        ("AP AP -- -- AP AP", ["silent one", "silent two", "back_to_normal one"]),
        ("AP AP -- -- PA PA", ["silent one", "silent two", "failover two", "back_to_normal two"]),
        ("AP AP PA PA AP AP", ["failover two", "failover one"]),
        ("PA PA", []),  # who begins to watch then has seen no failover
    ],
)
def test_a_pair(text: str, told: list[str]) -> None:
    assert rounds(text) == told


def test_two_active_nodes_are_no_alarm_where_no_database_is_mirrored() -> None:
    assert rounds("AA AA A- A- AA AA", services_only=True) == ["silent two", "back_to_normal"]


def test_what_an_event_of_a_pair_holds() -> None:
    watch = PairWatch("berlin", ("one", "two"), times=2)
    before, after = ({"one": Answer(first), "two": Answer(second)} for first, second in ("AP", "-A")
                     for first, second in [(WORDS[first], WORDS[second])])  # fmt: skip
    seen = [event for at, answers in enumerate((before, before, after, after)) for event in watch.see(answers, at * 10)]
    assert [event["kind"] for event in seen] == ["silent", "failover"]
    assert seen[1] == {
        "kind": "failover",
        "pair": "berlin",
        "node": "two",
        "was_active": "one",
        "roles": {"one": "silent", "two": "Active"},
        "seconds": 10.0,
        "reason": "The active node of berlin was one and is two now.",
    }


def test_an_appliance_without_a_partner_is_silent_or_not() -> None:
    watch = PairWatch("spare", ("spare",), times=1)
    told = [
        event["kind"]
        for at, role in enumerate(("Off", "Off", None, None, "Off"))
        for event in watch.see({"spare": Answer(role)}, float(at))
    ]
    assert told == ["silent", "back_to_normal"]


def found(**more: Any) -> dict[str, Any]:
    """What a look at a healthy active node gives."""
    newest = {"name": "backup.zip", "date": "2026-11-29T02:30:00"}
    return {
        "role": "Active",
        "certificate": {"days_left": 200},
        "pair": {"enabled": True, "mirror_state": "SYNCHRONIZED"},
        "backups": {"count": 1, "newest": newest, "scheduled": True},
        "now": "2026-11-30T02:30:00",
        "not_read": {},
        **more,
    }


def mirror(state: str, enabled: bool = True) -> dict[str, Any]:
    return {"pair": {"enabled": enabled, "mirror_state": state}}


NO_BACKUP = {"backups": {"count": 0, "newest": None, "scheduled": False}}
LATER = {"now": "2026-12-08T03:30:00"}  # 217 hours after that backup


@pytest.mark.parametrize(
    ("looks", "told"),
    [
        ([{}, {}, {}], []),
        ([LATER, LATER, {}, LATER], ["backup_overdue 217", "back_to_normal 24", "backup_overdue 217"]),
        ([NO_BACKUP, NO_BACKUP, LATER], ["backup_overdue None", "backup_overdue 217"]),
        ([LATER, {"backups": None}, LATER], ["backup_overdue 217"]),  # could not be read in between
        ([{**LATER, "role": "Passive"}] * 2, []),  # the active node takes the backups
        ([LATER, {**LATER, "role": "Passive"}, {}], ["backup_overdue 217"]),
        (
            [{"certificate": {"days_left": days}} for days in (31, 30, 29, 0, -1, -2, 90)],
            ["certificate_near_end 30", "certificate_near_end -1", "back_to_normal 90"],
        ),
        ([{"certificate": {"days_left": None}}] * 2, []),
        ([mirror("SUSPENDED"), {}, mirror("SUSPENDED"), {}], []),  # seen once at a time
        (
            [mirror("SUSPENDED")] * 3 + [mirror("DISCONNECTED")] * 2 + [{}] * 2,
            [
                "mirror_not_synchronized SUSPENDED",
                "mirror_not_synchronized DISCONNECTED",
                "back_to_normal SYNCHRONIZED",
            ],
        ),
        ([mirror("")] * 3, []),  # services only
        ([mirror("SUSPENDED", enabled=False)] * 3, []),
        ([{"pair": None}] * 3, []),
    ],
)
def test_the_health_of_an_appliance(looks: list[dict[str, Any]], told: list[str]) -> None:
    watch = HostWatch("one", Limits())
    seen = [event for at, one in enumerate(looks) for event in watch.see(found(**one), float(at))]
    assert [f"{event['kind']} {event['figure']}" for event in seen] == told
    assert all(event["node"] == "one" and event["reason"] for event in seen)


def test_an_appliance_that_cannot_be_looked_at_is_told_once() -> None:
    watch, told = HostWatch("one", Limits()), []
    for at, blind in enumerate((True, True, True, False, False, True, False)):
        told += watch.blind("It does not answer.", float(at)) if blind else watch.see(found(), float(at))
    assert [(event["kind"], event["topic"]) for event in told] == [
        ("not_readable", "readable"),
        ("back_to_normal", "readable"),
    ]
    assert told[0]["reason"] == "It does not answer."
