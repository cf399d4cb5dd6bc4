# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does with the console, as five verbs: open, read, fill, press, read the outcome.

No address, form or request appears here: a browser can stand behind it as well as an HTML parser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Caption,
    Control,
    Kept,
    Name,
    Outcome,
    Scale,
    Section,
    Snapshot,
    Survey,
    Value,
)


class ConsoleDriver(Protocol):
    """One console, signed in. Errors are ``UseriesError``: ``label_missing`` (with what is there as candidates),
    ``label_ambiguous``, ``precondition`` (disabled), ``invalid`` (a value the control does not take), and the net's.
    """

    def navigation(self) -> list[str]:
        """Every text of the menus of the page that one is shown after signing in."""

    def leave(self) -> None:
        """Sign out now; the tasks that follow have to sign in again."""

    def open(self, menu: Sequence[Name]) -> None:
        """Click the texts of ``menu``, one after the other, from the start page; always shows a fresh page."""

    def title(self) -> str:
        """The page's main heading."""

    def menu_texts(self) -> list[str]:
        """Every text of the menus of the present page."""

    def sections(self, *, every: bool = False) -> list[str]:
        """The titles on the present page, in order; ``every``: also those of parts without buttons."""

    def has(self, section: Section) -> bool:
        """Whether the section is on the present page."""

    def read(
        self, section: Section, controls: Sequence[Control], *, row: Mapping[str, str] | None = None
    ) -> dict[str, Value]:
        """What the controls show, by control id. Secrets give what the page gives ("" mostly)."""

    def present(self, section: Section, controls: Sequence[Control]) -> list[str]:
        """Ids of those controls that are there (exactly once)."""

    def choices(self, section: Section, control: Control) -> list[str]:
        """The texts that a choice offers."""

    def scale(self, section: Section, control: Control) -> Scale:
        """The numbers that a slider or number field takes."""

    def labels(self, section: Section) -> list[str]:
        """The labels of all controls of a section, as the page words them."""

    def buttons(self, section: Section) -> list[str]:
        """The captions of all buttons of a section, as the page words them."""

    def enabled(self, section: Section, button: Name) -> bool:
        """Whether a button can be pressed; ``label_missing`` when it is not there."""

    def address(self, section: Section, link: Name) -> str:
        """The address that a link leads to; empty when the markup does not tell."""

    def table(
        self, section: Section | None, *, columns: Sequence[str] = (), name: Name | None = None
    ) -> list[dict[str, str]]:
        """The rows of the table that has these columns, or this caption; without both, the section's only table.

        A row is also the handle by which ``press`` and ``fill`` find it again.
        """

    def fill(self, section: Section, values: Mapping[Control, Value], *, row: Mapping[str, str] | None = None) -> None:
        """Set controls; nothing is sent before ``press``."""

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
        """Press a button.

        :param destructive: the whole caption must match.
        :param row: the button in the table row whose cells equal these.
        :param save_to: file for a download (0600; only there when complete).
        :param sole: the section's only button is meant when the caption is not there; never with ``destructive``.
        :param key: the button's key of ``useries_console_labels``, for errors.
        :param timeout: seconds for the answer, when it takes longer than usual.
        """

    def enter(self, section: Section, control: Control) -> Outcome:
        """Press Enter in a field, where a section has no button; ``precondition`` when that would press a button
        that stands elsewhere on the page.
        """

    def came_anew(self) -> bool:
        """Whether the page shown now is the one that was open at the last press, and was asked for again after it."""

    def keep(self) -> Kept | None:
        """The present page, to come back to after a look elsewhere; None when only opening it again leads back."""

    def take_up(self, kept: Kept) -> bool:
        """Come back to a page that was kept; False when it has to be opened again."""

    def confirm(self) -> Outcome:
        """Say yes to the question that the last ``press`` led to."""

    def answer(self, caption: Name) -> Outcome:
        """Answer that question by the caption of one of its buttons."""

    def outcome(self) -> Outcome:
        """What the present page says."""

    def visit(self, menu: Sequence[Name]) -> None:
        """Like ``open``, for a round of many pages that are only looked at: goes on from the page that is open where
        its menus lead there, and shows a page that it just met as it is.
        """

    def survey(self, section: Section, controls: Sequence[Control], buttons: Sequence[Caption]) -> Survey:
        """Which of these are in the section, and what else is; ``label_missing`` when the section is not there."""

    def snapshot(self) -> Snapshot | None:
        """The page that was looked at last, as it is now; None before the first."""
