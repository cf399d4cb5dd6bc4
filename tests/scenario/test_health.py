# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Health dashboard, alerts and services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.scenario.settings_bench import keeps, unchanged
from tests.support.simulator import Simulated

ALERTS = "appliance_health.alerts"
SCANNER = "BeyondTrust Discovery Scanner"


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Bench]:
    """A pair with WinRM."""
    with Simulated(surfaces=("console", "endpoint", "windows")) as pair, benched(pair, tmp_path) as made:
        yield made


def service(bench: Bench, name: str = SCANNER) -> str:
    """The state of a service in the model."""
    return str(bench.control.state(A)["services"]["states"][name])


def test_the_dashboard_in_numbers(bench: Bench) -> None:
    health = bench.attempt("health_info")["health"]
    assert health["passive"] is False
    told = health["dashboard"]
    assert (told["cpu_usage"], told["sql_memory"], told["used_disk_space_c"]) == (12, 41, 38)
    assert told["services_running"] + told["services_stopped"] > 10
    assert bench.attempt("health_info", query="dashboard.cpu_usage")["health"] == 12


def test_without_a_sql_server_of_its_own_there_are_no_such_metrics(bench: Bench) -> None:
    bench.control.set("sql_free", True, node=A)
    told = bench.attempt("health_info")["health"]["dashboard"]
    assert (told["sql_cpu_usage"], told["sql_memory"], told["cpu_usage"]) == (None, None, 12)


def test_a_passive_node_says_so(bench: Bench) -> None:
    bench.stage("synchronized")
    assert bench.attempt("health_info", on=B)["health"]["passive"] is True


def test_a_page_that_a_passive_node_does_not_show(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.labels(hide=["appliance_health"])
    words = "This node is passive", "active node"
    bench.refused("health_alerts", *words, kind="label_missing", on=B, hardware=True)
    result = bench.attempt("health_alerts", hardware=True)
    assert "This node is passive" not in result["msg"]


def test_alerts_are_turned_on_and_stay_on(bench: Bench) -> None:
    given = {"service_state": True, "hardware": True}
    wanted = {"service_state_alerts": True, "service_control_manager_alerts": False, "hardware_alerts": True}
    done = keeps(bench, "health_alerts", given, lambda node: node["settings"].get(ALERTS), wanted)
    assert done["settings"] == {"service_state": True, "service_control_manager": False, "hardware": True}


def test_an_alert_by_the_caption_of_the_page(bench: Bench) -> None:
    labels = bench.inventory[A]["useries_console_labels"]
    caption = labels.get("appliance_health.alerts.hardware_alerts", "alerts for hardware")
    assert bench.attempt("health_alerts", alerts={caption: True})["changed"] is True
    assert bench.control.state(A)["settings"][ALERTS]["hardware_alerts"] is True
    unchanged(bench, "health_alerts", {"alerts": {caption: True}})


@pytest.mark.one_way
def test_bad_alerts(bench: Bench) -> None:
    bench.refused("health_alerts", "service_state", "hardware")
    bench.refused("health_alerts", "hardware", "perhaps", hardware="perhaps")
    bench.refused("health_alerts", "Fans", "true or false", kind="invalid", alerts={"Fans": "loud"})
    result = bench.refused("health_alerts", "Fans", kind="label_missing", alerts={"Fans": True})
    assert result["error"]["candidates"]


def test_the_services_with_their_states(bench: Bench) -> None:
    told = {one["name"]: one for one in bench.attempt("appliance_service_info")["services"]}
    assert told[SCANNER] == {"name": SCANNER, "state": "Running", "running": True}
    stopped = bench.attempt("appliance_service_info", query="[?!running].name")["services"]
    assert "LanmanServer" in stopped


def test_a_service_is_stopped_and_started(bench: Bench) -> None:
    before = bench.look()
    checked = bench.attempt("appliance_service", name=SCANNER, state="stopped", check_mode=True)
    assert (checked["changed"], bench.writes(), bench.look()) == (True, 0, before)
    done = bench.attempt("appliance_service", name=SCANNER, state="stopped")
    assert (done["changed"], done["service"]["state"], done["proof"]) == (True, "Stopped", "unavailable")
    assert service(bench) == "Stopped"
    unchanged(bench, "appliance_service", {"name": SCANNER, "state": "stopped"})
    assert bench.attempt("appliance_service", name=SCANNER)["changed"] is True
    assert service(bench) == "Running"
    unchanged(bench, "appliance_service", {"name": SCANNER})


def test_a_restart_is_always_a_change_and_the_console_may_ask(bench: Bench) -> None:
    bench.control.set("warn_before_danger", True)
    for _time in range(2):
        assert bench.attempt("appliance_service", name=SCANNER, state="restarted")["changed"] is True
    assert bench.attempt("appliance_service", name=SCANNER, state="stopped")["changed"] is True
    assert service(bench) == "Stopped"


def test_a_lost_answer_is_decided_by_the_state(bench: Bench) -> None:
    bench.control.fault("reset", node=A, path="services.services.stop", method="POST", when="after")
    done = bench.attempt("appliance_service", name=SCANNER, state="stopped")
    assert done["changed"] is True, done
    assert any("was lost" in words for words in done["warnings"])
    bench.control.fault("reset", node=A, path="services.services.restart", method="POST", when="after")
    lost = bench.attempt("appliance_service", name=SCANNER, state="restarted")
    assert lost["error"]["kind"] == "outcome_unknown", lost


def test_windows_is_the_proof(windows: Bench) -> None:
    done = windows.attempt("appliance_service", name=SCANNER, state="stopped")
    assert (done["proof"], done["proof_detail"]) == ("verified", {"windows": "Stopped"})


@pytest.mark.one_way
def test_bad_orders_to_services(bench: Bench) -> None:
    result = bench.refused("appliance_service", "no service 'Spooler'", SCANNER, kind="invalid", name="Spooler")
    assert "W3SVC" in result["error"]["candidates"]
    bench.refused("appliance_service", "must not be empty", kind="invalid", name=" ")
    bench.refused("appliance_service", "state", "paused", "restarted", name=SCANNER, state="paused")
    for state in ("stopped", "restarted"):
        words = "serves the console itself", "accept_loss_of_console"
        bench.refused("appliance_service", *words, kind="invalid", name="W3SVC", state=state)


def test_a_pair_that_is_not_well_keeps_its_services(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    given: dict[str, Any] = {"name": SCANNER, "state": "stopped"}
    bench.refused("appliance_service", "SUSPENDED", "accept_pair_state", kind="precondition", **given)
    assert bench.attempt("appliance_service", name=SCANNER)["changed"] is False


def test_a_service_that_does_not_get_there_in_time_is_told_with_its_state(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The simulator's services stop at once, so the list is made to show one on its way."""
    asked: list[int] = []

    def on_its_way(_console: Any) -> list[dict[str, str]]:
        asked.append(1)
        return [{"Service": SCANNER, "State": "Running" if len(asked) == 1 else "Stop Pending"}]

    declared = "ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.appliance_service"
    monkeypatch.setattr(f"{declared}.listed", on_its_way)
    monkeypatch.setattr(f"{declared}.ControlService.order", lambda self, before: None)
    failed = bench.attempt("appliance_service", name=SCANNER, state="stopped", wait_timeout=4)
    bench.helps(failed, "not reached within 4 s", "Stop Pending", "event log", kind="timeout")


def test_windows_that_says_otherwise_is_no_proof(windows: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = "ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.appliance_service"
    monkeypatch.setattr(f"{declared}.in_windows", lambda surfaces, name: "Running")
    done = windows.attempt("appliance_service", name=SCANNER, state="stopped")
    assert done["proof"] == "unavailable"
    assert "Windows says" in done["warnings"][-1]


def test_a_state_that_is_not_reached_is_told(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "stop", "The service did not respond in a timely fashion.")
    failed = bench.attempt("appliance_service", name=SCANNER, state="stopped")
    assert "did not respond" in failed["msg"], failed
    assert service(bench) == "Running"
