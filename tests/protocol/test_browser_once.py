# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An order that breaks off is sent once, by a form or by a script: Chromium alone would send it a second time."""

from __future__ import annotations

import shutil
import time

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.one_page import BACKUPS, OnePage
from tests.protocol.trust_bench import Answer

pytestmark = pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on the path")

PATH = Control("path", Name(("Path",)), "text")
BUTTONS = {
    "form": '<form method=post action="/order"><button>Create Backup</button></form>',
    "script": """<button onclick="fetch('/order', {method: 'POST', body: 'now'})">Create Backup</button>""",
}


def breaks_off() -> Answer:
    """The request is taken, and the connection closed without a word."""
    raise ConnectionResetError


@pytest.mark.parametrize("kind", BUTTONS)
@pytest.mark.parametrize("attempt", range(2))
def test_an_order_that_breaks_off_is_sent_once(page: OnePage, kind: str, attempt: int) -> None:
    page.show(BUTTONS[kind], breaks_off)
    with pytest.raises(UseriesError) as caught:
        page.press("Create Backup")
    assert caught.value.kind == "silent"
    assert page.orders() == 1


POSTS = """fetch('/order', {{method: 'POST'}}).then((answer) => answer.text()).then((text) => {{
said.textContent = text }})"""


@pytest.mark.parametrize("kind", BUTTONS)
def test_an_answer_that_takes_its_time_is_waited_for(page: OnePage, kind: str) -> None:
    def slow() -> Answer:
        time.sleep(4)
        return Answer(
            200, "<p role=alert class=error>It was used before.</p>" if kind == "form" else "It was used before."
        )

    inside = {
        "form": BUTTONS["form"],
        "script": f'<button onclick="{POSTS.format()}">Create Backup</button><p id=said role=alert class=error></p>',
    }
    page.show(inside[kind], slow)
    outcome = page.press("Create Backup")
    assert (outcome.kind, outcome.message) == ("rejected", "It was used before.")
    assert page.orders() == 1


@pytest.mark.parametrize("kind", BUTTONS)
def test_an_answer_that_does_not_come_is_an_unknown_outcome(page: OnePage, kind: str) -> None:
    def never() -> Answer:
        time.sleep(20)
        return Answer(200, "")

    page.show(BUTTONS[kind], never)
    with pytest.raises(UseriesError) as caught:
        page.press("Create Backup", timeout=5)
    assert caught.value.kind == "silent"
    assert "Read the state" in caught.value.remedy
    assert page.orders() == 1


def test_words_before_the_answer_are_not_the_outcome(page: OnePage) -> None:
    def slow() -> Answer:
        time.sleep(4)
        return Answer(200, "It was used before.")

    inside = f"""<button onclick="said.textContent = 'One moment'; {POSTS.format()}">Create Backup</button>
<p id=said role=alert></p>"""
    page.show(inside, slow)
    assert page.press("Create Backup").message.startswith("It was used before.")


def test_looking_for_something_sends_no_form(page: OnePage) -> None:
    inside = '<form method=post action="/order"><button aria-expanded=false>More</button></form>'
    page.show(inside)
    assert not page.driver.has(Section("none", Name(("Nothing like it",))))
    assert page.orders() == 0


@pytest.mark.parametrize("trouble", [500, 503, "broken"])
def test_a_part_of_the_page_that_does_not_come_is_named_where_something_is_missed(
    page: OnePage, trouble: int | str
) -> None:
    answer = breaks_off if trouble == "broken" else lambda: Answer(int(trouble), "no")
    inside = """<label>Path <input name=p value="C:"></label><h3>Files</h3><table><tr><th>Name</th></tr></table>
<script>fetch('/order').then(() => 0, () => 0)</script>"""
    page.show(inside, answer)
    assert page.driver.read(BACKUPS, [PATH]) == {"path": "C:"}  # a page can do without others
    for missed in (Control("files", Name(("Files",)), "list"), Control("size", Name(("Size",)), "readonly")):
        with pytest.raises(UseriesError) as caught:
            page.driver.read(BACKUPS, [missed])
        assert "/order, a part of this page" in caught.value.message
        assert caught.value.kind == ("failed" if trouble == 500 else "silent")


def test_a_window_of_its_own_is_none(page: OnePage) -> None:
    """A form that opens a window: its order is sent once, and its answer is seen."""
    inside = '<form method=post action="/order" target=_blank><button>Create Backup</button></form>'
    page.show(inside, lambda: Answer(200, "<p role=status>The backup was created.</p>"))
    assert page.press("Create Backup").message == "The backup was created."
    assert page.orders() == 1


def test_a_look_that_breaks_off_after_a_press_is_no_refusal(page: OnePage) -> None:
    """A script fetches the file and words the trouble in its own way."""
    fetch = "fetch('/order').catch(() => { said.textContent = 'The console does not answer.' })"
    inside = f'<button onclick="{fetch}">Download</button><p id=said role=alert></p>'
    page.show(inside, breaks_off)
    with pytest.raises(UseriesError) as caught:
        page.press("Download")
    assert caught.value.kind == "silent"
    assert "broke off this step" in caught.value.message
