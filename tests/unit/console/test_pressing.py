# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a press sends, and what is made of the answer."""

from __future__ import annotations

import stat

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.console.pages import inner, page

MENU = [Name(("The Page",))]
ONE = Section("page.one", Name(("Section One",)))
SAVE = Name(("Save",))
HOST = Control("host", Name(("Host",)), "text")

FORM = """<div class="card"><h2>Section One</h2><form method="post" action="/save{more}" {attributes}>
<input type="hidden" name="token" value="abc"><label>Host <input name="host" value="h0"></label>
<label>Note <textarea name="note">a
b</textarea></label><label><input type="checkbox" name="tick"> Tick</label>
<label>Mode <select name="mode"><option value="1">One</option><option value="2" selected>Two</option></select></label>
<input name="off" value="x" disabled>{extra}
<button name="act" value="save">Save</button><button name="act" value="drop" {drop}>Drop it all</button></form></div>
<div class="card"><h2>Other</h2><form method="post" action="/other"><input name="y" value="1">
<button>Save</button></form></div>
"""


def show(site, driver, extra="", attributes="", drop=""):
    site.content = FORM.format(extra=extra, attributes=attributes, drop=drop, more="")
    driver.open(MENU)


def answer(site, driver, content, status=200):
    site.answers["/save"] = lambda _seen: inner(content, status)
    show(site, driver)
    return driver.press(ONE, SAVE)


def test_a_press_sends_what_a_browser_would(site, driver):
    show(site, driver)
    driver.fill(ONE, {HOST: "h1", Control("t", Name(("Tick",)), "checkbox"): True})
    driver.press(ONE, SAVE)
    (sent,) = site.writes()
    assert (sent.method, sent.path) == ("POST", "/save")
    assert sent.fields == [
        ("token", "abc"),
        ("host", "h1"),
        ("note", "a\r\nb"),
        ("tick", "on"),
        ("mode", "2"),
        ("act", "save"),
    ]


def test_of_a_list_of_several_lines_nothing_is_sent_until_something_is_chosen(site, driver):
    show(site, driver, extra='<label>Model <select name="model" size="4"><option>A<option>B</select></label>')
    model = Control("m", Name(("Model",)), "choice")
    assert driver.read(ONE, [model]) == {"m": ""}
    driver.press(ONE, SAVE)
    show(site, driver, extra='<label>Model <select name="model" size="4"><option>A<option>B</select></label>')
    driver.fill(ONE, {model: "A"})
    driver.press(ONE, SAVE)
    first, second = site.writes()
    assert "model" not in dict(first.fields)
    assert dict(second.fields)["model"] == "A"


def test_reading_and_filling_send_nothing(site, driver):
    show(site, driver)
    driver.read(ONE, [HOST])
    driver.fill(ONE, {HOST: "h1"})
    assert site.writes() == []


def test_files_are_uploaded(site, driver, tmp_path):
    show(site, driver, '<label>File <input type="file" name="up"></label>', 'enctype="multipart/form-data"')
    (tmp_path / "key.zip").write_bytes(b"PK")
    driver.fill(ONE, {Control("f", Name(("File",)), "file"): tmp_path / "key.zip", HOST: "h\u00fc"})
    driver.press(ONE, SAVE)
    (sent,) = site.writes()
    assert sent.files == {"up": ("key.zip", b"PK")}
    assert ("host", "h\u00fc") in sent.fields and ("token", "abc") in sent.fields


def test_a_destructive_button_needs_its_whole_caption(site, driver):
    show(site, driver)
    for caption in ("Drop", "Drop it"):
        with pytest.raises(UseriesError) as caught:
            driver.press(ONE, Name((caption,)), destructive=True)
        assert caught.value.kind == "label_missing"
        assert "Drop it all" in caught.value.candidates
    assert site.writes() == []
    driver.press(ONE, Name(("drop it all",)), destructive=True)
    assert ("act", "drop") in site.writes()[0].fields


def test_a_disabled_button_is_a_precondition(site, driver):
    show(site, driver, drop="disabled")
    assert not driver.enabled(ONE, Name(("Drop it all",)))
    with pytest.raises(UseriesError) as caught:
        driver.press(ONE, Name(("Drop it all",)))
    assert caught.value.kind == "precondition"
    assert "Drop it all" in caught.value.message


def test_a_disabled_control_is_a_precondition(site, driver):
    show(site, driver, '<label>Fixed <input name="z" disabled></label>')
    with pytest.raises(UseriesError) as caught:
        driver.fill(ONE, {Control("z", Name(("Fixed",)), "text"): "1"})
    assert caught.value.kind == "precondition"


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        ('<div role="status">Settings saved.</div>', "done", "Settings saved."),
        ('<div class="alert alert-success">Saved <b>now</b>.</div>', "done", "Saved now."),
        ('<div class="alert alert-danger">The name is taken.</div>', "rejected", "The name is taken."),
        ('<div role="alert">The update failed.</div>', "failed", "The update failed."),
        ('<p role="status">The backup is in progress.</p>', "running", "The backup is in progress."),
        ('<div role="progressbar"></div>', "running", ""),
        ("<p>Nothing special.</p>", "silent", ""),
    ],
)
def test_the_outcome_is_read_from_the_page(site, driver, content, kind, message):
    found = answer(site, driver, content)
    assert (found.kind, found.message) == (kind, message)


def test_messages_at_fields_are_given_by_label(site, driver):
    found = answer(
        site,
        driver,
        '<div class="alert alert-danger">Check the fields.</div><form><label for="h">Host</label>'
        '<input id="h" name="host" aria-describedby="e"><span id="e" class="error">A name is needed.</span>'
        '<p><label>Port <input></label><span class="field-error">Too large.</span></p></form>',
    )
    assert found.kind == "rejected"
    assert found.fields == {"Host": "A name is needed.", "Port": "Too large."}
    assert found.message == "Check the fields."


def test_a_message_that_unfolds_is_no_error_of_the_only_field(site, driver):
    """Seen where scripts draw the page: it counted as refused for a wrong name, and the results were not told."""
    told = (
        '<div role="alert" class="bad">The exchange failed. <button type="button" aria-controls="r">Show/Hide Results'
        '</button><pre id="r" hidden>Error 0x80090325: the clocks differ.</pre></div>'
    )
    found = answer(site, driver, f'<div>{told}<label>Host Name: <input name="h"></label></div>')
    assert (found.kind, found.fields) == ("failed", {})
    assert (found.message, found.details) == ("The exchange failed.", "Error 0x80090325: the clocks differ.")


def test_an_error_that_can_be_dismissed_is_of_the_field_that_names_it(site, driver):
    told = (
        '<div id="e" role="alert" class="error">Give a name. <button type="button" aria-label="Close">x</button></div>'
    )
    found = answer(site, driver, f'<div><label>Host <input name="h" aria-describedby="e"></label>{told}</div>')
    assert (found.kind, found.fields) == ("rejected", {"Host": "Give a name."})


def test_the_results_of_a_failure_are_kept(site, driver):
    found = answer(
        site,
        driver,
        '<div role="alert" class="error">It went wrong.</div><details><summary>Show Results</summary>'
        "<pre>line 1\nline 2</pre></details>",
    )
    assert (found.kind, found.details) == ("failed", "line 1 line 2")


def test_an_error_page_leaves_open_what_became_of_the_order(site, driver):
    with pytest.raises(UseriesError, match="error 500: Oops") as caught:
        answer(site, driver, "<h1>Oops</h1><p>Internal error</p>", 500)
    assert caught.value.kind == "silent"


def test_what_stood_there_before_is_no_answer(site, driver):
    standing = '<div class="alert alert-warning">A restart is pending.</div>'
    site.answers["/save"] = lambda _seen: inner(standing + "<p>ok</p>")
    site.content = standing + FORM.format(extra="", attributes="", drop="", more="")
    driver.open(MENU)
    assert driver.press(ONE, SAVE).kind == "silent"


QUESTION = """<h1>Are you sure?</h1><form method="post" action="/sure"><p>All data will be lost.</p>
<input type="hidden" name="t" value="2"><button name="a" value="yes">{yes}</button>
<button name="a" value="no">Cancel</button></form>"""


@pytest.mark.parametrize("yes", ["Yes", "Continue", "Save", "Really do it"])
def test_a_question_is_confirmed(site, driver, yes):
    site.answers["/sure"] = lambda _seen: inner('<p role="status">Done.</p>')
    found = answer(site, driver, QUESTION.format(yes=yes))
    assert found.kind == "question"
    assert "All data will be lost." in found.message
    assert found.answers == (yes, "Cancel")
    assert driver.confirm().kind == "done"
    assert site.writes()[-1].fields == [("t", "2"), ("a", "yes")]


def test_a_question_is_answered_by_a_caption(site, driver):
    answer(site, driver, QUESTION.format(yes="Yes"))
    driver.answer(Name(("Cancel",)))
    assert site.writes()[-1].fields == [("t", "2"), ("a", "no")]


def test_nothing_is_confirmed_that_was_not_asked(site, driver):
    show(site, driver)
    with pytest.raises(UseriesError) as caught:
        driver.confirm()
    assert caught.value.kind == "precondition"


def test_a_dialog_that_is_already_in_the_page(site, driver):
    site.content = (
        '<div class="card"><h2>Section One</h2><button type="button" data-bs-target="#d">Wipe</button></div>'
        '<dialog id="d"><form method="post" action="/wipe"><p>Wipe it?</p><button>OK</button>'
        "<button name='n'>Cancel</button></form></dialog>"
    )
    driver.open(MENU)
    found = driver.press(ONE, Name(("Wipe",)), destructive=True)
    assert (found.kind, found.message) == ("question", "Wipe it?")
    driver.confirm()
    assert [one.path for one in site.writes()] == ["/wipe"]


def test_a_script_button_says_that_a_browser_is_needed(site, driver):
    site.content = '<div class="card"><h2>Section One</h2><button type="button" onclick="go()">Go</button></div>'
    driver.open(MENU)
    with pytest.raises(UseriesError) as caught:
        driver.press(ONE, Name(("Go",)))
    assert caught.value.kind == "unexpected"
    assert "browser" in caught.value.remedy


def download(name="export.zip", content=b"PK12"):
    return 200, {"Content-Type": "application/zip", "Content-Disposition": f'attachment; filename="{name}"'}, content


def test_a_download_is_saved_privately(site, driver, tmp_path):
    site.answers["/save"] = lambda _seen: download("../../evil.zip")
    show(site, driver)
    found = driver.press(ONE, SAVE, save_to=tmp_path / "kept.zip")
    assert found.kind == "done"
    assert found.download is not None
    assert (found.download.filename, found.download.size) == ("evil.zip", 4)
    assert (tmp_path / "kept.zip").read_bytes() == b"PK12"
    assert stat.S_IMODE((tmp_path / "kept.zip").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["kept.zip"]


def test_a_download_without_a_file_is_kept_in_memory(site, driver):
    site.answers["/save"] = lambda _seen: download()
    show(site, driver)
    found = driver.press(ONE, SAVE)
    assert found.download is not None and found.download.content == b"PK12"


def test_a_page_instead_of_a_download_is_read_as_a_page(site, driver, tmp_path):
    site.answers["/save"] = lambda _seen: inner('<p role="alert">A password is required.</p>')
    show(site, driver)
    found = driver.press(ONE, SAVE, save_to=tmp_path / "kept.zip")
    assert (found.kind, found.download) == ("rejected", None)
    assert list(tmp_path.iterdir()) == []


def test_something_that_is_no_page_is_not_read_as_one(site, driver):
    site.answers["/page"] = lambda _seen: (200, {"Content-Type": "application/json"}, b"{}")
    with pytest.raises(UseriesError) as caught:
        driver.open(MENU)
    assert caught.value.kind == "unexpected"


def test_a_site_that_is_not_ready_is_silent(site, driver):
    site.answers["/page"] = lambda _seen: page("<h1>Starting</h1>", 503)
    with pytest.raises(UseriesError) as caught:
        driver.open(MENU)
    assert caught.value.kind == "silent"


def test_a_message_deep_inside_the_label_of_a_field_belongs_to_it(site, driver):
    wrong = '<label class="f f--error"><b>Port</b><input name="p"><i><i><i role="alert">Give one</i></i></i></label>'
    outcome = answer(site, driver, f"<h2>Section One</h2><form>{wrong}<input name='z' aria-label='Zone'></form>")
    assert (outcome.kind, outcome.fields) == ("rejected", {"Port": "Give one"})
    assert outcome.message == "Port: Give one"


def test_the_colon_of_a_label_is_said_once(site, driver):
    wrong = '<p><label>Port: <input name="p"></label><span class="field-error">Give one</span></p>'
    outcome = answer(site, driver, f"<h2>Section One</h2><form>{wrong}<input name='z' aria-label='Zone'></form>")
    assert outcome.message == "Port: Give one"


def test_a_class_that_ends_in_error_marks_a_field(site, driver):
    wrong = '<div class="f f--invalid"><label>Port <input name="p"></label></div>'
    outcome = answer(site, driver, f"<h2>Section One</h2><form>{wrong}<label>Zone <input name='z'></label></form>")
    assert (outcome.kind, set(outcome.fields)) == ("rejected", {"Port"})


@pytest.mark.parametrize(
    ("reply", "anew"),
    [
        ((303, {"Location": "/page"}, b""), True),  # post, redirect, get: what is shown was read again
        ((303, {"Location": "/home"}, b""), False),
        (inner("<h2>Section One</h2><p>Saved.</p>"), False),
    ],
)
def test_only_a_redirect_to_the_same_page_shows_it_anew(site, driver, reply, anew):
    site.answers["/save"] = lambda _seen: reply
    show(site, driver)
    assert driver.came_anew() is False
    driver.press(ONE, SAVE)
    assert driver.came_anew() is anew
    driver.open(MENU)
    assert driver.came_anew() is False


def test_a_page_that_was_kept_is_gone_on_with_without_asking(site, driver):
    show(site, driver)
    kept = driver.keep()
    driver.open(MENU)
    site.content, before = "<h1>The Page</h1>", len(site.seen)
    assert driver.take_up(kept) is True
    assert driver.read(ONE, [HOST]) == {"host": "h0"}
    assert len(site.seen) == before
    assert driver.take_up(object()) is False
