# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the pages of an appliance with the guide's labels: looks only, presses nothing but menus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose import findings
from ansible_collections.useries.appliance.plugins.module_utils._compose.console import LABEL_KINDS, ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.findings import Entry
from ansible_collections.useries.appliance.plugins.module_utils._compose.likeness import (
    NEAR,
    SURE,
    Candidate,
    Wanted,
    assign,
    near,
    ratio,
    tidy,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key as comparable
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Survey
from ansible_collections.useries.appliance.plugins.module_utils._guide.registry import pages as all_pages
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

UNREACHED = "The menus do not lead to the page."


class Calibration:
    """One round through the pages of one console.

    :param console: the console with the user's labels; while the round goes on, what it proposes counts as well.
    """

    def __init__(self, console: ConsoleSurface) -> None:
        self._console = console
        self._menus = {comparable(text) for page in all_pages() for text in page.menu}
        self._roles: dict[str, bool] = {}

    def round(self) -> list[Entry]:
        """Every page that the collection knows, site by site; a page is fetched once."""
        found: dict[str, Entry] = {}
        for group in in_order(all_pages()):
            for one in self._look(group):
                found[one["key"]] = one
        return [found[page.id] for page in all_pages()]

    def one(self, page: Page, reached: bool) -> Entry:
        """A single page that is open; ``reached``: its menu entry was not what was missed."""
        result = findings.page_entry(page)
        if reached:
            self._read(result, page)
        else:
            self._without(result, page, self._console.menu_texts())
        return result

    # -- pages

    def _look(self, group: Sequence[Page]) -> list[Entry]:
        """The pages behind one menu entry: mostly one; of several the appliance shows the one that suits its state."""
        results = [findings.page_entry(page) for page in group]
        try:
            self._console.visit(group[0])
        except UseriesError as error:
            if error.kind not in LABEL_KINDS:
                raise
            for result, page in zip(results, group, strict=True):
                self._without(result, page, error.candidates)
            words = results[0]["proposal"]
            if words is None or not self._reached_as(group[0], words):
                for result in results:
                    result["proposal"] = None
                return results
            for result in results:
                result["proposal"] = words
        shown = max(range(len(group)), key=lambda number: self._likeness(group[number]))
        for number, (result, page) in enumerate(zip(results, group, strict=True)):
            if number == shown or not page.when:
                self._read(result, page)
            else:
                result.update(status="not_there")
                findings.not_there(result, f"It is there only when {page.when}.")
        return results

    def _reached_as(self, page: Page, words: str) -> bool:
        """Try a proposed menu entry; it stays only when the page has anything of what it should have."""
        earlier, self._console = self._console, self._console.reworded({page.id: words})
        try:
            self._console.visit(page)
            if self._likeness(page) or ratio((page.menu[-1],), words) >= SURE:
                return True
        except UseriesError as error:
            if error.kind not in LABEL_KINDS and error.kind != "unexpected":
                raise
        self._console = earlier
        return False

    def _likeness(self, page: Page) -> int:
        """How many labels of the page's sections are there."""
        surveys = [self._survey(page.section(one.id)) for one in page.parts]
        return sum(1 + len(one.found) for one in surveys if isinstance(one, Survey))

    def _without(self, result: Entry, page: Page, candidates: Iterable[str]) -> None:
        """The menus do not lead there: why, and what may be the entry."""
        free = [Candidate(text) for text in candidates if comparable(text) not in self._menus]
        wanted = Wanted(page.id, self._console.words(page.id, page.menu[-1]), careful=bool(page.when))
        findings.missed(result, UNREACHED, near(wanted, free))
        role_on = self._roles.get(page.role)
        if page.when and role_on is not True and not result["near"]:
            findings.not_there(result, f"It is there only when {page.when}.")
        elif len(page.menu) > 1 and comparable(page.menu[0]) not in {comparable(text) for text in candidates}:
            result.update(reason=f"The menus have no entry '{page.menu[0]}', behind which the page should be.", near=[])
        else:
            result["proposal"] = assign([wanted], free).get(page.id)

    # -- sections

    def _read(self, result: Entry, page: Page) -> None:
        findings.met(result, self._console.words(page.id, page.menu[-1])[0])
        result["reached"] = True
        if result["proposal"] is not None:
            findings.missed(result, "The menu words it differently.", [result["proposal"]])
        surveys: dict[str, Survey] = {}
        others: list[str] = []
        for section, part in zip(page.parts, result["sections"], strict=True):
            seen = self._survey(page.section(section.id))
            if isinstance(seen, Survey):
                surveys[section.id] = seen
                findings.met(part, seen.title)
            else:
                findings.missed(part, seen.message, seen.candidates if seen.kind == "label_ambiguous" else ())
                others += seen.candidates
        own = {comparable(text) for text in (page.title, *self._console.words(page.id, page.menu[-1]))}
        hollow = {id for id, seen in surveys.items() if comparable(seen.title) in own and not seen.found}
        titles = self._free_titles({id: seen for id, seen in surveys.items() if id not in hollow}, others)
        for section, part in zip(page.parts, result["sections"], strict=True):
            if section.id not in surveys or section.id in hollow:
                self._untitled(page.section(section.id), part, titles, surveys, own)
        for section, part in zip(page.parts, result["sections"], strict=True):
            if section.id in surveys:
                self._labels(page.section(section.id), part, surveys[section.id])
        result["extra"] = [text for text in titles if comparable(text) not in own]
        self._note_role(page, result)

    def _survey(self, section: Section) -> Survey | UseriesError:
        try:
            return self._console.survey(section)
        except UseriesError as error:
            if error.kind not in LABEL_KINDS:
                raise
            return error

    def _free_titles(self, surveys: dict[str, Survey], others: Sequence[str]) -> list[str]:
        """Titles of the page that no section claims; a section may be called like its page."""
        mine = {comparable(text) for one in surveys.values() for text in (one.title, *one.found.values())}
        free = {comparable(text): text for text in (*others, *self._console.titles())}
        return [text for name, text in free.items() if name not in mine]

    def _untitled(
        self, section: Section, part: Entry, titles: list[str], surveys: dict[str, Survey], own: set[str]
    ) -> None:
        """A section whose title was missed: the title that is most like it, or that has the most of its labels.

        The same for one that was found by the title of its page, without a single one of its labels.
        """
        key = part["key"]
        hollow = section.id in surveys
        present = comparable(surveys[section.id].title) if hollow else ""
        texts = self._console.words(key, section.title, section.aliases)
        rated = []
        for title in (one for one in titles if comparable(one) != present):
            trial = self._console.reworded({key: title})
            try:
                seen = trial.survey(section)
            except UseriesError:
                continue
            content = len(seen.found) / max(1, len(section.fields) + len(section.buttons))
            if not content and (section.when or (hollow and not seen.rest)):
                continue  # what need not be there is told by more than a name
            of_page = 0.1 if comparable(title) in own else 0.0  # rather the page's title than the section's
            rated.append((max(ratio(texts, title), content) + 0.01 * content - of_page, title, seen))
        rated.sort(key=lambda one: -one[0])
        near_titles = [title for rate, title, _seen in rated[:3] if rate >= NEAR]
        if not hollow:
            part["near"] = part["near"] or near_titles
        floor = SURE if section.when else NEAR
        if rated and rated[0][0] >= floor and (len(rated) == 1 or rated[0][0] - rated[1][0] > 0.05):
            title, seen = rated[0][1:]
            if hollow:
                findings.missed(part, "The title belongs to the page; the section seems to have another.", near_titles)
            part["proposal"] = tidy(title)
            self._console = self._console.reworded({key: title})
            titles.remove(title)
            surveys[section.id] = seen
        elif section.when and not hollow and not part["near"]:
            findings.not_there(part, f"It is there only when {section.when}.")

    # -- fields and buttons

    def _labels(self, section: Section, part: Entry, seen: Survey) -> None:
        title = comparable(seen.title)
        stated = {one.text for one in seen.rest if one.what in ("fact", "text")}
        free = [
            Candidate(one.text, one.kinds, one.what != "text", one.text in stated)
            for one in seen.rest
            if one.what != "text" or comparable(one.text) != title  # a label that is surely one may be called like it
        ]
        wanted = self._wanted(section, part, seen)
        proposed = self._proven(section, assign(list(wanted.values()), free))
        rest = [one for one in free if one.text not in proposed.values()]
        for one in part["labels"]:
            key = one["key"]
            if key in seen.found:
                findings.met(one, seen.found[key])
            elif key in seen.doubtful:
                number = len(seen.doubtful[key])
                findings.missed(one, f"It is there {number} times.", seen.doubtful[key])
            else:
                likely = near(wanted[key], free if key in proposed else rest)
                findings.missed(one, "The section has no such label.", likely)
                one["proposal"] = tidy(proposed[key]) if key in proposed else None
                self._excused(section, one)
        part["extra"] = [
            {"what": label.what, "label": label.text}
            for label in seen.rest
            if label.what != "text" and _is_extra(label.text, rest)
        ]

    def _wanted(self, section: Section, part: Entry, seen: Survey) -> dict[str, Wanted]:
        parts: list[Any] = [*section.fields, *section.buttons]
        return {
            one["key"]: Wanted(
                one["key"],
                self._console.words(one["key"], item.label, item.aliases),
                getattr(item, "kind", ""),
                bool(getattr(item, "destructive", False) or item.when),
            )
            for one, item in zip(part["labels"], parts, strict=True)
            if one["key"] not in seen.found and one["key"] not in seen.doubtful
        }

    def _proven(self, section: Section, proposed: dict[str, str]) -> dict[str, str]:
        """Only what the driver finds under the proposed words, once, stays proposed."""
        if not proposed:
            return {}
        trial = self._console.reworded(proposed)
        seen = trial.survey(section)
        return {key: text for key, text in proposed.items() if key in seen.found}

    @staticmethod
    def _excused(section: Section, one: Entry) -> None:
        """What need not be there is not missed, unless something like it is."""
        id = one["key"].rpartition(".")[2]
        item: Any = section.field(id) if one["what"] == "field" else section.button(id)
        if item.when and one["proposal"] is None and not one["near"]:
            findings.not_there(one, f"It is there only when {item.when}.")

    def _note_role(self, page: Page, result: Entry) -> None:
        """Whether the role of this page is on, for the pages that only it brings."""
        if page.menu[0] != "Roles Editor" or len(page.menu) != 2 or not page.parts:
            return
        section = page.section(page.parts[0].id)
        if any(
            one["key"] == f"{page.id}.{section.id}.enabled" and one["found"] for one in result["sections"][0]["labels"]
        ):
            self._roles[page.id] = bool(self._console.read(section, ["enabled"], fresh=False)["enabled"])


def _is_extra(text: str, rest: Sequence[Candidate]) -> bool:
    return any(one.text == text for one in rest)


def in_order(pages: Sequence[Page]) -> list[tuple[Page, ...]]:
    """Pages behind one menu entry together, a site's own page before those below it, sites as they come; the site that
    roles bring last."""
    groups: dict[tuple[str, ...], list[Page]] = {}
    for page in pages:
        groups.setdefault(page.menu, []).append(page)
    sites = list(dict.fromkeys(menu[0] for menu in groups))
    ordered = sorted(groups, key=lambda menu: (any(one.role for one in groups[menu]), sites.index(menu[0]), len(menu)))
    return [tuple(groups[menu]) for menu in ordered]
