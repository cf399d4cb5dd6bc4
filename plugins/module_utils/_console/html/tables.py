# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables: rows as mappings from column to text, and rows found again by what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import is_field
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, lineage, within
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, key, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import selected
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NO_BUTTON = frozenset({"button"})
_CELL_ROLES = ("cell", "gridcell", "rowheader")


@dataclass(frozen=True)
class Row:
    """One row: its cells by column caption, and the element that holds its buttons."""

    cells: Mapping[str, str]
    element: Element


@dataclass(frozen=True)
class Grid:
    """One table with column captions."""

    element: Element
    columns: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]


def grids(page: Page, scope: Scope) -> list[Grid]:
    """Every table of a section that has column captions."""
    tables = [one for one in scope.elements if one.tag == "table" or one.get("role") in ("table", "grid")]
    found = [_grid(page, one) for one in tables]
    return [one for one in found if one is not None]


def _grid(page: Page, table: Element) -> Grid | None:
    lines = [one for one in page.inside(table) if _is_row(one) and _table_of(one) is table]
    head = next((one for one in lines if _is_head(page, one)), None)
    if head is None:
        return None
    columns = tuple(page.text(one, skip=_NO_BUTTON) or page.text(one) for one in _cells(page, head))
    names = [page.text(one) for one in table if one.tag == "caption"] + page.own_name(table)
    rows = [_row(page, line, columns) for line in lines if line is not head and not _is_head(page, line)]
    return Grid(table, columns, tuple(names), tuple(one for one in rows if one is not None))


def _is_row(element: Element) -> bool:
    return element.tag == "tr" or element.get("role") == "row"


def _table_of(row: Element) -> Element | None:
    return next((one for one in lineage(row) if one.tag == "table" or one.get("role") in ("table", "grid")), None)


def _cells(page: Page, row: Element) -> list[Element]:
    inner = [one for one in row if isinstance(one.tag, str) and page.visible(one)]
    return [one for one in inner if one.tag in ("td", "th") or one.get("role") in (*_CELL_ROLES, "columnheader")]


def _is_head(page: Page, row: Element) -> bool:
    cells = _cells(page, row)
    if not cells:
        return False
    if all(one.tag == "th" or one.get("role") == "columnheader" for one in cells):
        return len(cells) > 1 or within(row, ("thead",)) is not None or cells[0].get("colspan") is None
    return within(row, ("thead",)) is not None


def _row(page: Page, line: Element, columns: Sequence[str]) -> Row | None:
    cells = _cells(page, line)
    if len(cells) == 1 and len(columns) > 1:
        return None  # "nothing to show", across all columns
    texts = [_shown(page, cell) for cell in cells]
    return Row({column: text for column, text in zip(columns, texts, strict=False) if column}, line)


def _shown(page: Page, cell: Element) -> str:
    text = page.text(cell, skip=_NO_BUTTON)
    if text:
        return text
    for one in page.inside(cell):
        if one.tag == "select":
            option = selected(one)
            return page.text(option) if option is not None else ""
        if is_field(one) and one.get("type", "text") not in ("checkbox", "radio", "file", "password"):
            return one.get("value") or page.text(one)
    return ""


def find_grid(page: Page, scope: Scope, columns: Sequence[str], name: Name | None, place: Place) -> Grid:
    """The table that has these columns, or this name; the only one when neither is given."""
    there = grids(page, scope)
    found = [one for one in there if {key(text) for text in columns} <= {key(text) for text in one.columns}]
    if name is not None and len(found) > 1:
        found = [one for one in found if quality(name, one.names) == EXACT] or found
    if len(found) == 1:
        return found[0]
    listed = [" | ".join(one.columns) for one in there]
    wanted = name or Name((" | ".join(columns) or "(any)",))
    where = (
        f"in the section '{scope.title}' of the page '{place.page}'" if scope.title else f"on the page '{place.page}'"
    )
    raise (place.ambiguous if found else place.missing)("table", wanted, where, "", listed)


def shown_rows(grid: Grid, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows, under the caller's spelling of the columns where it gave one."""
    spelling = {key(text): text for text in columns}
    return [{spelling.get(key(column), column): text for column, text in row.cells.items()} for row in grid.rows]


def find_row(page: Page, scope: Scope, wanted: Mapping[str, str], place: Place) -> Element:
    """The one row whose cells show these texts."""
    asked = {key(column): key(text) for column, text in wanted.items()}
    rows = [row for grid in grids(page, scope) for row in grid.rows]
    found = [
        row for row in rows if asked.items() <= {key(column): key(text) for column, text in row.cells.items()}.items()
    ]
    if len(found) == 1:
        return found[0].element
    listed = [" | ".join(row.cells.values()) for row in (found or rows)]
    name = Name((" | ".join(wanted.values()),))
    where = f"in the section '{scope.title}' of the page '{place.page}'"
    if found:
        raise place.ambiguous("row", name, where, "", listed)
    raise place.error(
        f"No row '{name}' {where}.",
        "precondition",
        remedy="Read the table again: the row may be gone.",
        candidates=listed,
    )
