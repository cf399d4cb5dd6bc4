# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VLANs of a team (guide 1712-1772): an interface of the team, or an adapter that a vendor's program made, for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.dell import hardware
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.network_change import (
    NetworkChange,
    unsendable,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.automatic_return import Steps
    from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import Adapter, TeamNic, Wiring

LOWEST, HIGHEST = 1, 4094


class TagVlans(NetworkChange):
    """Options ``team``, ``vlans`` and ``native``."""

    def what(self) -> str:
        return f"add the VLANs {', '.join(str(one['id']) for one in self.given['vlans'])} to {self.given['team']}"

    def advice(self) -> str:
        return "Look at the event log of Windows (source MsLbfoSysEvtProvider) for the reason."

    def check(self) -> None:
        super().check()
        vlans = self.given["vlans"]
        wrong = [] if vlans else ["vlans is empty"]
        ids = [one["id"] for one in vlans]
        names = [one["name"].lower() for one in vlans if one.get("name")]
        wrong += [f"VLAN id {one} is not {LOWEST} to {HIGHEST}" for one in ids if not LOWEST <= one <= HIGHEST]
        wrong += [f"VLAN id {one} is used twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
        wrong += [f"the name {one} is used twice" for one in sorted({one for one in names if names.count(one) > 1})]
        strange = unsendable([self.given["team"], *(one["name"] for one in vlans if one.get("name") is not None)])
        wrong += [f"{one!r} is no name of an adapter or a team" for one in strange]
        if wrong:
            raise self.refuse(f"{'; '.join(wrong)}.", kind="invalid")

    # -- what is due ---------------------------------------------------------------------------------------------------
    def requirements(self) -> Sequence[Requirement]:
        """A checked run may be told of a team that an earlier task would have made."""
        if not self.task.gate.check_mode:
            return ()
        state, team = self.read(), self.given["team"]
        met = state.team(team) is not None or self._elsewhere(state)
        return (Requirement(f"team:{team.lower()}", met, *self._no_team(state)),)

    def provides(self, plan: Plan) -> Iterable[str]:
        names = [one.get("name") or f"{self.given['team']} - VLAN {one['id']}" for one in self.given["vlans"]]
        return [f"adapter:{name.lower()}" for name in names]

    def _elsewhere(self, state: Wiring) -> bool:
        """Whether VLANs are made by a program of a vendor there."""
        return state.version < (10, 0) and not self.given["native"]

    def _no_team(self, state: Wiring) -> tuple[str, str]:
        known = ", ".join(one.name for one in state.teams)
        return (
            f"Windows has no team {self.given['team']}, and a VLAN is an interface of a team.",
            f"It has {known}." if known else "Make it with useries.appliance.nic_team.",
        )

    def due(self, before: Wiring | None) -> Plan:
        plan = Plan(header=f"VLANs of {self.given['team']}")
        if before is None:  # the team is only promised
            for one in self.given["vlans"]:
                plan.changes.append(Change(f"vlan {one['id']}", "absent", one.get("name") or "present"))
            return plan
        if self._elsewhere(before):
            self._made_elsewhere(before)
            return plan
        for one in self.given["vlans"]:
            present = self._nic(before, one["id"])
            if present is None:
                plan.changes.append(Change(f"vlan {one['id']}", "absent", one.get("name") or "present"))
            elif one.get("name") and present.name.lower() != one["name"].lower():
                plan.changes.append(Change(f"vlan {one['id']}", present.name, one["name"]))
        if plan:
            self._permit(before)
        return plan

    def _nic(self, state: Wiring, vlan: int) -> TeamNic | None:
        team = self.given["team"].lower()
        return next((one for one in state.nics if one.team.lower() == team and one.vlan == vlan), None)

    def _permit(self, before: Wiring) -> None:
        self.not_mixed(before)
        if before.team(self.given["team"]) is None:
            message, remedy = self._no_team(before)
            raise self.refuse(message, remedy=remedy, candidates=[one.name for one in before.teams])
        for one in self.given["vlans"]:
            taken = before.adapter(one["name"]) if one.get("name") else None
            present = self._nic(before, one["id"])
            if taken is not None and (present is None or taken.name.lower() != present.name.lower()):
                raise self.refuse(f"An adapter is called {taken.name} already.", remedy="Choose another name.")

    # -- VLANs that were made at the screen ----------------------------------------------------------------------------
    def _made_elsewhere(self, before: Wiring) -> None:
        """On Server 2012 R2 a program of a vendor makes them: they are there, or the steps are told."""
        virtual = hardware(self.task.surfaces).is_virtual
        missing = [one for one in self.given["vlans"] if self._vendors(before, one) is None]
        if not missing:
            self.warn(
                "Windows does not show the tag of an adapter that a program of a vendor made: it is known by its name."
            )
            return
        names = ", ".join(f"{_name(one)} (VLAN ID {one['id']})" for one in missing)
        if virtual:
            raise self.refuse(
                f"There is no adapter for {names}. On a virtual appliance with Windows Server 2012 R2 the driver of "
                "Intel makes it, at the screen.",
                remedy="Install ProWinx64 from Intel (guide 1748-1762). In Device Manager open the Properties of "
                f"{self.given['team']}, choose the tab VLANs, click New, enter ID and name of each VLAN, click OK; run "
                "the task again, and it verifies.",
            )
        raise self.refuse(
            f"There is no adapter for {names}. On Windows Server 2012 R2 Broadcom Advanced Control Suite 4 makes it, "
            "at the screen.",
            remedy="Start it from the Start menu, choose Team View, right-click the adapter, Create a VLAN (later: the "
            f"team, Add VLAN), with the Team Name {self.given['team']}, the VLAN Name, Tagged, and the VLAN Tag (guide "
            "1719-1733); run the task again, and it verifies. Or let Windows do it with native: true, if BeyondTrust "
            "Support agrees.",
        )

    def _vendors(self, state: Wiring, vlan: dict[str, Any]) -> Adapter | None:
        """Broadcom's is called <team>_<VLAN name> (guide 1745), Intel's has the name in its description."""
        broadcom = f"{self.given['team']}_{_name(vlan)}".lower()
        intel = re.compile(rf"\bVLAN ?: ?{re.escape(_name(vlan))}$", re.IGNORECASE)
        for one in state.adapters:
            if one.vendor == "Broadcom" and one.name.lower() == broadcom:
                return one
            if one.vendor == "Intel" and intel.search(one.description):
                return one
        return None

    # -- the change ----------------------------------------------------------------------------------------------------
    def steps(self, before: Wiring) -> tuple[Steps, Steps]:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import teaming

        team = before.team(self.given["team"])
        name = team.name if team else self.given["team"]
        forward: list[Any] = []
        back: list[Any] = []
        for one in self.given["vlans"]:
            present = self._nic(before, one["id"])
            if present is None:
                forward.append(teaming.add_vlan(name, one["id"], one.get("name")))
                back.append(teaming.remove_vlan(name, one["id"]))
            elif one.get("name") and present.name.lower() != one["name"].lower():
                forward.append(teaming.rename(present.name, one["name"]))
                back.append(teaming.rename(one["name"], present.name))
        return [*forward, teaming.pause()], back

    def reached(self, state: Wiring) -> bool:
        found = [(one, self._nic(state, one["id"])) for one in self.given["vlans"]]
        return all(nic and (not one.get("name") or nic.name.lower() == one["name"].lower()) for one, nic in found)

    def shown(self, state: Wiring) -> dict[str, Any]:
        return {"team": self.given["team"], "vlans": [self._shown(state, one) for one in self.given["vlans"]]}

    def _shown(self, state: Wiring, vlan: dict[str, Any]) -> dict[str, Any]:
        nic = self._nic(state, vlan["id"])
        adapter = state.adapter(nic.name) if nic else self._vendors(state, vlan)
        addresses = adapter.ip.usable if adapter and adapter.ip else ()
        return {
            "id": vlan["id"],
            "adapter": adapter.name if adapter else None,
            "made_by": "windows" if nic else adapter.vendor.lower() if adapter else None,
            "addresses": [f"{address}/{length}" for address, length in addresses],
        }


def _name(vlan: dict[str, Any]) -> str:
    """The VLAN name of a vendor's program; the guide's example where none is given."""
    return str(vlan.get("name") or f"VLAN{vlan['id']}")
