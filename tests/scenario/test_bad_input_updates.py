# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input to the modules of product and security updates, and updates that go wrong."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.support.way import SPEED

READY = ["SUPI-2021-03 Windows Server", "SQL-2021-03 SQL Server", "SW-2021-03 Supporting Software"]
NOW: dict[str, Any] = {"what": "security"}
PRODUCTS: dict[str, Any] = {"what": "products"}
TYPES = (
    "Security Patches for Windows Server",
    "Security Patches for SQL Server",
    "U-Series Appliance Environment",
    "U-Series Appliance Supporting Software",
)


def both_ways(bench: Bench, *words: str, on: str = A, **given: Any) -> None:
    """Refused by the state that is met, in check mode as well, without a write."""
    for check_mode in (False, True):
        bench.control.reset_counts()
        result = bench.attempt("product_update", on, check_mode=check_mode, **given)
        bench.helps(result, *words, kind="precondition")
        assert (result["changed"], bench.writes()) == (False, 0), result


# -- information


@pytest.mark.parametrize("module", ["appliance_info", "product_update_info"])
def test_missing_versions_name_the_section_and_the_page_met(bench: Bench, module: str) -> None:
    bench.control.labels(hide=["beyondtrust_updates.versions"])
    words = "APPLIANCE SOFTWARE VERSIONS", "BeyondTrust Updates", "useries_console_labels"
    bench.refused(module, *words, kind="label_missing", gather=["versions"])


def test_an_unknown_package_type_is_answered_with_the_four(bench: Bench) -> None:
    bench.refused("product_update_info", *TYPES, "Linux", package_type="Security Patches for Linux")


# -- products and runs


def test_options_that_make_no_sense(bench: Bench) -> None:
    bench.refused("product_update", "what", "security", "products", what="everything")
    bench.refused("product_update", "what")
    bench.refused("product_update", "if_under_way", "wait", "fail", **NOW, if_under_way="kill")
    bench.refused("product_update", "settle is -1", "0 or more seconds", kind="invalid", **PRODUCTS, settle=-1)
    bench.refused("product_update", "wait_timeout is 0", kind="invalid", **NOW, wait_timeout=0)


def test_disabled_updates_point_to_the_role(bench: Bench) -> None:
    bench.control.do(A, "updates.disable", True, True)
    words = "disabled on this appliance", "Update Method", "useries.appliance.appliance_role", "auto_update"
    both_ways(bench, "U-Series Appliance updates are", *words, **PRODUCTS)
    both_ways(bench, "Security updates are", *words, **NOW)
    bench.control.do(A, "updates.disable", False, False)
    bench.control.do(A, "roles.change", "auto_update", {"enabled": False})
    bench.control.do(A, "roles.apply")
    bench.control.advance(60)
    both_ways(bench, "Security updates are", *words, **NOW)


def test_products_are_not_requested_on_a_passive_node(bench: Bench) -> None:
    bench.stage("synchronized")
    both_ways(bench, "This node is passive", "database is not accessible", "active node", on=B, **PRODUCTS)


def test_a_run_in_progress_fails_when_that_is_asked_for(bench: Bench) -> None:
    bench.control.set_speed(1)  # the run must not be over before a browser has looked
    bench.control.do(A, "updates.run_now")
    both_ways(bench, "in progress", READY[1], "if_under_way: wait", **NOW, if_under_way="fail")
    bench.control.reset()
    bench.control.do(A, "updates.request")
    both_ways(bench, "An update is in progress", "if_under_way: wait", **PRODUCTS, if_under_way="fail")
    bench.control.set_speed(SPEED)


def test_a_scheduled_run_is_reported(bench: Bench) -> None:
    bench.control.do(A, "updates.schedule", "2099-01-01", "02:00")
    words = "scheduled for 2099-01-01 02:00", *READY
    both_ways(bench, *words, "if_under_way: wait", **NOW, if_under_way="fail")
    both_ways(bench, *words, "does not begin within wait_timeout (14400 s)", "take the schedule back", **NOW)


def test_at_the_time_limit_the_pending_packages_are_named(bench: Bench) -> None:
    result = bench.attempt("product_update", **NOW, wait_timeout=20)
    bench.helps(result, "not reached within 20 s", "still pending", *READY, "longer wait_timeout", kind="timeout")
    assert (result["changed"], bench.writes()) == (True, 1)


def test_an_order_that_the_console_refuses_is_told_in_its_words(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "schedule_updates", "There is not enough space on drive C:.")
    result = bench.attempt("product_update", **NOW)
    bench.helps(result, "There is not enough space on drive C:", kind="rejected")


def test_an_order_of_which_nothing_is_seen_is_not_repeated(bench: Bench) -> None:
    bench.control.fault("reset", node=A, path="versions.request_update", when="before")
    result = bench.attempt("product_update", **PRODUCTS, settle=10)
    bench.helps(result, "nobody can say", "Compare the versions", kind="outcome_unknown")
    assert bench.control.state(A)["updates"]["requesting"] is False


def test_a_broken_pair_is_left_alone(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.show", "DISCONNECTED")
    both_ways(bench, "while the pair is DISCONNECTED", "SUSPENDED", "accept_pair_state", **NOW)


# -- schedules


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"date": "29.11.2026", "time": "02:00"}, ("date is '29.11.2026'", "YYYY-MM-DD")),
        ({"date": "2026-02-30", "time": "02:00"}, ("date is '2026-02-30'", "YYYY-MM-DD")),
        ({"date": "2099-11-29", "time": "120"}, ("time is '120'", "HH:MM", "Quote it")),
        ({"date": "2099-11-29", "time": "24:00"}, ("time is '24:00'", "HH:MM")),
        ({"date": "tomorrow\x00", "time": "02:00"}, ("date has the control character U+0000",)),
        ({"date": "2001-01-01", "time": "02:00"}, ("2001-01-01 02:00 is in the past", "on the appliance it is")),
    ],
)
def test_a_moment_that_is_none_or_past_is_refused(bench: Bench, given: dict[str, str], words: tuple[str, ...]) -> None:
    for check_mode in (False, True):
        bench.refused("update_schedule", *words, kind="invalid", **given, check_mode=check_mode)


def test_past_is_what_the_clock_of_the_appliance_says(bench: Bench) -> None:
    soon = datetime.now(timezone.utc) + timedelta(hours=2)
    given = {"date": f"{soon:%Y-%m-%d}", "time": f"{soon:%H:%M}"}
    bench.control.set("clock_offset", 3 * 3600.0, node=A)
    bench.refused("update_schedule", "is in the past", kind="invalid", **given)


def test_nothing_is_scheduled_into_a_run(bench: Bench) -> None:
    bench.control.set_speed(1)  # the run must not be over, with a restart, before a browser has looked
    bench.control.do(A, "updates.run_now")
    result = bench.attempt("update_schedule", date="2099-01-01", time="02:00")
    bench.control.set_speed(SPEED)
    bench.helps(result, "being applied at this moment", "product_update waits", kind="precondition")
    assert bench.writes() == 0
