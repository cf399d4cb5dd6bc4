# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the guide's pages are written down here: pages, sections, fields, buttons, with their visible labels.

Labels live in this room and nowhere else. Ids are the collection's option names; ``guessed`` marks a label that the
guide does not print (it may be overridden with ``useries_console_labels``). ``lines`` are line numbers of the U-Series
Appliance 3.3 Administration Guide. ``when`` completes the sentence "It is there only when ...", for what need not be
there on every appliance at every time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Literal, TypeVar

FieldKind = Literal[
    "text",
    "multiline",
    "password",
    "number",
    "toggle",
    "checkbox",
    "choice",
    "file",
    "slider",
    "day",
    "date",
    "time",
    "readonly",
    "list",
]


@dataclass(frozen=True)
class Field:
    """A control of a section.

    :param label: the guide's label, :param aliases: other spellings; :param sole: it may be recognised as the only
        control of its kind in the section; :param choices: texts of a choice as the guide prints them.
    :param minimum: lowest number allowed, :param maximum: highest; :param unit: for the documentation.
    """

    id: str
    label: str
    kind: FieldKind
    aliases: tuple[str, ...] = ()
    guessed: bool = False
    secret: bool = False
    sole: bool = False
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    when: str = ""
    lines: str = ""


@dataclass(frozen=True)
class Button:
    """A button, link or icon. ``destructive`` ones must match their whole caption."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    guessed: bool = False
    destructive: bool = False
    when: str = ""
    lines: str = ""


@dataclass(frozen=True)
class Section:
    """A titled part of a page; ``anchor`` is the id of the button that tells it when its title is a guess.

    :param named: its title is a name that the appliance's data give; no other words are looked up for it.
    """

    id: str
    title: str
    fields: tuple[Field, ...] = ()
    buttons: tuple[Button, ...] = ()
    aliases: tuple[str, ...] = ()
    guessed: bool = False
    anchor: str = ""
    named: bool = False
    when: str = ""
    lines: str = ""
    page: Page = attribute(default=None, repr=False, compare=False)  # type: ignore[assignment]

    def field(self, id: str) -> Field:
        """The field of that id; KeyError is a mistake of ours."""
        return _of(self.fields, id, f"The section {self.id} has no field")

    def button(self, id: str) -> Button:
        """The button of that id; KeyError as above."""
        return _of(self.buttons, id, f"The section {self.id} has no button")


@dataclass(frozen=True)
class Page:
    """A page: how to get there by the menu's texts, and its sections; ``role``: the role that brings it.

    :param site: the web site that has it, empty for the appliance's console.
    :param active_only: a passive node may not show it (guide 1214).
    :param unprinted: the guide prints no label of it, so the user has to name every one before anything is done there.
    """

    id: str
    title: str
    menu: tuple[str, ...]
    parts: tuple[Section, ...] = ()
    when: str = ""
    role: str = ""
    site: str = ""
    active_only: bool = False
    unprinted: bool = False
    lines: str = ""

    def section(self, id: str) -> Section:
        """The section of that id, knowing its page."""
        part = _of(self.parts, id, f"The page {self.id} has no section")
        return replace(part, page=self)


Part = TypeVar("Part", Field, Button, Section)


def _of(parts: tuple[Part, ...], id: str, without: str) -> Part:
    for one in parts:
        if one.id == id:
            return one
    raise KeyError(f"{without} {id!r}; there are: {', '.join(one.id for one in parts) or 'none'}")
