# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which parts of a page are types of events, where a page is unlike the simulator's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.mail import kinds
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Kind, Label, Survey
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

BOX: tuple[Kind, ...] = ("toggle", "checkbox")
LIST: tuple[Kind, ...] = ("choice", "toggle", "checkbox")


class Page:
    """An open page: title -> label -> what the control could be. A title is found by its beginning, too."""

    def __init__(self, parts: Mapping[str, Mapping[str, tuple[Kind, ...]]], twice: Sequence[str] = ()) -> None:
        self.parts, self.twice = parts, twice

    def titles(self, *, every: bool = False) -> list[str]:
        return list(self.parts)

    def words(self, _key: str, label: str, aliases: Sequence[str] = ()) -> tuple[str, ...]:
        return (label, *aliases)

    def _title(self, section: Any) -> str:
        return next((title for title in self.parts if title.startswith(section.title)), "")

    def has(self, section: Any) -> bool:
        if section.title in self.twice:
            raise UseriesError("twice", surface="console", operation="look", kind="label_ambiguous")
        return bool(self._title(section))

    def survey(self, section: Any) -> Survey:
        title = self._title(section)
        rest = tuple(Label("control", text, fits) for text, fits in self.parts[title].items())
        return Survey(title, {}, {}, rest)

    def read(self, _section: Any, fields: Sequence[str], *, fresh: bool = True) -> dict[str, Any]:
        return {name: name.startswith("admin") for name in fields}


def found(page: Page, *further: str) -> dict[str, dict[str, bool]]:
    some: Any = page
    return {one.name: one.users for one in kinds(some, further)}


def test_a_caption_is_the_whole_title() -> None:
    page = Page({"Health Monitoring (2 users)": {"admin (BI User)": BOX, "other (BI User) *": BOX}})
    assert found(page, "Health") == {"Health Monitoring (2 users)": {"admin (BI User)": True, "other (BI User)": False}}


def test_what_holds_no_check_boxes_is_no_type() -> None:
    page = Page({"Servers": {"Server": LIST}, "Backup monitoring": {}, "Updates": {"admin": BOX}})
    assert found(page) == {"Updates": {"admin": True}}


def test_a_title_that_is_there_twice_is_none() -> None:
    assert found(Page({"Note": {"admin": BOX}, "Updates": {"admin": BOX}}, twice=["Note"])) == {
        "Updates": {"admin": True}
    }


def test_the_other_parts_of_the_page_are_no_types() -> None:
    own = ("Appliance notifications", "Notifications", "Email Notification Settings", "Email address for current user")
    assert found(Page({title: {"admin": BOX} for title in own}), *own) == {}
