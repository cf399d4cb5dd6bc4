# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small tools that the pages are made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.model.errors import Refused
from simulator.pages.spec import Button, Field, Outcome, Press, Section

Values = Mapping[str, Any]
Action = Callable[[Any, Values], "Outcome | str"]
AT_THE_END = frozenset(
    {"exchange", "initial_sync", "create_backup", "restore", "import_backups", "apply_roles", "switch_roles", "boot"}
)
"""Faults that the model itself raises, at the end of the operation."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def act(action_id: str, function: Action, ask: str = "") -> Press:
    """A handler: faults and refusals become outcomes. ``ask`` is the question put first with ``warn_before_danger``."""

    def press(appliance: Any, values: Values) -> Outcome:
        if ask and appliance.world.warn_before_danger and not values.get("confirmed"):
            return Outcome(dialog=ask)
        try:
            fault = "" if action_id in AT_THE_END else appliance.take_fault(action_id)
            if fault:
                raise Refused(fault)
            result = function(appliance, values)
        except Refused as refused:
            return Outcome(False, refused.message, refused.fields, refused.details)
        return result if isinstance(result, Outcome) else Outcome(True, result)

    return press


def button(action_id: str, label: str, function: Action, ask: str = "", **more: Any) -> Button:
    """A button with a handler by ``act``."""
    return Button(action_id, label, act(action_id, function, ask), **more)


def text(values: Values, key: str) -> str:
    """A text value, "" when it was not sent."""
    return str(values.get(key) or "")


def whole(values: Values, key: str, low: int | None = None, high: int | None = None) -> int:
    """A number; a refusal beside the field when it is none or out of range."""
    try:
        number = int(str(values.get(key)))
    except ValueError:
        raise Refused("Check the marked fields.", {key: "Enter a number."}) from None
    if (low is not None and number < low) or (high is not None and number > high):
        raise Refused("Check the marked fields.", {key: f"The number must be between {low} and {high}."})
    return number


def clean(field: Field, values: Values, appliance: Any) -> Any:
    """The value of a field as it is stored."""
    if field.kind in ("toggle", "checkbox"):
        return bool(values.get(field.id))
    if field.kind in ("number", "slider"):
        return whole(values, field.id, field.minimum, field.maximum)
    value = text(values, field.id)
    if field.kind in ("choice", "day"):
        offered = field.choices(appliance) if callable(field.choices) else field.choices
        if value not in offered:
            raise Refused("Check the marked fields.", {field.id: "Choose one of the values offered."})
    return value


def dots(secret: str) -> int:
    """What a password field shows for a stored secret."""
    return 8 if secret else 0


def keep_secrets(fields: Sequence[Field], new: dict[str, Any], old: Values, appliance: Any) -> None:
    """With ``world.blank_keeps_secret`` an empty password field keeps the stored secret."""
    if not appliance.world.blank_keeps_secret:
        return
    for field in fields:
        if field.secret and not new.get(field.id):
            new[field.id] = old.get(field.id, "")


def stored(
    key: str,
    title: str,
    fields: Sequence[Field],
    save: tuple[str, str],
    first: Values,
    message: str = "The settings were saved.",
    check: Callable[[Any, dict[str, Any]], None] | None = None,
    guessed_button: Sequence[str] = (),
    more_buttons: Sequence[Button] = (),
    **more: Any,
) -> Section:
    """A section whose fields are simply stored in ``appliance.settings[key]``.

    :param key: "page.section"; :param save: id and label of its button; :param first: values before the first save;
    :param check: a further check of the new values; :param guessed_button: other wordings of the button.
    :param more_buttons: what stands beside it.
    """

    def present(appliance: Any) -> dict[str, Any]:
        return {**first, **appliance.settings.get(key, {})}

    def read(appliance: Any) -> dict[str, Any]:
        return {
            field.id: dots(str(value)) if field.secret else value
            for field in fields
            for value in [present(appliance).get(field.id, "")]
        }

    def write(appliance: Any, values: Values) -> str:
        new = {field.id: clean(field, values, appliance) for field in fields if field.kind != "readonly"}
        keep_secrets(fields, new, present(appliance), appliance)
        if check is not None:
            check(appliance, new)
        appliance.settings[key] = new
        return message

    pressed = button(*save, write, guessed=bool(guessed_button), wordings=guessed_button)
    return Section(
        key.split(".")[1],
        title,
        fields=fields,
        buttons=(pressed, *more_buttons),
        read=read,
        plain=not more_buttons,
        **more,
    )


def missing(*parts: str) -> Section:
    """An honest last section of a page that lacks parts of the real one."""
    return Section("not_modelled", "Not modelled by this simulator", notes=parts)
