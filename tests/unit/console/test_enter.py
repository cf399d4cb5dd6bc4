# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enter in a field, where a section has no button (HTML standard, implicit submission)."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Control,
    Name,
    NeedsBrowser,
    Section,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.console.pages import inner

MENU = [Name(("The Page",))]
PING = Section("page.ping", Name(("Ping",)))
HOST = Control("host", Name(("Host",)), "text")
FIELD = '<label>Host <input name="host"{}></label>'
HIDDEN = '<button type="submit" hidden name="do" value="ping"></button>'


def show(site, driver, ping: str, before: str = "") -> None:
    site.answers["/ping"] = lambda _seen: inner("<h1>The Page</h1><p role='status'>It answers.</p>", 200)
    site.content = (
        f'<form method="post" action="/ping">{before}<section><h2>Ping</h2><input type="hidden" name="token" value="t">'
        f"{ping}</section></form>"
    )
    driver.open(MENU)
    driver.fill(PING, {HOST: "nas"})


@pytest.mark.parametrize(
    ("ping", "sent"),
    [
        (FIELD.format("") + HIDDEN, [("token", "t"), ("host", "nas"), ("do", "ping")]),
        (FIELD.format(""), [("token", "t"), ("host", "nas")]),
        (FIELD.format("") + '<input type="checkbox" name="c">', [("token", "t"), ("host", "nas")]),
        (FIELD.format("") + '<button name="do" value="send">Send</button>',
         [("token", "t"), ("host", "nas"), ("do", "send")]),
    ],
)  # fmt: skip
def test_enter_sends_the_form_by_its_first_button(site, driver, ping, sent) -> None:
    show(site, driver, ping)
    driver.enter(PING, HOST)
    (seen,) = site.writes()
    assert (seen.path, seen.fields) == ("/ping", sent)


@pytest.mark.parametrize(
    "ping",
    [
        FIELD.format("") + '<label>Count <input name="count"></label>',  # two fields and no button: nothing is sent
        FIELD.format("") + '<input value="result" disabled>',
        FIELD.format(' onkeydown="send(event)"') + HIDDEN,
        FIELD.format("") + '<button type="submit" hidden disabled></button>',
        FIELD.format(' form="nowhere"'),
    ],
)
def test_what_only_a_script_can_do_needs_a_browser(site, driver, ping) -> None:
    show(site, driver, ping)
    with pytest.raises(UseriesError) as caught:
        driver.enter(PING, HOST)
    assert isinstance(caught.value, NeedsBrowser)
    assert site.writes() == []


def test_enter_never_presses_the_button_of_another_part(site, driver) -> None:
    show(site, driver, FIELD.format(""), "<section><h2>Power</h2><p>Off</p><button>Shut Down</button></section>")
    with pytest.raises(UseriesError) as caught:
        driver.enter(PING, HOST)
    assert caught.value.kind == "precondition"
    assert "would press 'Shut Down'" in caught.value.message
    assert site.writes() == []
