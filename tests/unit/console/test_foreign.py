# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The drivers on foreign consoles: fields by the header of their column, radio buttons over several rows, messages in
plain paragraphs or under other class names, a way back in a whole sentence."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.console.pages import inner

MENU = [Name(("The Page",))]
ONE = Section("page.one", Name(("Section One",)))
SAVE = Name(("Save",))

TABLE = """<h2>Section One</h2><form method="post" action="/save"><table>
<tr><th>Machine</th><th>City</th><th>Height</th></tr>
<tr><td>a</td><td>Lisbon</td><td>{said}<input name="h1" value="1"></td></tr>
<tr><td>b</td><td>Oslo</td><td><input name="h2" value="2"></td></tr></table><button>Save</button></form>"""


def show(site, driver, content):
    site.content = content
    driver.open(MENU)


def pressed(site, driver, content):
    site.answers["/save"] = lambda _seen: inner(content)
    show(site, driver, "<h2>Section One</h2><form method='post' action='/save'><button>Save</button></form>")
    return driver.press(ONE, SAVE)


def test_a_field_under_a_column_is_called_by_its_header(site, driver):
    height = Control("height", Name(("Height",)), "number")
    show(site, driver, TABLE.format(said=""))
    row = driver.table(ONE, columns=["Machine", "City"])[1]
    assert driver.read(ONE, [height], row=row) == {"height": 2}
    with pytest.raises(UseriesError) as refused:
        driver.fill(ONE, {height: 3})
    assert refused.value.kind == "label_ambiguous"


def test_a_message_at_a_field_under_a_column_is_told_by_the_header(site, driver):
    done = pressed(site, driver, TABLE.format(said='<ul class="errorlist"><li>Too high</li></ul>'))
    assert done.kind == "rejected"
    assert done.fields == {"Height": "Too high"}


def test_radio_buttons_that_fill_several_rows_are_found_by_each(site, driver):
    rows = "".join(
        f"<tr><th>{kind} Devices:</th><td><input type='radio' name='d' id='{kind}' value='{kind}'>"
        f"<label for='{kind}'>{kind} one</label></td></tr>"
        for kind in ("Local", "Remote")
    )
    show(site, driver, f"<h2>Section One</h2><form method='post' action='/save'><table>{rows}</table></form>")
    for label in ("Local Devices", "Remote Devices"):
        assert driver.choices(ONE, Control("d", Name((label,)), "choice")) == ["Local one", "Remote one"]


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        ("<h2>Add</h2><p>The thing was added successfully.</p>", "done", "The thing was added successfully."),
        ("<h2>Add</h2><p>Error:</p><blockquote>No such thing</blockquote>", "rejected", "Error: No such thing"),
        ("<h2>Add</h2><p>Please stand by while it restarts.</p>", "running", "Please stand by while it restarts."),
        ("<h2>Add</h2><p>Things are of many kinds.</p>", "silent", ""),
        ("<h2>Add</h2><p>Names must be short.</p><input name='n'>", "silent", ""),
    ],
)
def test_a_page_without_fields_speaks_by_its_paragraphs(site, driver, content, kind, message):
    done = pressed(site, driver, content)
    assert (done.kind, done.message) == (kind, message)


def test_a_way_back_may_be_a_sentence(site, driver):
    asked = pressed(
        site,
        driver,
        "<h1>Delete</h1><p>Delete the thing?</p><form method='post' action='/gone'>"
        "<input type='submit' value=\"Yes, I'm sure\"> <a href='#'>No, take me back</a></form>",
    )
    assert (asked.kind, asked.message) == ("question", "Delete Delete the thing?")
    driver.confirm()
    assert site.writes()[-1].path == "/gone"


def test_a_bar_of_links_titles_nothing(site, driver):
    links = "<div class='site-header'><ul><li><a href='/a'>Home</a></li><li><a href='/b'>Away</a></li></ul></div>"
    show(site, driver, f"{links}<div class='card-header'>Section One</div><p>Words</p>")
    assert driver.sections() == ["Section One"]


def test_a_page_of_many_links_is_no_banner_whatever_one_is_called(site, driver):
    links = "".join(f"<a href='/{name}'>{name}</a> " for name in ("Home", "Away", "Jobs", "Help", "Queues", "Printers"))
    order = "<h2>Section One</h2><form method='post' action='/save'><button>Save</button></form>"
    site.answers["/save"] = lambda _seen: (
        200,
        {},
        f"<body>{links}<p>Printer <a href='/ok'>OK</a> is there.</p>".encode(),
    )
    show(site, driver, order)
    assert driver.press(ONE, SAVE).kind == "silent"


def test_a_table_of_parameters_and_values_states_facts(site, driver):
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in (("State", "Up"), ("Size", "1 B")))
    show(site, driver, f"<h2>Section One</h2><table><tr><th>Parameter</th><th>Value</th></tr>{rows}</table>")
    assert driver.read(ONE, [Control("s", Name(("State",)), "readonly")]) == {"s": "Up"}


@pytest.mark.parametrize(
    "marks", [("aria-invalid='true'", ""), ("class='is-invalid'", ""), ("", "class='value error'")]
)
def test_a_field_that_is_only_marked_was_refused(site, driver, marks):
    def form(mark, cell):
        return (
            f"<h2>Section One</h2><form method='post' action='/save'><table><tr><td>Host</td><td {cell}>"
            f"<input name='h' {mark}></td></tr><tr><td>Port</td><td><input name='p'></td></tr></table>"
            "<button>Save</button></form>"
        )

    site.answers["/save"] = lambda _seen: inner(form(*marks))
    show(site, driver, form("", ""))
    done = driver.press(ONE, SAVE)
    assert done.kind == "rejected"
    assert list(done.fields) == ["Host"]
    show(site, driver, form(*marks))
    assert driver.press(ONE, SAVE).kind == "silent", "it was marked before"
