# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page says is judged as a person judges it: by its words, and by its colour where these tell nothing; what is
shown already is not hidden by a press."""

from __future__ import annotations

import shutil

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name, Section
from tests.protocol.one_page import BACKUPS, OnePage

pytestmark = pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on the path")

SAY = """<button onclick="const one = document.createElement('div'); one.setAttribute('role', 'alert');
one.style.cssText = '{style}'; one.textContent = '{text}'; said.append(one); {then}">Create Backup</button>
<div id=said></div>"""
NEUTRAL = "Port 1433 is in use on UVM-1A."


@pytest.mark.parametrize(
    ("style", "text", "kind"),
    [
        ("color: #a01b12", NEUTRAL, "rejected"),
        ("background: #fdecea; color: #222", NEUTRAL, "rejected"),
        ("border-left: 4px solid crimson; color: #444", NEUTRAL, "rejected"),
        ("color: hsl(130, 60%, 25%)", NEUTRAL, "done"),
        ("color: #333; background: #eee", NEUTRAL, "done"),
        ("color: #a01b12; background: #e8f8ec", "The backup could not be made.", "rejected"),
        ("color: #333", "The backup could not be made.", "rejected"),
        ("color: #1a6b2f; background: #e8f8ec", "The backup could not be made.", "rejected"),
        ("color: #ff5500", NEUTRAL, "done"),
        ("color: #a01b12", "The backup was made successfully.", "done"),
    ],
)
def test_the_colour_tells_where_the_words_do_not(page: OnePage, style: str, text: str, kind: str) -> None:
    page.show(SAY.format(style=style, text=text, then=""))
    outcome = page.press("Create Backup")
    assert (outcome.kind, outcome.message) == (kind, text)


def test_what_vanishes_keeps_its_colour(page: OnePage) -> None:
    inside = SAY.format(style="color: #a01b12", text=NEUTRAL, then="setTimeout(() => one.remove(), 300)")
    page.show(inside)
    outcome = page.press("Create Backup")
    assert (outcome.kind, outcome.message) == ("rejected", NEUTRAL)


@pytest.mark.parametrize(
    "order",
    [
        "<a href=\"javascript:void setTimeout(() => {{ said.textContent = '{text}' }}, 500)\">Create Backup</a>",
        """<button onclick="setTimeout(() => {{ said.textContent = '{text}' }}, 500)">Create Backup</button>""",
        "<button>Create Backup</button><script>document.querySelector('button').addEventListener('click', () =>"
        "setTimeout(() => {{ said.textContent = '{text}' }}, 500))</script>",
    ],
)
def test_what_a_script_says_late_is_waited_for(page: OnePage, order: str) -> None:
    """Only a page without any script is taken as it is at once."""
    page.show(order.format(text=NEUTRAL) + "<div id=said role=alert style='color: #a01b12'></div>")
    outcome = page.press("Create Backup")
    assert (outcome.kind, outcome.message) == ("rejected", NEUTRAL)


def test_menus_that_are_drawn_once_more_can_be_walked(page: OnePage) -> None:
    """What was seen a moment ago is then no longer on the page."""
    page.show(
        "<button>Create Backup</button><script>const nav = document.querySelector('nav'), begin = Date.now();"
        "const again = setInterval(() => { nav.innerHTML = nav.innerHTML;"
        "if (Date.now() - begin > 2500) clearInterval(again) }, 140)</script>"
    )
    assert page.driver.buttons(BACKUPS) == ["Create Backup"]


def test_a_dialog_that_a_menu_opens_is_opened_by_the_menu_each_time(page: OnePage) -> None:
    """Its address is that of the page behind it, where the dialog is closed."""
    page.show(
        "<nav><a href='#s' onclick='options.hidden = false'>Settings</a></nav>"
        "<section id=options hidden><h2>Options</h2><button onclick='options.hidden = true'>Close</button></section>"
    )
    options = Section("options", Name(("Options",)))
    for _time in range(2):
        page.driver.open([Name(("Maintenance",)), Name(("Settings",))])
        assert page.driver.buttons(options) == ["Close"]
        page.driver.press(options, Name(("Close",)))


def test_what_is_unfolded_already_stays_so(page: OnePage) -> None:
    inside = """<div role=alert class=error><span>The exchange failed.</span><button type=button aria-expanded=true
aria-controls=more onclick="more.hidden = !more.hidden; this.setAttribute('aria-expanded', !more.hidden)"
>Show/Hide Results</button><pre id=more>The clocks differ.</pre></div>"""
    page.show(inside)
    for _time in range(2):
        outcome = page.press("Show/Hide Results")
        assert outcome.details == "The clocks differ."


def test_what_is_hidden_and_not_removed_was_said(page: OnePage) -> None:
    inside = SAY.format(style="color: #a01b12", text=NEUTRAL, then="setTimeout(() => one.hidden = true, 300)")
    page.show(inside)
    assert page.press("Create Backup").kind == "rejected"


def test_a_message_below_a_heading_belongs_to_its_field(page: OnePage) -> None:
    inside = """<button onclick="said.textContent = 'Choose one that was not used before.'">Save</button>
<div><h3>Password</h3><label>New password <input type=password></label><span role=alert id=said></span></div>"""
    page.show(inside)
    outcome = page.press("Save")
    assert (outcome.kind, outcome.fields) == (
        "rejected",
        {"New password": "Choose one that was not used before."},
    )


def test_a_question_of_the_browser_is_met_whatever_the_page_says(page: OnePage) -> None:
    order = "fetch('/order', {method: 'POST'}).then(() => said.textContent = 'Started')"
    inside = f"""<button onclick="if (confirm('Really?')) {order}; else said.textContent = 'Not today'">Restart</button>
<p role=status id=said></p>"""
    page.show(inside)
    asked = page.press("Restart")
    assert (asked.kind, asked.message) == ("question", "Really?")
    assert page.orders() == 0
    assert page.driver.confirm().message == "Started"
    assert page.orders() == 1


def test_what_the_browser_is_made_to_say_is_the_outcome(page: OnePage) -> None:
    inside = "<button onclick=\"alert('The backup failed: the disk is full.')\">Create Backup</button>"
    page.show(inside)
    outcome = page.press("Create Backup")
    assert (outcome.kind, outcome.message) == ("failed", "The backup failed: the disk is full.")
