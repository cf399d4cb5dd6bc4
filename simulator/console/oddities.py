# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a console may do besides, on order of the control port: a captcha, a second factor, a covered page, no end."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator

from werkzeug.wrappers import Response

from simulator.console.style import Style

ODDITIES = ("captcha", "second_factor", "cover", "endless")
ALPHABET = "ACDEFHJKLMNPRTUVWXY34679"
END = 2
DRIP_EVERY = 0.25


class Oddities:
    """Those of one console; one at a time.

    :param style: draws the characters of the captcha and the verification code.
    """

    def __init__(self, style: Style) -> None:
        draw = style.rng("oddities")
        self.name = ""
        self.characters = "".join(draw.choice(ALPHABET) for _place in range(5))
        self.code = f"{draw.randrange(10**6):06d}"

    def answer(self) -> str:
        """What a person would type: the characters of the picture, the code of the second factor, else nothing."""
        return {"captcha": self.characters, "second_factor": self.code}.get(self.name, "")

    def picture(self) -> str:
        """The characters as the address of a picture; "" without a captcha."""
        if self.name != "captcha":
            return ""
        letters = "".join(
            f'<text x="{12 + 26 * place}" y="{28 + place % 2 * 6}" rotate="{place * 9 - 18}">{letter}</text>'
            for place, letter in enumerate(self.characters)
        )
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="150" height="44" font-size="24" font-family="serif">'
            '<rect width="150" height="44" fill="#e8edf2"/>'
            '<path d="M0 34 Q40 4 80 26 T150 12" stroke="#8aa" fill="none"/>'
            f"{letters}</svg>"
        )
        return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()

    def without_end(self, response: Response) -> Response:
        """The same answer, but its body never ends while the oddity is on."""
        body = response.get_data()[:-END]
        return Response(
            _drip(body, lambda: self.name == "endless"), response.status_code, content_type=response.content_type
        )


def _drip(body: bytes, on: Callable[[], bool]) -> Iterator[bytes]:
    yield body
    while on():
        time.sleep(DRIP_EVERY)
        yield b" "
