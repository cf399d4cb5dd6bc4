# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values of the templates as data for the script: every label, nothing of ``spec`` but what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.console.navigation import Entry, Menu
from simulator.console.traits import Traits
from simulator.console.view import Block, Control, Grid, Press
from simulator.pages.spec import Outcome

Data = dict[str, Any]
LATE_AFTER = 14 * 60
WARNED_AFTER = 12 * 60


def _entries(entries: list[Entry]) -> list[Data]:
    return [
        {"text": entry.text, "href": entry.href, "here": entry.here, "below": _entries(entry.below)}
        for entry in entries
    ]


def _frame(values: Mapping[str, Any]) -> Data:
    """What stands around every page of a signed-in person."""
    menu: Menu = values["menu"]
    return {
        "title": values["title"], "node": values["node"], "brand": "U-Series Appliance",
        "menu": {
            "sites": _entries(menu.sites), "pages": _entries(menu.pages), "tabs": _entries(menu.tabs),
            "sidebar": _entries(menu.sidebar),
        },
        "logout": {"href": values["logout"], "text": "Log Out"},
        "warning": "Your session will expire in two minutes.", "endsSoon": values["ends_soon"],
        "warnIn": max(0.0, WARNED_AFTER - values["age"]), "endIn": max(0.0, LATE_AFTER - values["age"]),
        "cover": _cover(values["cover"]),
    }  # fmt: skip


def _cover(shown: bool) -> Data | None:
    if not shown:
        return None
    return {"title": "What's new", "text": "This version shows its state more clearly.", "close": "Close"}


def _control(traits: Traits, control: Control) -> Data:
    spec = control.spec
    return {
        "id": control.id, "name": control.name, "label": control.label, "plain": control.plain,
        "labelId": control.label_id, "errorId": control.error_id, "widget": control.widget,
        "technique": traits.technique(control), "shape": traits.shape(control), "decoy": control.decoy,
        "last": control.label_last, "value": control.value, "token": control.token, "checked": control.checked,
        "options": [{"token": o.token, "text": o.text, "id": o.id, "chosen": o.chosen} for o in control.options],
        "placeholder": control.placeholder, "error": control.error, "caption": spec.caption,
        "minimum": spec.minimum, "maximum": spec.maximum, "step": spec.step,
    }  # fmt: skip


def _press(press: Press, named: str = "") -> Data:
    return {
        "id": press.id, "label": press.label, "name": press.name, "value": press.value, "disabled": press.disabled,
        "gets": press.shape in ("link", "icon-link"), "icon": named if press.shape.startswith("icon") else "",
        "plain": press.shape in ("link", "linklike"),
    }  # fmt: skip


def _grid(traits: Traits, grid: Grid) -> Data:
    return {
        "id": grid.id, "caption": grid.spec.caption, "columns": grid.columns, "actions": grid.action_column,
        "empty": "No data to display." if grid.empty_row else "",
        "rows": [
            {
                "cells": row.cells,
                "buttons": [_press(one, traits.row_button(grid, n)) for n, one in enumerate(row.buttons)],
            }
            for row in grid.rows
        ],
    }  # fmt: skip


def _block(traits: Traits, block: Block) -> Data:
    return {
        "id": block.id, "title": block.title, "heading": traits.heading(block), "notes": list(block.spec.notes),
        "controls": [_control(traits, control) for control in block.controls],
        "buttons": [_press(press, "label") for press in block.buttons],
        "enter": _press(block.enter) if block.enter else None,
        "grids": [_grid(traits, grid) for grid in block.grids], "buttonsFirst": block.buttons_first,
        "gridsFirst": block.grids_first, "wrappers": block.wrappers, "guarded": block.spec.plain,
    }  # fmt: skip


def _outcome(outcome: Outcome | None, labels: Mapping[str, str]) -> Data | None:
    if outcome is None or not (outcome.message or outcome.field_errors or outcome.details):
        return None
    fields = []
    for key, text in outcome.field_errors.items():
        label = labels.get(key, "")
        fields.append(f"{label}: {text}" if label and label.lower() not in text.lower() else text)
    return {
        "ok": outcome.ok, "message": outcome.message or ("" if outcome.ok else "Please correct the values below."),
        "fields": fields, "details": outcome.details, "toggle": "Show/Hide Results",
    }  # fmt: skip


def _page(traits: Traits, values: Mapping[str, Any]) -> Data:
    blocks: list[Block] = values["blocks"]
    whole = values["scope"] == "page"
    scopes = [""] if whole else [block.spec.id for block in blocks]
    hidden = [values["hidden"](scope) for scope in scopes]
    return {
        **_frame(values), "address": values["address"], "whole": whole,
        "blocks": [
            {
                **_block(traits, block), "hidden": hidden[0 if whole else number],
                "active": block.spec.id == values["section_id"],
            }
            for number, block in enumerate(blocks)
        ],
        "outcome": _outcome(values["outcome"], values["labels"]),
        "note": "" if values["modelled"] else "This page is not modelled by this simulator.",
        "traits": traits.page(values["page_id"], len(blocks)),
    }  # fmt: skip


def _confirm(traits: Traits, values: Mapping[str, Any]) -> Data:
    return {
        "heading": values["heading"], "question": values["question"], "hidden": values["hidden"],
        "address": values["action"],
        "buttons": [{"text": "Confirm", "name": values["confirm"]}, {"text": "Cancel", "name": values["cancel"]}],
    }  # fmt: skip


def _door(values: Mapping[str, Any]) -> Data:
    return {
        "node": values["node"],
        "brand": "U-Series Appliance",
        "address": values["action"],
        "hidden": values["hidden"],
    }


def _banner(traits: Traits, values: Mapping[str, Any]) -> Data:
    return {
        **_door(values), "title": values["banner_title"], "lines": values["banner_message"].splitlines(),
        "button": {"text": values["caption"], "name": values["button"]},
    }  # fmt: skip


def _sign_in(traits: Traits, values: Mapping[str, Any]) -> Data:
    return {
        **_door(values), "title": "Login", "said": values["said"], "message": values["message"],
        "shape": {"for": "float", "wrap": "wrap", "table": "position"}[values["shape"]],
        "fields": [
            {"label": "Username", "type": "text", "value": values["typed"], "fill": "username", **values["user"]},
            {"label": "Password", "type": "password", "value": "", "fill": "current-password", **values["password"]},
        ],
        "picture": values["picture"], "characters": values["characters"],
        "button": {"text": "Login", "name": values["button"]},
    }  # fmt: skip


def _second_factor(traits: Traits, values: Mapping[str, Any]) -> Data:
    code = {"label": "Verification code", "type": "text", "value": "", "fill": "one-time-code", **values["code"]}
    return {
        **_door(values), "title": values["title"], "message": values["message"], "shape": "float",
        "fields": [code], "button": {"text": "Verify", "name": values["button"]},
    }  # fmt: skip


def _message(traits: Traits, values: Mapping[str, Any]) -> Data:
    link = values["link"]
    return {
        "title": values["title"], "text": values["text"], "node": values["node"], "brand": "U-Series Appliance",
        "link": {"href": link[0], "text": link[1]} if link else None,
    }  # fmt: skip


VIEWS: Mapping[str, Callable[[Traits, Mapping[str, Any]], Data]] = {
    "page": _page, "confirm": _confirm, "banner": _banner, "sign_in": _sign_in, "second_factor": _second_factor,
    "message": _message,
}  # fmt: skip
