# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondInsight on an appliance, looked at with the console's drivers; its sign-in is at the root (guide lines 91-104).

The profiles of the console say nothing about it, so none is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.drivers import ANY, Drivers, Keeping
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import credentials_of, target_of
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import NeedsBrowser
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

STARTS = ("/",)


class BeyondInsight:
    """Its own site: own sign-in, own session, handed from task to task and ended with the run like the console's.

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
        self._http = HttpSession(target, surface="beyondinsight", clock=clock)
        self._drivers = Drivers(self._http, credentials, store, clock, keeping, tell, STARTS)
        self._driver = self._drivers.open(str(options.get("console_driver") or ANY))

    def look(self) -> dict[str, Any]:
        """Sign in unless an earlier task did, and tell which page was met."""
        try:
            return {"answered": True, "menus": _menus(self._driver), "title": self._driver.title()}
        except UseriesError as error:
            error.surface = "beyondinsight" if error.surface == "console" else error.surface
            raise

    def close(self) -> None:
        """Let go; the session lives on until the end of the run."""
        self._http.close()
        self._drivers.close()


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
