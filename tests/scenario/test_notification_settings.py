# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets e-mail about what: the switch, the users of each type, the own address; nothing else is touched."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import keeps, nothing_asked, unchanged

MODULE = "notification_settings"
BI, UVM, AUDITOR = "btadmin (BI User)", "btadmin (UVM User)", "auditor (BI User)"
TYPES = [
    "Health Monitoring",
    "High Availability Failover",
    "High Availability Turned Off",
    "High availability mirror change",
    "Backup monitoring",
]
NOBODY: dict[str, list[str]] = {
    "Health Monitoring": [],
    "High Availability Failover": [],
    "High Availability Turned Off": [],
    "High Availability Mirror Change": [],
    "Backup Monitoring": [],
}
FAILOVER = {"name": "High Availability Failover", "users": [BI, UVM]}


def mail(node: dict[str, Any]) -> Any:
    """Switch, address and users in the model."""
    return node["mail"]["enabled"], node["mail"]["email"], node["mail"]["recipients"]


def folded(texts: list[str]) -> list[str]:
    """Sorted, and without capitals: a page may word its labels in them, and in any order."""
    return sorted(text.casefold() for text in texts)


def with_server(bench: Bench) -> None:
    """An appliance that can send mail; what its pages are called is known in the run afterwards."""
    given = {"server": "relay.example.com", "server_port": 25, "enable_ssl": False, "user": "mail"}
    done = bench.attempt("smtp", **given, smtp_password="mail-Canary")
    assert done["changed"] is True, done
    bench.control.reset_counts()


def test_the_switch_and_the_users_of_types(bench: Bench) -> None:
    with_server(bench)
    given = {"enabled": True, "types": [FAILOVER, {"name": "health  monitoring", "users": [AUDITOR]}]}
    wanted = {**NOBODY, "High Availability Failover": [BI, UVM], "Health Monitoring": [AUDITOR]}
    done = keeps(bench, MODULE, given, mail, (True, "", wanted))
    assert done["settings"] == {"enabled": True, "types": given["types"]}
    assert "warnings" not in done or done["warnings"] == []
    before, after = (json.loads(done["diff"][side]) for side in ("before", "after"))
    assert (before["types.High Availability Failover"], after["types.High Availability Failover"]) == ([], [BI, UVM])
    assert (before["enabled"], after["enabled"]) == (False, True)


def test_a_list_is_the_whole_set_and_nothing_else_is_touched(bench: Bench) -> None:
    with_server(bench)
    first = {"enabled": True, "email": "appliance@example.com", "types": [FAILOVER, {"name": TYPES[4], "users": [BI]}]}
    assert bench.attempt(MODULE, **first)["changed"] is True
    wanted = {**NOBODY, "High Availability Failover": [AUDITOR], "Backup Monitoring": [BI]}
    given = {"types": [{"name": "High Availability Failover", "users": [AUDITOR]}]}
    bench.control.reset_counts()
    keeps(bench, MODULE, given, mail, (True, "appliance@example.com", wanted))
    nobody = {"types": [{"name": name, "users": []} for name in TYPES]}
    bench.control.reset_counts()
    keeps(bench, MODULE, nobody, mail, (True, "appliance@example.com", NOBODY))
    assert bench.control.state(A)["settings"].get("notifications.event_forwarding") is None


def test_the_order_and_the_writing_of_users_do_not_count(bench: Bench) -> None:
    assert bench.attempt(MODULE, types=[FAILOVER])["changed"] is True
    unchanged(bench, MODULE, {"types": [{"name": FAILOVER["name"], "users": [UVM, "BTAdmin (BI user)", UVM]}]})


def test_the_address_of_the_current_user(bench: Bench) -> None:
    keeps(bench, MODULE, {"email": "appliance@example.com"}, mail, (False, "appliance@example.com", NOBODY))
    keeps(
        bench, MODULE, {"email": " second+tag@mail.example.com "}, mail, (False, "second+tag@mail.example.com", NOBODY)
    )


@pytest.mark.one_way
@pytest.mark.parametrize(
    "email",
    [
        "", " ", "administrator", "@example.com", "administrator@", "a@b@c", "two words@example.com", "a@two words",
        "Name <a@example.com>", "a@example.com, b@example.com", "a@-example.com", "a@10.1.2.300", "a@example.com\nb",
        "x" * 65 + "@example.com", "a@" + "x" * 64 + ".com",
    ],
)  # fmt: skip
def test_what_is_no_address(bench: Bench, email: str) -> None:
    bench.refused(MODULE, "email", kind="invalid", email=email)
    assert bench.control.log() == []


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("types", "words"),
    [
        ([{"name": "  ", "users": []}], ("empty name",)),
        ([FAILOVER, {"name": "HIGH AVAILABILITY FAILOVER", "users": []}], ("twice",)),
        ([{"name": "Health Monitoring", "users": [" "]}], ("Health Monitoring", "user has an empty name")),
    ],
)
def test_types_that_make_no_sense(bench: Bench, types: list[dict[str, Any]], words: tuple[str, ...]) -> None:
    bench.refused(MODULE, *words, kind="invalid", types=types)
    assert bench.control.log() == []


@pytest.mark.one_way
def test_options_of_the_wrong_kind(bench: Bench) -> None:
    bench.refused(MODULE, "enabled", enabled="perhaps")
    bench.refused(MODULE, "users", types=[{"name": "Health Monitoring"}])
    bench.refused(MODULE, "name", types=[{"users": []}])
    bench.refused(MODULE, "enabled", "email", "types")
    assert nothing_asked(bench)


@pytest.mark.parametrize("name", ["Meteorites", "High Availability", "EMAIL NOTIFICATION SETTINGS", "Notifications"])
def test_an_unknown_type_lists_those_of_the_page(bench: Bench, name: str) -> None:
    for users in ([], [BI]):
        given = {"enabled": True, "types": [FAILOVER, {"name": name, "users": users}]}
        result = bench.refused(MODULE, repr(name), *TYPES, kind="invalid", **given)
        assert folded(list(result["error"]["candidates"])) == folded(TYPES)
    assert mail(bench.control.state(A)) == (False, "", NOBODY)


@pytest.mark.parametrize("user", ["nobody", "btadmin", "auditor (UVM User)", "'; drop"])
def test_an_unknown_user_lists_those_of_the_type(bench: Bench, user: str) -> None:
    given = {"types": [{"name": "Backup Monitoring", "users": [BI, user]}]}
    result = bench.refused(MODULE, repr(user), kind="invalid", **given)
    assert folded(list(result["error"]["candidates"])) == folded([BI, UVM, AUDITOR])
    assert bench.attempt(MODULE, check_mode=True, **given)["failed"] is True
    assert mail(bench.control.state(A)) == (False, "", NOBODY)


def test_without_a_mail_server_the_task_warns(bench: Bench) -> None:
    for check_mode in (True, False):
        done = bench.attempt(MODULE, check_mode=check_mode, enabled=True)
        assert done["changed"] is True, done
        assert [one for one in done["warnings"] if "No SMTP server" in one and "useries.appliance.smtp" in one], done
    assert mail(bench.control.state(A)) == (True, "", NOBODY)
    done = bench.attempt(MODULE, types=[FAILOVER])
    assert any("No SMTP server" in one for one in done["warnings"]), "mail was on before"
    done = bench.attempt(MODULE, enabled=False)
    assert not done.get("warnings"), done


def test_one_button_may_save_the_whole_page(bench: Bench) -> None:
    bench.control.set("one_apply_button", value=True)
    given = {"email": "appliance@example.com", "types": [FAILOVER]}
    wanted = {**NOBODY, "High Availability Failover": [BI, UVM]}
    keeps(bench, MODULE, given, mail, (False, "appliance@example.com", wanted))
    bench.control.reset_counts()
    done = bench.attempt("health_forwarding", target="local")
    state = bench.control.state(A)
    assert (done["changed"], state["settings"]["notifications.event_forwarding"]["target"]) == (True, "Local")
    assert mail(state) == (False, "appliance@example.com", wanted)


def test_users_that_are_shown_when_they_are_asked_for(bench: Bench) -> None:
    bench.control.set("users_on_demand", value=True)
    given = {"types": [FAILOVER, {"name": "Health Monitoring", "users": [AUDITOR]}]}
    checked = bench.attempt(MODULE, check_mode=True, **given)
    assert (checked["changed"], bench.writes()) == (True, 0), checked
    done = bench.attempt(MODULE, **given)
    wanted = {**NOBODY, "High Availability Failover": [BI, UVM], "Health Monitoring": [AUDITOR]}
    assert (done["changed"], mail(bench.control.state(A))) == (True, (False, "", wanted)), done
    again = bench.attempt(MODULE, **given)
    assert (again["changed"], bench.writes()) == (False, 1), again


def test_the_report(bench: Bench) -> None:
    bench.attempt(MODULE, email="appliance@example.com", types=[FAILOVER])
    bench.control.reset_counts()
    done = bench.attempt("notification_settings_info")
    found = done["notification_settings"]
    assert (found["enabled"], found["email"], bench.writes()) == (False, "appliance@example.com", 0)
    assert folded([one["name"] for one in found["types"]]) == folded(TYPES)
    users = {one["name"].casefold(): folded(one["users"]) for one in found["types"]}
    assert users == {**{name.casefold(): [] for name in TYPES}, FAILOVER["name"].casefold(): folded([BI, UVM])}
    assert all(folded(one["offered"]) == folded([AUDITOR, BI, UVM]) for one in found["types"])


def test_what_is_reported_can_be_given_back(bench: Bench) -> None:
    bench.attempt(MODULE, enabled=True, email="appliance@example.com", types=[FAILOVER])
    exported = bench.attempt("settings_info")["settings"]["notification_settings"]
    assert (exported["enabled"], exported["email"]) == (True, "appliance@example.com")
    assert len(exported["types"]) == len(TYPES)
    unchanged(bench, MODULE, exported)
