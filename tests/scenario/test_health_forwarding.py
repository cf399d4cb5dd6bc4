# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forwarding health events to BeyondInsight: nowhere, here, or elsewhere with a certificate."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import CHANGE, asked, keeps, unchanged
from tests.support.way import WAY

KEY = "notifications.event_forwarding"
REMOTE = {"target": "remote", "address": "insight.example.com", "certificate": "eEyeEmmsClient"}


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ({"target": "local"}, {"target": "Local", "address": "", "certificate": ""}),
        (REMOTE, {"target": "Remote", "address": "insight.example.com", "certificate": "eEyeEmmsClient"}),
    ],
)
def test_events_are_forwarded(bench: Bench, given: dict[str, Any], stored: dict[str, Any]) -> None:
    bench.attempt("appliance_info", gather=["versions"])  # the way to that page is known in the run
    done = bench.attempt("health_forwarding", check_mode=True, **given)
    assert (done["changed"], bench.writes()) == (True, 0), done
    bench.control.reset_counts()
    done = bench.attempt("health_forwarding", **given)
    assert (done["changed"], done["settings"]["target"], bench.writes()) == (True, given["target"], 1), done
    assert WAY != "html" or asked(bench) <= CHANGE, bench.control.log()
    assert bench.control.state(A)["settings"][KEY] == stored
    unchanged(bench, "health_forwarding", given)


def test_nothing_is_forwarded_any_more(bench: Bench) -> None:
    unchanged_at_first = bench.attempt("health_forwarding", target="none")
    assert unchanged_at_first["changed"] is False
    bench.attempt("health_forwarding", target="local")
    bench.control.reset_counts()
    keeps(bench, "health_forwarding", {"target": "none"}, lambda node: node["settings"][KEY]["target"], "None")


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"target": "remote"}, ("needs address and certificate",)),
        ({"target": "remote", "address": "insight.example.com"}, ("needs certificate",)),
        ({"target": "local", "address": "insight.example.com"}, ("address", "only with target: remote")),
        ({**REMOTE, "address": "80.0.8.555"}, ("80.0.8.555", "IP address or a DNS name")),
        ({**REMOTE, "address": "https://insight"}, ("https://insight",)),
        ({**REMOTE, "address": "two words"}, ("two words",)),
    ],
)
def test_bad_input(bench: Bench, given: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.refused("health_forwarding", *words, kind="invalid", **given)
    assert bench.control.log() == []


@pytest.mark.one_way
def test_a_certificate_that_is_not_there_lists_those_that_are(bench: Bench) -> None:
    words = "'Nobody'", "eEyeEmmsClient", "client_certificate", "BeyondInsight Configuration Tool"
    result = bench.refused("health_forwarding", *words, kind="invalid", **{**REMOTE, "certificate": "Nobody"})
    assert "eEyeEmmsClient" in result["error"]["candidates"]
    bench.refused("health_forwarding", "target", "everywhere", "remote", target="everywhere")


@pytest.mark.one_way
def test_an_old_beyondinsight_cannot_take_them(bench: Bench) -> None:
    versions = [[name, "5.8.1" if name.startswith("BeyondInsight") else number] for name, number in shown(bench)]
    bench.control.set("versions", versions, node=A)
    bench.refused("health_forwarding", "5.8.1", "6.0 or later", kind="precondition", **REMOTE)


@pytest.mark.one_way
def test_another_product_of_that_name_does_not_count(bench: Bench) -> None:
    bench.control.set("versions", [*shown(bench), ["BeyondInsight for Unix & Linux", "2.4.0"]], node=A)
    assert bench.attempt("health_forwarding", target="local")["changed"] is True


@pytest.mark.one_way
def test_spaces_around_an_address_are_not_stored(bench: Bench) -> None:
    bench.attempt("health_forwarding", **{**REMOTE, "address": " insight.example.com "})
    assert bench.control.state(A)["settings"][KEY]["address"] == "insight.example.com"


def shown(bench: Bench) -> list[list[str]]:
    """Product and version in the model."""
    found: list[list[str]] = bench.control.state(A)["versions"]
    return found
