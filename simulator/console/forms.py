# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a posted form back to the button that was pressed and the values of its section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import FileStorage

from simulator.console.view import Builder, Control
from simulator.pages.spec import Button, Field, Page, Section, Table, Upload


@dataclass
class Pressed:
    """A button of the page, found in a request."""

    section: Section
    button: Button
    table: Table | None = None
    row_key: str = ""
    row: Mapping[str, str] | None = None
    disabled: bool = False
    gone: bool = False


@dataclass
class Parsed:
    """The values of a section by field id, and messages for those that cannot be read."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def find_pressed(builder: Builder, page: Page, form: Mapping[str, str]) -> Pressed | None:
    """The button whose name the request carries."""
    for section in builder.sections(page):
        path = (page.id, section.id)
        for press in builder.buttons(section.buttons, *path):
            if press.name in form:
                return Pressed(section, press.spec, disabled=press.disabled)
        for table in section.tables:
            found = _row_button(builder, page, section, table, form)
            if found:
                return found
    return None


def _row_button(
    builder: Builder, page: Page, section: Section, table: Table, form: Mapping[str, str]
) -> Pressed | None:
    for spec in table.buttons:
        prefix = builder.button(spec, "", page.id, section.id, table.id).name + "-"
        sent = next((name for name in form if name.startswith(prefix)), None)
        if sent is None:
            continue
        key = sent[len(prefix) :]
        row = dict(builder.rows(table)).get(key)
        disabled = builder.button(spec, key, page.id, section.id, table.id).disabled
        return Pressed(section, spec, table, key, row, disabled=disabled, gone=row is None)
    return None


def parse(
    builder: Builder, page: Page, section: Section, form: Mapping[str, str], files: Mapping[str, FileStorage]
) -> Parsed:
    """Read the fields of a section and, as ``section.field``, of those that are sent along with it.

    A field that the page does not show keeps its present value; a secret or a file that is not shown is left out.
    """
    result = Parsed()
    for other in page.sections:
        if other is not section and (other.id not in section.sends or not builder.there(other)):
            continue
        prefix = "" if other is section else f"{other.id}."
        _read(builder, page, other, form, files, prefix, result)
    return result


def _read(builder: Builder, page: Page, section: Section, form: Mapping[str, str], files: Mapping[str, FileStorage],
          prefix: str, result: Parsed) -> None:  # fmt: skip
    current = builder.current(section)
    layout = builder.style.layout(page, section)
    for spec in section.fields:
        if spec.kind == "readonly":
            continue
        if not builder.there(spec) or not builder.times(spec.label, page.id, section.id, spec.id):
            if spec.kind not in ("password", "file"):
                result.values[prefix + spec.id] = current.get(spec.id)
            continue
        control = builder.control(page, section, spec, layout, current.get(spec.id))
        try:
            result.values[prefix + spec.id] = _value(control, spec, form, files)
        except ValueError as error:
            result.errors[prefix + spec.id] = str(error)


def _value(control: Control, spec: Field, form: Mapping[str, str], files: Mapping[str, FileStorage]) -> Any:
    if spec.kind == "file":
        sent = files.get(control.name)
        return Upload(sent.filename, sent.read()) if sent is not None and sent.filename else None
    raw = form.get(control.name)
    if control.widget == "checkbox":
        return raw is not None
    if control.options:
        text = _chosen(control, raw)
        return text == control.options[0].text if spec.kind in ("toggle", "checkbox") else text
    if spec.kind in ("number", "slider"):
        return _number(control, spec, raw or "")
    return (raw or "").replace("\r\n", "\n") if spec.kind == "multiline" else (raw or "")


def _chosen(control: Control, raw: str | None) -> str:
    if not raw:
        return ""
    for option in control.options:
        if option.token == raw:
            return option.text
    raise ValueError(f"{control.plain}: this choice is not offered.")


def _number(control: Control, spec: Field, raw: str) -> int | None:
    if not raw.strip():
        return None
    try:
        value = int(raw.strip())
    except ValueError:
        raise ValueError(f"The field {control.plain} must be a number.") from None
    low, high = spec.minimum, spec.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        if low is not None and high is not None:
            raise ValueError(f"The field {control.plain} must be between {low} and {high}.")
        raise ValueError(
            f"The field {control.plain} must be {f'at least {low}' if low is not None else f'at most {high}'}."
        )
    if spec.step and (value - (low or 0)) % spec.step:
        raise ValueError(f"The field {control.plain} must go in steps of {spec.step}.")
    return value
