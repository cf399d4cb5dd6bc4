# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password of an account of the iDRAC (guide 1683-1685, 1697).

Of the account with which the collection signs in the wanted password is ``idrac_password`` and the present one is
``idrac_previous_password``; which of the two is let in tells whether there is anything to do. Of another account a
sign-in with the wanted password tells it. A refused password is never tried again.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.idrac_network import Roads, Way
from ansible_collections.useries.appliance.plugins.module_utils._compose.idrac_user import (
    FACTORY_PASSWORD,
    FACTORY_USER,
    NOBODY,
    Seen,
    change,
    find,
    lets_in,
    racadm,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import masked
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ROUND = (
    "Where its password is lost, racadm on the appliance can set it: via: windows with "
    "allow_password_in_process_list: true."
)


class SetIdracPassword(Action):
    """Options ``account``, ``new_password``, ``default_password``, ``via`` and ``allow_password_in_process_list``."""

    account: Any = None  # over Redfish
    names: tuple[str, ...] = ()
    is_refused = False  # the iDRAC has refused the wanted password to this task

    @cached_property
    def roads(self) -> Roads:
        """What is configured."""
        return Roads(self)

    @cached_property
    def racadm(self) -> Any:
        """The racadm on the appliance."""
        return racadm(self.task)

    @property
    def name(self) -> str:
        """Whose password."""
        return str(self.given["account"] or self.given["idrac_username"] or FACTORY_USER)

    @property
    def is_own(self) -> bool:
        """Whether the collection signs in with that account."""
        return bool(self.name == self.given["idrac_username"])

    @property
    def wanted(self) -> str | None:
        """The wanted password."""
        own = self.given["idrac_password"] if self.is_own else None
        found = self.given["new_password"] if self.given["new_password"] is not None else own
        return None if found is None else str(found)

    def what(self) -> str:
        return f"change the password of {self.name} on the iDRAC"

    def find_out(self) -> str:
        return (
            "Sign in to the iDRAC with a browser, first with the wanted password, then with the previous one; mind "
            "that refused sign-ins may lock the address out for some minutes."
        )

    # -- bad input -----------------------------------------------------------------------------------------------------
    def check(self) -> None:
        wanted, new = self.wanted, self.given["new_password"]
        if wanted is not None and not wanted.strip():
            raise self.refuse("The wanted password must not be empty.", kind="invalid")
        if self.is_own and new not in (None, self.given["idrac_password"]):
            raise self.refuse(
                "new_password is not the password that the collection signs in with.",
                kind="invalid",
                remedy="Set useries_idrac_password to the wanted password and useries_idrac_previous_password to the "
                "present one, and leave new_password out.",
            )
        if wanted == FACTORY_PASSWORD and (new is not None or self.given["default_password"] == "refuse"):
            raise self.refuse(
                f"The wanted password of {self.name} is the one from the factory, which everybody knows.",
                kind="invalid",
                remedy="Set useries_idrac_password to another one, and useries_idrac_previous_password to that from "
                "the factory.",
            )
        self.roads.check()

    # -- reading -------------------------------------------------------------------------------------------------------
    def read(self) -> Seen:
        way = self._way()
        return self._by_redfish() if way == "redfish" else self._by_windows()

    def _way(self) -> Way:
        """Redfish, unless it is told otherwise; with ``auto`` racadm where it is allowed and Redfish is no road."""
        via, has_windows = self.given["via"], self.roads.has_windows
        if via == "windows" or not self.roads.has_idrac:
            return "windows"
        try:
            self.task.surfaces.idrac.session.by_previous_password  # noqa: B018 - signs in
        except UseriesError as error:
            known = error.kind in {*NOBODY, "login_refused"}
            if not known or via == "redfish" or not has_windows:
                raise
            if not self.given["allow_password_in_process_list"]:
                error.remedy = f"{error.remedy} {ROUND}".strip()
                raise
            self.is_refused = error.kind == "login_refused"
            self.warn(f"{error.message} So racadm on the appliance is used.")
            return "windows"
        return "redfish"

    def _by_redfish(self) -> Seen:
        self.account, names = find(self.task, self.name)
        self.names = tuple(names)
        if self.account is None:
            return Seen("redfish", "")
        seen = Seen("redfish", self.account.slot, self.account.enabled, self.account.role)
        if not self.is_own:
            return self._with_sign_in(seen) if seen.enabled and self.wanted else seen
        by_previous = self.task.surfaces.idrac.session.by_previous_password
        password = self.given["idrac_previous_password"] if by_previous else self.wanted
        is_default = self.name == FACTORY_USER and password == FACTORY_PASSWORD
        return replace(seen, works=not by_previous, default=is_default)

    def _by_windows(self) -> Seen:
        slot = self.racadm.slot(self.name)
        seen = Seen("windows", "" if slot is None else str(slot))
        if self.racadm.default_password and self.name == FACTORY_USER:
            return replace(seen, works=self.wanted == FACTORY_PASSWORD, default=True)
        return self._with_sign_in(seen) if self.wanted and slot is not None else seen

    def _with_sign_in(self, seen: Seen) -> Seen:
        """One sign-in with the wanted password."""
        is_known = self.is_own and self.is_refused
        works = False if is_known else lets_in(self.task, self.name, str(self.wanted))
        is_default = None
        if works and self.name == FACTORY_USER:
            is_default = self.wanted == FACTORY_PASSWORD
        return replace(seen, works=works, default=is_default)

    # -- planning ------------------------------------------------------------------------------------------------------
    def due(self, before: Seen) -> Plan:
        if not before.slot:
            there = f" It has {', '.join(self.names)}." if self.names else ""
            raise self.refuse(
                f"The iDRAC shows no account {self.name}.{there}",
                remedy="Correct the option account; an account that may not configure users sees only itself.",
                candidates=self.names,
            )
        plan = Plan(header=self.what())
        if self.wanted is not None and before.works is not True and self.wanted != FACTORY_PASSWORD:
            plan.changes.append(Change("password", None, self.wanted, secret=True))
        if before.default:
            self._default(bool(plan))
        return plan

    def _default(self, is_changed: bool) -> None:
        """The password from the factory is told, and refused where nothing is done about it."""
        found = f"{self.name} on the iDRAC has the password from the factory, which everybody knows."
        if is_changed or self.given["default_password"] == "report":
            self.warn(found)
            return
        raise self.refuse(
            found,
            remedy="Set useries_idrac_password to another one and useries_idrac_previous_password to that from the "
            "factory, or tolerate it with default_password: report.",
        )

    def before_order(self, before: Seen) -> None:
        if before.enabled is False:
            raise self.refuse(
                f"The account {self.name} is disabled, so no sign-in could prove its password.",
                remedy="Enable it in the iDRAC under iDRAC Settings > Users first.",
            )
        if before.way == "redfish":
            return
        if not self.given["allow_password_in_process_list"]:
            raise self.refuse(
                "racadm takes the password as part of its command line, which the appliance's list of processes, and "
                "perhaps its audit log, shows.",
                remedy="Use Redfish (via: redfish), or accept it with allow_password_in_process_list: true.",
            )
        self.racadm.check_password(str(self.wanted))
        if before.works is None:
            self.warn(f"Nobody can say whether {self.name} has that password already, so it is set.")

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Seen) -> None:
        secrets = [self.wanted, self.given["idrac_password"], self.given["idrac_previous_password"]]
        with masked(secrets):
            if before.way == "redfish":
                change(self.task, self.account, str(self.wanted))
            else:
                self.racadm.set_password(int(before.slot), str(self.wanted))

    def happened(self, before: Seen) -> bool | None:
        return lets_in(self.task, self.name, str(self.wanted))

    def effect(self, before: Seen) -> Seen:
        try:
            works = self._signed_in_afresh()
        except UseriesError as error:
            if error.kind != "login_refused":
                raise
            works = False
        if works is False:
            raise self.refuse(
                f"The order to {self.what()} was accepted, but the iDRAC does not let in the wanted password.",
                kind="not_seen",
                remedy="Nothing is tried again in this run. " + self.find_out(),
            )
        if works is None:
            self.warn("The iDRAC could not be reached over Redfish, so no sign-in has shown the new password.")
        return replace(before, works=works, default=False)

    def _signed_in_afresh(self) -> bool | None:
        """Of the own account the rest of the run goes on with that sign-in."""
        if not self.is_own or not self.roads.has_idrac:
            return lets_in(self.task, self.name, str(self.wanted))
        try:
            self.task.surfaces.idrac.session.sign_in_afresh()
        except UseriesError as error:
            if error.kind not in NOBODY:
                raise
            return None
        return True

    def prove(self, state: Seen) -> tuple[Proof, dict[str, Any]] | None:
        if self.wanted is None:
            return None
        if state.works:
            return "verified", {"signed_in_as": self.name}
        return "unavailable", {"reason": f"no sign-in over Redfish has shown the password of {self.name}"}

    def shown(self, state: Seen) -> dict[str, Any]:
        return {
            "account": self.name,
            "slot": int(state.slot) if state.slot.isdigit() else None,
            "enabled": state.enabled,
            "role": state.role,
            "default_password": state.default,
            "via": state.way,
        }
