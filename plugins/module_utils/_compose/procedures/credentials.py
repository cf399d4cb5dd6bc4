# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords of the administrators, and the user name of the appliance's (guide 405-418).

The appliance administrator is the one that the collection signs in as, so the wanted password is ``password`` of the
connection and the present one is ``previous_password``. Whether there is anything to do is told by which of the two the
console let in; a refused one is never tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import masked
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

CREDENTIALS = ACCOUNTS_AND_LICENSING.section("credentials")
RADIUS = ACCOUNTS_AND_LICENSING.section("radius")
ACCOUNTS = {name: f"change_{name}_password" for name in ("appliance", "beyondinsight", "bt_updater")}
APPLIANCE, BEYONDINSIGHT = "appliance", "beyondinsight"


@dataclass(frozen=True)
class Present:
    """How one signs in now.

    :param username: the appliance administrator, as the page shows it; :param old_password: the console let in the
        previous password; :param radius: RADIUS authentication is on.
    :param insight: BeyondInsight lets its administrator in with the wanted password; None: not asked.
    """

    username: str
    old_password: bool
    radius: bool
    insight: bool | None = None


class ChangeCredentials(Action):
    """Options ``accounts``, ``new_password``, ``new_username``, ``support_was_asked``, ``update_password`` and
    ``beyondinsight_administrator``.
    """

    proven_anew = renames = False
    refused_by_beyondinsight = ""

    # -- bad input -----------------------------------------------------------------------------------------------------
    def check(self) -> None:
        accounts, name = self.given["accounts"], self.given.get("new_username")
        if not accounts and name is None:
            raise self.refuse(
                f"accounts names no account; there are {', '.join(ACCOUNTS)}. Nor is there a new_username.",
                kind="invalid",
            )
        if name is not None:
            self._check_username(name)
        if self.given.get("new_password") is not None and not self.given["new_password"].strip():
            raise self.refuse("new_password must not be empty.", kind="invalid")
        if APPLIANCE in accounts and self.given.get("new_password") not in (None, self.given.get("password")):
            raise self.refuse(
                "new_password is not the password that the collection signs in with.",
                kind="invalid",
                remedy="Set useries_password to the wanted password of the appliance administrator and "
                "useries_previous_password to the present one, and leave new_password out; give other accounts a task "
                "of their own.",
            )
        if set(accounts) - {APPLIANCE} and self.given.get("new_password") is None:
            raise self.refuse(
                f"new_password is needed for {', '.join(one for one in accounts if one != APPLIANCE)}.", kind="invalid"
            )

    def _check_username(self, name: str) -> None:
        if not name.strip() or name != name.strip():
            raise self.refuse("new_username must not be empty nor begin or end with a space.", kind="invalid")
        if not self.given["support_was_asked"] and name != self.given.get("username"):
            raise self.refuse(
                "Another user name of the administrator may affect large parts of the deployment and may need restarts "
                "of services or appliances; by the guide (line 409) BeyondTrust Support is asked first.",
                kind="invalid",
                remedy="Talk to Support, then repeat with support_was_asked: true.",
            )

    # -- the loop ------------------------------------------------------------------------------------------------------
    def what(self) -> str:
        return "change administrator credentials"

    def find_out(self) -> str:
        return (
            "Sign in with a browser, first with the wanted password, then with the previous one; mind that refused "
            "sign-ins may lock the user."
        )

    def severity(self) -> Impact:
        """The guide names restarts of services for a new user name."""
        return "service" if self.renames else self.impact

    def read(self) -> Present:
        console = self.task.surfaces.console
        shown = console.read(CREDENTIALS, ["username"], fresh=not self.proven_anew)
        radius = console.there(RADIUS, ["enabled"]) if console.has(RADIUS) else []
        on = bool(radius) and bool(console.read(RADIUS, ["enabled"], fresh=False)["enabled"])
        old = self.task.surfaces.by_previous_password
        return Present(str(shown["username"] or ""), old, on, self._let_in_by_beyondinsight())

    def _let_in_by_beyondinsight(self) -> bool | None:
        """Whether the wanted password works there; asked only where the user says who its administrator is."""
        name = self.given.get("beyondinsight_administrator")
        if not name or BEYONDINSIGHT not in self.given["accounts"] or self.given["update_password"] != "always":
            return None
        try:
            self.task.surfaces.try_beyondinsight(name, self._password)
        except UseriesError as error:
            self.refused_by_beyondinsight = error.message
            if error.kind == "login_refused":
                return False
            self.warn(f"Whether BeyondInsight has the wanted password is not known: {error.message}")
            return None
        return True

    def due(self, before: Present) -> Plan:
        plan = Plan(header=self.what())
        for account in self._chosen(before):
            plan.changes.append(Change(f"{account}.password", None, self._password, secret=True))
        name = self.given.get("new_username")
        if name is not None and name != before.username:
            plan.changes.append(Change("username", before.username, name))
            self.renames = True
        return plan

    @property
    def _password(self) -> str:
        return str(self.given.get("new_password") or self.given["password"])

    def _chosen(self, before: Present) -> list[str]:
        """The accounts to change: the appliance's when its present password is the old one."""
        others = self.given["update_password"] == "always"
        left = [one for one in self.given["accounts"] if one != APPLIANCE and not others]
        if left:
            self.warn(
                f"The password of {', '.join(left)} is left as it is (update_password: on_create): whether it is the "
                "wanted one cannot be seen."
            )
        wanted = [one for one in ACCOUNTS if one in self.given["accounts"]]
        needed = {APPLIANCE: before.old_password, BEYONDINSIGHT: others and not before.insight}
        return [one for one in wanted if needed.get(one, others)]

    def before_order(self, before: Present) -> None:
        if before.old_password and APPLIANCE not in self.given["accounts"] and self.given.get("new_username"):
            raise self.refuse(
                "The console let in the previous password, so the sign-in that proves the new user name would be "
                "refused.",
                remedy="Add appliance to accounts, or change the password in a task before.",
            )
        if before.radius and APPLIANCE in self._chosen(before):
            self.warn(
                "RADIUS authentication is on: the password of the RADIUS account must be the same as the new one, or "
                "nobody can sign in. Change it there as well, now."
            )

    def order(self, before: Present) -> None:
        chosen = self._chosen(before)
        values: dict[str, Any] = {ACCOUNTS[account]: account in chosen for account in ACCOUNTS}
        if chosen:
            values["new_password"] = self._password
            if self.task.surfaces.console.there(CREDENTIALS, ["confirm_password"]):
                values["confirm_password"] = self._password
        if self.given.get("new_username") is not None:
            values["username"] = self.given["new_username"]
        secrets = [self._password, self.given.get("password"), self.given.get("previous_password")]
        with masked(secrets, {"rejected": "The page shows what a password must be made of."}):
            try:
                self.task.surfaces.console.write(CREDENTIALS, values, "update_credentials", fresh=False)
            except UseriesError as error:
                if error.kind != "silent" or not self._signs_out(before):
                    raise  # else the console ended the session, as it should: the sign-in afresh decides

    def happened(self, before: Present) -> bool | None:
        if not self._signs_out(before):
            return None
        self._sign_in_afresh()
        return True

    def effect(self, before: Present) -> Present:
        if self._signs_out(before):
            if not self.proven_anew:
                self._sign_in_afresh()
            name = self.given.get("new_username")
            if name is not None and name != self.given.get("username"):
                self.warn(f"Set useries_username to {name} now: tasks with the old user name are refused.")
        after = self.read()
        if after.insight is False:
            raise self.refuse(
                f"The console says that the password was changed, but: {self.refused_by_beyondinsight}",
                kind="not_seen",
                remedy="Sign in to BeyondInsight with a browser: is beyondinsight_administrator its administrator, and "
                "does it ask for nothing but a password?",
            )
        return after

    def _signs_out(self, before: Present) -> bool:
        name = self.given.get("new_username")
        return APPLIANCE in self._chosen(before) or (name is not None and name != before.username)

    def _sign_in_afresh(self) -> None:
        try:
            self.task.surfaces.sign_in_afresh(CREDENTIALS.page, self.given.get("new_username"))
        except UseriesError as error:
            if error.kind == "login_refused":
                raise self.refuse(
                    f"After the change the console does not let in the wanted credentials: {error.message}",
                    kind="not_seen",
                    remedy="Nothing is tried again in this run. " + self.find_out(),
                ) from error
            raise
        self.proven_anew = True

    def prove(self, state: Present) -> tuple[Proof, dict[str, Any]]:
        proven = (APPLIANCE, BEYONDINSIGHT) if state.insight else (APPLIANCE,)
        others = [one for one in self.given["accounts"] if one not in proven]
        if others:
            return "unavailable", {"reason": f"no sign-in shows the password of {', '.join(others)}"}
        return "verified", {"signed_in_as": state.username}

    def shown(self, state: Present) -> dict[str, Any]:
        return {"username": state.username, "accounts": self.given["accounts"], "radius": state.radius}
