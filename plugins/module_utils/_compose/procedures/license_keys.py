# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence keys of Windows and SQL Server, after an appliance was imaged afresh (guide 1581)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import masked
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan

KEY = re.compile(r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}", re.IGNORECASE)
SETUP = re.compile(r"[A-Z]:(?:\\[A-Za-z0-9 ._()-]+)*\\setup\.exe", re.IGNORECASE)
INSTANCE = re.compile(r"[A-Za-z_][A-Za-z0-9_$]{0,15}")
ADVICE = (
    "Check the key against the paper, and whether the appliance reaches the Internet. Without it activate Windows by "
    "phone (useries.appliance.windows_activation)."
)


@dataclass(frozen=True)
class State:
    """How both are licensed; what was not asked for is None.

    :param edition: of SQL Server, as its registry has it; empty when there is no such instance.
    """

    activated: bool | None
    partial_key: str
    status: str
    edition: str | None

    @property
    def sql_licensed(self) -> bool:
        """Whether it is no evaluation; the registry holds an edition and no key."""
        return bool(self.edition) and "evaluation" not in str(self.edition).casefold()


class EnterLicenseKeys(Action):
    """Options ``windows_key``, ``sql_server_key``, ``sql_setup``, ``sql_instance`` and ``key_on_command_line``."""

    surface = "windows"
    sql_due = False

    def what(self) -> str:
        return "license Windows and SQL Server"

    def severity(self) -> Impact:
        return "service" if self.sql_due else "none"

    def find_out(self) -> str:
        return "Run the task again: it looks first at what is licensed. Setup of SQL Server may still be running."

    def check(self) -> None:
        for name in ("windows_key", "sql_server_key"):
            key = self._key(name)
            if self.given.get(name) is not None and not KEY.fullmatch(key):
                raise self.refuse(
                    f"{name} must be five groups of five letters and digits, joined by hyphens; this one has "
                    f"{len(key)} characters.",
                    kind="invalid",
                )
        setup = self.given.get("sql_setup")
        if setup is not None and not SETUP.fullmatch(setup):
            raise self.refuse(
                rf"sql_setup {setup!r} is not the full path of a setup.exe on the appliance, like D:\SQL\setup.exe.",
                kind="invalid",
            )
        if not INSTANCE.fullmatch(self.given["sql_instance"]):
            raise self.refuse(f"sql_instance {self.given['sql_instance']!r} is no name of an instance.", kind="invalid")

    def _key(self, name: str) -> str:
        return str(self.given.get(name) or "").strip().upper()

    # -- reading and planning ------------------------------------------------------------------------------------------
    def read(self) -> State:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import activation, licences

        windows, found, edition = self.task.surfaces.windows, None, None
        if self._key("windows_key"):
            found = activation.read_activation(windows)
        if self._key("sql_server_key"):
            edition = licences.sql_edition(windows, self.given["sql_instance"]) or ""
        if found is None:
            return State(False if self._key("windows_key") else None, "", "unknown", edition)
        return State(found.activated, found.partial_key, found.status, edition)

    def _has_key(self, state: State) -> bool:
        return bool(state.partial_key) and self._key("windows_key").endswith(state.partial_key.upper())

    def due(self, before: State) -> Plan:
        plan = Plan(header=self.what())
        if self._key("windows_key"):
            if not self._has_key(before):
                plan.changes.append(Change("windows_key", None, self.given["windows_key"], secret=True))
            if not (before.activated and self._has_key(before)):
                plan.changes.append(Change("windows", before.status, "licensed"))
        self.sql_due = bool(self._key("sql_server_key")) and not before.sql_licensed
        if self.sql_due:
            plan.changes.append(Change("sql_server_key", None, self.given["sql_server_key"], secret=True))
        return plan

    def before_order(self, before: State) -> None:
        if self.sql_due and not before.edition:
            raise self.refuse(
                f"There is no instance {self.given['sql_instance']} of SQL Server on this appliance.",
                remedy="Name it in sql_instance, or leave sql_server_key out.",
            )
        if self.sql_due and not self.given.get("sql_setup"):
            raise self.refuse(
                f"SQL Server is not licensed ({before.edition}), and it is licensed by its own setup.exe.",
                remedy="Name it in sql_setup: the full path on the appliance, of the same version of SQL Server.",
            )
        enters = self.sql_due or (bool(self._key("windows_key")) and not self._has_key(before))
        if enters and not self.given["key_on_command_line"]:
            raise self.refuse(
                "A key would be part of a command line on the appliance for some seconds, where other administrators "
                "and the auditing of processes can read it.",
                remedy="If that is acceptable, repeat with key_on_command_line: true; else enter the keys at the "
                "screen.",
            )

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: State) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import licences

        windows = self.task.surfaces.windows
        with masked([self._key("windows_key"), self._key("sql_server_key")], {"failed": ADVICE}):
            if self._key("windows_key"):
                if not self._has_key(before):
                    licences.install_windows_key(windows, self._key("windows_key"))
                if not (before.activated and self._has_key(before)):
                    licences.activate_windows(windows)
        with masked([self._key("sql_server_key")]):
            if self.sql_due and licences.upgrade_sql_edition(
                windows, self.given["sql_setup"], self.given["sql_instance"], self._key("sql_server_key")
            ):
                self.warn("Setup of SQL Server wants Windows to be restarted.")

    def happened(self, before: State) -> bool | None:
        return True if self._all(self.read()) else None

    def _all(self, state: State) -> bool:
        windows = not self._key("windows_key") or (bool(state.activated) and self._has_key(state))
        return windows and (not self._key("sql_server_key") or state.sql_licensed)

    def effect(self, before: State) -> State:
        after = self.read()
        if not self._all(after):
            raise self.refuse(
                f"The keys were entered, but Windows is {after.status} and SQL Server is {after.edition or 'not asked'}"
                " when read again.",
                kind="not_seen",
                remedy=ADVICE,
            )
        return after

    def prove(self, state: State) -> tuple[Proof, dict[str, Any]]:
        return "verified", {"by": "Windows and the registry of SQL Server"}

    def shown(self, state: State) -> dict[str, Any]:
        asked = self._key("sql_server_key")
        return {
            "windows_licensed": state.activated,
            "windows_status": state.status if self._key("windows_key") else None,
            "sql_server_edition": (state.edition or None) if asked else None,
            "sql_server_licensed": state.sql_licensed if asked else None,
        }
