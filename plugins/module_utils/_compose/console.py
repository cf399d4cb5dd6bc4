# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Between the guide's pages and the label driver: sections and fields become names to look for, outcomes become errors.

Nothing here knows HTML; a browser may stand behind the same driver one day.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.profiles import Choice, Chooser
from ansible_collections.useries.appliance.plugins.module_utils._compose.wording import Wording
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Caption,
    Name,
    Outcome,
    Scale,
    Snapshot,
    Survey,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Section as Place
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import Profile, Refusal
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

Answer = TypeVar("Answer")
REMEDIES = {
    "rejected": "Nothing is tried again; correct the values and repeat.",
    "failed": "It is not tried again: look at the page in the console, then repeat the task; it reads the state first.",
    "precondition": "Look at the page in the console: this task does not answer a question that it does not know.",
}
JUST_NOW, STILL = 2.0, 10.0  # seconds
PASSIVE = "This node is passive: its Diagnostics shows two tabs only (guide 1214). Run the task for the active node."
LABEL_KINDS = frozenset({"label_missing", "label_ambiguous"})


@dataclass(frozen=True)
class Evidence:
    """What was looked at when a label was missed: a page as it was, and the id of the page that it should be."""

    snapshot: Snapshot | None
    page: str


class ConsoleSurface:
    """Pages of the guide on one appliance's console.

    :param open_driver: signs in at first use; :param overrides: ``useries_console_labels``.
    :param chooser: tells at first use which profile the console has.
    :param answered: called whenever the console has answered; :param passive: whether this node is passive now.
    """

    def __init__(
        self,
        open_driver: Callable[[], ConsoleDriver],
        chooser: Chooser,
        overrides: Mapping[str, Any],
        answered: Callable[[], None],
        target: str,
        let_go: Callable[[], None] = lambda: None,
        passive: Callable[[], bool] = lambda: False,
    ) -> None:
        self._open_driver = open_driver
        self._driver: ConsoleDriver | None = None
        self._chooser = chooser
        self.choice: Choice | None = None
        self._wording = Wording(overrides)
        self._answered = answered
        self._let_go = let_go
        self._passive = passive
        self._opened = ""
        self._looked: Page | None = None  # the page that is open, as long as nothing was pressed or filled in there
        self._since = 0.0
        self._anew: tuple[Page, float] | None = None  # a page that was shown again after a press, and when
        self.target = target
        self.observe: Callable[[str, Any], None] = lambda what, value: None  # states that are read, for the record

    # -- reading -------------------------------------------------------------------------------------------------------
    def open(self, page: Page) -> None:
        """Open the page afresh; one that the console has just shown afresh itself is not asked for again."""
        anew, self._anew, self._looked = self._anew, None, None
        if anew is not None and anew[0] == page and Clock().now() - anew[1] < JUST_NOW:
            self._opened, self._looked, self._since = page.id, page, Clock().now()
            return
        try:
            self._do(lambda driver: driver.open(self._menu(page)))
            self._looked, self._since = page, Clock().now()
        except UseriesError as error:
            if error.kind in LABEL_KINDS:
                error.label = page.id
                error.remedy = (
                    "If the menu words it differently, set it in useries_console_labels: "
                    f"{{'{page.id}': '<the menu's words>'}}."
                )
                _say_when(error, PASSIVE if page.active_only and self._passive() else page.when)
                if not self.profile.confirmed and page.id not in self.profile.stated:
                    error.remedy += " Where later versions have this page is not publicly stated: do it by hand there."
            raise

    @property
    def profile(self) -> Profile:
        """How this console is laid out; signs in at first use."""
        return self._arrived()[1].profile

    def refuses(self, page: Page) -> bool:
        """Whether the page is known to have been replaced by one that the collection does not know."""
        return self.profile.refuses_page(page) is not None

    def reaches(self, page: Page) -> bool:
        """Whether the menus lead to the page; opens it when they do.

        A profile that is not confirmed cannot tell a page that is not there from one that is elsewhere: then it raises.
        """
        try:
            self.open(page)
        except UseriesError as error:
            if error.kind == "label_missing" and self.profile.confirmed:
                return False
            raise
        return True

    def has(self, section: Section) -> bool:
        """Whether the section is on the page that is open."""
        return self._do(lambda driver: driver.has(self._place(section)))

    def read(self, section: Section, fields: Iterable[str], *, fresh: bool = True) -> dict[str, Any]:
        """Present values by field id, from a fresh page (or the page that is open)."""
        if fresh:
            self.open(section.page)
        controls = {name: self._wording.control(section, section.field(name)) for name in fields}
        values = self._do(lambda driver: driver.read(self._place(section), list(controls.values())), section)
        return {name: values[control.id] for name, control in controls.items()}

    def there(self, section: Section, fields: Iterable[str]) -> list[str]:
        """Those of the fields that the open page has."""
        controls = {name: self._wording.control(section, section.field(name)) for name in fields}
        found = self._do(lambda driver: driver.present(self._place(section), list(controls.values())))
        return [name for name, control in controls.items() if control.id in found]

    def enabled(self, section: Section, button: str) -> bool:
        """Whether a button of the open page can be pressed."""
        name = self._wording.button(section, section.button(button))
        return self._do(lambda driver: driver.enabled(self._place(section), name))

    def address(self, section: Section, link: str) -> str:
        """Where a link of the open page leads; empty when its markup does not tell."""
        name = self._wording.button(section, section.button(link))
        return self._do(lambda driver: driver.address(self._place(section), name))

    def choices(self, section: Section, field: str) -> list[str]:
        """What a choice offers, on the page that is open."""
        return self._do(
            lambda driver: list(
                driver.choices(self._place(section), self._wording.control(section, section.field(field)))
            )
        )

    def scale(self, section: Section, field: str) -> Scale:
        """The numbers that a slider or number field takes, on the page that is open."""
        return self._do(
            lambda driver: driver.scale(self._place(section), self._wording.control(section, section.field(field)))
        )

    def unnamed(self, section: Section) -> list[str]:
        """The keys of its labels that the user has not named in ``useries_console_labels``; asks nobody."""
        return self._wording.unnamed(section)

    def table(self, section: Section, columns: Sequence[str] = (), *, fresh: bool = True) -> list[dict[str, str]]:
        """Rows of the section's table as column caption -> text; a row is the handle for :meth:`press`."""
        if fresh:
            self.open(section.page)
        return self._do(lambda driver: driver.table(self._place(section), columns=columns), section)

    # -- writing -------------------------------------------------------------------------------------------------------
    def write(
        self,
        section: Section,
        values: Mapping[str, Any],
        button: str,
        *,
        fresh: bool | None = True,
        answer: bool = False,
        save_to: Path | None = None,
    ) -> Outcome:
        """Fill in and press; see :meth:`press`. ``fresh`` None: opened unless this task is reading it."""
        if fresh or (fresh is None and not self._still_reads(section.page)):
            self.open(section.page)
        self.fill(section, values)
        return self.press(section, button, fresh=False, answer=answer, save_to=save_to)

    def fill(self, section: Section, values: Mapping[str, Any]) -> None:
        """Fill in fields of the open page; nothing is sent before a button is pressed, perhaps another section's."""
        self._looked = None
        filled = {self._wording.control(section, section.field(name)): value for name, value in values.items()}
        if filled:
            self._do(lambda driver: driver.fill(self._place(section), filled), section)

    def press(
        self,
        section: Section,
        button: str,
        *,
        fresh: bool = True,
        answer: bool | None = False,
        row: Mapping[str, str] | None = None,
        save_to: Path | None = None,
        timeout: float | None = None,
    ) -> Outcome:
        """Press a button of the section (or of one of its rows).

        :param answer: a question of the console is answered with yes; without it a question is refused; None: it is
            left open and is the outcome.
        :raises UseriesError: ``rejected`` with the console's messages, ``failed`` with its details.
        """
        if fresh:
            self.open(section.page)
        self._looked = None
        one = section.button(button)
        name = self._wording.button(section, one)
        outcome = self._do(
            lambda driver: driver.press(
                self._place(section),
                name,
                destructive=one.destructive,
                row=row,
                save_to=save_to,
                timeout=timeout,
                sole=row is None and self._wording.sole(section, one),
                key=self._wording.key(section, one.id),
            ),
            section,
        )
        if outcome.kind == "question" and answer:
            outcome = self._do(lambda driver: driver.confirm())
        if outcome.kind in ("done", "silent") and self._do(lambda driver: driver.came_anew()):
            self._anew = (section.page, Clock().now())
        if outcome.kind == "question" and answer is None:
            return outcome
        return self._judge(_words(section, one), outcome)

    def agree(self, section: Section, button: str) -> Outcome:
        """Answer the question that :meth:`press` left open with yes."""
        return self._judge(_words(section, section.button(button)), self._do(lambda driver: driver.confirm()))

    def enter(self, section: Section, field: str) -> Outcome:
        """Press Enter in a field of the open page; see :meth:`press`."""
        self._looked = None
        one = section.field(field)
        outcome = self._do(
            lambda driver: driver.enter(self._place(section), self._wording.control(section, one)), section
        )
        return self._judge(_words(section, one), outcome)

    def outcome(self) -> Outcome:
        """What the open page says."""
        return self._do(lambda driver: driver.outcome())

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Look at other pages in between, and come back to the one that is open."""
        looked, opened = self._looked, self._opened
        kept = self._driver.keep() if looked is not None and self._driver is not None else None
        yield
        if looked is None or self._driver is None or self._looked == looked:
            return
        if kept is not None and self._driver.take_up(kept):
            self._looked, self._opened = looked, opened
        else:  # in a browser only opening it again leads back
            self.open(looked)

    def _still_reads(self, page: Page) -> bool:
        """Whether the page is open as it was read a moment ago: what somebody else saved since is not put back."""
        return self._looked == page and Clock().now() - self._since < STILL

    # -- looking around ------------------------------------------------------------------------------------------------
    def visit(self, page: Page) -> None:
        """Open the page on a round of many: see the driver."""
        self._looked = self._anew = None
        self._do(lambda driver: driver.visit(self._menu(page)))

    def titles(self, *, every: bool = False) -> list[str]:
        """The titles of the open page; ``every``: also those of parts without buttons."""
        return self._do(lambda driver: driver.sections(every=every))

    def menu_texts(self) -> list[str]:
        """The texts of its menus."""
        return self._do(lambda driver: driver.menu_texts())

    def survey(self, section: Section) -> Survey:
        """Which labels of the section are on the open page, by the last part of their keys, and what else is there."""
        controls = [self._wording.control(section, one) for one in section.fields]
        buttons = [
            Caption(
                self._wording.key(section, one.id),
                self._wording.button(section, one),
                one.destructive,
                self._wording.sole(section, one),
            )
            for one in section.buttons
        ]
        return self._do(lambda driver: driver.survey(self._place(section), controls, buttons))

    def words(self, key: str, label: str, aliases: Sequence[str] = ()) -> tuple[str, ...]:
        """What is looked for under a key: the user's words for it, else the guide's."""
        return self._wording.name(key, label, aliases, False).texts

    def reworded(self, labels: Mapping[str, Any]) -> ConsoleSurface:
        """The same console with other words, for trying them."""
        other = copy.copy(self)
        other._wording = self._wording.plus(labels)
        return other

    # -- inside --------------------------------------------------------------------------------------------------------
    def _do(self, step: Callable[[ConsoleDriver], Answer], section: Section | None = None) -> Answer:
        driver = self._arrived()[0]
        try:
            answer = step(driver)
        except UseriesError as error:
            if error.kind in LABEL_KINDS:
                error.evidence = Evidence(driver.snapshot(), self._opened)
            if section is not None and error.label == f"{section.page.id}.{section.id}":
                _say_when(error, section.when)
            raise
        self._answered()
        return answer

    def _arrived(self) -> tuple[ConsoleDriver, Choice]:
        if self._driver is None or self.choice is None:
            driver = self._open_driver()
            self.choice = self._chooser.choose(driver)
            self._driver = driver
        return self._driver, self.choice

    def _menu(self, page: Page) -> list[Name]:
        self._opened = page.id
        self._possible(self.profile.refuses_page(page), f"The page {' > '.join(page.menu)}")
        *before, last = self.profile.menu(page)
        return [*(Name((text,)) for text in before), self._wording.name(page.id, last, (), False)]

    def _possible(self, refusal: Refusal | None, what: str) -> None:
        if refusal is not None:
            raise self._chooser.refused(self.profile, refusal, what)

    def _judge(self, step: str, outcome: Outcome) -> Outcome:
        if outcome.kind == "question":
            asked = f'The console asks "{outcome.message}" and this task has no answer to it.'
            raise self._error(step, "precondition", asked)
        if outcome.kind == "rejected":
            told = outcome.message.casefold()
            facts = "; ".join(f"{name}: {text}" for name, text in outcome.fields.items() if text.casefold() not in told)
            said = " ".join(part for part in (outcome.message, facts) if part)
            raise self._error(step, "rejected", f"The console refused {step}: {said}", outcome.fields)
        if outcome.kind == "failed":
            said = " ".join(part for part in (outcome.message, outcome.details) if part)
            raise self._error(step, "failed", f"{step} failed: {said}")
        return outcome

    def _error(self, step: str, kind: Any, message: str, fields: Mapping[str, str] | None = None) -> UseriesError:
        return UseriesError(
            message,
            surface="console",
            operation=step,
            target=self.target,
            kind=kind,
            fields=fields,
            remedy=REMEDIES.get(kind, ""),
        )

    def _place(self, section: Section) -> Place:
        self._possible(self.profile.refuses_section(section), f"The section {section.title}")
        return self._wording.place(section, self.profile)

    def leave(self) -> None:
        """Sign out by the console's own entry."""
        self._do(lambda driver: driver.leave())

    def close(self) -> None:
        """Let go of the connection, also when nobody was let in (the session lives on for the next task)."""
        self._let_go()
        self._driver = None


def _say_when(error: UseriesError, when: str) -> None:
    """Why a part need not be there comes before what to do about other words for it."""
    if error.kind == "label_missing" and when:
        why = when if when == PASSIVE else f"It is there only when {when}."
        error.remedy = f"{why} {error.remedy}".strip()


def _words(section: Section, part: Button | Field) -> str:
    return f'"{part.label}" in {" > ".join((*section.page.menu, section.title))}'
