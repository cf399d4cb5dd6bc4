# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other words for labels, stated ones too: the console of an appliance that nobody has written down yet.

The file is YAML, dotted id -> words: ``page`` (its menu entry and heading), ``page.section`` (its title),
``page.section.field`` or ``page.section.button`` (also one in the rows of a table).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import yaml

from simulator.pages.spec import Button, Field, Page, Section, Table

Item = TypeVar("Item", Field, Button)


class Unusable(ValueError):
    """The file cannot be used; the text says why."""


def read_labels(path: Path) -> dict[str, str]:
    """The content of a label file.

    :raises Unusable: when it cannot be read or is no mapping of texts to texts.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Unusable(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict) or not all(
        isinstance(key, str) and isinstance(words, str) and words.strip() for key, words in content.items()
    ):
        raise Unusable(f"{path} must be a mapping of dotted ids to words")
    return content


def relabelled(pages: Sequence[Page], labels: Mapping[str, str]) -> tuple[Page, ...]:
    """The pages with these words; what is worded so is no guess of the seed any more.

    :raises Unusable: for ids that nothing has, and for the menu entries of whole sites.
    """
    sites = {page.id for page in pages if len(page.menu) < 2}
    for key in labels:
        if key in sites:
            raise Unusable(f"{key} is the first page of a site; the sites keep their names")
        if key not in ids(pages):
            near = difflib.get_close_matches(key, ids(pages), 3)
            raise Unusable(f"nothing has the id {key!r}" + (f"; there are {', '.join(near)}" if near else ""))
    menus = {page.menu: labels[page.id] for page in pages if page.id in labels}
    return tuple(_page(page, labels, menus) for page in pages)


def ids(pages: Sequence[Page]) -> list[str]:
    """Every dotted id that may be in the file."""
    found = []
    for page in pages:
        found.append(page.id)
        for section in page.sections:
            own = f"{page.id}.{section.id}"
            items: list[Field | Button] = [*section.fields, *section.buttons]
            items += [button for table in section.tables for button in table.buttons]
            found += [own, *(f"{own}.{item.id}" for item in items)]
    return found


def _page(page: Page, labels: Mapping[str, str], menus: Mapping[tuple[str, ...], str]) -> Page:
    menu = tuple(menus.get(page.menu[: place + 1], text) for place, text in enumerate(page.menu))
    sections = tuple(_section(section, f"{page.id}.{section.id}", labels) for section in page.sections)
    return replace(page, menu=menu, title=labels.get(page.id, page.title), sections=sections)


def _section(section: Section, own: str, labels: Mapping[str, str]) -> Section:
    tables = tuple(_table(table, own, labels) for table in section.tables)
    changed = replace(
        section,
        fields=tuple(_item(field, own, labels) for field in section.fields),
        buttons=tuple(_item(button, own, labels) for button in section.buttons),
        tables=tables,
    )
    return replace(changed, title=labels[own], guessed=False, wordings=()) if own in labels else changed


def _table(table: Table, own: str, labels: Mapping[str, str]) -> Table:
    return replace(table, buttons=tuple(_item(button, own, labels) for button in table.buttons))


def _item(item: Item, own: str, labels: Mapping[str, str]) -> Item:
    words = labels.get(f"{own}.{item.id}")
    return item if words is None else replace(item, label=words, guessed=False, wordings=())
