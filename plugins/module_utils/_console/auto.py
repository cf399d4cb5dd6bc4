# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``useries_console_driver: auto``: HTML while the labels are in the markup, the browser where scripts make the page.

The change happens only before anything was pressed on the page: what was opened and filled in is then done again in the
browser. Whether a missing label is a matter of scripts is proven by the browser finding it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.chromium import advice, installed
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Caption,
    Control,
    Kept,
    Name,
    NeedsBrowser,
    Outcome,
    Scale,
    Section,
    Snapshot,
    Survey,
    Value,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

Answer = TypeVar("Answer")


class AutoDriver:
    """A :class:`ConsoleDriver` that begins as the one and may go on as the other.

    :param open_browser: makes the browser driver; :param found: called once when the browser saw what the markup lacks.
    """

    def __init__(self, html: HtmlDriver, open_browser: Callable[[], ConsoleDriver], found: Callable[[], None]) -> None:
        self._html = html
        self._open_browser = open_browser
        self._found = found
        self._driver: ConsoleDriver = html
        self._menu: Sequence[Name] | None = None
        self._filled: list[tuple[Section, Mapping[Control, Value], Mapping[str, str] | None]] = []
        self._pressed = False

    # -- verbs

    def navigation(self) -> list[str]:
        """The texts of the menus after signing in."""
        return self._do(lambda driver: driver.navigation())

    def leave(self) -> None:
        """Sign out."""
        self._driver.leave()

    def open(self, menu: Sequence[Name]) -> None:
        """Walk the menus."""
        self._menu, self._filled, self._pressed = None, [], False
        self._do(lambda driver: driver.open(menu))
        self._menu = tuple(menu)

    def title(self) -> str:
        """The page's main heading."""
        return self._do(lambda driver: driver.title())

    def menu_texts(self) -> list[str]:
        """The texts of the menus."""
        return self._do(lambda driver: driver.menu_texts())

    def sections(self, *, every: bool = False) -> list[str]:
        """The titles on the page."""
        self._see_shell()
        return self._do(lambda driver: driver.sections(every=every))

    def has(self, section: Section) -> bool:
        """Whether the section is there."""
        self._see_shell()
        return self._do(lambda driver: driver.has(section))

    def present(self, section: Section, controls: Sequence[Control]) -> list[str]:
        """Ids of the controls that are there."""
        return self._do(lambda driver: driver.present(section, controls))

    def labels(self, section: Section) -> list[str]:
        """The labels of the section."""
        return self._do(lambda driver: driver.labels(section))

    def buttons(self, section: Section) -> list[str]:
        """The captions of the section."""
        return self._do(lambda driver: driver.buttons(section))

    def enabled(self, section: Section, button: Name) -> bool:
        """Whether the button can be pressed."""
        return self._do(lambda driver: driver.enabled(section, button))

    def address(self, section: Section, link: Name) -> str:
        """Where a link leads."""
        return self._do(lambda driver: driver.address(section, link))

    def read(
        self, section: Section, controls: Sequence[Control], *, row: Mapping[str, str] | None = None
    ) -> dict[str, Value]:
        """What the controls show."""
        return self._do(lambda driver: driver.read(section, controls, row=row))

    def choices(self, section: Section, control: Control) -> list[str]:
        """The texts a choice offers."""
        return self._do(lambda driver: driver.choices(section, control))

    def scale(self, section: Section, control: Control) -> Scale:
        """The numbers that a slider or number field takes."""
        return self._do(lambda driver: driver.scale(section, control))

    def table(
        self, section: Section | None, *, columns: Sequence[str] = (), name: Name | None = None
    ) -> list[dict[str, str]]:
        """The rows of a table."""
        return self._do(lambda driver: driver.table(section, columns=columns, name=name))

    def fill(self, section: Section, values: Mapping[Control, Value], *, row: Mapping[str, str] | None = None) -> None:
        """Set controls."""
        self._do(lambda driver: driver.fill(section, values, row=row))
        self._filled.append((section, values, row))

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
        """Press a button."""

        def push(driver: ConsoleDriver) -> Outcome:
            return driver.press(
                section,
                button,
                destructive=destructive,
                row=row,
                save_to=save_to,
                sole=sole,
                key=key,
                timeout=timeout,
            )

        outcome = self._do(push)
        self._pressed = True
        return outcome

    def enter(self, section: Section, control: Control) -> Outcome:
        """Press Enter in a field."""
        outcome = self._do(lambda driver: driver.enter(section, control))
        self._pressed = True
        return outcome

    def came_anew(self) -> bool:
        """Whether the page was asked for again after the last press."""
        return self._driver.came_anew()

    def keep(self) -> Kept | None:
        """The present page, to come back to."""
        return self._driver.keep()

    def take_up(self, kept: Kept) -> bool:
        """Come back to it; not once the driver has changed."""
        return self._driver.take_up(kept)

    def confirm(self) -> Outcome:
        """Say yes."""
        return self._driver.confirm()

    def answer(self, caption: Name) -> Outcome:
        """Answer by a caption."""
        return self._driver.answer(caption)

    def outcome(self) -> Outcome:
        """What the page says."""
        return self._driver.outcome()

    def visit(self, menu: Sequence[Name]) -> None:
        """Walk the menus on a round of many pages."""
        self._menu, self._filled, self._pressed = None, [], False
        self._do(lambda driver: driver.visit(menu))
        self._menu = tuple(menu)
        self._see_shell()

    def survey(self, section: Section, controls: Sequence[Control], buttons: Sequence[Caption]) -> Survey:
        """What of a section is there, and what else."""
        return self._do(lambda driver: driver.survey(section, controls, buttons))

    def snapshot(self) -> Snapshot | None:
        """The page that was looked at last."""
        return self._driver.snapshot()

    # -- the change

    def _do(self, verb: Callable[[ConsoleDriver], Answer]) -> Answer:
        try:
            return verb(self._driver)
        except UseriesError as error:
            if self._driver is not self._html or self._pressed or not self._by_script(error):
                raise
            if not installed():
                error.remedy = (
                    "The page works by scripts, so the browser driver may see what its markup does not have. "
                    f"{advice()} {error.remedy}"
                )
                raise
            return self._change(verb)

    def _by_script(self, error: UseriesError) -> bool:
        return isinstance(error, NeedsBrowser) or (error.kind == "label_missing" and self._html.scripted)

    def _see_shell(self) -> None:
        """A page that has nothing but scripts says nothing about what is there."""
        if self._driver is self._html and not self._pressed and self._html.empty and installed():
            self._change(lambda driver: None)

    def _change(self, verb: Callable[[ConsoleDriver], Answer]) -> Answer:
        browser = self._open_browser()
        self._driver = browser
        if self._menu is not None:
            browser.open(self._menu)
        for section, values, row in self._filled:
            browser.fill(section, values, row=row)
        answer = verb(browser)
        self._found()
        return answer
