# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows server becomes a repository host; the Windows of a simulated appliance stands in for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.scenario.recovery_bench import windows_pair
from tests.support.simulator import Simulated
from tests.support.way import SPEED

__all__ = ("windows_pair",)
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "repository_host"
TOOL = "C:\\ApplianceTools\\ConfigureRepository.exe"
FEATURES = ["Web-Server", "Web-Asp-Net45", "Web-ISAPI-Ext", "BITS-IIS-Ext"]
INSTALL = f"install {', '.join(FEATURES)}"
RULE, OWN = "IIS-WebServerRole-HTTPS-In-TCP", "useries-repository-https"
W2012R2 = {"version": "6.3.9600", "caption": "Microsoft Windows Server 2012 R2 Standard"}


@pytest.fixture
def server(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """A fresh server on which the tool lies."""
    with benched(windows_pair, tmp_path) as made:
        made.control.set_speed(SPEED)
        made.control.set("windows", {}, node=A)
        made.control.do(A, "disk.put", TOOL, "MZ")
        made.control.reset_counts()
        made.secrets.add(made.inventory[A]["useries_windows_password"])
        made.inventory[A].pop("useries_partner", None)
        yield made


def model(bench: Bench) -> dict[str, Any]:
    """What the model has of the server."""
    found: dict[str, Any] = bench.control.state(A)["server_roles"]
    return found


def ready(bench: Bench) -> None:
    """It was prepared before."""
    bench.control.do(A, "server_roles.install", FEATURES)


@pytest.mark.parametrize(("windows", "iis"), [({}, "10.0"), (W2012R2, "8.5")])
def test_a_fresh_server_gets_what_the_guide_lists(server: Bench, windows: dict[str, Any], iis: str) -> None:
    server.control.set("windows", windows, node=A)
    checked = server.attempt(MODULE, check_mode=True)
    assert (checked["changed"], model(server)["orders"]) == (True, []), checked
    assert checked["repository_host"]["iis_version"] is None
    done = server.attempt(MODULE)
    assert (done["changed"], done["diff"]) == (True, checked["diff"]), done
    found = done["repository_host"]
    assert (found["iis_version"], found["port_open"], found["tool"], found["restart_needed"]) == (
        iis,
        True,
        True,
        False,
    )
    assert found["features"] == dict.fromkeys(FEATURES, True)
    assert [(one["description"], one["allowed"]) for one in found["restrictions"]] == [
        ("ASP.NET v4.0.30319", True), ("ASP.NET v4.0.30319", True), ("BITS Server Extensions", True),
    ]  # fmt: skip
    assert (model(server)["orders"], done.get("warnings")) == ([INSTALL], None), done
    again = server.attempt(MODULE)
    assert (again["changed"], again["repository_host"], model(server)["orders"]) == (False, found, [INSTALL])


def test_only_what_differs_is_changed(server: Bench) -> None:
    ready(server)
    for description in ("ASP.NET v2.0.50727", "BITS Server Extensions", "Somebody else"):
        server.control.do(A, "server_roles.deny", description)
    server.control.do(A, "server_roles.close")
    checked = server.attempt(MODULE, check_mode=True)
    assert (checked["changed"], len(model(server)["orders"])) == (True, 1), checked
    done = server.attempt(MODULE)
    assert done["diff"] == checked["diff"]
    orders = ["allow ASP.NET v2.0.50727", "allow BITS Server Extensions", f"open {RULE}"]
    assert (done["changed"], model(server)["orders"][1:]) == (True, orders), done
    allowed = {one["description"]: one["allowed"] for one in done["repository_host"]["restrictions"]}
    assert allowed["Somebody else"] is False
    assert all(allowed[name] for name in allowed if name != "Somebody else")


def test_a_server_without_the_rule_of_iis_gets_one(server: Bench) -> None:
    ready(server)
    server.control.do(A, "server_roles.forget_rule")
    done = server.attempt(MODULE)
    assert (done["changed"], model(server)["orders"][1:]) == (True, [f"open {OWN}"]), done
    server.control.do(A, "server_roles.close", OWN)
    assert server.attempt(MODULE)["repository_host"]["port_open"] is True
    assert server.attempt(MODULE)["changed"] is False


def test_a_restart_that_is_needed_is_told(server: Bench) -> None:
    server.control.do(A, "server_roles.set_up", "restarts", True)
    done = server.attempt(MODULE)
    assert (done["changed"], done["repository_host"]["restart_needed"]) == (True, True), done
    assert any("has to be restarted" in text for text in done["warnings"]), done
    server.control.power(A, "restart")
    server.control.advance(200)
    after = server.attempt(MODULE)
    assert (after["changed"], after["repository_host"]["features"]) == (False, dict.fromkeys(FEATURES, True)), after


def test_the_tool_that_is_not_there(server: Bench) -> None:
    server.refused(
        MODULE, "D:\\Tools\\x.exe", "C:\\ApplianceTools", kind="precondition", tool_path="D:\\Tools\\x.exe",
        tool_required=True,
    )  # fmt: skip
    assert model(server)["orders"] == []
    for _time in range(2):
        done = server.attempt(MODULE, tool_path="D:\\Tools\\x.exe")
        assert (done["repository_host"]["tool"], len(done["warnings"])) == (False, 1), done
    server.refused(MODULE, "is not at", kind="precondition", tool_path="D:\\x.exe", tool_required=True)


@pytest.mark.parametrize(
    ("windows", "words"),
    [
        ({"version": "5.2.3790"}, ("Windows 5.2.3790", "6.0 or later")),
        ({"version": "6.1.7601", "missing": ["get-ciminstance"]}, ("no commands for its features", "guide 952-978")),
        ({"missing": ["get-windowsfeature"]}, ("no server", "guide 952-978")),
    ],
)
def test_a_windows_that_cannot_be_one(server: Bench, windows: dict[str, Any], words: tuple[str, ...]) -> None:
    server.control.set("windows", windows, node=A)
    server.refused(MODULE, *words, kind="precondition")


def test_an_iis_that_is_too_old(server: Bench) -> None:
    ready(server)
    server.control.do(A, "server_roles.set_up", "iis", "7.0")
    server.refused(MODULE, "IIS 7.0", "7.5 or later", kind="precondition")


def test_a_feature_that_this_windows_does_not_know(server: Bench) -> None:
    server.control.do(A, "server_roles.set_up", "unknown", ["BITS-IIS-Ext"])
    server.refused(MODULE, "no feature BITS-IIS-Ext", kind="precondition")


def test_features_that_bring_no_lines(server: Bench) -> None:
    server.control.do(A, "server_roles.set_up", "bare", True)
    result = server.attempt(MODULE)
    server.helps(result, "no line ASP.NET v4.0.30319, BITS Server Extensions", "aspnet_regiis.exe -i", kind="not_seen")
    again = server.attempt(MODULE)
    server.helps(again, "aspnet_regiis.exe -i", kind="not_seen")


def test_what_windows_refuses_is_told_in_its_words(server: Bench) -> None:
    server.control.do(A, "fail_next", "windows_feature", "The source files could not be found. Error: 0x800f081f")
    result = server.attempt(MODULE)
    assert (result["failed"], "0x800f081f" in result["msg"]) == (True, True), result


def test_an_order_without_an_effect_is_no_success(server: Bench) -> None:
    server.control.do(A, "server_roles.set_up", "unheard", True)
    result = server.attempt(MODULE)
    server.helps(result, "feature Web-Server", "group policy", kind="not_seen")


@pytest.mark.long
def test_a_lost_answer_is_decided_by_looking(server: Bench) -> None:
    ready(server)
    server.control.do(A, "server_roles.close")
    server.control.fault("reset", A, "windows", path="Set-NetFirewallRule", when="after")
    done = server.attempt(MODULE)
    assert (done.get("failed", False), done["repository_host"]["port_open"]) == (False, True), done
    server.control.do(A, "server_roles.close")
    server.control.fault("reset", A, "windows", path="Set-NetFirewallRule", when="before")
    unknown = server.attempt(MODULE)
    server.helps(unknown, "nobody can say", "Run the task again", kind="outcome_unknown")


@pytest.mark.parametrize(
    ("given", "words"),
    [({"tool_path": "tool.exe"}, "is no full path"), ({"windows_host": None}, "useries_windows_host")],
)
def test_bad_input(server: Bench, given: dict[str, Any], words: str) -> None:
    server.refused(MODULE, words, kind="invalid", **given)
    assert server.control.count("all") == 0
