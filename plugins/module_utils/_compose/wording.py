# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words are looked for on a page: those that the user gave for a key, else the guide's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Section as Place
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import Profile
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Section


class Wording:
    """The guide's parts as names to look for.

    :param overrides: ``useries_console_labels``: key (``page.section.part``) to a text or a list of texts.
    """

    def __init__(self, overrides: Mapping[str, Any]) -> None:
        self._overrides = overrides

    def plus(self, labels: Mapping[str, Any]) -> Wording:
        """With other words for some keys."""
        return Wording({**self._overrides, **labels})

    @staticmethod
    def key(section: Section, id: str) -> str:
        """The key of a part of a section."""
        return f"{section.page.id}.{section.id}.{id}"

    def name(self, key: str, label: str, aliases: Sequence[str] = (), guessed: bool = False) -> Name:
        """The words for a key."""
        override = self._overrides.get(key)
        if not override:
            return Name((label, *aliases), guessed=guessed)
        return Name(tuple(override) if isinstance(override, (list, tuple)) else (str(override),))

    def control(self, section: Section, one: Field) -> Control:
        """A field."""
        key = self.key(section, one.id)
        sole = one.sole and not self._overrides.get(key)
        return Control(key, self.name(key, one.label, one.aliases, one.guessed), one.kind, sole=sole)

    def button(self, section: Section, one: Button) -> Name:
        """A button."""
        return self.name(self.key(section, one.id), one.label, one.aliases, one.guessed)

    def sole(self, section: Section, one: Button) -> bool:
        """Whether the section's only button will do; not where the user says how it is worded."""
        return one.guessed and not one.destructive and not self._overrides.get(self.key(section, one.id))

    def place(self, section: Section, profile: Profile) -> Place:
        """A section on a console of this profile."""
        key = f"{section.page.id}.{section.id}"
        texts = [*profile.labels.get(key, ()), section.title, *section.aliases]
        title = Name(tuple(texts)) if section.named else self.name(key, texts[0], texts[1:], section.guessed)
        anchor = self.button(section, section.button(section.anchor)) if section.anchor else None
        return Place(key, title, anchor=anchor)

    def unnamed(self, section: Section) -> list[str]:
        """The keys of its labels that the user has not named."""
        parts: tuple[Field | Button, ...] = (*section.fields, *section.buttons)
        keys = [self.key(section, one.id) for one in parts]
        return [key for key in keys if not self._overrides.get(key)]
