# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the seed draws for the rendering by script: the component library of the console.

Alternatives *take turns*: of the seeds 1, 2, 3 (and of 4, 5, 6, and so on) each gets one of three in an order of its
own, so that three seeds show all. What varies inside a seed (by control) is drawn with the id of the thing.
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from simulator.console.style import Style
from simulator.console.view import Block, Control, Grid

T = TypeVar("T")

TYPED = ("text", "textarea", "password", "number", "date", "time", "select")
FLOATING = ("float", "float", "for", "labelledby", "aria", "wrap", "position")
STANDING = ("for", "labelledby", "aria", "wrap", "position")
SHOWN = ("position", "labelledby", "field", "output", "definition")
DELAY = (20, 250)
TOAST_SECONDS = (2.0, 4.0)


def _hash(*path: str) -> int:
    return int(hashlib.sha256("\x1f".join(path).encode()).hexdigest()[:8], 16)


class Traits:
    """The draws of one seed for the rendering by script.

    :param style: the draws of both renderings.
    """

    def __init__(self, style: Style) -> None:
        self.style = style
        self._number = int(style.seed) if style.seed.isdigit() else _hash(style.seed)

    def turn(self, choices: tuple[T, T, T], *path: str) -> T:
        """One of three choices; each of three seeds takes another one."""
        turn, place = divmod(self._number - 1, 3)
        return choices[(place + _hash(*path, str(turn))) % 3]

    def session(self) -> str:
        """Where the session is kept: ``cookie`` (HttpOnly), or ``header``: the script keeps a token and sends it."""
        return self.turn(("cookie", "header", "cookie"), "session")

    def download(self) -> str:
        """How a file arrives: ``blob`` in the answer to the press, or from an ``address`` that works once."""
        return self.turn(("address", "blob", "address"), "download")

    def kit(self) -> dict[str, Any]:
        """The component library, as its modules read it: no labels, milliseconds."""
        draw = self.style.rng("kit")
        return {
            "prefix": self.prefix(),
            "random": draw.randrange(1, 2**31),
            "delay": list(DELAY),
            "toastTime": round(1000 * draw.uniform(*TOAST_SECONDS)),
            "shadow": self.turn((True, False, False), "shadow roots"),
            "list": self.turn(("combobox", "caret", "filter"), "drop-down"),
            "virtual": self.turn((True, False, True), "virtual lists"),
            "toggle": self.turn(("switch", "pressed", "box"), "toggle"),
            "number": self.turn(("buttons", "spinbutton", "buttons"), "number"),
            "table": self.turn(("table", "grid", "table"), "table"),
            "menu": self.turn(("links", "buttons", "items"), "menu"),
            "toast": self.turn(("status", "alert", "class"), "notification"),
            "spinner": self.turn(("progressbar", "busy", "plain"), "spinner"),
            "warning": self.turn(("dialog", "line", "line"), "end of session"),
            "failures": self.turn(("toast", "inline", "toast"), "failures"),
            "guard": self.turn((True, False, False), "save button"),
            "dialog": self.turn(("dialog", "alertdialog", "dialog"), "question"),
            "hue": draw.randrange(360),
        }

    def prefix(self) -> str:
        """How the class names and elements of the library begin."""
        return self.style.pick(("mx", "kit", "v", "ngx", "el"), "prefix") + self.style.word("prefix")[:2]

    def page(self, page_id: str, sections: int) -> dict[str, Any]:
        """How the sections of a page are arranged, whether they stand in a frame, and whether values come late."""
        arrangement = self.turn(("plain", "tabs", "accordion"), "arrangement", page_id)
        return {
            "arrangement": arrangement if sections > 1 or arrangement == "accordion" else "plain",
            "framed": self.turn((True, False, False), "frame", page_id),
            "late": self.turn((150, 0, 400), "late", page_id),
            "firstOpen": self.style.chance(0.4, "first open", page_id),
        }

    def heading(self, block: Block) -> str:
        """How the title of a section is told to be one."""
        return self.style.pick(("h2", "h3", "role", "plain", "legend"), "script heading", block.id)

    def technique(self, control: Control) -> str:
        """How a control is bound to its label."""
        choices = SHOWN if control.widget == "readonly" else FLOATING if control.widget in TYPED else STANDING
        return self.style.pick(choices, "script label", control.id)

    def shape(self, control: Control) -> str:
        """Which component a control gets."""
        kit, own = self.kit(), (control.id,)
        if control.widget == "select":
            return str(self.style.pick((*[kit["list"]] * 5, "native"), "script list", *own))
        if control.widget == "checkbox":
            boxes = ("native", "custom") if control.spec.kind == "checkbox" else (kit["toggle"],)
            return str(self.style.pick(boxes, "script box", *own))
        if control.widget == "radio":
            return self.style.pick(("native", "custom"), "script radio", *own)
        return str(kit["number"]) if control.widget == "number" else ""

    def row_button(self, grid: Grid, position: int) -> str:
        """How an icon in a row is named: by a title, by a name of its own, or by the title of its picture."""
        return self.style.pick(("title", "label", "picture"), "row button", grid.id, str(position))
