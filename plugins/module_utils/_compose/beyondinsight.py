# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondInsight on an appliance, operated with the console's drivers; its sign-in is at the root (guide 91-104)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import Answer, ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.drivers import ANY, Drivers, Keeping
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import credentials_of, target_of
from ansible_collections.useries.appliance.plugins.module_utils._compose.profiles import Choice, Chooser
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import NeedsBrowser
from ansible_collections.useries.appliance.plugins.module_utils._guide.beyondinsight import AS_DESCRIBED
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import AUTO
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession


class BeyondInsight(ConsoleSurface):
    """Its pages. A site of its own: own sign-in, own session, handed from task to task and ended with the run like the
    console's; no profile is chosen.

    :param options: validated options; :param tell: adds a warning to the result.
    :raises UseriesError: kind ``invalid`` when user name or password is not known; nothing was sent.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        store: SessionStore,
        clock: Clock,
        keeping: Keeping,
        tell: Callable[[str], None],
    ) -> None:
        credentials = credentials_of(options, "beyondinsight")
        target = target_of(options, "beyondinsight")
        if not target.validate_certs and not target.fingerprints:
            tell(
                "The certificate of BeyondInsight is not verified (beyondinsight_validate_certs: false): anybody on "
                "the way can read the password."
            )
        http = HttpSession(target, surface="beyondinsight", clock=clock)
        drivers = Drivers(http, credentials, store, clock, keeping, tell, AS_DESCRIBED.sign_in)

        def let_go() -> None:
            http.close()
            drivers.close()

        super().__init__(
            lambda: drivers.open(str(options.get("console_driver") or ANY)),
            OneKind(store, target.url),
            options.get("console_labels") or {},
            lambda: None,  # whether the console answers is another matter
            target.url,
            let_go,
        )

    def look(self) -> dict[str, Any]:
        """Sign in unless an earlier task did, and tell which page was met."""
        return {
            "answered": True,
            "menus": self._do(_menus),
            "title": self._do(lambda driver: driver.title()),
        }

    def _do(self, step: Callable[[ConsoleDriver], Answer], section: Section | None = None) -> Answer:
        try:
            return super()._do(step, section)
        except UseriesError as error:
            _named(error)
            raise

    def _error(self, step: str, kind: Any, message: str, fields: Mapping[str, str] | None = None) -> UseriesError:
        return _named(super()._error(step, kind, message, fields))


def try_sign_in(options: Mapping[str, Any], clock: Clock, tell: Callable[[str], None]) -> None:
    """Sign in with a session of its own, and out again."""
    other = BeyondInsight(options, SessionStore(None, clock), clock, Keeping(), tell)
    try:
        other.look()
        with contextlib.suppress(UseriesError):
            other.leave()
    finally:
        other.close()


class OneKind(Chooser):
    """Chooses nothing and asks nothing: the menus of BeyondInsight are not told apart."""

    def __init__(self, store: SessionStore, url: str) -> None:
        super().__init__(AUTO, "", store, url, lambda sentence: None, "")

    def choose(self, driver: ConsoleDriver) -> Choice:
        """The one that there is."""
        return Choice(AS_DESCRIBED, "option", ())


def _named(error: UseriesError) -> UseriesError:
    """The drivers and the surface speak of the console; here it is BeyondInsight."""
    error.surface = "beyondinsight" if error.surface == "console" else error.surface
    error.message = error.message.replace("The console ", "BeyondInsight ", 1)
    error.remedy = error.remedy.replace("in the console", "in BeyondInsight", 1)
    return error


def _menus(driver: ConsoleDriver) -> list[str]:
    """None is an answer too: what stands behind the sign-in is not described."""
    try:
        return driver.navigation()
    except NeedsBrowser:
        raise
    except UseriesError as error:
        if error.kind != "label_missing":
            raise
        return []
