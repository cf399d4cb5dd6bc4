# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence keys of Windows and SQL Server of an appliance that was imaged afresh."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.recovery_bench import imaged, model, recovery, windows_pair

__all__ = ("imaged", "windows_pair")
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "license_keys"
KEY, SQL_KEY = "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY", "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY"
WINDOWS = {"windows_key": KEY, "key_on_command_line": True}
SQL = {"sql_server_key": SQL_KEY, "sql_setup": "C:\\SQL Server\\setup.exe", "key_on_command_line": True}
BOTH = {**WINDOWS, **SQL}


@pytest.fixture(autouse=True)
def secret(imaged: Bench) -> None:
    """Neither key may be in any result."""
    imaged.secrets |= {KEY, KEY.lower(), SQL_KEY, SQL_KEY.lower()}


def entered(bench: Bench) -> list[str]:
    """Commands and programs that entered something."""
    found = [entry["path"] for entry in bench.control.log(wire="windows") if entry["what"] == "Command"]
    return [what for what in found if "Invoke-CimMethod" in what or "EditionUpgrade" in what]


def test_both_are_licensed_and_then_left_alone(imaged: Bench) -> None:
    bench, before = imaged, imaged.look()
    checked = bench.attempt(MODULE, check_mode=True, **BOTH)
    assert (checked["changed"], entered(bench), bench.look()) == (True, [], before), checked
    done = bench.attempt(MODULE, **BOTH)
    assert (done["changed"], done["proof"]) == (True, "verified"), done
    assert done["diff"] == checked["diff"]
    assert done["licenses"] == {
        "windows_licensed": True,
        "windows_status": "licensed",
        "sql_server_edition": "Standard Edition",
        "sql_server_licensed": True,
    }
    licensing = bench.control.state(A)["licensing"]
    assert (licensing["activated"], licensing["partial_key"]) == (True, "KHKQY")
    assert recovery(bench)["sql_edition"] == "Standard Edition"
    count = len(entered(bench))
    assert count == 4, "the key, activate, refresh; Setup"
    again = bench.attempt(MODULE, **{**BOTH, "windows_key": KEY.lower(), "key_on_command_line": False})
    assert (again["changed"], len(entered(bench))) == (False, count), again
    bench.silent([checked, done, again, bench.control.log()])


def test_one_alone_leaves_the_other(imaged: Bench) -> None:
    done = imaged.attempt(MODULE, **WINDOWS)
    assert (done["changed"], done["licenses"]["sql_server_licensed"]) == (True, None), done
    assert "Evaluation" in recovery(imaged)["sql_edition"]
    sql = imaged.attempt(MODULE, **SQL)
    assert (sql["changed"], sql["licenses"]["windows_licensed"], sql["licenses"]["sql_server_licensed"]) == (
        True, None, True,
    )  # fmt: skip


def test_a_key_that_is_there_is_only_activated(imaged: Bench) -> None:
    imaged.control.do(A, "licensing.switch", "internet", False)
    failed = imaged.attempt(MODULE, **WINDOWS)
    imaged.helps(failed, "could not be resolved", "windows_activation", kind="failed")
    assert imaged.control.state(A)["licensing"]["partial_key"] == "KHKQY"
    imaged.control.do(A, "licensing.switch", "internet", True)
    imaged.control.reset_counts()
    done = imaged.attempt(MODULE, **{**WINDOWS, "key_on_command_line": False})
    assert done["changed"] is True, done
    assert len(entered(imaged)) == 2, "activate and refresh"


def test_a_key_on_a_command_line_must_be_accepted(imaged: Bench) -> None:
    for given in (WINDOWS, SQL, BOTH):
        wary = {**given, "key_on_command_line": False}
        imaged.refused(MODULE, "part of a command line", "at the screen", kind="precondition", **wary)
    assert entered(imaged) == []


def test_keys_that_are_refused_are_not_repeated_in_messages(imaged: Bench) -> None:
    wrong = KEY[:-5] + "WRONG"
    imaged.secrets.add(wrong)
    result = imaged.attempt(MODULE, **{**WINDOWS, "windows_key": wrong})
    imaged.helps(result, "is invalid", "Check the key", kind="failed")
    result = imaged.attempt(MODULE, **{**SQL, "sql_server_key": wrong})
    imaged.helps(result, "0x84be0bc2", "Summary.txt", kind="failed")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"windows_key": "WC2BQ-8NRM3-FDDYY-2BFGV"}, "windows_key must be five groups of five"),
        ({"windows_key": ""}, "windows_key must be five groups of five"),
        ({"sql_server_key": "ABCDE-FGHIJ-KLMNO-PQRST-UVWX'"}, "sql_server_key must be five groups of five"),
        ({**SQL, "sql_setup": "\\\\server\\share\\setup.exe"}, "is not the full path of a setup.exe"),
        ({**SQL, "sql_setup": "C:\\SQL\\cmd.exe"}, "is not the full path of a setup.exe"),
        ({**SQL, "sql_instance": "MSSQL /X"}, "is no name of an instance"),
    ],
)
def test_bad_input(imaged: Bench, given: dict[str, Any], words: str) -> None:
    imaged.refused(MODULE, words, kind="invalid", **given)


def test_without_any_key_there_is_nothing_to_do(imaged: Bench) -> None:
    imaged.refused(MODULE, "windows_key, sql_server_key")


def test_what_is_missing_for_sql_server_is_named(imaged: Bench) -> None:
    bare = {**SQL, "sql_setup": None}
    imaged.refused(MODULE, "Enterprise Evaluation Edition", "sql_setup", kind="precondition", **bare)
    imaged.refused(MODULE, "no instance OTHER", kind="precondition", **SQL, sql_instance="OTHER")
    model(imaged, "sql_edition", "Standard Edition")
    assert imaged.attempt(MODULE, sql_server_key=SQL_KEY)["changed"] is False
    strange = imaged.attempt(MODULE, **{**SQL, "sql_setup": "D:\\setup.exe"})
    assert strange["changed"] is False


def test_a_lost_answer_is_decided_by_looking(imaged: Bench) -> None:
    imaged.control.fault("reset", A, "windows", path="EditionUpgrade", when="after")
    done = imaged.attempt(MODULE, **SQL)
    assert (done.get("failed", False), recovery(imaged)["sql_edition"]) == (False, "Standard Edition"), done
    assert any("its effect is seen" in text for text in done["warnings"])


def test_an_order_nobody_knows_of_is_not_repeated(imaged: Bench) -> None:
    imaged.control.fault("reset", A, "windows", path="EditionUpgrade", when="before")
    lost = imaged.attempt(MODULE, **SQL)
    imaged.helps(lost, "nobody can say whether it was carried out", "Run the task again", kind="outcome_unknown")
    assert "Evaluation" in recovery(imaged)["sql_edition"]


def test_a_mirrored_pair_is_not_restarted_under_its_feet(imaged: Bench) -> None:
    imaged.stage("synchronized")
    model(imaged, "sql_edition", "Enterprise Evaluation Edition")
    imaged.refused(MODULE, "not done while the pair is SYNCHRONIZED", kind="precondition", **SQL)
