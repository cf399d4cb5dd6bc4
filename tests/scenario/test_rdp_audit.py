# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Security event log of Windows says of Remote Desktop; an unreadable log is never an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.scenario.recovery_bench import windows_pair
from tests.support.simulator import Simulated

__all__ = ("windows_pair",)
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "rdp_audit_info"
WHO, FROM, PC = "btadmin", "192.0.2.77", "ADMIN-PC"
OTHER = "Acme Two Factor"


@pytest.fixture
def node(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """Node A with an empty log, a clock that stands nearly still, and one action a minute (see :func:`wrote`)."""
    with benched(windows_pair, tmp_path) as made:
        made.control.set_speed(0.001)
        made.secrets.add(made.inventory[A]["useries_windows_password"])
        made.inventory[A].pop("useries_partner", None)
        yield made


def wrote(bench: Bench, call: str, *given: Any) -> None:
    """An entry, one minute after the one before it."""
    bench.control.advance(60)
    bench.control.do(A, f"audit.{call}", *given)


def a_day(bench: Bench) -> None:
    """Somebody who came, was cut off, came back and went; somebody who was not let in; and much that is not RDP."""
    wrote(bench, "sign_in", "service", "-", "-", 5)
    wrote(bench, "refuse", WHO, FROM, PC)
    wrote(bench, "sign_in", WHO, FROM, PC)
    wrote(bench, "session", 4779, WHO, FROM, PC)
    wrote(bench, "session", 4778, WHO, "198.51.100.4", "HOME-PC")
    wrote(bench, "session", 4779, "operator", "LOCAL", "Unknown", "Console")
    wrote(bench, "sign_out", WHO)
    wrote(bench, "sign_out", "service", 3)
    wrote(bench, "deny", "guest", FROM)
    wrote(bench, "refuse", "guest", FROM, PC, 3)
    wrote(bench, "sign_in", "backup", "192.0.2.9", "NAS", 3)


def pipelines(bench: Bench) -> set[str]:
    return {entry["path"] for entry in bench.control.log(wire="windows") if entry["what"] == "Command"}


def test_the_entries_of_remote_desktop_and_nothing_else(node: Bench) -> None:
    a_day(node)
    before = node.look()
    result = node.attempt(MODULE)
    assert (result["changed"], result["reachable"]) == (False, True), result
    entries = result["rdp_audit"]["entries"]
    assert [(one["kind"], one["user"], one["address"], one["client"], one["logon_type"]) for one in entries] == [
        ("refused", "UVM-1A\\guest", FROM, "", None),
        ("sign_out", f"UVM-1A\\{WHO}", "", "", 10),
        ("reconnected", f"UVM-1A\\{WHO}", "198.51.100.4", "HOME-PC", None),
        ("disconnected", f"UVM-1A\\{WHO}", FROM, PC, None),
        ("sign_in", f"UVM-1A\\{WHO}", FROM, PC, 10),
        ("refused", f"UVM-1A\\{WHO}", FROM, PC, 10),
    ]
    assert [one["event_id"] for one in entries] == [4825, 4634, 4778, 4779, 4624, 4625]
    times = [datetime.fromisoformat(one["at"].replace("Z", "+00:00")) for one in entries]
    assert timedelta(minutes=6) <= times[0] - times[-1] <= timedelta(minutes=8)
    assert {one["source"] for one in entries} == {"Microsoft-Windows-Security-Auditing"}
    assert result["rdp_audit"]["complete"] is False, "without since nobody can say"
    assert not result.get("warnings"), result
    assert pipelines(node) == {"Get-WinEvent | Select-Object | ConvertTo-Json"}
    assert node.look() == before
    node.silent(result)


def test_check_mode_reads_alike(node: Bench) -> None:
    a_day(node)
    assert node.attempt(MODULE, check_mode=True)["rdp_audit"] == node.attempt(MODULE)["rdp_audit"]


def test_refusals_over_the_network_are_reported_when_asked_for(node: Bench) -> None:
    a_day(node)
    entries = node.attempt(MODULE, network_refusals=True)["rdp_audit"]["entries"]
    assert [(one["kind"], one["user"], one["logon_type"]) for one in entries[:2]] == [
        ("refused", "UVM-1A\\guest", 3),
        ("refused", "UVM-1A\\guest", None),
    ]
    assert len(entries) == 7


def test_another_program_is_told_with_its_words_and_two_factors_by_its_name(node: Bench) -> None:
    wrote(node, "write", OTHER, 4711, "The second factor of btadmin\r\nwas accepted.")
    wrote(node, "write", "Someone Else", 1, "It's something.")
    found = node.attempt(MODULE)["rdp_audit"]["entries"]
    assert [(one["kind"], one["source"], one["event_id"], one["text"]) for one in found] == [
        ("application", "Someone Else", 1, "It's something."),
        ("application", OTHER, 4711, "The second factor of btadmin was accepted."),
    ]
    named = node.attempt(MODULE, two_factor_sources=[OTHER.upper()])["rdp_audit"]["entries"]
    assert [one["kind"] for one in named] == ["application", "two_factor"]


def test_an_event_of_another_program_with_the_number_of_a_sign_in_is_none(node: Bench) -> None:
    wrote(node, "write", OTHER, 4624, "It only has this number.")
    assert [one["kind"] for one in node.attempt(MODULE)["rdp_audit"]["entries"]] == ["application"]


def test_since_leaves_out_what_was_before_and_the_log_reaches_back(node: Bench) -> None:
    a_day(node)
    everything = node.attempt(MODULE)["rdp_audit"]["entries"]
    since = everything[2]["at"]
    result = node.attempt(MODULE, since=since)
    assert result["rdp_audit"]["entries"] == everything[:3]
    assert result["rdp_audit"]["complete"] is True, result
    moment = datetime.fromisoformat(since.replace("Z", "+00:00")) + timedelta(milliseconds=1)
    elsewhere = (moment + timedelta(hours=2)).isoformat(timespec="milliseconds").replace("+00:00", "+02:00")
    assert node.attempt(MODULE, since=elsewhere)["rdp_audit"]["entries"] == everything[:2]
    late = node.attempt(MODULE, since="2999-01-01")
    assert late["rdp_audit"]["entries"] == []


def test_a_log_that_was_overwritten_is_said(node: Bench) -> None:
    a_day(node)
    everything = node.attempt(MODULE)["rdp_audit"]["entries"]
    node.control.do(A, "audit.forget", 3)
    result = node.attempt(MODULE, since=everything[-1]["at"])
    assert result["rdp_audit"]["complete"] is False
    assert result["rdp_audit"]["oldest"] == everything[3]["at"]
    assert any(f"goes back to {everything[3]['at']} only" in text for text in result["warnings"]), result


def test_a_limit_that_leaves_something_out_is_said(node: Bench) -> None:
    a_day(node)
    everything = node.attempt(MODULE)["rdp_audit"]
    result = node.attempt(MODULE, limit=2, since="2000-01-01")
    assert result["rdp_audit"]["entries"] == everything["entries"][:2]
    assert result["rdp_audit"]["complete"] is False
    assert any("more entries than limit: 2" in text for text in result["warnings"]), result
    exact = node.attempt(MODULE, limit=6)
    assert exact["rdp_audit"]["entries"] == everything["entries"]
    assert not exact.get("warnings"), exact


def test_a_cleared_log_says_who_cleared_it(node: Bench) -> None:
    a_day(node)
    wrote(node, "clear", WHO)
    entries = node.attempt(MODULE)["rdp_audit"]["entries"]
    assert [(one["kind"], one["user"], one["event_id"]) for one in entries] == [("log_cleared", f"UVM-1A\\{WHO}", 1102)]


def test_an_empty_log_is_no_quiet_day(node: Bench) -> None:
    result = node.attempt(MODULE, since="2026-01-01")
    assert result["rdp_audit"] == {"entries": [], "oldest": None, "complete": False}
    assert any("is empty" in text for text in result["warnings"]), result


def test_an_account_that_may_not_read_the_log_is_told_which_right_it_needs(node: Bench) -> None:
    a_day(node)
    node.control.do(A, "audit.allow", False)
    node.refused(
        MODULE, "may not read the Security event log", "Event Log Readers (S-1-5-32-573)", "useries_windows_username",
        kind="failed",
    )  # fmt: skip
    assert node.attempt(MODULE, unreachable_ok=True)["failed"] is True, "it answers, so it is reachable"


def test_the_answer_is_filtered_by_a_query(node: Bench) -> None:
    a_day(node)
    found = node.attempt(MODULE, query="entries[?kind=='refused'].address")
    assert found["rdp_audit"] == [FROM, FROM]


def test_without_windows_its_variables_are_named(node: Bench) -> None:
    node.refused(
        MODULE, "useries_windows_host", "useries_windows_username", "useries_windows_password", kind="invalid",
        windows_host=None,
    )  # fmt: skip


def test_a_silent_windows_is_an_answer_when_that_is_wanted(node: Bench) -> None:
    node.control.fault("refuse", A, "windows", count=-1)
    away = node.attempt(MODULE, unreachable_ok=True)
    assert (away.get("failed", False), away["reachable"], away["rdp_audit"]) == (False, False, None), away
    assert node.attempt(MODULE)["unreachable"] is True


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"since": "yesterday"}, "since is 'yesterday'"),
        ({"since": ""}, "since is ''"),
        ({"since": "2026-01-01'] or *"}, "YYYY-MM-DD"),
        ({"limit": 0}, "limit is 0; it must be 1 to 1000 entries"),
        ({"limit": 1001}, "limit is 1001"),
    ],
)
def test_bad_input(node: Bench, given: dict[str, Any], words: str) -> None:
    node.refused(MODULE, words, kind="invalid", **given)
    assert node.control.count("all") == 0
