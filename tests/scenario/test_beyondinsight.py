# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondInsight beside the console: its own account, its own session, and what is said when it lets nobody in."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.ending import end_of_run
from tests.scenario.bad_input_bench import Bench
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way  # always plain HTML in the simulator
MODULE = "beyondinsight_info"


@pytest.fixture(autouse=True)
def secret(bench: Bench) -> None:
    """Its password is in no result either."""
    bench.secrets |= {own["useries_beyondinsight_password"] for own in bench.inventory.values()}


def test_it_signs_in_once_in_a_run_and_out_at_its_end(bench: Bench) -> None:
    for _time in range(2):
        result = bench.attempt(MODULE)
        met = result["beyondinsight"]
        assert (met["answered"], met["title"]) == (True, "BeyondInsight")
        assert "Configuration" in met["menus"]
        assert (result["changed"], result["reachable"]) == (False, True)
        bench.silent(result)
    assert (bench.control.count("login"), bench.control.count("write")) == (1, 0)
    end_of_run(bench.directory, "bad-input")
    assert bench.control.count("logout") == 1


def test_its_session_is_not_that_of_the_console(bench: Bench) -> None:
    assert bench.attempt("appliance_info", gather=["versions"])["changed"] is False
    assert bench.attempt(MODULE)["beyondinsight"]["answered"] is True
    assert bench.control.count("login") == 2
    assert bench.attempt("appliance_info", gather=["versions"])["changed"] is False
    assert bench.control.count("login") == 2


@pytest.mark.parametrize("name", ["username", "password"])
@pytest.mark.parametrize("empty", [None, ""])
def test_missing_credentials_are_named_before_any_request(bench: Bench, name: str, empty: str | None) -> None:
    words = f"No {name} is known for BeyondInsight", f"useries_beyondinsight_{name}", f"BEYONDINSIGHT_{name.upper()}"
    bench.refused(MODULE, *words, kind="invalid", **{f"beyondinsight_{name}": empty})
    assert bench.control.log() == []


def test_a_refused_login_is_said_and_not_repeated(bench: Bench) -> None:
    bench.secrets.add("wrong-Canary")
    wrong = {"beyondinsight_password": "wrong-Canary"}
    words = "Login refused by BeyondInsight", "'btadmin'", "incorrect", "useries_beyondinsight_password"
    first = bench.refused(MODULE, *words, kind="login_refused", **wrong)
    assert first["error"]["surface"] == "beyondinsight"
    again = "Not tried again in this run", "Login refused by BeyondInsight", "useries_beyondinsight_username"
    bench.refused(MODULE, *again, kind="login_refused", **wrong)
    assert bench.control.count("login") == 1


def test_the_account_of_the_console_is_another_one(bench: Bench) -> None:
    own = bench.inventory["useries-1a"]
    given = {f"beyondinsight_{name}": own[f"useries_{name}"] for name in ("username", "password")}
    bench.refused(MODULE, "Login refused by BeyondInsight", kind="login_refused", **given)


def test_an_untrusted_certificate_is_the_error(bench: Bench) -> None:
    words = "certificate", "useries_beyondinsight_fingerprints", "useries_beyondinsight_ca_path"
    bench.refused(MODULE, *words, kind="untrusted", beyondinsight_ca_path=None)
    result = bench.attempt(MODULE, beyondinsight_ca_path=None, beyondinsight_validate_certs=False)
    assert result["beyondinsight"]["answered"] is True
    assert "beyondinsight_validate_certs" in " ".join(result["warnings"])


def test_a_silent_beyondinsight_is_an_answer_where_one_asks_for_it(bench: Bench) -> None:
    away = {"beyondinsight_host": "127.0.0.1", "beyondinsight_port": 1}
    bench.refused(MODULE, "useries_beyondinsight_host", kind="unreachable", **away)
    result = bench.attempt(MODULE, unreachable_ok=True, **away)
    assert (result["reachable"], result["beyondinsight"]) == (False, None)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_with_and_without_the_page_about_the_certificate(tmp_path: Path, seed: int) -> None:
    with Simulated(pairs=1, seed=seed) as pair:
        assert Bench(pair, tmp_path).attempt(MODULE)["beyondinsight"]["title"] == "BeyondInsight"
