# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page of the simulated console is: data and handlers, nothing of HTML.

``pages/`` fills these classes from the guide; ``console/`` renders them as it likes (ids, names, nesting, order and the
way of labelling are drawn from a seed) and calls the handlers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
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
]


@dataclass(frozen=True)
class Upload:
    """A file that the browser sent."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Download:
    """A file that the browser is sent."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Outcome:
    """What the console says after a button.

    :param ok: success (green) or not (red).
    :param message: the sentence shown.
    :param field_errors: field id -> validation message shown beside the field.
    :param details: text behind Show/Hide Results, shown after a failure of a long operation.
    :param download: a file instead of a page.
    :param go_to: page id to show next (default: the same page again).
    :param dialog: a question that must be answered (confirm/cancel) before the action happens.
    :param sign_out: the console ends the session after this action.
    """

    ok: bool = True
    message: str = ""
    field_errors: Mapping[str, str] = field(default_factory=dict)
    details: str = ""
    download: Download | None = None
    go_to: str | None = None
    dialog: str | None = None
    sign_out: bool = False


@dataclass(frozen=True)
class Field:
    """One control.

    :param id: the key in ``useries_console_labels`` too; :param label: the guide's label (or a guess).
    :param wordings: other wordings that the seed may draw instead (only for guessed labels).
    :param choices: texts of a choice, or a function of the appliance.
    :param states: words that a toggle shows after its label, e.g. ("Yes", "No").
    :param available: False hides the control (function of the appliance).
    :param like: id of another section of the page; its field of the same id draws the same wording.
    """

    id: str
    label: str
    kind: Kind
    guessed: bool = False
    wordings: Sequence[str] = ()
    choices: Sequence[str] | Callable[[Any], Sequence[str]] = ()
    states: tuple[str, str] | None = None
    caption: str = ""
    minimum: int | None = None
    maximum: int | None = None
    step: int | None = None
    secret: bool = False
    available: Callable[[Any], bool] | None = None
    like: str = ""


Press = Callable[[Any, Mapping[str, Any]], Outcome]


@dataclass(frozen=True)
class Button:
    """A button of a section.

    :param press: handler(appliance, values): values: the section's fields by id (str, bool, int, Upload or None); for
        the button of a row additionally ``row`` (the row as shown), and after a dialog was answered ``confirmed``.
    :param enabled: None or a function of the appliance; a disabled button is shown but cannot be pressed.
    :param writes: False for buttons that only show something (they do not count as writes).
    :param by_enter: not shown: pressing Enter in a field of its section does it. Such a section is a form of its own.
    """

    id: str
    label: str
    press: Press
    guessed: bool = False
    wordings: Sequence[str] = ()
    kind: Literal["button", "link", "icon"] = "button"
    enabled: Callable[[Any], bool] | None = None
    available: Callable[[Any], bool] | None = None
    writes: bool = True
    by_enter: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a section.

    :param columns: captions as shown; :param rows: function of the appliance giving one mapping per row
        (column caption -> text).
    :param buttons: icons/buttons that stand in every row.
    :param ids: keys of the columns in ``useries_console_labels``, where their captions have to be named.
    """

    id: str
    columns: Sequence[str]
    rows: Callable[[Any], Sequence[Mapping[str, str]]]
    buttons: Sequence[Button] = ()
    caption: str = ""
    ids: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """A titled part of a page.

    :param read: function of the appliance giving the present value of every field by id (secrets: "" or the number of
        dots to show); :param available: None or a function of the appliance.
    :param sends: ids of other sections of the page whose fields are sent with this section's buttons; their values
        come as "section.field". A page with such a section is one form.
    :param plain: its fields are settings that are simply kept, and saving them does nothing else.
    """

    id: str
    title: str
    fields: Sequence[Field] = ()
    buttons: Sequence[Button] = ()
    tables: Sequence[Table] = ()
    read: Callable[[Any], Mapping[str, Any]] | None = None
    guessed: bool = False
    wordings: Sequence[str] = ()
    notes: Sequence[str] = ()
    available: Callable[[Any], bool] | None = None
    sends: Sequence[str] = ()
    plain: bool = False


@dataclass(frozen=True)
class Page:
    """A page of the console.

    :param menu: the texts one clicks from the top menu, e.g. ("Maintenance", "General Settings").
    :param modelled: False renders an honest "not modelled" page.
    :param by_button: a button of another page opens it; it stands in no menu.
    :param unprinted: the guide prints no label of it; the inventory then names every one, as an administrator must.
    """

    id: str
    title: str
    menu: tuple[str, ...]
    sections: Sequence[Section] = ()
    modelled: bool = True
    available: Callable[[Any], bool] | None = None
    guessed: bool = False
    by_button: bool = False
    unprinted: bool = False
