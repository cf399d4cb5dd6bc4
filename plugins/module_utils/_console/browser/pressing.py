# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pressing in a browser, and what came of it: what the page says by then, what it asks, and what the network says."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._console.browser import unfolding
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.once import LOOKS
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import BrowserSession
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.snapshot import mark_of
from ansible_collections.useries.appliance.plugins.module_utils._console.html.downloads import keep_file
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place, find_buttons
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import (
    Baseline,
    outcome_of,
    submits,
    told_aloud,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import is_banner, is_sign_in
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.label_driver import LabelDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name, Outcome, Section
from ansible_collections.useries.appliance.plugins.module_utils._console.troubles import ended_by_step
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PATIENCE = 2.0
"""Seconds without a change after which a label that is not there is missing, and what is disabled stays so."""

CALM = 0.4
"""Seconds without a change after which what a page shows is taken for its values, not for what stands there first."""

SPINS = 15.0
"""Seconds that something which turns without a word may take to give way to an outcome."""


class Pressing(LabelDriver):
    """The part of the browser driver that presses.

    :param session: the window.
    """

    def __init__(self, session: BrowserSession) -> None:
        super().__init__(session.address)
        self._session = session
        self._asked = ""
        self._again: Callable[[], Outcome] | None = None

    @abstractmethod
    def _now(self, operation: str) -> Page:
        """The page as it is at this moment, once it is calm."""

    def press(
        self,
        section: Section,
        button: Name,
        *,
        destructive: bool = False,
        row: Mapping[str, str] | None = None,
        save_to: Path | None = None,
        sole: bool = False,
        key: str = "",
        timeout: float | None = None,
    ) -> Outcome:
        """Press a button; in a row whose buttons stand in a menu, that menu is opened first."""
        if row is not None:
            self._open_row_menu(section, button, row)
        self._asked = ""
        more: dict[str, Any] = {"destructive": destructive, "save_to": save_to, "sole": sole, "timeout": timeout}
        self._again = partial(super().press, section, button, row=row, key=key, **more)
        return self._again()

    def _open_row_menu(self, section: Section, button: Name, row: Mapping[str, str]) -> None:
        def menu(page: Page, scope: Scope, place: Place) -> Element | None:
            if find_buttons(page, scope.elements, button, exact=False):
                return None
            return unfolding.row_menu(scope.elements)

        opener = self._within(section, f"press {button} in", menu, row)
        if opener is not None:
            self._session.do("open the menu of a row", "click", mark=mark_of(opener))
            self._session.settled("open the menu of a row")

    def _push(
        self, page: Page, element: Element, operation: str, save_to: Path | None, timeout: float | None
    ) -> Outcome:
        self._session.do(operation, "forget")
        if not _shows_already(page, element):
            self._session.do(operation, "click", mark=mark_of(element))
        return self._came(page, operation, save_to, timeout)

    def enter(self, section: Section, control: Control) -> Outcome:
        """Press Enter in a field."""
        self._asked, self._again = "", partial(super().enter, section, control)
        return self._again()

    def _press_enter(self, page: Page, element: Element, operation: str) -> Outcome:
        self._session.do(operation, "forget")
        self._session.do(operation, "keys", mark=mark_of(element), key="Enter")
        return self._came(page, operation, None, None)

    def _came(self, page: Page, operation: str, save_to: Path | None, timeout: float | None) -> Outcome:
        """What comes of a step on a page."""
        shown = Baseline.of(page)
        clock = self._session.clock
        longest = clock.deadline((timeout or self._session.timeout) * clock.scale)
        least = 0.0
        while True:  # an answer, or a file, may come after everything was still
            told = self._session.settled(operation, least=least, timeout=timeout)
            if told["owed"] and (longest.over or not told["rest"]):
                raise self._unanswered(page, operation, timeout)
            came = self._session.do(operation, "downloaded", timeout=timeout or self._session.timeout)
            if came is not None:
                return self._saved(page, came, save_to, operation)
            answered, outcome = self._said(shown, operation)
            final = outcome.kind in ("rejected", "failed", "question") or self._session.do(operation, "asked")
            if final or (least and not told["owed"]):
                break
            least = PATIENCE if outcome.kind == "silent" and not least else CALM
        spun = clock.deadline(SPINS * clock.scale)
        while outcome.kind == "running" and not outcome.message and not spun.over:
            clock.sleep(CALM * clock.scale)
            told = self._session.settled(operation, timeout=timeout)
            answered, outcome = self._said(shown, operation)
        if outcome.kind == "rejected" and not outcome.fields:  # the words are there, the marks may be drawn later
            told = self._session.settled(operation, least=PATIENCE, timeout=timeout)
            later, refused = self._said(shown, operation)
            answered, outcome = (later, refused) if refused.fields else (answered, outcome)
        return self._judged(answered, outcome, told, operation)

    def _unanswered(self, page: Page, operation: str, timeout: float | None) -> UseriesError:
        return self._place(page, operation).error(
            f"{self._target} did not answer this step within {timeout or self._session.timeout:.0f} seconds. It may "
            "have been carried out all the same.",
            "silent",
            remedy="Read the state before you repeat this.",
        )

    def _said(self, shown: Baseline, operation: str) -> tuple[Page, Outcome]:
        """The page at this moment, and what came of a step; ``shown`` is what stood there before it."""
        page = self._session.look(operation)
        return page, outcome_of(page, self._before.later(shown, page.heard))

    def _saved(self, page: Page, came: Mapping[str, str], save_to: Path | None, operation: str) -> Outcome:
        try:
            return Outcome("done", download=keep_file(came, save_to, self._place(page, operation)))
        finally:
            self._session.do(operation, "discard")

    def _judged(self, page: Page, outcome: Outcome, told: Mapping[str, Any], operation: str) -> Outcome:
        if is_sign_in(page) or is_banner(page):
            self._session.signed_out()
            raise ended_by_step(self._place(page, operation), page)
        self._check_answers(page, operation, reading=False)
        asked = self._session.do(operation, "asked")
        refused = [one["message"] for one in asked if one["type"] != "alert"]
        if refused:  # the hand said no to them; whatever the page says, the step was not taken
            self._asked = refused[-1]
            return Outcome("question", self._asked, answers=("OK", "Cancel"))
        if outcome.kind in ("failed", "rejected", "silent"):  # what broke off may have been a look, or a file
            self._check_answers(page, operation, reading=True, after="Read the state before you repeat this.")
        if asked and outcome.kind in ("silent", "done"):
            outcome = told_aloud(outcome, [one["message"] for one in asked])
        if outcome.kind == "silent":
            self._session.rested(told, page, operation)
            status = self._worst_write()
            if status >= 400:
                return Outcome("failed", f"The console answered with error {status} and says nothing.")
        self._page = page
        return outcome

    def confirm(self) -> Outcome:
        """Say yes, to a dialog of the page, or to the browser's own: that was refused at first, and is met again."""
        if self._asked and self._again is not None:
            return self._agreed(self._again)
        self._now("confirm")
        return super().confirm()

    def answer(self, caption: Name) -> Outcome:
        """Answer by a caption."""
        if self._asked and self._again is not None:
            if quality(caption, ["OK"]) == EXACT:
                return self._agreed(self._again)
            if quality(caption, ["Cancel"]) == EXACT:
                return Outcome("silent")
        self._now(f"answer {caption}")
        return super().answer(caption)

    def _agreed(self, again: Callable[[], Outcome]) -> Outcome:
        self._asked = ""
        self._session.do("confirm", "answer_next", agree=True)
        try:
            return again()
        finally:
            self._session.do("confirm", "answer_next", agree=False)

    # -- what the network says

    def _answers(self, operation: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._session.do(operation, "fetched")
        return found

    def _worst_write(self) -> int:
        return max((one["status"] for one in self._answers("look") if one["method"] not in LOOKS), default=0)

    def _check_answers(
        self,
        page: Page,
        operation: str,
        *,
        reading: bool,
        after: str = "Try again later.",
        kinds: Sequence[str] = ("document", "fetch", "xhr"),
    ) -> None:
        """A request that broke off, or that a server in trouble answered: nobody can say what became of it.

        :param after: what to do when it was one that only reads; :param kinds: of requests, as Playwright names them.
        """
        for one in self._answers(operation):
            if one["type"] not in kinds or (one["method"] in LOOKS) != reading:
                continue
            if one["status"] == 0:
                said = f"broke off this step ({one['reason'].removeprefix('net::')})"
            elif one["status"] >= 500 or (reading and one["status"] == 429):
                said = f"answered this step with error {one['status']}"
            else:
                continue
            carried = "" if reading else " It may have been carried out all the same."
            raise self._place(page, operation).error(
                f"{self._target} {said}.{carried}",
                "silent",
                remedy=after if reading else "Read the state before you repeat this.",
            )


def _shows_already(page: Page, element: Element) -> bool:
    """Whether it opens a part of the page that is open: a press would hide what it is to show."""
    opened = element.get("aria-expanded") == "true" and not element.get("aria-haspopup") and not submits(element)
    return opened and any(page.visible(one) for one in page.referenced(element, "aria-controls"))
