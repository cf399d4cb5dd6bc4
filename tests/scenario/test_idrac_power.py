# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power of a server through its iDRAC: by its service tag, once, and proven by its state."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.idrac_bench import bench, with_idrac

__all__ = ("bench", "with_idrac")
pytestmark = pytest.mark.one_way  # no page of the console is operated


def node(bench: Bench, name: str = A) -> dict[str, Any]:
    """The node as the model has it."""
    state: dict[str, Any] = bench.control.state(name)
    return state


def orders(bench: Bench) -> int:
    """How often the power control was used."""
    return sum(entry["path"].endswith("ComputerSystem.Reset") for entry in bench.control.log(A, "idrac"))


def keeps(bench: Bench, powered: bool, **given: Any) -> dict[str, Any]:
    """Checked, run, run again."""
    checked = bench.attempt("idrac_power", check_mode=True, **given)
    assert (checked.get("failed"), checked["changed"], orders(bench)) == (None, True, 0), checked
    assert node(bench)["powered"] is not powered
    done = bench.attempt("idrac_power", **given)
    assert (done.get("failed"), done["changed"], orders(bench)) == (None, True, 1), done
    assert node(bench)["powered"] is powered
    assert done["diff"] == checked["diff"]
    again = bench.attempt("idrac_power", **given)
    assert (again.get("failed"), again["changed"], orders(bench)) == (None, False, 1), again
    assert again["power"] == {**done["power"], "host_name": again["power"]["host_name"]}
    for result in (checked, done, again):
        bench.silent(result)
    return done


@pytest.mark.parametrize("method", [None, "graceful", "forced"])
def test_it_is_turned_off_once_and_on_again(bench: Bench, method: str | None) -> None:
    tag = node(bench)["service_tag"]
    off = keeps(bench, False, state="off", method=method, confirm=tag)
    assert (off["power"]["state"], off["power"]["service_tag"]) == ("Off", tag)
    assert {entry["wire"] for entry in bench.control.log(A)} == {"idrac"}, "the console was asked"
    bench.control.reset_counts()
    assert keeps(bench, True, state="on")["power"]["state"] == "On"


def test_it_works_while_the_console_is_dead(bench: Bench) -> None:
    bench.control.do(A, "set_link", False)
    done = bench.attempt("idrac_power", state="off", method="forced", confirm=node(bench)["service_tag"])
    assert (done.get("failed"), done["changed"], node(bench)["powered"]) == (None, True, False), done


def test_the_host_name_confirms_too_while_windows_tells_it(bench: Bench) -> None:
    done = bench.attempt("idrac_power", state="off", method="forced", confirm="UVM-1A")
    assert (done.get("failed"), done["changed"]) == (None, True), done


@pytest.mark.parametrize("state", ["off", "restarted"])
@pytest.mark.parametrize("confirm", [None, "", "UVM-1B", "the other one's"])
@pytest.mark.parametrize("check_mode", [False, True])
def test_without_the_name_nothing_goes_down(bench: Bench, state: str, confirm: str | None, check_mode: bool) -> None:
    if confirm == "the other one's":
        confirm = node(bench, B)["service_tag"]
    tag = node(bench)["service_tag"]
    words = ("ends its services", "UVM-1A", f"confirm: '{tag}'", "Nothing was changed.")
    bench.refused("idrac_power", *words, kind="precondition", state=state, confirm=confirm, check_mode=check_mode)
    assert orders(bench) == 0


def test_nothing_that_shows_no_name_is_confirmed_by_an_empty_one(bench: Bench) -> None:
    bench.control.set("service_tag", "", A)
    bench.control.power(A, "off")
    bench.control.power(A, "on")  # Windows does not run yet
    bench.refused("idrac_power", "a name cannot be read", kind="precondition", state="off", confirm="")


def test_a_method_is_none_of_turning_on(bench: Bench) -> None:
    bench.refused("idrac_power", "how a server goes down", kind="invalid", state="on", method="forced")
    assert bench.control.log(A, "idrac") == []


@pytest.mark.parametrize("method", ["graceful", "forced"])
def test_a_restart_is_always_one_and_waits_for_a_later_start(bench: Bench, method: str) -> None:
    before = node(bench)["boot_time"]
    for number in (1, 2):
        done = bench.attempt("idrac_power", state="restarted", method=method, confirm=node(bench)["service_tag"])
        assert (done.get("failed"), done["changed"], orders(bench)) == (None, True, number), done
        assert node(bench)["boot_time"] > before
        before = node(bench)["boot_time"]


def test_a_server_that_is_off_is_not_restarted(bench: Bench) -> None:
    bench.control.power(A, "off")
    tag = node(bench)["service_tag"]
    bench.refused("idrac_power", "The server is off", "state: on", kind="precondition", state="restarted", confirm=tag)


@pytest.mark.parametrize("state", ["off", "restarted"])
def test_a_graceful_end_that_does_not_come_is_said_and_nothing_is_forced(bench: Bench, state: str) -> None:
    bench.control.do(A, "fail_next", "graceful_power", "Windows hangs")
    done = bench.attempt("idrac_power", state=state, confirm=node(bench)["service_tag"], wait_timeout=60)
    bench.helps(done, "Nothing was forced.", "the last state seen was On", "method: forced", kind="timeout")
    assert (done["changed"], orders(bench), node(bench)["powered"]) == (True, 1, True)


def test_without_waiting_it_is_told_as_it_is(bench: Bench) -> None:
    done = bench.attempt("idrac_power", state="off", confirm=node(bench)["service_tag"], wait=False)
    assert (done.get("failed"), done["changed"], done["power"]["state"]) == (None, True, "On"), done


@pytest.mark.parametrize("state", ["off", "restarted"])
@pytest.mark.parametrize("method", ["graceful", "forced"])
def test_a_lost_answer_is_decided_by_the_state(bench: Bench, state: str, method: str) -> None:
    bench.control.fault("reset", A, surface="idrac", when="after", path="ComputerSystem.Reset")
    done = bench.attempt("idrac_power", state=state, method=method, confirm=node(bench)["service_tag"])
    assert (done.get("failed"), done["changed"], orders(bench)) == (None, True, 1), done
    assert any("its effect is seen" in text for text in done["warnings"])


def test_a_lost_order_is_not_repeated(bench: Bench) -> None:
    bench.control.fault("reset", A, surface="idrac", when="before", path="ComputerSystem.Reset")
    done = bench.attempt(
        "idrac_power", state="off", method="forced", confirm=node(bench)["service_tag"], wait_timeout=30
    )
    bench.helps(done, "nobody can say", "useries.appliance.idrac_info", kind="outcome_unknown")
    assert (done["changed"], node(bench)["powered"]) == (True, True)


def test_the_lease_of_the_pair_is_taken(bench: Bench) -> None:
    """One run turned a node off; another one does not turn the other off meanwhile."""
    done = bench.attempt("idrac_power", state="off", method="forced", confirm=node(bench)["service_tag"])
    assert (done.get("failed"), done["changed"]) == (None, True), done
    tag = node(bench, B)["service_tag"]
    other = bench.attempt("idrac_power", B, run_id="another", state="off", method="forced", confirm=tag)
    bench.helps(other, "break_lock=bad-input", kind="busy")
    assert (other["changed"], node(bench, B)["powered"]) == (False, True)


def test_a_silent_idrac_is_unreachable(bench: Bench) -> None:
    bench.control.fault("refuse", A, surface="idrac", count=-1)
    done = bench.attempt("idrac_power", state="on")
    assert done.get("unreachable") is True, done
    assert done["error"]["surface"] == "idrac"
