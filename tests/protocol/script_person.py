# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person with a browser before the console that is drawn by script: goes by what can be seen."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser, Error, Frame, Locator, Page

from tests.support.simulator import SimulatedNode
from tests.unit.simulator_console.reader import normal

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SEEN = """() => {
  const found = new Set();
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (["SCRIPT", "STYLE"].includes(node.tagName) || !node.checkVisibility({visibilityProperty: true})) continue;
      for (const text of [node.textContent, node.getAttribute("aria-label"), node.getAttribute("title"), node.value]) {
        if (text && text.length < 400) found.add(text);
      }
    }
  };
  walk(document);
  return [...found];
}"""


class ScriptPerson:
    """Signed out at first.

    :param width: of the window.
    """

    def __init__(self, browser: Browser, node: SimulatedNode, width: int = 1280) -> None:
        self.node = node
        context = browser.new_context(ignore_https_errors=True, viewport={"width": width, "height": 900})
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.problems: list[str] = []
        self.addresses: list[str] = []
        self.posts: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._note)

    def _note(self, request: Any) -> None:
        self.addresses.append(request.url)
        if request.method == "POST":
            self.posts.append(request.url)

    def text(self, words: str) -> Locator:
        """What can be seen and reads so."""
        return self.page.get_by_text(words, exact=True).locator("visible=true").first

    def arrive(self) -> None:
        """Open the address that the guide names."""
        self.page.goto(f"{self.node.url}/Maintenance")
        self.page.locator("h1").wait_for()

    def type_in(self, password: str = "") -> None:
        """Fill the sign-in page in and press its button."""
        self.page.locator("input:visible").nth(0).fill(self.node.username)
        self.page.locator("input[type=password]").fill(password or self.node.password)
        self.press("Login")

    def sign_in(self) -> None:
        """From the beginning to the first page."""
        self.arrive()
        self.type_in()
        self.text("Log Out").wait_for()
        self.page.locator("h1").wait_for()

    def open(self, *texts: str) -> None:
        """Click through the menus; what follows a page of a menu is a button on that page."""
        for words in texts[:2]:
            self.text(words).click()
            self.page.locator("h1").wait_for()
        self.settle()
        for words in texts[2:]:
            self._on_page(words).click()
            self.page.locator("h1").wait_for()
            self.settle()

    def _on_page(self, words: str) -> Locator:
        """What reads so on the page, behind one of its tabs and headers too."""
        spaced = r"\s+".join(re.escape(word) for word in words.split())  # as captions are: in capitals, with more space
        said = re.compile(rf"^\s*{spaced}\s*$", re.IGNORECASE)
        found = self.area.get_by_text(said).locator("visible=true").first
        for opener in self.openers():
            if found.count():
                break
            opener.click()
            self.settle()
        return found

    def settle(self) -> None:
        """Wait until nothing turns any more, and no frame is empty: it is filled when it has loaded."""
        self.page.wait_for_timeout(40)
        for _turn in range(100):
            try:
                if self.page.locator("iframe").count() == len(self.page.frames) - 1 and all(
                    self._rests(frame) for frame in self.page.frames
                ):
                    return
            except Error:  # a frame that has gone meanwhile
                continue
            self.page.wait_for_timeout(50)
        raise AssertionError("something turns for ever")

    @staticmethod
    def _rests(frame: Frame) -> bool:
        return bool(frame.locator("body > *:not(script)").count()) and not frame.locator("[class$=-wait]").count()

    @property
    def area(self) -> Page | Frame:
        """Where the sections are: the page, or the frame in it."""
        return self.page.frames[1] if len(self.page.frames) > 1 else self.page

    def openers(self) -> list[Locator]:
        """The tabs and headers inside the page that sections hide behind."""
        found = self.area.locator("[role=tab]:visible, [role=heading] > button[aria-expanded]").all()
        inside = [one for one in found if not self._leads_away(one)]
        return [one for one in inside if one.get_attribute("aria-expanded") != "true"]

    def _leads_away(self, tab: Locator) -> bool:
        """A tab above the title of the page leads to another page."""
        if self.area is not self.page or tab.get_attribute("role") != "tab":
            return False
        title, box = self.page.locator("h1").bounding_box(), tab.bounding_box()
        return bool(title and box and box["y"] < title["y"])

    def seen(self) -> set[str]:
        """Every text and name on the page, behind each of its tabs and headers too."""
        found = self._seen()
        for opener in self.openers():
            opener.click()
            self.settle()
            found |= self._seen()
        return found

    def _seen(self) -> set[str]:
        texts = [text for frame in self.page.frames for text in frame.evaluate(SEEN)]
        return {normal(text) for text in texts}

    def reveal(self, words: str) -> Locator:
        """The button of that caption, after opening whatever it hides behind."""
        button = self.area.get_by_role("button", name=re.compile(rf"^\s*{re.escape(words)}\s*$", re.IGNORECASE))
        for opener in self.openers():
            if button.count():
                break
            opener.click()
            self.settle()
        return button.first

    def press(self, caption: str) -> None:
        """Press a button."""
        self.reveal(caption).click()

    def field(self, label: str) -> Locator:
        """Label and control of one field."""
        words = re.compile(r"\s+".join(re.escape(word) for word in label.split()), re.IGNORECASE)
        return self.area.locator("[class$=-field]").filter(has_text=words).first

    def turn(self, label: str, words: str) -> None:
        """Turn a toggle, whatever it is made of; ``words`` is the choice where it is a list or radio buttons."""
        field = self.field(label)
        field.locator(
            "[aria-haspopup], select, input, button, [role=switch], [role=radio], [role=checkbox]"
        ).first.wait_for(state="attached")
        self.page.wait_for_timeout(450)
        if field.locator("[aria-haspopup=listbox], select").count():
            self.choose(shown(field.locator("[aria-haspopup=listbox], select")), words)
        elif field.locator("[role=radio], input[type=radio]").count():
            field.get_by_text(words, exact=True).click()
        elif field.locator("[class*=-unseen]").count():
            field.locator("label[class$=-switch]").click()
        else:
            field.locator("[role=switch], [role=checkbox], [aria-pressed], input[type=checkbox]").click()

    def choose(self, present: str, words: str) -> None:
        """In the drop-down that shows ``present`` choose another text."""
        trigger = self.dropdown(present)
        if trigger.evaluate("node => node.tagName") == "SELECT":
            trigger.select_option(label=words)
            return
        trigger.click()
        self.area.locator("[role=listbox]").wait_for()
        if trigger.evaluate("node => node.tagName") == "INPUT":
            trigger.fill(words[:6])
        option = self.area.get_by_role("option", name=words, exact=True)
        for _turn in range(60):
            if option.count():
                break
            self.area.locator("[role=listbox]").hover()
            self.page.mouse.wheel(0, 200)
            self.page.wait_for_timeout(50)
        option.click()

    def dropdown(self, words: str) -> Locator:
        """The one drop-down that shows a text; values may arrive after the fields."""
        for _turn in range(60):
            lists = self.area.locator("[aria-haspopup=listbox]:visible, select:visible").all()
            found = [one for one in lists if shown(one) == words]
            if found:
                break
            self.page.wait_for_timeout(50)
        (one,) = found
        return one


def shown(trigger: Locator) -> str:
    """The text of a drop-down."""
    return str(
        trigger.evaluate(
            "node => node.tagName === 'SELECT' ? node.selectedOptions[0]?.text ?? '' : node.value || node.innerText"
        )
    ).strip()
