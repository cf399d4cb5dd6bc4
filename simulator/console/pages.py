# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages behind the sign-in: showing one, pressing a button, asking before it, and telling what came of it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from simulator.console.forms import Pressed, parse
from simulator.console.sessions import Pending, Session
from simulator.model.errors import Refused
from simulator.pages.spec import Button, Download, Outcome, Page

if TYPE_CHECKING:
    from simulator.console.script import Script
    from simulator.console.sessions import Sessions
    from simulator.console.site import Visit
    from simulator.console.style import Style
    from simulator.console.view import Builder

INCOMPLETE = "The form is incomplete or too old. Open the page again."


class Site(Protocol):
    """A web site of a node that has pages: the console, or BeyondInsight."""

    appliance: Any
    style: Style
    builder: Builder
    sessions: Sessions
    script: Script | None
    cookie: str

    def pages(self) -> list[Page]:
        """The pages that it shows at the moment."""

    def page(self, page_id: str) -> Page | None:
        """One of them."""

    def frame(self, page: Page, session: Session) -> dict[str, Any]:
        """What every page of a signed-in person is given."""

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A template in the rendering of the site."""

    def plain(self, title: str, text: str, status: int, link: tuple[str, str] | None = None) -> Response:
        """A page with one sentence."""

    def signed_out(self, message: str) -> Response:
        """The sign-in page after the site ended a session."""


class PageView:
    """The pages of one site of a node."""

    def __init__(self, console: Site) -> None:
        self.console = console
        style = console.style
        self.names = {
            key: style.name("frame", key) for key in ("token", "state", "view", "pending", "confirm", "cancel")
        }

    # -- tokens ----------------------------------------------------------------------------------------------------

    def hidden(self, page: Page, session: Session, section_id: str) -> list[tuple[str, str]]:
        """The hidden fields that a form must carry along."""
        values = [
            (self.names["token"], session.token("token", page.id, section_id)),
            (self.names["view"], self.console.style.word("view", page.id, section_id)),
            (self.names["state"], session.token("state", page.id, section_id)),
        ]
        return self.console.style.order(values, {0: "token", 1: "view", 2: "state"}, "hidden", page.id)

    def genuine(self, page: Page, session: Session, section_id: str, form: Mapping[str, str]) -> bool:
        """Whether a post carries all hidden fields of its form."""
        wanted = self.hidden(page, session, section_id)
        return all(hmac.compare_digest(form.get(name, "").encode(), value.encode()) for name, value in wanted)

    # -- showing ---------------------------------------------------------------------------------------------------

    def answer(self, visit: Visit) -> Response:
        """A page, or what comes of a button on it."""
        page, session, request = visit.page, visit.session, visit.request
        assert page is not None and session is not None
        if request.method == "POST":
            if self.names["pending"] in request.form:
                return self._decided(page, session, request.form)
            if visit.pressed is None:
                return self.console.plain("Bad Request", "No button of this page was pressed.", 400)
            scope = "" if self.console.style.form_scope(page) == "page" else visit.pressed.section.id
            if not self.genuine(page, session, scope, request.form):
                return self.console.plain("Bad Request", INCOMPLETE, 400)
            return self._press(visit, page, session, visit.pressed)
        if self.console.script is not None and (key := self.console.script.file_key(request)):
            file = session.files.pop(key, None)
            return self._file(file) if file else self.console.plain("Not Found", "The file was fetched already.", 404)
        pressed = visit.pressed
        if pressed is not None and not pressed.button.writes and pressed.button.kind != "button":
            return self._press(visit, page, session, pressed)
        outcome, section_id = session.shown.pop(page.id, (None, ""))
        return self.show(page, session, outcome, section_id)

    def show(self, page: Page, session: Session, outcome: Outcome | None = None, section_id: str = "",
             posted: Mapping[str, str] | None = None) -> Response:  # fmt: skip
        """One page, with the outcome of what was done before."""
        console, style = self.console, self.console.style
        errors = outcome.field_errors if outcome is not None and not outcome.ok else None
        blocks = console.builder.page(page, posted, errors, section_id)
        labels = {}
        for block in blocks:
            prefix = "" if block.spec.id == section_id else f"{block.spec.id}."
            labels.update({prefix + control.spec.id: control.plain for control in block.controls})
        return console.show(
            "page.html",
            page_id=page.id,
            section_id=section_id,
            blocks=blocks,
            scope=style.form_scope(page),
            modelled=page.modelled,
            address=style.address(page),
            multipart=any(control.widget == "file" for block in blocks for control in block.controls),
            hidden=lambda section: self.hidden(page, session, section),
            outcome=outcome,
            labels=labels,
            shape=style.pick((0, 1, 2), "outcome"),
            results_id=style.element("results", page.id),
            **console.frame(page, session),
        )

    # -- pressing --------------------------------------------------------------------------------------------------

    def _press(self, visit: Visit, page: Page, session: Session, pressed: Pressed) -> Response:
        request = visit.request
        posted = request.form if request.method == "POST" else None
        if pressed.gone:
            visit.kind = "read"
            return self.show(page, session, Outcome(False, "The row is no longer there."), pressed.section.id)
        if pressed.disabled:
            visit.kind = "read"
            return self.show(
                page, session, Outcome(False, "This button is not available at the moment."), pressed.section.id
            )
        values: dict[str, Any] = {}
        if posted is None:
            values.update(self.console.builder.current(pressed.section))
        else:
            parsed = parse(self.console.builder, page, pressed.section, posted, request.files)
            if parsed.errors:
                outcome = Outcome(False, "The values were not saved.", parsed.errors)
                return self.show(page, session, outcome, pressed.section.id, posted)
            values.update(parsed.values)
        if pressed.row is not None:
            values["row"] = dict(pressed.row)
        outcome = self._carry_out(pressed.button, values)
        if outcome.dialog:
            visit.kind = "read"
            return self._ask(page, session, pressed, values, outcome.dialog)
        return self._tell(page, session, pressed.section.id, outcome, posted)

    def _carry_out(self, button: Button, values: Mapping[str, Any]) -> Outcome:
        try:
            return button.press(self.console.appliance, values)
        except Refused as refusal:
            return Outcome(False, refusal.message, refusal.fields, refusal.details)

    def _tell(self, page: Page, session: Session, section_id: str, outcome: Outcome,
              posted: Mapping[str, str] | None) -> Response:  # fmt: skip
        console = self.console
        if outcome.sign_out:
            console.sessions.end(session)
            response = console.signed_out(outcome.message)
            response.delete_cookie(console.cookie)
            return response
        if outcome.download is not None:
            script = console.script
            told = script.file(session, outcome.download, console.style.address(page)) if script is not None else None
            return told or self._file(outcome.download)
        target = console.page(outcome.go_to) if outcome.go_to else page
        if target is None or target not in console.pages():
            target = next(iter(console.pages()), page)
        if outcome.ok and (target.id != page.id or console.style.redirects(page)):
            session.shown[target.id] = (outcome, section_id)
            return redirect(console.style.address(target), 303)
        return self.show(target, session, outcome, section_id, None if outcome.ok else posted)

    @staticmethod
    def _file(download: Download) -> Response:
        response = Response(download.content, content_type=download.content_type)
        response.headers.set("Content-Disposition", "attachment", filename=download.filename)
        return response

    # -- asking ----------------------------------------------------------------------------------------------------

    def _ask(
        self, page: Page, session: Session, pressed: Pressed, values: Mapping[str, Any], question: str
    ) -> Response:
        key = secrets.token_hex(10)
        table = pressed.table.id if pressed.table else ""
        session.pending[key] = Pending(
            page.id, pressed.section.id, table, pressed.button.id, pressed.row_key, values, question
        )
        style = self.console.style
        hidden = [*self.hidden(page, session, key), (self.names["pending"], key)]
        return self.console.show(
            "confirm.html", question=question, hidden=hidden, action=style.address(page), confirm=self.names["confirm"],
            cancel=self.names["cancel"], id=style.element("confirm", page.id), submit=style.chance(0.5, "confirm"),
            heading=style.pick(("Confirmation", "Are you sure?", pressed.button.label), "confirm heading"),
            role=style.pick(("dialog", "alertdialog", "region"), "confirm role"), **self.console.frame(page, session),
        )  # fmt: skip

    def confirmed(self, page: Page, session: Session, form: Mapping[str, str]) -> Pending | None:
        """The action that this post confirms."""
        pending = session.pending.get(form.get(self.names["pending"], ""))
        return pending if pending is not None and pending.page == page.id and self.names["confirm"] in form else None

    def _decided(self, page: Page, session: Session, form: Mapping[str, str]) -> Response:
        key = form[self.names["pending"]]
        if not self.genuine(page, session, key, form):
            return self.console.plain("Bad Request", INCOMPLETE, 400)
        confirmed = self.confirmed(page, session, form)
        session.pending.pop(key, None)
        if confirmed is None:
            return redirect(self.console.style.address(page), 303)
        button = self._button(page, confirmed)
        if button is None:
            return self.show(page, session, Outcome(False, "This is not available any more."), confirmed.section)
        outcome = self._carry_out(button, {**confirmed.values, "confirmed": True})
        return self._tell(page, session, confirmed.section, outcome, None)

    def _button(self, page: Page, pending: Pending) -> Button | None:
        section = next((one for one in self.console.builder.sections(page) if one.id == pending.section), None)
        if section is None:
            return None
        buttons = section.buttons
        if pending.table:
            buttons = next(table for table in section.tables if table.id == pending.table).buttons
        return next(button for button in buttons if button.id == pending.button)
