# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondInsight on an appliance, operated with the console's drivers; its sign-in is at the root (guide 91-104)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.drivers import Keeping
from ansible_collections.useries.appliance.plugins.module_utils._compose.sites import OtherSite
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import NeedsBrowser
from ansible_collections.useries.appliance.plugins.module_utils._guide.beyondinsight import AS_DESCRIBED
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import Profile
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore


class BeyondInsight(OtherSite):
    """Its pages; see :class:`OtherSite`."""

    site = "beyondinsight"

    @staticmethod
    def described(options: Mapping[str, Any]) -> Profile:
        """As the guide describes it."""
        return AS_DESCRIBED

    def look(self) -> dict[str, Any]:
        """Sign in unless an earlier task did, and tell which page was met."""
        return {
            "answered": True,
            "menus": self._do(_menus),
            "title": self._do(lambda driver: driver.title()),
        }


def try_sign_in(options: Mapping[str, Any], clock: Clock, tell: Callable[[str], None]) -> None:
    """Sign in with a session of its own, and out again."""
    other = BeyondInsight(options, SessionStore(None, clock), clock, Keeping(), tell)
    try:
        other.look()
        with contextlib.suppress(UseriesError):
            other.leave()
    finally:
        other.close()


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
