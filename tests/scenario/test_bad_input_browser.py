# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consoles that behave oddly, in both drivers and both renderings: words name the next step, nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.browser_bench import BROWSER, needs_chromium
from tests.scenario.runner_bench import events, until
from tests.support.playbook import Core, Playbooks, play, task
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

BANNER = {"title": "Notice", "text": "Authorized use only."}
SAVE = "general_settings.pre_login_banner.update_banner"


@pytest.fixture(scope="module")
def renderings() -> Iterator[dict[str, Simulated]]:
    """A pair of each rendering."""
    with Simulated(rendering="html") as html, Simulated(rendering="script") as script:
        yield {"html": html, "script": script}


@pytest.fixture(
    params=[
        "html-html",
        pytest.param("browser-html", marks=needs_chromium),
        pytest.param("browser-script", marks=needs_chromium),
    ]
)
def way(request: pytest.FixtureRequest, renderings: dict[str, Simulated], tmp_path: Path) -> Bench:
    """Tasks with one of the drivers on one of the renderings."""
    driver, _dash, rendering = request.param.partition("-")
    bench = Bench(renderings[rendering], tmp_path)
    bench.control.reset()
    bench.control.labels(hide=[], duplicate=[])
    for own in bench.inventory.values():
        own["useries_console_driver"] = driver
    return bench


def test_a_captcha_is_for_a_person(way: Bench) -> None:
    way.control.oddity("captcha")
    words = "captcha", "Nothing was typed", "Sign in with a browser as this user once", "start a new run"
    way.refused("login_banner", *words, kind="login_refused", **BANNER)
    assert way.control.count("login") == 0
    way.refused("login_banner", "Not tried again in this run", kind="login_refused", **BANNER)


def test_a_second_factor_is_for_a_person(way: Bench) -> None:
    way.control.oddity("second_factor")
    way.refused("login_banner", "second factor", "without RADIUS", kind="login_refused", **BANNER)
    posts = [entry for entry in way.control.log(A) if entry["method"] == "POST" and entry["what"] == "sign_in"]
    way.refused("login_banner", "Not tried again in this run", kind="login_refused", **BANNER)
    again = [entry for entry in way.control.log(A) if entry["method"] == "POST" and entry["what"] == "sign_in"]
    assert len(again) == len(posts)


def test_a_page_that_covers_everything_is_closed(way: Bench) -> None:
    way.control.oddity("cover")
    assert way.attempt("login_banner", **BANNER)["changed"] is True
    assert way.control.state(A)["banner"] == list(BANNER.values())


@pytest.mark.long
def test_a_page_that_never_ends_is_given_up(way: Bench) -> None:
    assert way.attempt("login_banner", check_mode=True, **BANNER)["changed"] is True
    way.control.oddity("endless")
    writes = way.writes()
    result = way.attempt("login_banner", timeout=5, **BANNER)
    assert result.get("failed") or result.get("unreachable"), result
    assert "5 seconds" in result["msg"] or "in time" in result["msg"], result["msg"]
    assert result["error"]["remedy"]
    assert way.writes() == writes


@pytest.mark.long
def test_a_wrong_password_is_tried_once_in_a_run(way: Bench) -> None:
    way.secrets.add("wrong-Canary")
    words = "refused the user 'administrator'", "incorrect", "not tried again", "useries_password"
    way.refused("login_banner", *words, kind="login_refused", **BANNER, password="wrong-Canary")
    for _time in range(2):
        words = "Not tried again in this run", "incorrect", "locked"
        way.refused("login_banner", *words, kind="login_refused", **BANNER, password="wrong-Canary")
    assert way.control.count("login") == 1


@pytest.mark.long
def test_the_previous_password_is_tried_once(way: Bench) -> None:
    way.secrets |= {"wrong-Canary", "old-Canary"}
    wrong = {"password": "wrong-Canary", "previous_password": "old-Canary"}
    for _time in range(2):
        way.refused("login_banner", "and the previous password", kind="login_refused", **BANNER, **wrong)
    assert way.control.count("login") == 2
    right = {"password": "other-Canary", "previous_password": way.inventory[A]["useries_password"]}
    way.secrets.discard(right["previous_password"])
    result = way.attempt("login_banner", check_mode=True, **BANNER, **right)
    assert result["changed"] is True, result


@pytest.mark.long
def test_a_session_that_ends_between_fill_and_press(way: Bench) -> None:
    way.control.fault("expire_session", node=A, path=SAVE, method="POST")
    result = way.attempt("login_banner", **BANNER)
    assert way.control.state(A)["banner"] == ["", ""]
    way.helps(result, "again", kind=result["error"]["kind"])
    assert result["error"]["kind"] == "outcome_unknown"
    assert way.attempt("login_banner", **BANNER)["changed"] is True


# -- between two tasks of a run: the browser lives on, its session does not


@pytest.fixture(params=["html", "script"])
def drawn(request: pytest.FixtureRequest, renderings: dict[str, Simulated]) -> Simulated:
    """One of the renderings, set back to its start."""
    pair = renderings[request.param]
    pair.control.reset()
    return pair


@needs_chromium
@pytest.mark.parametrize(("minutes", "logins"), [(5, 1), (13, 2), (30, 2)])
@pytest.mark.long
def test_a_session_that_grew_old_between_two_tasks_is_renewed(
    core: Core, drawn: Simulated, tmp_path: Path, minutes: int, logins: int
) -> None:
    """Renewed by age after 12 minutes: the console ends it after 14. The time of this machine cannot be moved, so that
    only what the console does is tested for ages between."""
    gate = tmp_path / "go"
    wait: dict[str, Any] = {"name": "wait", "ansible.builtin.wait_for": {"path": str(gate), "sleep": 1}}
    playbooks = Playbooks(core, drawn.inventory, tmp_path)
    book = play(task("banner", "login_banner", BANNER), wait, task("again", "login_banner", {**BANNER, "text": "x"}))
    running = playbooks.start(book, *BROWSER)
    until(lambda: events(running) == 1, running, 60)
    drawn.control.advance_real(minutes * 60)
    gate.touch()
    ran = running.ended(90).good()
    assert ran.result("again")["changed"]
    assert drawn.control.count("login", A, "console") == (logins if minutes > 14 else 1)
    assert drawn.control.count("write") == 2
