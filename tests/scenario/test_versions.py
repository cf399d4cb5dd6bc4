# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consoles of other versions: told by their menus, used where that is stated, refused by name where it is not.

What stands here of later versions was written from the public pages, not from the plugins' data. By their seed
simulators of later versions answer the old address of the sign-in with 404 (2, 3) or lead on (4, 8), and show the
sidebar on old pages too (2, 4) or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playbook import Core, Playbooks, play, task
from tests.support.simulator import Simulated
from tests.support.way import WAY

A, B = "useries-1a", "useries-1b"
VERSIONS = {"gather": ["versions"]}
SIDEBAR = {"LA", "Business Continuity", "Features and Services", "Integrations", "Network", "Software and Licensing"}


def tls(name: str, given: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A settings module whose page is behind LA."""
    return task(name, "security_protocol", {"minimum_protocols": "TLS 1.1/1.2", **(given or {})}, **more)


def counts(pair: Simulated, node: str = A) -> dict[str, int]:
    """Sign-ins, sign-outs and writes that a node's console has seen."""
    return {kind: pair.control.count(kind, node, "console") for kind in ("login", "logout", "write")}


def seen(pair: Simulated) -> list[str]:
    """What the requests to the first node's console were about, until it was signed out."""
    told = [entry["what"] for entry in pair.control.log() if (entry["node"], entry["wire"]) == ("UVM-1A", "console")]
    return told[: told.index("logout")]


@pytest.fixture(scope="module")
def consoles() -> Iterator[dict[tuple[str, int], Simulated]]:
    """The pairs of this module by menus and seed, each started once."""
    running: dict[tuple[str, int], Simulated] = {}
    yield running
    for pair in running.values():
        pair.stop()


@pytest.fixture
def navigation() -> str:
    return "later"


@pytest.fixture(params=[2])
def pair(request: pytest.FixtureRequest, consoles: dict[tuple[str, int], Simulated], navigation: str) -> Simulated:
    """A pair with such menus, as delivered."""
    key = (navigation, request.param)
    if key not in consoles:
        consoles[key] = Simulated(seed=request.param, navigation=navigation)
    consoles[key].control.reset()
    return consoles[key]


@pytest.fixture
def books(core: Core, pair: Simulated, tmp_path: Path) -> Playbooks:
    """Playbooks against that pair."""
    return Playbooks(core, pair.inventory, tmp_path)


other_menus = pytest.mark.parametrize("navigation", ["other"])


# -- 3.3


def test_the_menus_of_33_are_told_without_another_request(playbooks: Playbooks, simulated: Simulated) -> None:
    reads = [task(f"read {number}", "appliance_info", VERSIONS) for number in range(3)]
    ran = playbooks.run(play(*reads)).good()
    for number in range(3):
        console = ran.result(f"read {number}")["console"]
        assert console["profile"] == "3.3"
        assert console["chosen_by"] == "navigation"
        assert console["confirmed"] is True
        assert {"Maintenance", "Roles Editor"} <= set(console["met"])
    assert counts(simulated) == {"login": 1, "logout": 1, "write": 0}
    updates = "beyondtrust_updates"  # shown after the sign-in as well
    if WAY == "html":
        assert seen(simulated) == ["entrance", "login", updates, *[updates] * 3]


@pytest.mark.one_way
@pytest.mark.parametrize("given", ["3.3", 3.3])
def test_33_may_be_asked_for_with_and_without_quotes(
    playbooks: Playbooks, simulated: Simulated, given: str | float
) -> None:
    words = simulated.inventory.read_text(encoding="utf-8")
    profile = {"useries_console_profile": given}
    inventory = yaml.safe_load(words)
    inventory["useries"]["vars"].update(profile)  # so the partner of the second task has it, too
    mine = playbooks.directory / "inventory.yml"
    mine.write_text(yaml.safe_dump(inventory), encoding="utf-8")
    tasks = task("read", "appliance_info", VERSIONS), task("key", "api_key", {"maximum_age": 400})
    ran = playbooks.run(play(*tasks), "--check", inventory=mine).good()
    console = ran.result("read")["console"]
    assert (console["profile"], console["chosen_by"]) == ("3.3", "option")
    assert ran.result("key")["changed"]


@pytest.mark.one_way
@pytest.mark.parametrize("given", ["4.0", 4.0, "newest"])
def test_an_unknown_profile_is_refused_with_the_choices(
    playbooks: Playbooks, simulated: Simulated, given: str | float
) -> None:
    for where in ({"vars": {"useries_console_profile": given}}, {}):
        options = VERSIONS if where else {**VERSIONS, "console_profile": given}
        failed = playbooks.run(play(task("read", "appliance_info", options), **where)).failure("read")
        for word in ("console_profile", "auto", "3.3", "later", str(given)):
            assert word in failed["msg"]
    assert simulated.control.count("all") == 0


@pytest.mark.one_way
def test_the_environment_may_say_it(playbooks: Playbooks, simulated: Simulated) -> None:
    book = play(task("read", "appliance_info", VERSIONS))
    failed = playbooks.run(book, environment={"USERIES_CONSOLE_PROFILE": "2.0"}).failure("read")
    assert "2.0" in failed["msg"]
    assert simulated.control.count("all") == 0


def test_later_forced_on_33_names_what_was_met(playbooks: Playbooks, simulated: Simulated) -> None:
    failed = playbooks.run(play(tls("protocols", {"console_profile": "later"}))).failure("protocols")
    for words in ("console_profile is later", "profile 3.3", "Roles Editor", "useries_console_profile"):
        assert words in failed["msg"]
    assert counts(simulated) == {"login": 1, "logout": 1, "write": 0}


# -- later


@pytest.mark.parametrize(
    ("pair", "given"),
    [*((seed, {}) for seed in (2, 3, 4, 8)), (3, {"useries_console_profile": "later"})],
    indirect=["pair"],
)
def test_a_page_behind_la_is_set_once(books: Playbooks, pair: Simulated, given: dict[str, Any]) -> None:
    book = play(tls("first"), tls("again"), tls("other node", delegate_to=B), vars=given)
    checked = books.run(book, "--check").good()
    assert checked.result("first")["changed"]
    assert counts(pair)["write"] == 0
    pair.control.reset_counts()

    ran = books.run(book).good()
    assert [ran.result(name)["changed"] for name in ("first", "again", "other node")] == [True, False, True]
    assert pair.control.state(A)["minimum_tls"] == "TLS 1.1/1.2"
    assert counts(pair) == counts(pair, B) == {"login": 1, "logout": 1, "write": 1}
    console = ran.result("first")["console"]
    assert console["profile"] == "later"
    assert console["confirmed"] is False
    assert console["chosen_by"] == ("option" if given else "navigation")
    assert set(console["met"]) == SIDEBAR
    warned = [
        name for name in ("first", "again", "other node") if "unconfirmed" in str(ran.result(name).get("warnings"))
    ]
    assert warned == ["first", "other node"]  # once for each host and run

    pair.control.reset_counts()
    assert not books.run(book).good().result("first")["changed"]
    assert counts(pair)["write"] == 0


def test_a_task_costs_one_request_after_the_first(books: Playbooks, pair: Simulated) -> None:
    books.run(play(tls("first"), tls("second"))).good()
    pair.control.reset_counts()
    books.run(play(tls("first"), tls("second"), tls("third"))).good()
    if WAY == "html":
        assert seen(pair)[-2:] == ["security_settings"] * 2
        assert len(seen(pair)) <= 8  # with two for the sign-in at both addresses, and the way through LA
    else:
        assert seen(pair).count("login") == 1


@pytest.mark.parametrize("pair", [4], indirect=True)
def test_the_banner_before_the_sign_in_is_passed(books: Playbooks, pair: Simulated) -> None:
    pair.control.set("banner", ["Notice", "Private"], node=A)
    assert books.run(play(tls("first"))).good().result("first")["changed"]
    assert counts(pair) == {"login": 1, "logout": 1, "write": 1}


def test_a_certificate_is_generated_behind_la(books: Playbooks, pair: Simulated) -> None:
    """The section has another title there: "Generate SSL Certificate"."""
    before = pair.control.state(A)["certificates"]["version"]
    options = {"force": True, "network_name": "UVM-1A", "replace_trusted": True}
    ran = books.run(play(task("certificate", "certificate", options)))
    assert ran.good().result("certificate")["changed"]
    assert pair.control.state(A)["certificates"]["version"] != before


def test_a_change_of_services_needs_to_know_the_pair(books: Playbooks, pair: Simulated) -> None:
    pair.control.do("UVM-1A", "roles.change", "high_availability", {"enabled": True})
    pair.control.do("UVM-1A", "roles.apply")
    pair.control.advance(60)
    pair.control.fault("status", A, "endpoint", code=404, count=-1)
    failed = books.run(play(tls("protocols"))).failure("protocols")
    assert "while the pair is unknown" in failed["msg"]
    assert "accept_pair_state: ['unknown']" in failed["msg"]
    assert "the high availability page of both appliances" in failed["msg"]
    assert counts(pair)["write"] == 0
    assert books.run(play(tls("protocols", {"accept_pair_state": ["unknown"]}))).good().result("protocols")["changed"]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "appliance_role": ({"name": "cold_spare"}, '"Features and Services" > "Appliance Feature Configuration"'),
    "appliance_role_info": ({}, '"Change Configuration"'),
    "session_archiving": ({"maximum_age": 30}, '"Appliance Feature Configuration"'),
    "session_archiving_info": ({}, '"Save Configuration"'),
    "api_key": ({"regenerate": True}, '"Integrations" > "Appliance API Keys"'),
    "api_key_info": ({}, '"Registration Code"'),
    "ha_info": ({}, '"Business Continuity" > "High Availability"'),
    "ha_partner": ({}, '"Register Remote Appliance"'),
    "ha_settings": ({"partner_contact_timeout": 3}, '"Pairing Settings"'),
    "high_availability": ({"primary": A}, "overwrites the database of the secondary"),
}


def test_what_works_in_another_way_is_refused_by_name(books: Playbooks, pair: Simulated) -> None:
    tasks = [task(name, name, options, ignore_errors=True) for name, (options, _words) in REFUSED.items()]
    for more in ((), ("--check",)):
        ran = books.run(play(*tasks), *more)
        for name, (_options, words) in REFUSED.items():
            failed = ran.failure(name)
            assert failed["error"]["kind"] == "precondition"
            assert failed["msg"].startswith(f"{name} does not work with this console")
            assert "unconfirmed" in failed["msg"]
            assert "Nothing was changed." in failed["msg"]
            assert words in failed["error"]["remedy"]
    assert counts(pair) == {"login": 2, "logout": 2, "write": 0}
    opened = {entry["what"] for entry in pair.control.log() if entry["status"] == 404}
    assert opened <= {""}, opened  # the old address of the sign-in at most


def test_parts_of_a_module_are_refused_where_they_are_needed(books: Playbooks, pair: Simulated) -> None:
    failed = books.run(play(task("read", "appliance_info", {"gather": ["roles"]}))).failure("read")
    assert "The page Roles Editor does not work with this console" in failed["msg"]
    failed = books.run(play(task("read", "appliance_info", {"gather": ["health"]}))).failure("read")
    assert failed["error"]["kind"] == "label_missing"
    assert "not publicly stated" in failed["msg"]


def test_33_forced_on_a_later_console_says_so(books: Playbooks, pair: Simulated) -> None:
    failed = books.run(play(tls("protocols", {"console_profile": "3.3"}))).failure("protocols")
    assert "No sign-in page" in failed["msg"]
    assert "console_profile" in failed["msg"]
    assert counts(pair) == {"login": 0, "logout": 0, "write": 0}


@pytest.mark.parametrize("pair", [4], indirect=True)
def test_33_forced_on_a_later_console_that_leads_on_says_so(books: Playbooks, pair: Simulated) -> None:
    failed = books.run(play(tls("protocols", {"console_profile": "3.3"}))).failure("protocols")
    for words in ("console_profile is 3.3", "profile later", "LA", "useries_console_profile"):
        assert words in failed["msg"]
    assert counts(pair) == {"login": 1, "logout": 1, "write": 0}


# -- neither


@other_menus
@pytest.mark.parametrize("pair", [2, 4], indirect=True)
def test_other_menus_are_refused_and_the_session_is_ended(books: Playbooks, pair: Simulated) -> None:
    ran = books.run(play(tls("first", ignore_errors=True), task("second", "login_banner", {"title": "", "text": ""})))
    for name in ("first", "second"):
        failed = ran.failure(name)
        assert failed["error"]["kind"] == "precondition"
        for words in ("Overview", "Reports", "Users", "session was ended", "useries_console_profile"):
            assert words in failed["msg"]
    assert counts(pair) == {"login": 1, "logout": 1, "write": 0}
