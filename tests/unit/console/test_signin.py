# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in, staying in, getting out."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import log_out
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials

MENU = [Name(("The Page",))]


def test_one_sign_in_serves_many_pages(site, driver):
    for _visit in range(3):
        driver.open(MENU)
    assert driver.title() == "The Page"
    assert site.sign_ins == 1


def test_the_next_task_takes_the_session_over(site, session, tmp_path):
    for _task in range(3):
        HtmlDriver(session(directory=tmp_path / "run")).open(MENU)
    assert site.sign_ins == 1


def test_the_banner_is_passed(site, driver):
    site.banner = True
    driver.open(MENU)
    assert driver.title() == "The Page"
    assert site.sign_ins == 1


def test_a_wrong_password_is_refused_once_per_run(site, session, tmp_path):
    for _task in range(2):
        with pytest.raises(UseriesError) as caught:
            HtmlDriver(session("wrong", directory=tmp_path / "run")).open(MENU)
        assert caught.value.kind == "login_refused"
        assert "The user name or password is wrong." in caught.value.message
        assert "in this run" in caught.value.message + caught.value.remedy
        assert "wrong'" not in caught.value.message
    assert site.sign_ins == 1


def test_the_previous_password_is_tried_once(site, session):
    HtmlDriver(session("new", "secret")).open(MENU)
    assert site.sign_ins == 2
    with pytest.raises(UseriesError):
        HtmlDriver(session("new", "older")).open(MENU)
    assert site.sign_ins == 4


def test_a_second_factor_is_said_clearly(site, driver):
    site.second_factor = True
    with pytest.raises(UseriesError) as caught:
        driver.open(MENU)
    assert caught.value.kind == "login_refused"
    assert "second factor" in caught.value.message


def test_an_ended_session_is_renewed_for_reading(site, driver):
    driver.open(MENU)
    site.sessions.clear()
    driver.open(MENU)
    assert driver.title() == "The Page"
    assert site.sign_ins == 2


def test_a_session_is_renewed_before_it_grows_too_old(site, driver, clock):
    driver.open(MENU)
    clock.ahead = 12 * 60 + 1
    driver.open(MENU)
    assert site.sign_ins == 2


def test_renewing_ends(site, driver):
    driver.open(MENU)
    for _time in range(2):
        site.sessions.clear()
        driver.open(MENU)
    site.sessions.clear()
    with pytest.raises(UseriesError) as caught:
        driver.open(MENU)
    assert caught.value.kind == "login_refused"
    assert site.sign_ins == 3


def test_sessions_that_live_out_their_time_are_renewed_without_end(site, driver, clock):
    driver.open(MENU)
    for number in range(1, 6):
        clock.ahead = number * (12 * 60 + 1)
        driver.open(MENU)
    assert site.sign_ins == 6


def test_a_restart_ends_a_session_that_was_not_renewed_in_vain(site, driver):
    """A long wait lives through any number of them: the look that found nobody comes between two sign-ins."""
    driver.open(MENU)
    for number in range(2, 7):
        site.sessions.clear()
        site.starting = True
        with pytest.raises(UseriesError) as caught:
            driver.open(MENU)
        assert caught.value.kind in ("silent", "unreachable")
        site.starting = False
        driver.open(MENU)
        assert site.sign_ins == number


def test_a_write_answered_by_the_sign_in_is_silent_and_not_repeated(site, driver):
    site.content = '<section><h2>One</h2><form method="post" action="/save"><button>Save</button></form></section>'
    driver.open(MENU)
    site.sessions.clear()
    with pytest.raises(UseriesError) as caught:
        driver.press(Section("one", Name(("One",))), Name(("Save",)))
    assert caught.value.kind == "silent"
    assert [one.path for one in site.writes()] == ["/save"]


def test_a_write_answered_by_the_banner_before_the_sign_in_is_silent(site, driver):
    site.content = '<section><h2>One</h2><form method="post" action="/save"><button>Save</button></form></section>'
    driver.open(MENU)
    site.banner = True
    site.sessions.clear()
    with pytest.raises(UseriesError) as caught:
        driver.press(Section("one", Name(("One",))), Name(("Save",)))
    assert caught.value.kind == "silent"
    assert "the session ended" in caught.value.message


def test_saved_sessions_are_logged_out_at_the_end(site, session, tmp_path):
    HtmlDriver(session(directory=tmp_path / "run")).open(MENU)
    assert len(site.sessions) == 1
    for saved in SessionStore(tmp_path / "run", Clock()).all():
        assert log_out(saved, Clock())
    assert site.sessions == set()


def test_a_session_can_leave(site, session):
    made = session()
    HtmlDriver(made).open(MENU)
    made.leave()
    assert site.sessions == set()


def test_a_site_without_sign_in_says_what_is_there(site, session):
    site.sessions.add("")
    made = session()
    made.http.cookies.clear()
    with pytest.raises(UseriesError) as caught:
        HtmlDriver(made).open(MENU)
    assert caught.value.kind == "unexpected"
    assert "The Page" in caught.value.message


# -- another address to sign in at

STARTS = ("/Maintenance", "/appliance")
GONE = (404, {}, b"<html><body><h1>Not Found</h1></body></html>")
LEADS_ON = (302, {"Location": "/appliance"}, b"")


@pytest.mark.parametrize("moved", [GONE, LEADS_ON], ids=["gone", "leads on"])
def test_the_next_address_is_taken_when_the_first_is_gone(site, session, tmp_path, clock, moved):
    site.moved = moved
    first = session(starts=STARTS, directory=tmp_path / "run")
    HtmlDriver(first).open(MENU)
    assert first.start == "/appliance"
    second = session(starts=STARTS, directory=tmp_path / "run")
    HtmlDriver(second).open(MENU)  # taken over: it begins where the first one signed in
    assert second.start == "/appliance"
    assert site.sign_ins == 1
    assert [one.path for one in site.seen].count("/Maintenance") == 1
    saved = SessionStore(tmp_path / "run", clock).all()
    assert [(one.start, log_out(one, clock)) for one in saved] == [("/appliance", True)]
    assert not site.sessions


def test_an_address_that_is_not_allowed_is_not_tried(site, session):
    site.moved = GONE
    with pytest.raises(UseriesError) as caught:
        HtmlDriver(session()).open(MENU)
    assert "at /Maintenance;" in caught.value.message
    assert "console_profile" in caught.value.remedy
    assert [one.path for one in site.seen] == ["/Maintenance"]


def test_a_failing_sign_in_page_is_not_left_for_another(site, session):
    site.moved = (503, {}, b"<html><body><h1>Starting</h1></body></html>")
    with pytest.raises(UseriesError) as caught:
        HtmlDriver(session(starts=STARTS)).open(MENU)
    assert caught.value.kind == "silent"
    assert [one.path for one in site.seen] == ["/Maintenance"]


def test_the_menus_after_the_sign_in_cost_no_request(site, driver):
    assert "The Page" in driver.navigation()
    before = len(site.seen)
    driver.open(MENU)
    assert len(site.seen) == before + 1
    driver.leave()
    assert not site.sessions
    assert driver.navigation()
    assert site.sign_ins == 2


def test_a_task_that_took_the_session_over_asks_for_the_menus(site, session, tmp_path):
    for _task in range(2):
        assert "The Page" in HtmlDriver(session(directory=tmp_path / "run")).navigation()
    assert site.sign_ins == 1


def test_which_password_was_let_in_is_known_to_later_tasks(site, session, tmp_path):
    for _task in range(2):
        opened = session("new", "secret", directory=tmp_path / "run")
        HtmlDriver(opened).open(MENU)
        store = SessionStore(tmp_path / "run", opened.clock)
        key = store.key(opened.http.target, Credentials("admin", "new"), surface="console")
        assert store.by_previous(key)
    assert site.sign_ins == 2
    assert not store.by_previous(store.key(opened.http.target, Credentials("admin", "secret"), surface="console"))


def test_a_previous_password_that_is_the_same_is_not_tried_again(site, session):
    with pytest.raises(UseriesError):
        HtmlDriver(session("wrong", "wrong")).open(MENU)
    assert site.sign_ins == 1
