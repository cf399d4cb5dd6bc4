# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which profile a console has: told by the menus met after the sign-in, once per address and run.

A number tells no menus apart, and ``/appliance`` is the sign-in of another product too; so the menus decide. What they
told is noted for the tasks that follow, which then ask nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import (
    AUTO,
    PROFILES,
    Profile,
    Refusal,
    told_by,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore

FIRST = "3.3"
OPERATION = "tell the console's profile"
PAGE = "See the page 'Versions of the console' of the documentation."


@dataclass(frozen=True)
class Choice:
    """What was taken.

    :param chosen_by: ``navigation`` or ``option``; :param met: the marks of the profile that the menus show.
    """

    profile: Profile
    chosen_by: str
    met: tuple[str, ...]

    def result(self) -> dict[str, Any]:
        """As results show it."""
        return {
            "profile": self.profile.name,
            "chosen_by": self.chosen_by,
            "confirmed": self.profile.confirmed,
            "met": list(self.met),
        }


class Chooser:
    """Chooses for one console.

    :param wanted: ``console_profile``; :param module: whose task it is; :param url: the console;
    :param tell: adds a warning to the result; :param untouched: a sentence for refusals, when nothing can have been
        changed yet.
    """

    def __init__(
        self, wanted: str, module: str, store: SessionStore, url: str, tell: Callable[[str], None], untouched: str
    ) -> None:
        self._wanted = wanted
        self._module = module
        self._store = store
        self._url = url
        self._tell = tell
        self._untouched = untouched
        self._key = hashlib.sha256(f"profile {url}".encode()).hexdigest()

    def choose(self, driver: ConsoleDriver) -> Choice:
        """The profile of the console that the driver is at.

        :raises UseriesError: ``precondition`` when the menus tell none, or another one than wanted, or when the
            module does not work with it.
        """
        met = self._met(driver)
        told = told_by(met)
        if self._wanted == AUTO:
            if told is None:
                driver.leave()
                raise self._nothing_fits(met)
            choice = Choice(told, "navigation", told.marks_in(met))
        else:
            wanted = PROFILES[self._wanted]
            if told is not None and told is not wanted:
                raise self._another(wanted, told, met)
            choice = Choice(wanted, "option", wanted.marks_in(met))
        self._warn_once(choice)
        refusal = choice.profile.refuses_module(self._module)
        if refusal is not None:
            raise self.refused(choice.profile, refusal, self._module)
        return choice

    def refused(self, profile: Profile, refusal: Refusal, what: str) -> UseriesError:
        """``what`` does not work with this profile."""
        return self._error(
            f"{what} does not work with this console: it is of a later version (profile {profile.name}, unconfirmed), "
            f"and there {refusal.why}. {self._untouched}".rstrip(),
            f"Do it by hand: {refusal.by_hand} {PAGE}",
        )

    def _met(self, driver: ConsoleDriver) -> list[str]:
        noted = self._store.noted(self._key, "met")
        if noted is not None:
            met: list[str] = json.loads(noted)
            if told_by(met) is None and self._wanted == AUTO:
                raise self._nothing_fits(met)  # refused before in this run: no second sign-in
            return met
        met = driver.navigation()
        self._store.note(self._key, "met", json.dumps(met))
        return met

    def _warn_once(self, choice: Choice) -> None:
        if choice.profile.confirmed:
            return
        with self._store.locked(self._key):
            if self._store.noted(self._key, "warned") == choice.profile.name:
                return
            self._store.note(self._key, "warned", choice.profile.name)
        how = (
            f"its menus show {', '.join(choice.met)}"
            if choice.chosen_by == "navigation"
            else f"console_profile is {choice.profile.name}"
        )
        self._tell(
            f"The console of {self._url} is taken for a later version, because {how}. What the collection knows of "
            f"later versions (profile {choice.profile.name}) is unconfirmed until somebody has run the playbook "
            f"calibrate against such an appliance. {PAGE}"
        )

    def _nothing_fits(self, met: Sequence[str]) -> UseriesError:
        return self._error(
            f"The menus of this console fit no profile; met were: {', '.join(met) or 'none at all'}. Nothing else was "
            "opened, and the session was ended.",
            "Look with a browser whether this is a U-Series Appliance; other products sign in at the same address. If "
            f"it is one, say which it resembles with useries_console_profile: {' or '.join(map(repr, PROFILES))}.",
            met,
        )

    def _another(self, wanted: Profile, told: Profile, met: Sequence[str]) -> UseriesError:
        return self._error(
            f"console_profile is {wanted.name}, but the menus of this console are those of the profile {told.name}: "
            f"they show {', '.join(told.marks_in(met))}. {self._untouched}".rstrip(),
            f"Set useries_console_profile to '{told.name}', or leave it out: auto finds it.",
            met,
        )

    def _error(self, message: str, remedy: str, candidates: Sequence[str] = ()) -> UseriesError:
        return UseriesError(
            message,
            surface="console",
            operation=self._module or OPERATION,
            target=self._url,
            kind="precondition",
            remedy=remedy,
            candidates=candidates,
        )


class KeptChooser(Chooser):
    """For a page that was kept: its menus tell the profile, 3.3 where they tell none; nothing is refused or warned.

    :param store: keeps nothing; :param path: the file, for errors.
    """

    def __init__(self, store: SessionStore, path: str) -> None:
        super().__init__(AUTO, "", store, path, lambda sentence: None, "")

    def choose(self, driver: ConsoleDriver) -> Choice:
        """The profile of the page."""
        met = driver.navigation()
        profile = told_by(met) or PROFILES[FIRST]
        return Choice(profile, "navigation", profile.marks_in(met))
