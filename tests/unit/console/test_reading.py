# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding sections and controls in the many ways markup titles and labels them."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name, Scale, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

MENU = [Name(("The Page",))]
ONE = Section("page.one", Name(("Section One",)))
OTHER = '<div class="card"><h2>Other</h2><form><label>Host name <input name="h" value="other"></label></form></div>'


def control(label, kind="text", **more):
    return Control("page.one.it", Name((label,)), kind, **more)


def show(site, driver, content):
    site.content = "<h1>The Page</h1>" + content
    driver.open(MENU)


def section(body):
    form = f'<form method="post" action="/save">{body}<button>Save</button></form>'
    return f'<div class="card"><h2>Section One</h2>{form}</div>'


LABELLED = {
    "for": '<label for="a">Host name</label><input id="a" name="h" value="v1">',
    "wrapping": '<label>Host name <input name="h" value="v1"></label>',
    "aria-label": '<input aria-label="HOST NAME *" name="h" value="v1">',
    "aria-labelledby": '<span id="x">Host</span><i id="y">name:</i><input aria-labelledby="x y" name="h" value="v1">',
    "row header": '<table><tr><th>Host name</th><td><input name="h" value="v1"></td></tr></table>',
    "two cells": '<table><tr><td>Host&nbsp;name:</td><td><div><input name="h" value="v1"></div></td></tr></table>',
    "column": "<table><tr><th>Host name</th><th>Port</th></tr>"
    '<tr><td><input name="h" value="v1"></td><td><input name="p"></td></tr></table>',
    "term": '<dl><dt>Host name</dt><dd><input name="h" value="v1"></dd><dt>Port</dt><dd><input></dd></dl>',
    "words before": '<p>Host name: <input name="h" value="v1"></p>',
    "element before": '<div><div>Host name</div><div><input name="h" value="v1"></div></div>',
    "title": '<p><input title="Host name" name="h" value="v1"></p>',
    "placeholder": '<p><input placeholder="Host name" name="h" value="v1"></p>',
}


@pytest.mark.parametrize("way", LABELLED)
def test_a_text_field_is_found_by_its_label(site, driver, way):
    show(site, driver, section('<p>Port <input name="z" value="9"></p>' + LABELLED[way]) + OTHER)
    assert driver.read(ONE, [control("Host name")]) == {"page.one.it": "v1"}


DECOYS = [
    '<div style="display: none"><label>Host name <input name="no" value="decoy"></label></div>',
    '<template><label>Host name <input name="no" value="decoy"></label></template>',
    '<div hidden><label>Host name <input name="no" value="decoy"></label></div>',
    '<script>var x = "<label>Host name</label>"</script>',
    '<p class="help">How Host name works is told elsewhere.</p>',
]


@pytest.mark.parametrize("decoy", DECOYS)
def test_what_nobody_sees_does_not_count(site, driver, decoy):
    show(site, driver, section(decoy + LABELLED["for"]) + OTHER)
    assert driver.read(ONE, [control("Host name")]) == {"page.one.it": "v1"}


TOGGLES = {
    "checkbox": '<label for="a">FIPS State (Yes)</label><input type="checkbox" id="a" name="f" checked>',
    "words after": '<p><input type="checkbox" name="f" checked> FIPS State</p>',
    "state after": '<label><input type="checkbox" name="f" checked> FIPS State <span>Yes</span></label>',
    "switch": '<span id="l">FIPS State</span><button type="button" role="switch" aria-checked="true" '
    'aria-labelledby="l"></button><input type="hidden" name="f" value="True">',
    "select": '<label>FIPS State <select name="f"><option value="1" selected>Yes</option><option value="0">No</option>'
    "</select></label>",
    "radio": "<fieldset><legend>FIPS State</legend>"
    '<label><input type="radio" name="f" value="1" checked> Enabled</label>'
    '<label><input type="radio" name="f" value="0"> Disabled</label></fieldset>',
    "radio words": '<p>FIPS State: <input type="radio" name="f" value="1" checked> Yes '
    '<input type="radio" name="f" value="0"> No</p>',
}


@pytest.mark.parametrize("way", TOGGLES)
def test_a_toggle_is_read_and_turned(site, driver, way):
    show(site, driver, section(TOGGLES[way]) + OTHER)
    toggle = control("FIPS State", "toggle")
    assert driver.read(ONE, [toggle]) == {"page.one.it": True}
    driver.fill(ONE, {toggle: False})
    assert driver.read(ONE, [toggle]) == {"page.one.it": False}
    driver.press(ONE, Name(("Save",)))
    sent = dict(site.writes()[-1].fields)
    assert sent.get("f", "0") in ("0", "False")


FACTS = {
    "disabled": '<label>State <input disabled value="Active"></label>',
    "output": '<label for="o">State</label><output id="o">Active</output>',
    "term": "<dl><dt>State:</dt><dd>Active</dd></dl>",
    "cells": "<table><tr><th>State</th><td>Active</td></tr></table>",
    "bold": "<p><b>State:</b> Active</p>",
    "line": "<p>State: Active</p>",
    "spans": "<div><span>State</span> <span>Active</span></div>",
    "named": '<span id="s">State</span><span aria-labelledby="s">Active</span>',
}


@pytest.mark.parametrize("way", FACTS)
def test_what_is_only_shown_can_be_read(site, driver, way):
    show(site, driver, section(FACTS[way]))
    assert driver.read(ONE, [control("State", "readonly")]) == {"page.one.it": "Active"}


TITLED = {
    "heading": "<div><h3>Section One</h3>{body}</div>",
    "flat": "<h2>Section One</h2>{body}<h2>Next</h2><p>Host name <input value='next'></p>",
    "legend": "<fieldset><legend>SECTION ONE</legend>{body}</fieldset>",
    "role": '<div><div role="heading" aria-level="2">Section&nbsp;One</div>{body}</div>',
    "region": '<section aria-label="Section One">{body}</section>',
    "labelledby": '<div role="region" aria-labelledby="t"><p id="t"><b>Section One</b></p>{body}</div>',
    "card": '<div class="card"><div class="card-header">Section One</div><div class="card-body">{body}</div></div>',
    "bold": "<div><p><b>Section One</b></p>{body}</div>",
    "summary": "<details open><summary>Section One</summary>{body}</details>",
    "caption": "<div><table><caption>Section One</caption>"
    "<tr><th>Host name</th><td><input value='v1'></td></tr></table>"
    "<button>Save</button></div>",
}


@pytest.mark.parametrize("way", TITLED)
def test_a_section_is_found_by_its_title(site, driver, way):
    body = "<form><p>Host name <input name='h' value='v1'></p><button>Save</button></form>"
    show(site, driver, OTHER + TITLED[way].format(body=body) + OTHER.replace("Other", "Last"))
    assert driver.read(ONE, [control("Host name")]) == {"page.one.it": "v1"}
    assert driver.buttons(ONE) == ["Save"]


def test_a_guessed_title_gives_way_to_the_anchor(site, driver):
    show(site, driver, OTHER + section(LABELLED["for"]).replace("Section One", "Really called this"))
    assert not driver.has(ONE)
    anchored = Section("page.one", Name(("Section One",), guessed=True), anchor=Name(("Save",)))
    assert driver.read(anchored, [control("Host name")]) == {"page.one.it": "v1"}
    stated = Section("page.one", Name(("Section One",)), anchor=Name(("Save",)))
    assert not driver.has(stated)


def test_a_missing_label_lists_what_is_there(site, driver):
    show(site, driver, section(LABELLED["for"]))
    with pytest.raises(UseriesError) as caught:
        driver.read(ONE, [control("Port number", "number")])
    error = caught.value
    assert error.kind == "label_missing"
    assert "Host name" in error.candidates
    assert "The Page" in error.message and "Section One" in error.message
    assert "page.one.it" in error.remedy and "useries_console_labels" in error.remedy


def test_a_label_that_stands_twice_is_refused(site, driver):
    show(site, driver, section(LABELLED["for"] + LABELLED["wrapping"]))
    with pytest.raises(UseriesError) as caught:
        driver.read(ONE, [control("Host name")])
    assert caught.value.kind == "label_ambiguous"


def test_a_section_that_stands_twice_is_refused(site, driver):
    show(site, driver, section("<p>a</p>") + section("<p>b</p>"))
    with pytest.raises(UseriesError) as caught:
        driver.has(ONE)
    assert caught.value.kind == "label_ambiguous"


def test_the_sole_control_of_its_kind_is_found_only_when_that_is_allowed(site, driver):
    show(site, driver, section('<p>Turn it on <input type="checkbox" name="f" checked></p><p>Port <input></p>'))
    assert driver.read(ONE, [control("HSTS", "toggle", sole=True)]) == {"page.one.it": True}
    with pytest.raises(UseriesError):
        driver.read(ONE, [control("HSTS", "toggle")])


def test_a_page_title_is_no_rival_of_a_section_called_the_same(site, driver):
    show(site, driver, section(LABELLED["for"]).replace("Section One", "The Page"))
    assert driver.read(Section("s", Name(("The Page",))), [control("Host name")]) == {"page.one.it": "v1"}


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ('<input id="a" type="range" name="h" min="10" max="90" step="5" value="50">', Scale(10, 90, 5)),
        ('<input id="a" type="number" name="h" min="0" value="50">', Scale(0, None, None)),
        ('<input id="a" name="h" value="50">', Scale()),
        (
            '<div id="a" role="slider" tabindex="0" aria-valuemin="0" aria-valuemax="100" aria-valuenow="50"></div>',
            Scale(0, 100, None),
        ),
    ],
)
def test_a_slider_tells_its_scale(site, driver, markup, wanted):
    show(
        site, driver, section(f'<label for="a" id="l">Level</label>{markup}'.replace("<div", '<div aria-label="Level"'))
    )
    assert driver.scale(ONE, control("Level", "slider")) == wanted


def test_choices_are_their_visible_texts(site, driver):
    show(
        site,
        driver,
        section(
            '<label>Mode <select name="m"><option value="1">High&nbsp;safety</option>'
            '<option value="2" selected>High performance</option></select></label>'
        ),
    )
    mode = control("Mode", "choice")
    assert driver.choices(ONE, mode) == ["High safety", "High performance"]
    assert driver.read(ONE, [mode]) == {"page.one.it": "High performance"}
    with pytest.raises(UseriesError) as caught:
        driver.fill(ONE, {mode: "Medium"})
    assert caught.value.kind == "invalid"
    assert caught.value.candidates == ("High safety", "High performance")


def test_numbers_lists_and_tables(site, driver):
    show(
        site,
        driver,
        section(
            '<label>Age <input type="number" name="a" value="600" min="1" max="900"></label>'
            "<table><thead><tr><th>Name</th><th>Path</th><th></th></tr></thead><tbody>"
            "<tr><td>A</td><td>C:\\A</td><td><button name='d' value='1' aria-label='Delete'></button></td></tr>"
            "<tr><td>B</td><td>D:\\B</td><td><button name='d' value='2'><img alt='Delete'></button></td></tr>"
            "</tbody></table>"
        ),
    )
    assert driver.read(ONE, [control("Age", "number")]) == {"page.one.it": 600}
    assert driver.table(ONE, columns=["NAME", "path"]) == [
        {"NAME": "A", "path": "C:\\A"},
        {"NAME": "B", "path": "D:\\B"},
    ]
    assert driver.read(ONE, [control("Rows", "list")])["page.one.it"] == ["A | C:\\A | ", "B | D:\\B | "]
    with pytest.raises(UseriesError) as caught:
        driver.fill(ONE, {control("Age", "number"): 901})
    assert caught.value.kind == "invalid"
    driver.press(ONE, Name(("Delete",)), row={"Name": "B"}, destructive=True)
    assert ("d", "2") in site.writes()[-1].fields
    with pytest.raises(UseriesError) as caught:
        driver.press(ONE, Name(("Delete",)), row={"Name": "C"}, destructive=True)
    assert caught.value.kind == "precondition"


def test_a_page_that_is_not_in_the_menu(site, driver):
    with pytest.raises(UseriesError) as caught:
        driver.open([Name(("Nowhere",))])
    assert caught.value.kind == "label_missing"
    assert "The Page" in caught.value.candidates


def test_a_control_called_like_its_section_is_no_rival_of_it(site, driver):
    group = (
        '<fieldset><legend>Section One (Enabled)</legend><label><input type="radio" name="f" value="1" checked> Enabled'
        '</label><label><input type="radio" name="f" value="0"> Disabled</label></fieldset>'
    )
    show(site, driver, section(group))
    assert driver.buttons(ONE) == ["Save"]
    assert driver.read(ONE, [control("Section One", "toggle")]) == {"page.one.it": True}
    assert driver.sections() == ["The Page", "Section One"]
    show(site, driver, section(group.replace("Section One", "Group")))
    assert driver.sections() == ["The Page", "Section One"]
    assert driver.sections(every=True) == ["The Page", "Section One", "Group (Enabled)"]


def test_columns_that_one_can_sort_by(site, driver):
    heads = "".join(f"<th><button type='button'>{name}</button></th>" for name in ("Name", "Path"))
    show(site, driver, section(f"<table><tr>{heads}</tr><tr><td>A</td><td>C:</td></tr></table>"))
    assert driver.table(ONE, columns=["Name"]) == [{"Name": "A", "Path": "C:"}]
