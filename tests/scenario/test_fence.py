# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of an old node before it is replaced: silence is no knowledge, a sign of life refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.ending import end_of_run
from ansible_collections.useries.appliance.plugins.module_utils._compose.fence import Fence, partner_view
from ansible_collections.useries.appliance.plugins.module_utils._compose.journal import RunJournal
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Task
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Gate
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.support.simulator import Simulated

NAME = "UVM-1A"
IDRAC = ("host", "port", "username", "password", "ca_path")


@pytest.fixture(scope="module")
def simulated() -> Iterator[Simulated]:
    with Simulated(1, None, 1.0, ("console", "endpoint", "idrac")) as pair:
        yield pair
        assert "Traceback" not in pair.output


@pytest.fixture
def bench(simulated: Simulated, tmp_path: Path) -> Iterator[Bench]:
    with benched(simulated, tmp_path) as made:
        made.stage("synchronized")
        for host in (A, B):
            made.control.do(host, "ha.update_settings", {"partner_failover_timeout": 600})
        made.control.align()
        yield made
        end_of_run(tmp_path, "bad-input")


@contextmanager
def fence(bench: Bench, *, page: bool = True, **given: Any) -> Iterator[Fence]:
    """Of the passive node, before it takes over from UVM-1A; without ``page`` as a cold spare sees its source."""
    options = {**bench.options("high_availability", B), **given}
    defaults = {"timeout": 5, "validate_certs": True, "fingerprints": [], "console_labels": {}}
    options = {**defaults, **options, "partner": {**defaults, **options["partner"]}}
    surfaces = Surfaces(options, Clock(), bench.directory)
    try:
        gate = Gate(check_mode=False, pair=None)
        task = Task(options, surfaces, gate, Clock(), RunJournal(None, ""), lambda line: None, B)
        view = (lambda: partner_view(task)) if page else None
        yield Fence(task, surfaces.beside(options["partner"]), NAME, view)
    finally:
        surfaces.close()


def idrac(bench: Bench, **more: Any) -> dict[str, Any]:
    """The old node's iDRAC as the runner fills it."""
    own = {name: bench.inventory[A][f"useries_idrac_{name}"] for name in IDRAC}
    return {"timeout": 5, "validate_certs": True, "fingerprints": [], **own, **more}


def word(bench: Bench) -> str:
    return f"{NAME}@{bench.inventory[A]['useries_host']}"


def says(one: Fence) -> dict[str, str]:
    return {view["view"]: view["says"] for view in one.views()}


def refusal(one: Fence) -> UseriesError:
    with pytest.raises(UseriesError) as caught:
        one.check()
    assert caught.value.kind == "precondition"
    assert caught.value.remedy
    return caught.value


def dead(bench: Bench, minutes: float = 30) -> None:
    """The plug of UVM-1A is pulled, and time passes on both clocks."""
    bench.control.power(A, "off")
    bench.control.advance(minutes * 60)
    bench.control.align()


def test_a_running_node_is_alive_by_three_roads_and_no_word_overrules_them(bench: Bench) -> None:
    with fence(bench, fenced_idrac=idrac(bench), power_state="off", primary_is_off=word(bench)) as one:
        seen = says(one)
        assert seen == {
            "controller": "alive",
            "passive": "alive",
            "idrac": "alive",
            "power_tasks": "off",
            "person": "off",
        }
        error = refusal(one)
        assert "shows a sign of life" in error.message
        for told in ("answers Active", "SYNCHRONIZED", "it says On"):
            assert told in error.message
        assert "Nothing overrules" in error.remedy


def test_silence_alone_is_refused_and_the_word_to_give_is_printed(bench: Bench) -> None:
    dead(bench)
    with fence(bench) as one:
        assert says(one) == {
            "controller": "silent",
            "passive": "silent",
            "idrac": "unknown",
            "power_tasks": "unknown",
            "person": "unknown",
        }
        error = refusal(one)
        assert "no proof" in error.message
        assert "no iDRAC of that host is configured" in error.message
        assert f"-e primary_is_off={word(bench)}" in error.remedy


@pytest.mark.parametrize("road", ["idrac", "power_tasks", "person"])
def test_any_one_who_knows_it_is_enough(bench: Bench, road: str) -> None:
    dead(bench)
    given: dict[str, Any] = {
        "idrac": {"fenced_idrac": idrac(bench)},
        "power_tasks": {"power_state": "off"},
        "person": {"primary_is_off": word(bench)},
    }[road]
    with fence(bench, **given) as one:
        found = {view["view"]: view["says"] for view in one.check()}
        assert found[road] == "off"
        assert one.found() == [view for view in one.found() if view["detail"]]
        bench.silent(one.found())


@pytest.mark.parametrize("wrong", ["UVM-1B@{host}", "UVM-1A@192.0.2.1", "UVM-1A", "yes", "uvm-1a@{host}"])
def test_a_word_about_another_node_is_refused_even_when_the_idrac_says_off(bench: Bench, wrong: str) -> None:
    dead(bench)
    given = wrong.format(host=bench.inventory[A]["useries_host"])
    with fence(bench, fenced_idrac=idrac(bench), primary_is_off=given) as one:
        error = refusal(one)
        assert given in error.message
        assert word(bench) in error.remedy


def test_an_idrac_that_cannot_be_asked_says_nothing(bench: Bench) -> None:
    dead(bench)
    for more in ({"port": 1}, {"password": "wrong"}, {"ca_path": None}):
        with fence(bench, fenced_idrac=idrac(bench, **more)) as one:
            assert says(one)["idrac"] == "unknown"
            refusal(one)


def test_power_tasks_that_found_it_on_refuse_though_the_person_says_off(bench: Bench) -> None:
    dead(bench)
    with fence(bench, power_state="on", primary_is_off=word(bench)) as one:
        assert "power_state is on" in refusal(one).message


def test_a_young_heartbeat_is_a_sign_of_life_and_an_old_one_is_not(bench: Bench) -> None:
    dead(bench, minutes=2)
    with fence(bench, primary_is_off=word(bench)) as one:
        assert says(one)["passive"] == "alive"
        error = refusal(one)
        assert "heartbeat" in error.message
        assert "wait until the last heartbeat is 5 minutes old" in error.remedy
    bench.control.advance(600)
    bench.control.align()
    with fence(bench, primary_is_off=word(bench)) as one:
        assert says(one)["passive"] == "silent"
        one.check()


def test_a_node_that_the_partner_lost_but_the_controller_sees_is_alive(bench: Bench) -> None:
    """Two networks: only the one between the nodes is cut."""
    bench.control.do(B, "set_link", False, True)
    bench.control.advance(3600)
    bench.control.align()
    with fence(bench, primary_is_off=word(bench)) as one:
        seen = says(one)
        assert (seen["controller"], seen["passive"]) == ("alive", "silent")
        refusal(one)


def test_whatever_answers_there_is_alive(bench: Bench) -> None:
    """A certificate that nobody trusts, a broken answer: something runs at that address."""
    for trouble in ("reset", "status", "truncate"):
        bench.control.fault(trouble, node=A, surface="endpoint", count=20)
        with fence(bench, page=False, primary_is_off=word(bench)) as one:
            assert says(one)["controller"] == "alive", trouble
        bench.control.clear_faults()
    own = {**bench.options("ha_info", A), "ca_path": None, "timeout": 5, "validate_certs": True}
    with fence(bench, page=False, partner=own, primary_is_off=word(bench)) as one:
        assert says(one)["controller"] == "alive"


def test_a_cold_spare_has_no_page_that_shows_its_source(bench: Bench) -> None:
    dead(bench)
    with fence(bench, page=False, fenced_idrac=idrac(bench)) as one:
        assert [view["view"] for view in one.check()] == ["controller", "idrac", "power_tasks", "person"]


def test_without_a_name_no_word_can_be_compared(bench: Bench) -> None:
    dead(bench)
    with fence(bench, page=False, primary_is_off=f"@{bench.inventory[A]['useries_host']}") as one:
        one.name = ""
        assert says(one)["person"] == "unknown"
        assert "cannot be read" in refusal(one).remedy
