# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Administrators, RADIUS and wiping on the page Accounts and Licensing."""

from __future__ import annotations

from typing import Any

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import keeps, unchanged

NEW = "Wanted-Canary-1"
RADIUS = "accounts_and_licensing.radius"


def logins(bench: Bench) -> list[int]:
    """The answers to sign-ins since the counts were reset: 302 let in, 200 refused."""
    return [entry["status"] for entry in bench.control.log() if entry["what"] == "login"]


def rotation(bench: Bench) -> dict[str, Any]:
    """The connection of an administrator whose password is to become NEW."""
    bench.secrets.add(NEW)
    return {"password": NEW, "previous_password": bench.inventory[A]["useries_password"]}


# -- passwords ---------------------------------------------------------------------------------------------------------


def test_the_administrators_password_is_changed_and_the_run_goes_on_with_it(bench: Bench) -> None:
    given = {"accounts": ["appliance"], **rotation(bench)}
    checked = bench.attempt("credentials", check_mode=True, **given)
    assert (checked["changed"], bench.writes()) == (True, 0)
    assert logins(bench) == [200, 302]
    bench.control.reset_counts()
    done = bench.attempt("credentials", **given)
    assert (done["changed"], done["proof"], bench.writes()) == (True, "verified", 1)
    assert done["diff"] == checked["diff"]
    assert logins(bench) == [302]
    for result in (checked, done):
        bench.silent(result)
    bench.control.reset_counts()
    again = bench.attempt("credentials", **given)
    assert (again["changed"], again["proof"], logins(bench)) == (False, "verified", [])
    after = bench.attempt("login_banner", title="Notice", text="Authorized", **rotation(bench))
    assert (after["changed"], logins(bench)) == (True, [])


def test_the_wanted_password_that_works_already_is_left_alone(bench: Bench) -> None:
    done = bench.attempt("credentials", accounts=["appliance"], previous_password="old-Canary")
    assert (done["changed"], done["proof"], bench.writes(), logins(bench)) == (False, "verified", 0, [302])


def test_the_others_are_set_each_time_or_left_alone(bench: Bench) -> None:
    bench.secrets.add(NEW)
    given = {"accounts": ["beyondinsight", "bt_updater"], "new_password": NEW}
    done = bench.attempt("credentials", **given)
    assert (done["changed"], done["proof"], bench.writes()) == (True, "unavailable", 1)
    assert "beyondinsight, bt_updater" in done["proof_detail"]["reason"]
    assert logins(bench) == [302]
    left = bench.attempt("credentials", **given, update_password="on_create")
    assert (left["changed"], bench.writes()) == (False, 1)
    assert "cannot be seen" in left["warnings"][0]
    bench.silent([done, left])


def test_beyondinsight_is_asked_when_its_administrator_is_named(bench: Bench) -> None:
    bench.secrets.add(NEW)
    given = {"accounts": ["beyondinsight"], "new_password": NEW, "beyondinsight_administrator": "btadmin"}
    checked = bench.attempt("credentials", check_mode=True, **given)
    assert (checked["changed"], bench.writes(), logins(bench)) == (True, 0, [302, 200])
    bench.control.reset_counts()
    done = bench.attempt("credentials", **given)
    assert (done["changed"], done["proof"], bench.writes()) == (True, "verified", 1), done
    assert logins(bench) == [200, 302]  # not yet, then with the new password
    bench.control.reset_counts()
    again = bench.attempt("credentials", **given)
    assert (again["changed"], again["proof"], bench.writes(), logins(bench)) == (False, "verified", 0, [302])
    both = bench.attempt("credentials", **{**given, "accounts": ["beyondinsight", "bt_updater"]})
    assert (both["changed"], both["proof"]) == (True, "unavailable")
    assert both["proof_detail"]["reason"].endswith("of bt_updater")
    bench.silent([checked, done, again, both])


def test_a_change_that_beyondinsight_does_not_know_is_no_success(bench: Bench) -> None:
    bench.secrets.add(NEW)
    who = {"accounts": ["beyondinsight"], "new_password": NEW, "beyondinsight_administrator": "nobody"}
    done = bench.attempt("credentials", **who)
    bench.helps(done, "says that the password was changed", "beyondinsight_administrator", kind="not_seen")
    left = bench.attempt("credentials", **who, update_password="on_create")
    assert (left["changed"], bench.writes()) == (False, 1)


def test_a_beyondinsight_that_is_silent_proves_nothing(bench: Bench) -> None:
    bench.secrets.add(NEW)
    given = {"accounts": ["beyondinsight"], "new_password": NEW, "beyondinsight_administrator": "btadmin"}
    done = bench.attempt("credentials", **given, beyondinsight_port=1)
    assert (done["changed"], done["proof"], bench.writes()) == (True, "unavailable", 1), done
    assert any("is not known" in text for text in done["warnings"])
    bench.silent(done)


def test_a_password_that_is_too_simple_is_refused_in_the_consoles_words(bench: Bench) -> None:
    bench.secrets.add("weakcanary")
    result = bench.attempt("credentials", accounts=["bt_updater"], new_password="weakcanary")
    bench.helps(result, "complexity requirements", "At least 8 characters", kind="rejected")


def test_a_page_that_asks_for_the_password_twice_gets_it_twice(bench: Bench) -> None:
    bench.control.set("confirms_passwords", value=True)
    bench.secrets.add(NEW)
    done = bench.attempt("credentials", accounts=["bt_updater"], new_password=NEW)
    assert (done.get("failed", False), done["changed"]) == (False, True), done
    bench.silent(done)


def test_a_lost_answer_is_decided_by_the_sign_in(bench: Bench) -> None:
    given = {"accounts": ["appliance"], **rotation(bench)}
    bench.attempt("credentials", check_mode=True, **given)
    bench.control.fault("reset", node=A, path="update_credentials", when="after")
    done = bench.attempt("credentials", **given)
    assert (done["changed"], done["proof"]) == (True, "verified"), done
    bench.silent(done)


def test_with_radius_on_its_password_must_match(bench: Bench) -> None:
    bench.attempt("radius", enabled=True, alias="Corporate RADIUS", radius_username="u", accept_lockout=True)
    done = bench.attempt("credentials", accounts=["appliance"], **rotation(bench))
    assert done["changed"] is True, done
    assert any("RADIUS account must be the same" in text for text in done["warnings"])


def test_another_user_name_is_proved_by_signing_in_with_it(bench: Bench) -> None:
    given = {"new_username": "operator", "support_was_asked": True}
    done = bench.attempt("credentials", **given)
    assert (done["changed"], done["proof"], done["credentials"]["username"]) == (True, "verified", "operator"), done
    assert any("useries_username to operator" in text for text in done["warnings"])
    bench.control.reset_counts()
    again = bench.attempt("credentials", **given, username="operator")
    assert (again["changed"], bench.writes()) == (False, 0)


# -- RADIUS ------------------------------------------------------------------------------------------------------------

ON = {"enabled": True, "alias": "Corporate RADIUS", "radius_username": "appliance", "accept_lockout": True}


def test_radius_is_turned_on_and_the_sign_in_still_works(bench: Bench) -> None:
    before = bench.look()
    checked = bench.attempt("radius", check_mode=True, **ON)
    assert (checked["changed"], bench.writes(), bench.look()) == (True, 0, before)
    done = bench.attempt("radius", **ON)
    assert (done["changed"], done["proof"], bench.writes()) == (True, "verified", 1)
    stored = bench.control.state(A)["settings"][RADIUS]
    assert stored == {"enabled": True, "alias": "Corporate RADIUS", "username": "appliance"}
    unchanged(bench, "radius", ON)


def test_a_challenge_is_told_while_it_can_still_be_turned_off(bench: Bench) -> None:
    bench.control.set("radius_challenges", value=True)
    done = bench.attempt("radius", **ON)
    assert (done["changed"], done["proof"]) == (True, "unavailable")
    assert any("second factor" in text and "enabled: false" in text for text in done["warnings"])
    off = bench.attempt("radius", enabled=False)
    assert off["changed"] is True
    assert bench.control.state(A)["settings"][RADIUS]["enabled"] is False


def test_radius_that_is_off_stays_off(bench: Bench) -> None:
    bench.attempt("radius", **ON)
    bench.control.reset_counts()
    keeps(bench, "radius", {"enabled": False}, lambda node: node["settings"][RADIUS]["enabled"], wanted=False)


# -- wiping ------------------------------------------------------------------------------------------------------------

WORDS = {"confirm": "UVM-1A", "accept_data_loss": True}


def test_an_appliance_is_wiped_once_by_its_own_name(bench: Bench) -> None:
    bench.attempt("login_banner", title="Notice", text="Authorized")
    before = bench.look()
    bench.control.reset_counts()
    checked = bench.attempt("wipe", check_mode=True, **WORDS)
    assert (checked["changed"], bench.writes(), bench.look()) == (True, 0, before)
    done = bench.attempt("wipe", **WORDS)
    assert (done["changed"], bench.writes()) == (True, 1)
    assert done["wiped"]["network_name"] == "UVM-1A"
    assert "purged" in done["wiped"]["message"]
    node = bench.control.state(A)
    assert (node["database"]["records"], node["settings"], node["banner"]) == ([], {}, ["", ""])
    assert bench.control.state("useries-1b")["settings"] == before["nodes"]["UVM-1B"]["settings"]


def test_the_console_may_ask_before_it_wipes(bench: Bench) -> None:
    bench.control.set("warn_before_danger", value=True)
    assert bench.attempt("wipe", **WORDS)["changed"] is True
    assert bench.control.state(A)["database"]["records"] == []


def test_a_lost_answer_is_not_repeated(bench: Bench) -> None:
    bench.attempt("login_banner", title="Notice", text="Authorized")
    bench.control.reset_counts()
    bench.control.fault("reset", node=A, path="wipe_appliance", when="after")
    result = bench.attempt("wipe", **WORDS)
    bench.helps(result, "nobody can say", "Do not repeat it blindly", kind="outcome_unknown")
    assert bench.writes() == 1


def test_a_mirrored_pair_is_wiped_only_when_that_is_meant(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.refused("wipe", "SYNCHRONIZED", "accept_pair_state", kind="precondition", **WORDS)
    done = bench.attempt("wipe", **WORDS, accept_pair_state=["SYNCHRONIZED"])
    assert (done["changed"], done["wiped"]["name_told_by"]) == (True, "partner")


def test_a_name_that_one_source_does_not_tell_is_taken_from_the_next(bench: Bench) -> None:
    given = {"windows_host": "127.0.0.1", "windows_port": 9, "windows_username": "u", "windows_password": "w-Canary"}
    bench.secrets.add("w-Canary")
    checked = bench.attempt("wipe", check_mode=True, **WORDS, **given)
    assert (checked["changed"], checked["wiped"]["name_told_by"]) == (True, "certificate")
    assert any("could not be read (windows)" in text for text in checked["warnings"])
