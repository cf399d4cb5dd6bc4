# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands on a page for one appliance, dressed as the seed draws it: the data that the templates show."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.console.style import Style
from simulator.pages.spec import Button, Field, Page, Section, Table


@dataclass
class Option:
    """One choice of a select or a radio group; ``token`` is what is sent."""

    token: str
    text: str
    id: str
    chosen: bool = False


@dataclass
class Control:
    """A field as it is shown."""

    spec: Field
    id: str
    name: str
    label: str
    plain: str
    widget: str
    technique: str
    decoy: str
    value: str = ""
    token: str = ""
    checked: bool = False
    options: list[Option] = field(default_factory=list)
    placeholder: str = ""
    error: str = ""
    label_id: str = ""
    error_id: str = ""
    label_last: bool = False
    span_label: bool = False


@dataclass
class Press:
    """A button as it is shown.

    :param shape: button, submit, link (a GET), linklike, icon-title, icon-aria, icon-image or icon-link (a GET).
    """

    spec: Button
    label: str
    name: str
    value: str
    shape: str
    disabled: bool
    id: str


@dataclass
class Row:
    """A row of a table with its buttons."""

    cells: list[str]
    buttons: list[Press]


@dataclass
class Grid:
    """A table as it is shown."""

    spec: Table
    id: str
    columns: list[str]
    rows: list[Row]
    action_column: str | None
    empty_row: bool
    captioned: bool


@dataclass
class Block:
    """A section as it is shown."""

    spec: Section
    id: str
    title: str
    heading: str
    layout: str
    controls: list[Control]
    buttons: list[Press]
    enter: Press | None
    grids: list[Grid]
    wrappers: list[str]
    form_outside: bool
    buttons_first: bool
    grids_first: bool


class Builder:
    """Builds the blocks of a page.

    :param world: holds ``hidden`` and ``duplicated``, sets of labels or dotted ids that vanish or stand twice.
    """

    def __init__(self, style: Style, world: Any, appliance: Any) -> None:
        self.style = style
        self.world = world
        self.appliance = appliance

    # -- which -----------------------------------------------------------------------------------------------------

    def listed(self, kind: str, label: str, *path: str) -> bool:
        """Whether a label or its dotted id is in ``world.hidden`` / ``world.duplicated``."""
        wanted = {str(entry).casefold() for entry in getattr(self.world, kind, ())}
        return bool(wanted & {label.casefold(), ".".join(path).casefold()})

    def times(self, label: str, *path: str) -> int:
        """How often something stands on the page: 0, 1 or 2."""
        if self.listed("hidden", label, *path):
            return 0
        return 2 if self.listed("duplicated", label, *path) else 1

    def there(self, item: Page | Section | Field | Button) -> bool:
        """Whether the appliance shows it at the moment."""
        return item.available is None or bool(item.available(self.appliance))

    def sections(self, page: Page) -> list[Section]:
        """The sections shown, in the seed's order."""
        keys = {position: section.id for position, section in enumerate(page.sections)}
        ordered = self.style.order(page.sections, keys, "sections", page.id)
        return [section for section in ordered if self.there(section)]

    def fields(self, page: Page, section: Section) -> list[Field]:
        """The fields shown, in the seed's order."""
        keys = {position: spec.id for position, spec in enumerate(section.fields)}
        ordered = self.style.order(section.fields, keys, "fields", page.id, section.id, shuffle=0.35)
        return [spec for spec in ordered if self.there(spec)]

    def choices(self, spec: Field) -> list[str]:
        """The texts of a choice at the moment."""
        return list(spec.choices(self.appliance) if callable(spec.choices) else spec.choices)

    def current(self, section: Section) -> Mapping[str, Any]:
        """The present values of a section's fields."""
        return section.read(self.appliance) if section.read else {}

    # -- blocks ----------------------------------------------------------------------------------------------------

    def page(self, page: Page, posted: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None,
             section_id: str = "") -> list[Block]:  # fmt: skip
        """The blocks of a page.

        :param posted: raw values by field name that the person typed, shown again after a refusal of ``section_id``.
        :param errors: field id (of a section sent along: section.field) -> message, of the section ``section_id``.
        """
        sent = next((section.sends for section in page.sections if section.id == section_id), ())
        flat = self.style.chance(0.2, "flat", page.id)
        blocks = []
        for section in self.sections(page):
            prefix = "" if section.id == section_id else f"{section.id}."
            mine = not prefix or section.id in sent
            own = {key[len(prefix) :]: text for key, text in (errors or {}).items() if key.startswith(prefix)}
            for _turn in range(self.times(section.title, page.id, section.id)):
                blocks.append(self.block(page, section, flat, posted if mine else None, own if mine else {}))
        return blocks

    def block(self, page: Page, section: Section, flat: bool, posted: Mapping[str, str] | None,
              errors: Mapping[str, str]) -> Block:  # fmt: skip
        """One section."""
        path = (page.id, section.id)
        layout = self.style.layout(page, section)
        values = self.current(section)
        controls: list[Control] = []
        for spec in self.fields(page, section):
            for turn in range(self.times(spec.label, *path, spec.id)):
                control = self.control(page, section, spec, layout, values.get(spec.id), turn)
                if posted is not None and spec.kind != "readonly":
                    self._typed(control, posted)
                control.error = errors.get(spec.id, "")
                controls.append(control)
        presses = self.buttons(section.buttons, *path)
        return Block(
            spec=section,
            id=self.style.element("section", *path),
            title=self.style.dressed(self.style.worded(section, *path), "section", *path),
            heading="flat" if flat else self.style.heading(page, section, layout),
            layout=layout,
            controls=controls,
            buttons=[one for one in presses if not one.spec.by_enter],
            enter=next((one for one in presses if one.spec.by_enter), None),
            grids=[self.grid(page, section, table) for table in section.tables],
            wrappers=[self.style.word("wrapper", *path, str(n)) for n in range(self.style.depth("section", *path))],
            form_outside=self.style.chance(0.5, "form outside", *path),
            buttons_first=self.style.chance(0.1, "buttons first", *path),
            grids_first=self.style.chance(0.4, "tables first", *path),
        )

    # -- controls --------------------------------------------------------------------------------------------------

    def control(self, page: Page, section: Section, spec: Field, layout: str, value: Any, turn: int = 0) -> Control:
        """One field with its present value."""
        path = (page.id, section.id, spec.id, *(("again",) if turn else ()))
        style = self.style
        choices = self.choices(spec)
        widget = style.widget(spec, choices, *path)
        plain = style.worded(spec, page.id, section.id, spec.id)
        label = plain
        if spec.states:
            label = f"{label} ({spec.states[0] if value else spec.states[1]})"
        label = style.dressed(label, *path)
        control = Control(
            spec=spec, id=style.element(*path), name=style.name(*path), plain=plain, widget=widget,
            label=label if plain.rstrip().endswith(":") else label.rstrip() + style.trailing(widget, *path),
            technique=style.technique(layout, widget, *path),  # type: ignore[arg-type]
            decoy=style.decoy(*path), label_id=style.element("label", *path), error_id=style.element("error", *path),
            token=style.pick(("on", "true", "1", "yes"), "token", *path), label_last=style.chance(0.6, "last", *path),
            span_label=style.chance(0.5, "span", *path),
        )  # fmt: skip
        self._fill(control, value, choices, path)
        return control

    def _fill(self, control: Control, value: Any, choices: Sequence[str], path: Sequence[str]) -> None:
        spec = control.spec
        if spec.kind in ("toggle", "checkbox"):
            control.checked = bool(value)
            words = spec.states or ("Yes", "No")
            pairs = [(words[0], bool(value)), (words[1], not value)]
        elif spec.kind == "password":
            dots = value if isinstance(value, int) and not isinstance(value, bool) else (8 if value else 0)
            control.placeholder = "\u2022" * dots
            return
        else:
            control.value = "" if value is None else str(value)
            pairs = [(text, text == control.value) for text in choices]
            if control.widget == "select" and not any(chosen for _text, chosen in pairs):
                pairs = [("", True), *pairs]
        if control.widget in ("select", "radio"):
            shape = self.style.pick(("text", "number", "word"), "options", *path)
            for number, (text, chosen) in enumerate(pairs):
                token = {"text": text, "number": str(number), "word": self.style.word("option", *path, text)}[shape]
                option_id = self.style.element("option", *path, str(number))
                control.options.append(Option("" if text == "" else token, text, option_id, chosen))

    @staticmethod
    def _typed(control: Control, posted: Mapping[str, str]) -> None:
        raw = posted.get(control.name)
        if control.widget == "checkbox":
            control.checked = raw is not None
        elif control.options:
            for option in control.options:
                option.chosen = option.token == raw
        elif raw is not None and control.widget not in ("password", "file"):
            control.value = raw

    # -- buttons and tables ----------------------------------------------------------------------------------------

    def buttons(self, specs: Sequence[Button], *path: str) -> list[Press]:
        """The buttons of a section."""
        return [
            self.button(spec, "", *path, *(("again",) if turn else ()))
            for spec in specs
            if self.there(spec)
            for turn in range(self.times(spec.label, *path, spec.id))
        ]

    def button(self, spec: Button, row: str, *path: str) -> Press:
        """One button; ``row`` is the key of its row in a table."""
        style = self.style
        own = (*path, spec.id)
        shapes: Sequence[str] = ("button", "button", "submit")
        if spec.kind == "icon":
            shapes = (
                ("icon-title", "icon-aria", "icon-image") if spec.writes else ("icon-link", "icon-title", "icon-image")
            )
        elif spec.kind == "link":
            shapes = ("linklike",) if spec.writes else ("link",)
        elif row:
            shapes = ("button", "submit", "icon-title")
        shape = style.pick(shapes, "shape", *own)
        worded = style.worded(spec, *own)
        label = style.dressed(worded, "button", *own) if shape in ("button", "link", "linklike") else worded
        name = style.name("button", *own) + (f"-{row}" if row else "")
        enabled = spec.enabled is None or bool(spec.enabled(self.appliance))
        return Press(
            spec, label, name, style.word("press", *own), shape, not enabled, style.element("button", *own, row)
        )

    def grid(self, page: Page, section: Section, table: Table) -> Grid:
        """One table with the rows of the moment."""
        path = (page.id, section.id, table.id)
        style = self.style
        rows = []
        for key, row in self.rows(table):
            buttons = [self.button(spec, key, *path) for spec in table.buttons if self.there(spec)]
            rows.append(Row([str(row.get(column, "")) for column in table.columns], buttons))
        return Grid(
            spec=table, id=style.element(*path), columns=list(table.columns), rows=rows,
            action_column=style.pick(("", "Actions", "\u00a0"), "actions", *path) if table.buttons else None,
            empty_row=style.chance(0.5, "empty", *path),
            captioned=bool(table.caption) and style.chance(0.6, "caption", *path),
        )  # fmt: skip

    def rows(self, table: Table) -> list[tuple[str, Mapping[str, str]]]:
        """The rows of a table with a key each that stays the same while the row does."""
        result: list[tuple[str, Mapping[str, str]]] = []
        seen: dict[str, int] = {}
        for row in table.rows(self.appliance):
            text = "\x1f".join(
                (self.style.seed, table.id, *(f"{column}={row.get(column, '')}" for column in table.columns))
            )
            digest = hashlib.sha256(text.encode()).hexdigest()[:10]
            seen[digest] = seen.get(digest, 0) + 1
            result.append((digest if seen[digest] == 1 else f"{digest}{seen[digest]}", row))
        return result
