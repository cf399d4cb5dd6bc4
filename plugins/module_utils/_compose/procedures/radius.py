# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RADIUS authentication of the console (guide 420-433): turning it on may lock the collection itself out (A-08)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.texts import nearest
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

NEEDED = (
    "The collection answers no challenge: the RADIUS scheme must let the user of useries_username in with a password "
    "alone, and the password there must be the one of the appliance administrator"
)


class TwoFactors(Settings):
    """Options ``enabled``, ``alias``, ``radius_username`` and ``accept_lockout``; group ``proof``."""

    turned_on = False
    alias = ""

    def check(self) -> None:
        lacking = [name for name in ("alias", "radius_username") if not (self.given.get(name) or "").strip()]
        if self.given["enabled"] and lacking:
            raise self.refuse(f"enabled is true, and {' and '.join(lacking)} is not given.", kind="invalid")

    def read(self) -> dict[str, Any]:
        present = super().read()
        if self.given["enabled"] and not self.task.gate.wrote:
            self._check_alias()
        return present

    def wanted(self) -> dict[str, Any]:
        return {**super().wanted(), "alias": self.alias} if self.alias else super().wanted()

    def _check_alias(self) -> None:
        offered = [text for text in self.task.surfaces.console.choices(self.section, "alias") if text.strip()]
        if not offered:
            raise self.refuse(
                "The list of RADIUS servers is empty: BeyondInsight knows none.",
                remedy="Configure a RADIUS server in BeyondInsight first; its alias is then offered here.",
            )
        wanted = self.given["alias"]
        if wanted.strip().casefold() not in {text.strip().casefold() for text in offered}:
            raise self.refuse(
                f"alias {wanted!r} is not offered; there are {', '.join(offered)}.", kind="invalid", candidates=offered
            )
        self.alias = nearest("alias", wanted, offered)

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        self.turned_on = bool(self.given["enabled"])
        if not self.turned_on:
            return
        if not self.given["accept_lockout"]:
            raise self.refuse(
                f"With RADIUS on, this collection may be locked out of the console. {NEEDED}.",
                remedy="If that is so, or if automation may end here, repeat with accept_lockout: true.",
            )
        self.warn(f"{NEEDED}.")

    def prove(self, state: Any) -> tuple[Any, dict[str, Any]] | None:
        """Whether the console still lets this collection in; the run's own session stays open in any case."""
        if not self.turned_on or self.task.gate.check_mode:
            return None
        try:
            self.task.surfaces.try_to_sign_in(self.section.page)
        except UseriesError as error:
            self.warn(
                f"RADIUS is on, and a new sign-in did not work: {error.message} The session of this run lasts for some "
                "minutes yet; with enabled: false in this time RADIUS can still be turned off."
            )
            return "unavailable", {"reason": "a new sign-in did not work"}
        return "verified", {"signed_in_as": self.given["username"]}
