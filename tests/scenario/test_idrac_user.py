# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password of an account of the iDRAC: proven by a sign-in, never on a command line unless that is allowed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.idrac_bench import account, bench, with_idrac
from tests.support.playbook import Core, Playbooks, play, task
from tests.support.simulator import Simulated

__all__ = ("bench", "with_idrac")
pytestmark = pytest.mark.one_way  # no page of the console is operated

MODULE = "idrac_user"
WANTED, LOST, FACTORY = "Wanted-Canary-7", "Nobody-knows-8", "calvin"
WINDOWS = {"via": "windows", "allow_password_in_process_list": True}
TOOLS = ["newest", "modern", "legacy"]


def present(bench: Bench) -> str:
    """The password that root has now: the one of all known ones that is let in."""
    own = bench.inventory[A]
    place = f"https://{own['useries_idrac_host']}:{own['useries_idrac_port']}/redfish/v1/Systems"
    known = (str(own["useries_idrac_password"]), WANTED, LOST, FACTORY)
    answers = {
        password: requests.get(place, auth=("root", password), verify=own["useries_idrac_ca_path"], timeout=10)
        for password in known
    }
    (found,) = [password for password, answer in answers.items() if answer.status_code == 200]
    return found


def patched(bench: Bench, slot: int, **values: Any) -> None:
    """Somebody changes an account over Redfish, and the inventory knows nothing of it."""
    own = bench.inventory[A]
    answer = requests.patch(
        f"https://{own['useries_idrac_host']}:{own['useries_idrac_port']}/redfish/v1/AccountService/Accounts/{slot}",
        json=values,
        auth=("root", present(bench)),
        verify=own["useries_idrac_ca_path"],
        timeout=10,
    )
    assert answer.status_code == 200, answer.text
    bench.control.reset_counts()


@pytest.fixture(autouse=True)
def secret(bench: Bench) -> None:
    """What must not be shown."""
    bench.secrets |= {WANTED, LOST}


def rotation(bench: Bench) -> dict[str, Any]:
    """The wanted password, and the present one as the previous."""
    return {"idrac_password": WANTED, "idrac_previous_password": bench.inventory[A]["useries_idrac_password"]}


def good(bench: Bench, result: dict[str, Any], changed: bool) -> dict[str, Any]:
    """A result without a failure, and without a secret."""
    assert (result.get("failed"), result["changed"]) == (None, changed), result
    bench.silent(result)
    return result


def racadm(bench: Bench, tool: str) -> None:
    """Which tool is on the appliance."""
    bench.control.set("windows", {"racadm": tool}, node=A)


def commands(bench: Bench) -> list[str]:
    """What ran in Windows."""
    return [entry["path"] for entry in bench.control.log(A, "windows") if entry["what"] == "Command"]


# -- over Redfish ------------------------------------------------------------------------------------------------------


def test_the_own_password_is_changed_and_proven(bench: Bench) -> None:
    given, before = rotation(bench), present(bench)
    checked = good(bench, bench.attempt(MODULE, check_mode=True, **given), True)
    assert (present(bench), bench.writes(), checked["idrac_user"]["account"]) == (before, 0, "root")
    assert WANTED not in json.dumps(checked["diff"]) and "password" in checked["diff"]["after"]
    done = good(bench, bench.attempt(MODULE, **given), True)
    assert (present(bench), bench.writes(), done["proof"], done["diff"]) == (WANTED, 1, "verified", checked["diff"])
    assert done["idrac_user"] == {
        "account": "root",
        "slot": 2,
        "enabled": True,
        "role": "Administrator",
        "default_password": False,
        "via": "redfish",
    }
    # the rest of the run goes on with it, and the second time there is nothing to do
    bench.control.reset_counts()
    again = good(bench, bench.attempt(MODULE, **given), False)
    assert (again["proof"], bench.control.count("login", A, "idrac")) == ("verified", 0)
    assert bench.attempt("idrac_info", **given)["idrac"]["service_tag"]
    assert commands(bench) == []


def test_a_password_that_is_the_wanted_one_changes_nothing(bench: Bench) -> None:
    done = good(bench, bench.attempt(MODULE), False)
    assert (done["proof"], done["idrac_user"]["default_password"], bench.writes()) == ("verified", False, 0)


def test_another_account_is_tried_once_changed_and_tried_again(bench: Bench) -> None:
    account(bench, "Operator")  # reader
    given = {"account": "reader", "new_password": WANTED}
    checked = good(bench, bench.attempt(MODULE, check_mode=True, **given), True)
    assert (checked["idrac_user"]["role"], bench.writes()) == ("Operator", 0)
    done = good(bench, bench.attempt(MODULE, **given), True)
    assert (done["proof"], bench.writes(), done["idrac_user"]["slot"]) == ("verified", 1, 3)
    good(bench, bench.attempt(MODULE, **given), False)
    assert bench.attempt("idrac_info", idrac_username="reader", idrac_password=WANTED)["idrac"]["service_tag"]


def test_without_a_wanted_password_an_account_is_reported(bench: Bench) -> None:
    account(bench, "ReadOnly")
    told = good(bench, bench.attempt(MODULE, account="reader"), False)
    assert (told["idrac_user"]["role"], told["idrac_user"]["default_password"]) == ("ReadOnly", None)
    assert "proof" not in told


def test_the_password_from_the_factory_is_recognised(bench: Bench) -> None:
    patched(bench, 2, Password=FACTORY)
    bench.refused(MODULE, "is the one from the factory", kind="invalid", idrac_password=FACTORY)
    told = bench.attempt(MODULE, idrac_password=FACTORY, default_password="report")
    assert (told["changed"], told["idrac_user"]["default_password"]) == (False, True), told
    assert any("has the password from the factory" in text for text in told["warnings"])
    changed = bench.attempt(MODULE, idrac_password=WANTED, idrac_previous_password=FACTORY)
    assert (changed["changed"], changed["idrac_user"]["default_password"], present(bench)) == (True, False, WANTED)
    assert any("has the password from the factory" in text for text in changed["warnings"])


def test_a_lost_answer_is_decided_by_a_sign_in(bench: Bench) -> None:
    bench.control.fault("reset", A, "idrac", path="Accounts/2", method="PATCH", when="after")
    done = good(bench, bench.attempt(MODULE, **rotation(bench)), True)
    assert (present(bench), done["proof"]) == (WANTED, "verified")
    assert any("its effect is seen" in text for text in done["warnings"])


def test_an_order_that_did_not_arrive_can_be_repeated(bench: Bench) -> None:
    given, before = rotation(bench), present(bench)
    bench.control.fault("reset", A, "idrac", path="Accounts/2", method="PATCH", when="before")
    lost = bench.attempt(MODULE, **given)
    bench.helps(lost, "it was not carried out", "It can be repeated", kind="failed")
    assert present(bench) == before
    good(bench, bench.attempt(MODULE, **given), True)


def test_an_order_without_an_effect_is_no_success(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "idrac_password", "accepted, and not done")
    failed = bench.attempt(MODULE, **rotation(bench))
    bench.helps(failed, "was accepted, but the iDRAC does not let in", "browser", kind="not_seen")


def test_what_the_iDRAC_says_of_a_password_is_told_without_it(bench: Bench) -> None:
    long = "Long-Canary-" + "x" * 40
    bench.secrets.add(long)
    failed = bench.attempt(MODULE, **{**rotation(bench), "idrac_password": long})
    bench.helps(failed, "different format", kind="rejected")


def test_both_passwords_refused(bench: Bench) -> None:
    patched(bench, 2, Password=LOST)
    refused = bench.attempt(MODULE, **rotation(bench))
    words = ("refuses the sign-in of root", "via: windows", "allow_password_in_process_list")
    bench.helps(refused, *words, kind="login_refused")
    assert commands(bench) == []


def test_an_account_that_is_not_there(bench: Bench) -> None:
    given = {"account": "nobody", "new_password": WANTED}
    bench.refused(MODULE, "shows no account nobody", "It has root", kind="precondition", **given)
    racadm(bench, "legacy")
    for tool in TOOLS:
        racadm(bench, tool)
        bench.refused(MODULE, "shows no account nobody", kind="precondition", **given, **WINDOWS)


def test_a_disabled_account(bench: Bench) -> None:
    account(bench, "Operator")
    patched(bench, 3, Enabled=False)
    given = {"account": "reader", "new_password": WANTED}
    bench.refused(MODULE, "reader is disabled", "Enable it", kind="precondition", **given)


def test_an_account_without_the_right_to_configure_users(bench: Bench) -> None:
    reader = account(bench, "Operator")
    failed = bench.attempt(MODULE, account="root", new_password=WANTED, **reader)
    bench.helps(failed, "insufficient privileges", "role", kind="precondition")
    assert present(bench) == bench.inventory[A]["useries_idrac_password"]


# -- by racadm ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS)
def test_a_lost_password_is_set_by_racadm_when_that_is_allowed(bench: Bench, tool: str) -> None:
    racadm(bench, tool)
    patched(bench, 2, Password=LOST)
    given = {"idrac_password": WANTED}
    words = ("list of processes", "via: redfish", "allow_password_in_process_list: true")
    bench.refused(MODULE, *words, kind="precondition", via="windows", **given)
    checked = good(bench, bench.attempt(MODULE, check_mode=True, **given, **WINDOWS), True)
    assert (present(bench), checked["idrac_user"]["via"]) == (LOST, "windows")
    done = good(bench, bench.attempt(MODULE, **given, **WINDOWS), True)
    assert (present(bench), done["proof"], done["idrac_user"]["slot"]) == (WANTED, "verified", 2)
    good(bench, bench.attempt(MODULE, **given, **WINDOWS), False)
    assert bench.attempt("idrac_info", **given)["idrac"]["service_tag"]
    bench.silent(bench.control.log(A))


def test_auto_takes_racadm_when_it_is_allowed_and_nothing_else_is_left(bench: Bench) -> None:
    patched(bench, 2, Password=LOST)
    given = {**rotation(bench), "allow_password_in_process_list": True}
    done = good(bench, bench.attempt(MODULE, **given), True)
    assert (present(bench), done["idrac_user"]["via"], done["proof"]) == (WANTED, "windows", "verified")
    assert any("So racadm on the appliance is used" in text for text in done["warnings"])


def test_racadm_tells_of_the_password_from_the_factory(bench: Bench) -> None:
    patched(bench, 2, Password=FACTORY)
    given = {"via": "windows", "idrac_host": None, "idrac_password": None}
    words = ("has the password from the factory", "default_password: report")
    bench.refused(MODULE, *words, kind="precondition", **given)
    told = bench.attempt(MODULE, default_password="report", **given)
    assert (told["changed"], told["idrac_user"]["default_password"]) == (False, True), told


def test_without_the_idrac_there_is_no_proof(bench: Bench) -> None:
    given = {"idrac_host": None, "idrac_password": WANTED, **WINDOWS}
    done = good(bench, bench.attempt(MODULE, **given), True)
    assert (present(bench), done["proof"], done["idrac_user"]["via"]) == (WANTED, "unavailable", "windows")
    insisting = bench.attempt(MODULE, require_proof=True, **given)
    bench.helps(insisting, "not available", kind="not_seen")


@pytest.mark.parametrize("bad", ["-Switch-Canary", 'Quote"Canary', "Percent%Canary%", "Pipe|Canary"])
def test_a_password_that_no_command_line_can_hold(bench: Bench, bad: str) -> None:
    bench.secrets.add(bad)
    failed = bench.attempt(MODULE, idrac_password=bad, **WINDOWS)
    bench.helps(failed, kind="invalid")
    assert not [one for one in commands(bench) if "Password" in one]


def test_a_missing_racadm(bench: Bench) -> None:
    racadm(bench, "none")
    bench.refused(MODULE, "There is no racadm on", kind="precondition", idrac_password=WANTED, **WINDOWS)


# -- bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"new_password": " ", "account": "reader"}, "must not be empty"),
        ({"new_password": WANTED}, "is not the password that the collection signs in with"),
        ({"new_password": FACTORY, "account": "reader"}, "is the one from the factory"),
        ({"new_password": FACTORY, "account": "reader", "default_password": "report"}, "is the one from the factory"),
        ({"idrac_host": None, "windows_host": None}, "Neither iDRAC nor Windows is configured"),
    ],
)
def test_bad_input(bench: Bench, given: dict[str, Any], words: str) -> None:
    bench.refused(MODULE, words, kind="invalid", **given)
    assert bench.control.count("all") == 0


def test_no_password_is_left_behind_by_a_playbook(core: Core, with_idrac: Simulated, tmp_path: Path) -> None:
    """Not with -vvvv, and not in what the appliance logs."""
    with_idrac.control.reset()
    old = with_idrac.nodes[A].accounts["idrac"]["password"]
    given = {"idrac_password": WANTED, "idrac_previous_password": old}
    tasks = [task("change", MODULE, given), task("again", MODULE, given), task("info", "idrac_info", given)]
    ran = Playbooks(core, with_idrac.inventory, tmp_path).run(play(*tasks, hosts=A), "-vvvv", "--diff").good()
    assert [ran.result(name, A)["changed"] for name in ("change", "again", "info")] == [True, False, False]
    assert [with_idrac.control.count(kind, A, "idrac") for kind in ("login", "logout")] == [3, 2]
    for secret in (WANTED, old):
        assert secret not in ran.output
        assert secret not in json.dumps(with_idrac.control.log(A))
