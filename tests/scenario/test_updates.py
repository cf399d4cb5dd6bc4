# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page BeyondTrust Updates: what it reports, products, runs through restarts, schedules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.settings_bench import keeps, unchanged
from tests.support.way import SPEED, WAY

WINDOWS, SQL = "Security Patches for Windows Server", "Security Patches for SQL Server"
ENVIRONMENT, SOFTWARE = "U-Series Appliance Environment", "U-Series Appliance Supporting Software"
READY = ["SUPI-2021-03 Windows Server", "SQL-2021-03 SQL Server", "SW-2021-03 Supporting Software"]
LATE = "LATE-1 Windows Server"
FAST = 400.0
NOW: dict[str, Any] = {"what": "security"}


@pytest.fixture(autouse=True)
def _fast(bench: Bench) -> Iterator[None]:
    """An hour of updates in seconds; in a browser a page takes longer, so the pace stays."""
    if WAY != "html":
        yield
        return
    bench.control.set_speed(FAST)
    for own in bench.inventory.values():
        own["useries_time_scale"] = FAST
    yield
    bench.control.set_speed(SPEED)


def tomorrow(days: int = 1) -> dict[str, str]:
    """A moment on the clock of the appliances, which is in UTC."""
    return {"date": f"{datetime.now(timezone.utc) + timedelta(days=days):%Y-%m-%d}", "time": "02:00"}


def status(bench: Bench, on: str = A) -> dict[str, str]:
    """Package to status in the model."""
    return {one["name"]: one["status"] for one in bench.control.state(on)["updates"]["packages"]}


def schedule(node: dict[str, Any]) -> Any:
    """The schedule of a node of the model."""
    scheduled = [one["name"] for one in node["updates"]["packages"] if one["status"] == "Scheduled"]
    return {"start": node["updates"]["start"], "packages": scheduled}


# -- information


def test_the_page_is_reported(bench: Bench) -> None:
    told = bench.attempt("product_update_info")["updates"]
    assert told["versions"]["Password Safe"] == dict(bench.control.state(A)["versions"])["Password Safe"]
    assert told["method"]["update_server"] == "https://update.beyondtrust.example/"
    assert told["method"]["proxy_in_use"] == "No"
    assert told["method"]["appliance_updates_disabled"] is False
    assert told["method"]["security_updates_disabled"] is False
    assert "Roles Editor" in told["method"]["change_with"]["updates"]
    assert [(one["name"], one["type"], one["state"]) for one in told["packages"]] == [
        (READY[0], WINDOWS, "available"),
        (READY[1], SQL, "available"),
        (READY[2], SOFTWARE, "available"),
    ]
    assert told["schedule"] is None
    assert {kind: [one["name"] for one in listed] for kind, listed in told["history"].items()} == {
        WINDOWS: ["SUPI-2021-02 Windows Server"],
        SQL: [],
        ENVIRONMENT: ["ENV-2021-02 Appliance Environment"],
        SOFTWARE: [],
    }
    assert bench.writes() == 0


def test_one_type_of_packages_is_reported(bench: Bench) -> None:
    told = bench.attempt("product_update_info", gather=["packages", "history"], package_type=SQL)["updates"]
    assert [one["name"] for one in told["packages"]] == [READY[1]]
    assert told["history"] == {SQL: []}


def test_disabled_updates_are_reported(bench: Bench) -> None:
    bench.control.do(A, "updates.disable", False, True)
    told = bench.attempt("product_update_info", gather=["method"])["updates"]["method"]
    assert (told["appliance_updates_disabled"], told["security_updates_disabled"]) == (False, True)


def test_what_was_applied_today_and_the_schedule_are_reported(bench: Bench) -> None:
    bench.control.do(A, "updates.run_now")
    bench.control.advance(3600)
    bench.control.do(A, "updates.receive", LATE)
    assert bench.attempt("update_schedule", **tomorrow())["changed"] is True
    told = bench.attempt("product_update_info", gather=["packages", "history"])["updates"]
    assert {one["name"]: one["state"] for one in told["packages"]} == {
        **dict.fromkeys(READY, "applied"),
        LATE: "scheduled",
    }
    assert told["schedule"] == {**tomorrow(), "packages": [LATE]}
    assert [one["name"] for one in told["history"][WINDOWS]] == [READY[0], "SUPI-2021-02 Windows Server"]


def test_the_lists_are_found_by_their_buttons_where_no_menu_leads_to_them(bench: Bench) -> None:
    for own in bench.inventory.values():
        elsewhere = {"view_updates": "Nowhere", "update_history": "Nowhere"}
        own["useries_console_labels"] = {**own.get("useries_console_labels", {}), **elsewhere}
    told = bench.attempt("product_update_info", gather=["packages", "history"])["updates"]
    assert [one["name"] for one in told["packages"]] == READY
    assert len(told["history"]) == 4


# -- products


def test_products_are_requested_and_the_versions_rise(bench: Bench) -> None:
    given = {"what": "products", "settle": 120}
    checked = bench.attempt("product_update", check_mode=True, **given)
    assert (checked["changed"], bench.writes()) == (True, 0)
    done = bench.attempt("product_update", **given)
    assert done["changed"] is True, done
    assert bench.writes() == 1
    assert done["update"]["products"]["Password Safe"] == {"before": "21.2.0.1240", "after": "21.2.1.77"}
    assert set(done["update"]["products"]) == {"Password Safe", "BeyondTrust Security Management Appliance"}
    again = bench.attempt("product_update", **given)
    assert (again.get("failed", False), again["changed"], again["update"]["products"]) == (False, False, {})


def test_products_that_are_being_updated_are_waited_for(bench: Bench) -> None:
    bench.control.do(A, "updates.request")
    found = bench.attempt("product_update", what="products", settle=120)
    assert (found["changed"], bench.writes()) == (False, 0), found
    assert "Password Safe" in found["update"]["products"]
    assert "nothing was requested" in found["warnings"][0]


# -- a run


def test_a_run_goes_through_its_restarts(bench: Bench) -> None:
    """Two packages restart the appliance: the console is away and every session is lost, each time."""
    checked = bench.attempt("product_update", check_mode=True, **NOW)
    assert (checked["changed"], bench.writes()) == (True, 0)
    bench.control.reset_counts()
    boot = bench.control.state(A)["boot_time"]
    done = bench.attempt("product_update", **NOW)
    assert done["changed"] is True, done
    assert done["diff"] == checked["diff"]
    assert done["update"] == {"applied": READY, "failed": [], "pending": [], "not_included": []}
    assert bench.writes() == 1
    assert bench.control.state(A)["boot_time"] != boot
    assert bench.control.count("login") >= 2
    bench.control.reset_counts()
    again = bench.attempt("product_update", **NOW)
    assert (again.get("failed", False), again["changed"], bench.writes()) == (False, False, 0), again


@pytest.mark.parametrize("restarts", [4])
def test_any_number_of_restarts_is_waited_for(bench: Bench, restarts: int) -> None:
    for number in range(restarts - 2):
        bench.control.do(A, "updates.receive", f"MORE-{number}", ENVIRONMENT, True)
    done = bench.attempt("product_update", **NOW)
    assert done.get("failed") is not True, done
    assert len(done["update"]["applied"]) == restarts + 1


def test_the_session_ends_in_the_middle_of_the_wait(bench: Bench) -> None:
    """The fourteen minutes pass while packages without a restart are applied."""
    bench.control.do(A, "updates.take_away")
    for number in range(12):
        bench.control.do(A, "updates.receive", f"CALM-{number}", ENVIRONMENT)
    with bench.once(bench.writes, lambda: bench.control.advance_real(15 * 60)):
        done = bench.attempt("product_update", **NOW)
    assert done["update"]["applied"] == [f"CALM-{number}" for number in range(12)], done
    assert (bench.writes(), bench.control.count("login")) == (1, 2)


def test_a_package_that_arrives_during_the_run_is_named(bench: Bench) -> None:
    with bench.once(bench.writes, lambda: bench.control.do(A, "updates.receive", LATE)):
        done = bench.attempt("product_update", **NOW)
    assert done["update"] == {"applied": READY, "failed": [], "pending": [], "not_included": [LATE]}, done
    assert status(bench)[LATE] == "Available"


def test_without_waiting_the_pending_packages_are_named(bench: Bench) -> None:
    bench.control.set_speed(1)  # the run must not be over before the second look
    try:
        found = bench.attempt("product_update", **NOW, wait=False)
        assert (found["changed"], found["update"]["pending"]) == (True, READY)
        bench.control.do(A, "updates.receive", LATE)
        told = bench.attempt("product_update", **NOW, check_mode=True)
    finally:
        bench.control.set_speed(SPEED)
    assert told["update"]["not_included"] == [LATE]
    assert "in progress" in told["warnings"][0]


def test_a_run_of_somebody_else_is_waited_for_and_nothing_is_ordered(bench: Bench) -> None:
    bench.control.do(A, "updates.run_now")
    found = bench.attempt("product_update", **NOW)
    assert (found.get("failed", False), found["changed"], bench.writes()) == (False, False, 0), found
    assert set(status(bench).values()) == {"Applied"}
    assert "in progress" in found["warnings"][0]


def test_a_run_is_waited_for_without_ordering_anything(bench: Bench) -> None:
    """Through its restarts; in check mode it is only looked at, and where there is none nothing is waited for."""
    bench.control.do(A, "updates.run_now")
    looked = bench.attempt("product_update_wait", check_mode=True)
    assert "running" in {one["state"] for one in looked["updates"]["packages"]}, looked
    ended = bench.attempt("product_update_wait")
    assert (ended["changed"], bench.writes(), set(status(bench).values())) == (False, 0, {"Applied"}), ended
    assert ended["updates"]["waited_seconds"] > 0
    bench.control.do(A, "updates.receive", LATE)
    assert bench.attempt("product_update_wait")["changed"] is False
    assert (bench.writes(), status(bench)[LATE]) == (0, "Available")


def test_at_the_time_limit_of_a_wait_what_is_pending_is_named(bench: Bench) -> None:
    bench.control.do(A, "updates.schedule", tomorrow()["date"], tomorrow()["time"])
    bench.refused("product_update_wait", "still pending", READY[0], kind="timeout", wait_timeout=60)
    bench.refused("product_update_wait", "wait_timeout", kind="invalid", wait_timeout=0)


def test_the_order_is_not_repeated_when_its_answer_is_lost(bench: Bench) -> None:
    bench.control.fault("reset", node=A, path="view_updates.available.schedule_updates", count=1, when="after")
    done = bench.attempt("product_update", **NOW, timeout=2)
    assert done["update"]["applied"] == READY, done
    assert any("was lost" in one for one in done["warnings"])
    assert bench.writes() == 1


def test_a_mirrored_pair_that_is_not_suspended_is_warned_about(bench: Bench) -> None:
    bench.stage("synchronized")
    told = bench.attempt("product_update", check_mode=True, **NOW)
    assert "High availability is not suspended" in told["warnings"][0]
    bench.control.do(A, "ha.suspend")
    bench.control.reset_counts()
    done = bench.attempt("product_update", **NOW)
    assert (done["changed"], done.get("warnings", [])) == (True, []), done


def test_the_packages_of_a_passive_node_are_applied(bench: Bench) -> None:
    bench.stage("synchronized")
    done = bench.attempt("product_update", on=B, **NOW)
    assert done["update"]["applied"] == READY, done


def test_failed_packages_are_named_at_the_end_and_the_others_are_applied(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "install_update", "0x80070643 in the installer")
    result = bench.attempt("product_update", **NOW)
    words = "1 of 3 updates failed", f"{READY[0]} (Failed: 0x80070643 in the installer)", "stay in the list"
    bench.helps(result, *words, f"applied: {READY[1]}, {READY[2]}", "run the task again", kind="failed")
    found = bench.attempt("product_update_info", gather=["packages"])["updates"]["packages"]
    assert [one["state"] for one in found if one["name"] == READY[0]] == ["failed"]
    again = bench.attempt("product_update", **NOW)
    assert again["update"]["applied"] == [READY[0]], again


def test_nothing_to_apply_is_fine_and_says_when_none_can_arrive(bench: Bench) -> None:
    bench.control.do(A, "updates.take_away")
    found = bench.attempt("product_update", **NOW)
    assert (found.get("failed", False), found["changed"], found.get("warnings", [])) == (False, False, []), found
    bench.control.do(A, "updates.disable", False, True)
    found = bench.attempt("product_update", **NOW)
    assert (found["changed"], bench.writes()) == (False, 0)
    assert "Security updates are disabled on this appliance, so none arrive" in found["warnings"][0]


# -- a schedule


def test_updates_are_scheduled_and_stay_so(bench: Bench) -> None:
    when = tomorrow()
    start = f"{when['date']} {when['time']}"
    done = keeps(bench, "update_schedule", when, schedule, {"start": start, "packages": READY})
    assert done["schedule"] == {**when, "packages": sorted(READY), "not_included": []}


def test_packages_received_after_the_schedule_need_a_new_one(bench: Bench) -> None:
    assert bench.attempt("update_schedule", **tomorrow())["changed"] is True
    bench.control.do(A, "updates.receive", LATE)
    bench.control.reset_counts()
    again = bench.attempt("update_schedule", **tomorrow())
    assert (again["changed"], bench.writes()) == (True, 1)
    assert f"Received after the schedule for {tomorrow()['date']} 02:00 was made: {LATE}." in again["warnings"][0]
    assert schedule(bench.control.state(A))["packages"] == [*READY, LATE]
    assert bench.attempt("update_schedule", **tomorrow(2))["schedule"]["date"] == tomorrow(2)["date"]
    unchanged(bench, "update_schedule", tomorrow(2))


def test_nothing_to_schedule_is_fine_and_told(bench: Bench) -> None:
    bench.control.do(A, "updates.take_away")
    bench.attempt("update_schedule", **tomorrow())
    found = unchanged(bench, "update_schedule", tomorrow())
    assert "There is nothing to schedule" in found["warnings"][0]


def test_a_schedule_that_begins_soon_is_waited_for(bench: Bench) -> None:
    soon = datetime.now(timezone.utc) + timedelta(minutes=10)
    bench.control.do(A, "updates.schedule", f"{soon:%Y-%m-%d}", f"{soon:%H:%M}")
    found = bench.attempt("product_update", **NOW)
    assert (found.get("failed", False), found["changed"], bench.writes()) == (False, False, 0), found
    assert set(status(bench).values()) == {"Applied"}
