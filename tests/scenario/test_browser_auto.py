# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``useries_console_driver``: which driver a run takes, what it says about it, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.browser_bench import BROWSER, Kept, needs_chromium, without_chromium
from tests.scenario.runner_bench import A, B, events, until
from tests.support.playbook import Core, Playbooks, Ran, play, task
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

VERSIONS = {"gather": ["versions"]}
BANNER = {"title": "Notice", "text": "Authorized use only."}
PIP, APT = "pip install playwright", "apt-get install chromium"
READ = play(task("read", "api_key_info"))


@pytest.fixture(scope="module")
def drawn_pair() -> Iterator[Simulated]:
    """A pair whose pages are drawn by scripts."""
    with Simulated(rendering="script") as running:
        yield running


@pytest.fixture
def drawn(drawn_pair: Simulated) -> Simulated:
    """The same, set back to its start."""
    drawn_pair.control.reset()
    return drawn_pair


@pytest.fixture
def scripts(core: Core, drawn: Simulated, tmp_path: Path) -> Playbooks:
    """Runs playbooks against it."""
    return Playbooks(core, drawn.inventory, tmp_path)


def notes(ran: Ran, name: str, host: str = A) -> list[str]:
    """The warnings of a task that are about the driver."""
    return [str(line) for line in ran.result(name, host).get("warnings", []) if "browser" in str(line)]


@needs_chromium
def test_auto_takes_html_where_the_labels_are_in_the_markup(playbooks: Playbooks, simulated: Simulated) -> None:
    gate = playbooks.directory / "go"
    wait = {"name": "wait", "ansible.builtin.wait_for": {"path": str(gate), "sleep": 1}}
    book = play(task("read", "appliance_info", VERSIONS), task("banner", "login_banner", BANNER), wait)
    running = playbooks.start(book, "-e", "useries_console_driver=auto")
    until(lambda: events(running) == 2, running)
    kept = Kept(playbooks)
    gate.touch()
    ran = running.ended().good()
    assert (kept.everything, kept.profiles) == ([], [])
    assert notes(ran, "read") + notes(ran, "banner") == []


@needs_chromium
@pytest.mark.long
def test_auto_changes_to_the_browser_once_and_says_so(scripts: Playbooks, drawn: Simulated) -> None:
    book = play(
        task("read", "api_key_info"),
        task("banner", "login_banner", BANNER),
        task("again", "login_banner", BANNER),
        hosts="useries",
    )
    ran = scripts.run(book).good()
    for host in (A, B):
        assert len(notes(ran, "read", host)) == 1
        assert drawn.nodes[host].url in notes(ran, "read", host)[0]
        assert notes(ran, "banner", host) + notes(ran, "again", host) == []
        assert ran.result("banner", host)["changed"]
        assert not ran.result("again", host)["changed"]
        assert drawn.control.count("login", host, "console") == 1
    assert drawn.control.count("write") == 2


@needs_chromium
def test_a_browser_asked_for_says_nothing(scripts: Playbooks, drawn: Simulated) -> None:
    ran = scripts.run(READ, *BROWSER).good()
    assert notes(ran, "read") == []


@needs_chromium
@pytest.mark.long
def test_check_mode_predicts_in_the_browser_and_writes_nothing(scripts: Playbooks, drawn: Simulated) -> None:
    book = play(task("banner", "login_banner", BANNER))
    checked = scripts.run(book, "--check", "--diff", *BROWSER).good().result("banner")
    assert checked["changed"]
    assert "Authorized use only." in str(checked["diff"])
    assert drawn.control.count("write") == 0
    done = scripts.run(book, *BROWSER).good().result("banner")
    assert done["changed"]
    assert drawn.control.count("write") == 1
    assert not scripts.run(book, *BROWSER).good().result("banner")["changed"]
    assert drawn.control.count("write") == 1


# -- what is missing


def lacking_program(playbooks: Playbooks) -> dict[str, str]:
    """No Chromium on the path."""
    return {"PATH": f"{playbooks.core.bin}:{without_chromium(playbooks.directory / 'bin')}"}


def lacking_library(playbooks: Playbooks) -> dict[str, str]:
    """Playwright cannot be imported."""
    stub = playbooks.directory / "stub" / "playwright"
    stub.mkdir(parents=True)
    (stub / "__init__.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    return {"PYTHONPATH": str(stub.parent)}


def old_program(playbooks: Playbooks) -> dict[str, str]:
    """A Chromium of long ago."""
    folder = without_chromium(playbooks.directory / "bin")
    fake = Path(folder) / "chromium"
    fake.write_text("#!/bin/sh\necho Chromium 90.0.4430.212\n", encoding="utf-8")
    fake.chmod(0o755)
    return {"PATH": f"{playbooks.core.bin}:{folder}"}


Lacking = Callable[[Playbooks], dict[str, str]]
WORDS = [
    pytest.param(lacking_program, "No Chromium is on the path", id="program"),
    pytest.param(lacking_library, "playwright is not installed", id="library"),
    pytest.param(old_program, "is version 90; the browser driver needs 105 or newer", id="old"),
]


@pytest.mark.parametrize(("lacking", "words"), WORDS)
def test_a_browser_asked_for_that_is_not_there(
    playbooks: Playbooks, simulated: Simulated, lacking: Lacking, words: str
) -> None:
    failed = playbooks.run(READ, *BROWSER, environment=lacking(playbooks)).failure("read")
    _names_the_way(failed, words)
    assert simulated.control.count("all") == 0


@pytest.mark.parametrize(("lacking", "words"), WORDS)
def test_auto_on_scripts_says_what_is_missing(
    scripts: Playbooks, drawn: Simulated, lacking: Lacking, words: str
) -> None:
    failed = scripts.run(READ, environment=lacking(scripts)).failure("read")
    _names_the_way(failed, "" if lacking is not old_program else words)
    assert "script" in failed["msg"] or lacking is old_program
    assert drawn.control.count("login") == 0


def _names_the_way(failed: dict[str, Any], words: str) -> None:
    for text in (words, PIP, APT):
        assert text in failed["msg"], failed["msg"]
    assert "Traceback" not in failed["msg"]


def test_html_on_scripts_is_refused_with_the_option(scripts: Playbooks, drawn: Simulated) -> None:
    failed = scripts.run(READ, "-e", "useries_console_driver=html").failure("read")
    assert "useries_console_driver" in failed["msg"]
    assert "script" in failed["msg"]
    assert drawn.control.count("login") == 0


def test_a_driver_that_does_not_exist(playbooks: Playbooks, simulated: Simulated) -> None:
    failed = playbooks.run(READ, "-e", "useries_console_driver=firefox").failure("read")
    for word in ("console_driver", "auto", "html", "browser"):
        assert word in failed["msg"]
    assert simulated.control.count("all") == 0
