# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fingers of a hand: click, write, type, choose, press keys on one element of the window."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock

QUIET = 0.12
"""Seconds without a change after which a page is taken to be complete."""

_STAND_IN = """one => {
  const shown = (box) => {
    if (!box) return false;
    const place = box.getBoundingClientRect(), style = getComputedStyle(box);
    return place.width > 2 && place.height > 2 && parseFloat(style.opacity) > 0.05 && style.visibility !== 'hidden';
  };
  if (shown(one)) return one;
  const label = Array.from(one.labels || []).find(shown);
  if (label) return label;
  for (let box = one.parentElement, level = 0; box && level < 3; box = box.parentElement, level += 1) {
    if (shown(box)) return box;
  }
  return one;
}"""

_TAKES_KEYS = """one =>
  one.tabIndex >= 0 ? one : one.querySelector('[tabindex="0"], input, button') || one
"""
"""Of a control made of several parts the one that has the focus."""

_SCROLL = """async (one, until) => {
  const said = (part) => (part.innerText || '').replace(/\\s+/g, ' ').trim().toLowerCase();
  const goesOn = (part) =>
    part.scrollHeight > part.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(part).overflowY);
  let box = one.parentElement;
  while (box && !goesOn(box)) box = box.parentElement;
  if (!box) return false;
  const wanted = until.replace(/\\s+/g, ' ').trim().toLowerCase();
  const latest = performance.now() + 20000;
  let moved = false;
  do {
    const before = box.scrollTop;
    box.scrollTop += Math.max(20, box.clientHeight - 20);
    if (box.scrollTop === before) return moved && !wanted;
    moved = true;
    await new Promise((done) => setTimeout(done, wanted ? 30 : 60));
  } while (wanted && performance.now() < latest && !Array.from(box.querySelectorAll('*')).some((part) =>
    part.childElementCount < 4 && said(part) === wanted));
  return moved;
}"""


class HandError(Exception):
    """What did not work; ``kind`` is one of the kinds of ``_net/errors.py`` or ``covered``, ``stale``, ``gone``."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class Fingers:
    """The verbs that touch something.

    ``_element`` finds what a mark of the last look stands for, ``_page`` is the window.
    """

    _page: Any
    _agree: bool
    _clock: Clock
    touched = 0.0
    """When something was clicked last, on the hand's clock."""

    def _element(self, mark: str) -> Any:
        raise NotImplementedError

    # -- doing

    def click(self, mark: str, timeout: float = 5.0) -> None:
        """Click an element as a person does: it must be in sight and not covered."""
        element = self._element(mark)
        self.touched = self._clock.now()
        self._do(lambda: element.click(timeout=timeout * 1000, no_wait_after=True), element)

    def write(self, mark: str, text: str) -> str:
        """Put a text in the place of what a field holds and leave the field; gives what it holds then."""
        element = self._element(mark)
        self._do(lambda: element.fill(text, timeout=5000), element)
        with contextlib.suppress(Exception):
            element.evaluate("one => { one.dispatchEvent(new Event('change', {bubbles: true})); one.blur(); }")
        return self._held(element)

    def type(self, mark: str, text: str) -> str:
        """Type it letter by letter, for fields that watch the keys; gives what the field holds then."""
        element = self._element(mark)

        def keys() -> None:
            element.click(timeout=5000)
            self._page.keyboard.press("Control+A")
            self._page.keyboard.press("Delete")
            self._page.keyboard.type(text)
            self._page.keyboard.press("Tab")

        self._do(keys, element)
        return self._held(element)

    def _held(self, element: Any) -> str:
        with contextlib.suppress(Exception):
            return str(element.evaluate("one => 'value' in one ? one.value : one.innerText") or "")
        return ""

    def choose(self, mark: str, index: int) -> None:
        """The option of that number (from 0) of a select."""
        element = self._element(mark)
        self._do(lambda: element.select_option(index=index, timeout=5000), element)

    def flip(self, mark: str) -> None:
        """Click a tick box or switch; one that a style sheet hides by its label, or by the box that stands for it."""
        element = self._element(mark)
        stand_in = element.evaluate_handle(_STAND_IN).as_element() or element
        self._do(lambda: stand_in.click(timeout=5000, no_wait_after=True), stand_in)

    def upload(self, mark: str, path: str) -> None:
        """Give a file to a file field; "" takes it away."""
        element = self._element(mark)
        self._do(lambda: element.set_input_files(path or [], timeout=10000), element)

    def keys(self, mark: str, key: str, times: int = 1) -> None:
        """Press a key while the element has the focus; no element: wherever the focus is."""
        if mark:
            element = self._element(mark)
            takes_keys = element.evaluate_handle(_TAKES_KEYS).as_element() or element
            self._do(takes_keys.focus, element)
        for _number in range(times):
            self._page.keyboard.press(key)

    def search(self, text: str) -> bool:
        """Type into the field that has the focus, and stay in it; False when none has that can be typed into."""
        typed = "one => one && /^(INPUT|TEXTAREA)$/.test(one.tagName) && !one.readOnly && !one.disabled"
        if not self._page.evaluate(f"({typed})(document.activeElement)"):
            return False
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text)
        return True

    def aside(self) -> None:
        """Click beside everything: what closes then is what opened last."""
        self._page.evaluate(
            "() => { for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])"
            " document.body.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true})); }"
        )

    def held(self, mark: str) -> str:
        """What a field, slider or switch holds at this moment."""
        return str(
            self._element(mark).evaluate(
                "one => one.getAttribute('aria-valuenow') || ('value' in one ? one.value : one.innerText) || ''"
            )
        )

    def scroll(self, mark: str, until: str = "") -> bool:
        """Scroll the list that an entry stands in by one screen; False when it does not go on.

        :param until: an entry's words: then screen by screen until they are there, or the list ends.
        """
        return bool(self._element(mark).evaluate(_SCROLL, until))

    def answer_next(self, agree: bool) -> None:
        """How the next question of the browser itself (a script's confirm) is answered."""
        self._agree = agree

    def _do(self, act: Callable[[], Any], element: Any) -> None:
        try:
            act()
        except Exception as error:
            text = str(error)
            if "intercepts pointer events" in text:
                raise HandError("covered", self._cover(element)) from error
            if "performing click action" in text:
                raise HandError("silent", "it was clicked, and the page does not answer") from error
            if "not attached" in text or "Execution context was destroyed" in text:
                raise HandError("stale", "it is no longer on the page") from error
            raise HandError("unfit", first_line(error)) from error

    @staticmethod
    def _cover(element: Any) -> str:
        """The first words of what lies over an element."""
        with contextlib.suppress(Exception):
            return str(
                element.evaluate(
                    "one => { const box = one.getBoundingClientRect(); const over = document.elementFromPoint("
                    "box.left + box.width / 2, box.top + box.height / 2); const dialog = document.querySelector("
                    "'dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]'); "
                    "return ((dialog || over || {}).innerText || '').trim().split('\\n')[0].slice(0, 80); }"
                )
            )
        return ""


def first_line(error: BaseException | None) -> str:
    """The first line of what a library says."""
    return str(error).strip().split("\n", 1)[0][:300]
