# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the seed draws: ids, names, addresses, nesting, order, and how things are titled, labelled and worded.

Every draw depends on the seed and on the dotted id of what is drawn (``general_settings.date_and_time.time_zone``),
never on the node, on time or on another draw: both nodes of a pair look alike, and a page looks the same at every
visit. The guide states labels only, so nothing else may be the same under two seeds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar

from simulator.pages.later import OLD
from simulator.pages.spec import Button, Field, Page, Section

T = TypeVar("T")

Layout = Literal["divs", "table", "list"]
Heading = Literal["h2", "h3", "legend", "role", "caption", "bold", "card"]
Decoy = Literal["none", "hidden_label", "hidden_control", "template", "help"]

GROUP_LABELS = ("fieldset", "labelledby", "aria", "text")
CONTROL_LABELS = ("for", "wrap", "labelledby", "aria", "text", "text_above")
READONLY_LABELS = ("text", "text_above", "disabled", "output", "labelledby")
CELL_LABELS = ("cell", "for")
SPACES = (" ", " ", " ", "  ", "\n          ", "\u00a0")
SYLLABLES = ("ca", "do", "fe", "gi", "ko", "lu", "mi", "no", "pe", "ra", "so", "tu", "va", "we", "xi", "zo")


class Style:
    """The draws of one seed.

    :param seed: any number or word; the same seed gives the same console.
    """

    def __init__(self, seed: int | str) -> None:
        self.seed = str(seed)

    def rng(self, *path: str) -> random.Random:
        """A generator of its own for one thing."""
        return random.Random("\x1f".join((self.seed, *path)))

    def pick(self, choices: Sequence[T], *path: str) -> T:
        """One of the choices."""
        return self.rng(*path).choice(choices)

    def chance(self, probability: float, *path: str) -> bool:
        """True as often as told, over all seeds."""
        return self.rng(*path).random() < probability

    # -- ids, names, addresses -------------------------------------------------------------------------------------

    def word(self, *path: str) -> str:
        """A word without meaning, fit for ids, class names and addresses."""
        rng = self.rng("word", *path)
        return "".join(rng.choice(SYLLABLES) for _syllable in range(3)) + f"{rng.randrange(16**4):04x}"

    def name(self, *path: str) -> str:
        """The ``name`` of a form field; the shape (plain, dotted, bracketed, prefixed) is drawn once per seed."""
        shape = self.pick(("{0}", "m.{0}", "form[{0}]", "ctl00$body${0}", "{0}-input"), "shape of names")
        return shape.format(self.word("name", *path))

    def element(self, *path: str) -> str:
        """The ``id`` of an element."""
        shape = self.pick(("{0}", "id_{0}", "ctl00_{0}", "x-{0}"), "shape of ids")
        return shape.format(self.word("element", *path))

    def address(self, page: Page) -> str:
        """The path of a page; only /Maintenance is stated by the guide."""
        shape = self.pick(("/{0}/{1}", "/UVM/{0}/{1}", "/{0}/{1}.aspx", "/s/{0}-{1}"), "shape of addresses")
        site = next((text for text in page.menu if text != OLD), "")  # an old page keeps its address
        return shape.format(self.word("site", site), self.word("page", page.id))

    # -- words -----------------------------------------------------------------------------------------------------

    def worded(self, item: Field | Button | Section | Page, *path: str) -> str:
        """The words of a label: as stated, or one of the wordings when the label is only a guess."""
        label = item.title if isinstance(item, (Section, Page)) else item.label
        if not item.guessed or isinstance(item, Page):
            return label
        if isinstance(item, Field) and item.like:
            path = (path[0], item.like, *path[2:])
        return self.pick((label, *item.wordings), "wording", *path)

    def dressed(self, label: str, *path: str) -> str:
        """A label as it stands in the page's text: capitals, and what parts its words."""
        rng = self.rng("dress", *path)
        text = label.upper() if rng.random() < 0.25 else label
        space = rng.choice(SPACES)
        text = space.join(text.split(" "))
        return f"\n        {text}\n      " if rng.random() < 0.2 else text

    def trailing(self, widget: str, *path: str) -> str:
        """A colon or an asterisk behind the label of a control."""
        marks = ("", ":") if widget == "readonly" else ("", "", ":", " *", " :")
        return self.pick(marks, "trailing", *path)

    # -- shape -----------------------------------------------------------------------------------------------------

    def form_scope(self, page: Page) -> Literal["section", "page"]:
        """One form per section, or one for the page with all its buttons."""
        if any(section.sends for section in page.sections):
            return "page"
        if any(button.by_enter for section in page.sections for button in section.buttons):
            return "section"
        return self.pick(("section", "section", "page"), "form", page.id)

    def redirects(self, page: Page) -> bool:
        """Whether the outcome is shown after a redirect or in the answer to the post."""
        return self.chance(0.5, "redirect", page.id)

    def order(self, items: Iterable[T], key: Mapping[int, str], *path: str, shuffle: float = 0.7) -> list[T]:
        """The items, in an order of their own in most seeds.

        :param key: position -> id, so that an order does not depend on which other items are there.
        """
        listed = list(items)
        if not self.chance(shuffle, "order", *path):
            return listed
        ranks = {position: self.rng("rank", *path, name).random() for position, name in key.items()}
        return [listed[position] for position in sorted(range(len(listed)), key=lambda p: ranks[p])]

    def layout(self, page: Page, section: Section) -> Layout:
        """How the controls of a section stand."""
        return self.pick(("divs", "divs", "table", "list"), "layout", page.id, section.id)

    def heading(self, page: Page, section: Section, layout: Layout) -> Heading:
        """How the title of a section is told to be one; a caption needs a table of controls."""
        choices: tuple[Heading, ...] = ("h2", "h3", "legend", "role", "bold", "card")
        if layout == "table" and section.fields:
            choices = (*choices, "caption", "caption")
        return self.pick(choices, "heading", page.id, section.id)

    def depth(self, *path: str) -> int:
        """How many wrappers stand around something."""
        return self.pick((0, 1, 1, 2, 4), "depth", *path)

    def decoy(self, *path: str) -> Decoy:
        """What stands beside a control to mislead a careless reader."""
        choices: tuple[Decoy, ...] = ("none", "none", "none", "hidden_label", "hidden_control", "template", "help")
        return self.pick(choices, "decoy", *path)

    def technique(self, layout: Layout, widget: str, *path: str) -> str:
        """How a control is bound to its label."""
        if layout != "divs":
            if widget == "readonly":
                return self.pick(("cell", "cell", "disabled", "labelledby"), "technique", *path)
            return "cell" if widget == "radio" else self.pick(CELL_LABELS, "technique", *path)
        if widget == "radio":
            return self.pick(GROUP_LABELS, "technique", *path)
        return self.pick(READONLY_LABELS if widget == "readonly" else CONTROL_LABELS, "technique", *path)

    def widget(self, spec: Field, choices: Sequence[str], *path: str) -> str:
        """Which control a field gets."""
        options: Mapping[str, tuple[str, ...]] = {
            "text": ("text",),
            "multiline": ("textarea",),
            "password": ("password",),
            "number": ("number", "number", "text"),
            "toggle": ("checkbox", "checkbox", "select", "radio"),
            "checkbox": ("checkbox",),
            "choice": ("select", "select", "radio") if len(choices) <= 6 else ("select",),
            "file": ("file",),
            "slider": ("range", "number"),
            "day": ("select",) if choices else ("date", "text"),
            "date": ("select",) if choices else ("date", "text"),
            "time": ("select",) if choices else ("time", "text"),
            "readonly": ("readonly",),
        }
        return self.pick(options[spec.kind], "widget", *path)
