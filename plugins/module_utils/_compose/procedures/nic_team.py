# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team of network adapters (guide 1702-1709), with the address of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.network_change import (
    NetworkChange,
    unsendable,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan, compare

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.automatic_return import Steps
    from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import Adapter, Team, Wiring

MODES = {"switch_independent": "SwitchIndependent", "static": "Static", "lacp": "Lacp"}
BALANCING = {
    "dynamic": "Dynamic",
    "transport_ports": "TransportPorts",
    "ip_addresses": "IPAddresses",
    "mac_addresses": "MacAddresses",
    "hyper_v_port": "HyperVPort",
}


class TeamAdapters(NetworkChange):
    """Options ``name``, ``members``, ``mode``, ``load_balancing``, ``address_from``, ``native``."""

    keeps: tuple[tuple[str, int], ...] = ()  # fixed addresses that the new team takes over

    def what(self) -> str:
        return f"team {', '.join(self.given['members'])} as {self.given['name']}"

    def advice(self) -> str:
        if self.given["mode"] in ("lacp", "static"):
            return (
                f"Ask your network administrator whether the ports of {', '.join(self.given['members'])} are one link "
                f"aggregation on the switch ({self.given['mode']}); mode: switch_independent needs nothing there."
            )
        return "Ask your network administrator whether every member is in the same network, and look at the cables."

    def check(self) -> None:
        super().check()
        members = self.given["members"]
        wrong = [f"{one!r} is named twice" for one in {one for one in members if _count(one, members) > 1}]
        if len({one.lower() for one in members}) < 2:
            wrong.append(f"a team needs at least two members, and members is {', '.join(members) or 'empty'}")
        names = [self.given["name"], *members]
        strange = unsendable(names)
        wrong += [f"{one!r} is no name of an adapter or a team" for one in strange]
        source = self.given["address_from"]
        if source and not _count(source, members):
            wrong.append(f"address_from is {source!r}, which is no member")
        if wrong:
            raise self.refuse(f"{'; '.join(wrong)}.", kind="invalid")

    # -- what is due ---------------------------------------------------------------------------------------------------
    def due(self, before: Wiring) -> Plan:
        present = before.team(self.given["name"])
        plan = compare(self._as_options(present), self._wanted(present), header=f"NIC team {self.given['name']}")
        if present is None:
            plan.changes.insert(0, Change("team", "absent", "present"))
        if plan and not self._made_by_broadcom(before, plan):
            self._permit(before)
            self._look_at(before, present)
        return plan

    def provides(self, plan: Plan) -> Iterable[str]:
        name = self.given["name"].lower()
        return (f"team:{name}", f"adapter:{name}")

    def _wanted(self, present: Team | None) -> dict[str, Any]:
        new = present is None
        return {
            "members": sorted(self.given["members"], key=str.lower),
            "mode": self.given["mode"] or ("switch_independent" if new else None),
            "load_balancing": self.given["load_balancing"] or ("dynamic" if new else None),
        }

    def _as_options(self, team: Team | None) -> dict[str, Any]:
        if team is None:
            return {}
        return {
            "members": sorted((self._given_case(one) for one in team.members), key=str.lower),
            "mode": _option(MODES, team.mode),
            "load_balancing": _option(BALANCING, team.balancing),
        }

    def _given_case(self, name: str) -> str:
        """A member as the user wrote it: Windows does not tell names by their case."""
        return next((one for one in self.given["members"] if one.lower() == name.lower()), name)

    def _made_by_broadcom(self, before: Wiring, plan: Plan) -> bool:
        """On Server 2012 R2 a team of Broadcom's program with that name is what was asked for."""
        found = before.adapter(self.given["name"])
        if before.version >= (10, 0) or found is None or found.vendor != "Broadcom":
            return False
        self.warn(
            f"{found.name} is a team of Broadcom Advanced Control Suite 4. Windows does not show its members and its "
            "mode: compare them there."
        )
        plan.changes.clear()
        return True

    def _permit(self, before: Wiring) -> None:
        self.not_mixed(before)
        if before.version < (10, 0) and not self.given["native"]:
            raise self.refuse(
                "On Windows Server 2012 R2 the guide has Broadcom Advanced Control Suite 4 make the team, which is "
                "operated at the screen.",
                remedy="Start it from the Start menu, choose Team View, select the adapters under Unassigned Adapters, "
                f"right-click Create a Team, and name it {self.given['name']}; run the task again, and it verifies. Or "
                "let Windows do it with native: true, if BeyondTrust Support agrees.",
            )

    def _look_at(self, before: Wiring, present: Team | None) -> None:
        cards = [one.name for one in before.cards]
        unknown = [one for one in self.given["members"] if _count(one, cards) == 0]
        if unknown:
            raise self.refuse(
                f"This appliance has no network adapter {', '.join(unknown)}.",
                kind="invalid",
                remedy=f"It has {', '.join(cards) or 'none'}.",
                candidates=cards,
            )
        if present is None and before.adapter(self.given["name"]) is not None:
            raise self.refuse(f"An adapter is called {self.given['name']} already.", remedy="Choose another name.")
        for team in before.teams:
            taken = [one for one in team.members if _count(one, self.given["members"])]
            if team != present and taken:
                raise self.refuse(
                    f"{', '.join(taken)} is a member of the team {team.name}.", remedy="An adapter is in one team only."
                )
        self._source(before, present)

    def _joining(self, before: Wiring, present: Team | None) -> list[Adapter]:
        """Members to be, in the order of the option."""
        found = [before.adapter(one) for one in self.given["members"]]
        return [one for one in found if one and not (present and _count(one.name, present.members))]

    def _source(self, before: Wiring, present: Team | None) -> Adapter | None:
        """The adapter whose addresses the team takes over; the others lose theirs, which has to be meant."""
        with_address = [one for one in self._joining(before, present) if one.ip and one.ip.usable]
        shown = ", ".join(f"{one.name} ({one.ip.usable[0][0]})" for one in with_address if one.ip)
        if present is not None and with_address:
            raise self.refuse(
                f"{shown} has an address, which it would lose in the team.",
                remedy="Take the address from that adapter first, or leave it out of the team.",
            )
        chosen = self.given["address_from"]
        if len(with_address) > 1 and not chosen:
            raise self.refuse(
                f"More than one of the members has an address: {shown}. The team can go on with that of one of them.",
                remedy="Name that member in address_from.",
                candidates=[one.name for one in with_address],
            )
        if chosen:
            return before.adapter(chosen)
        return with_address[0] if with_address else None

    # -- the change ----------------------------------------------------------------------------------------------------
    def steps(self, before: Wiring) -> tuple[Steps, Steps]:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import teaming

        present = before.team(self.given["name"])
        if present is not None:
            return self._other(before, present)
        name, joining, source = self.given["name"], self._joining(before, None), self._source(before, None)
        members = sorted((one.name for one in joining), key=lambda one: source is None or one != source.name)
        wanted = self._wanted(None)
        forward = [*teaming.create_team(name, members, MODES[wanted["mode"]], BALANCING[wanted["load_balancing"]])]
        if source and source.ip and not source.ip.dhcp:
            forward += teaming.give_addresses(name, source.ip)
            self.keeps = source.ip.usable
        back = [*teaming.remove_team(name)]
        for one in joining:
            if one.ip and one.ip.usable:
                back += teaming.give_addresses(one.name, one.ip)
        return forward, back

    def _other(self, before: Wiring, present: Team) -> tuple[Steps, Steps]:
        """Members join before others leave: a team needs one."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows import teaming

        name, wanted = present.name, self._wanted(present)
        joining = [one.name for one in self._joining(before, present)]
        leaving = [one for one in present.members if not _count(one, self.given["members"])]
        mode = MODES.get(wanted["mode"] or "", present.mode)
        balancing = BALANCING.get(wanted["load_balancing"] or "", present.balancing)
        forward = [*teaming.add_members(name, joining), *teaming.remove_members(name, leaving)]
        back = [*teaming.add_members(name, leaving), *teaming.remove_members(name, joining)]
        return (
            [*forward, *teaming.set_team(name, mode, balancing)],
            [*back, *teaming.set_team(name, present.mode, present.balancing)],
        )

    def reached(self, state: Wiring) -> bool:
        team = state.team(self.given["name"])
        if team is None or compare(self._as_options(team), self._wanted(team)):
            return False
        adapter = state.adapter(self.given["name"])
        return set(self.keeps) <= set(adapter.ip.usable if adapter and adapter.ip else ())

    def shown(self, state: Wiring) -> dict[str, Any]:
        team = state.team(self.given["name"])
        adapter = state.adapter(self.given["name"])
        addresses = adapter.ip.usable if adapter and adapter.ip else ()
        return {
            "name": self.given["name"],
            "present": team is not None or bool(adapter and adapter.vendor),
            "made_by": "windows" if team else adapter.vendor.lower() if adapter and adapter.vendor else None,
            "members": list(team.members) if team else [],
            "mode": _option(MODES, team.mode) if team else None,
            "load_balancing": _option(BALANCING, team.balancing) if team else None,
            "status": team.status if team else None,
            "addresses": [f"{address}/{length}" for address, length in addresses],
            "adapters": [one.name for one in state.cards],
        }


def _count(name: str, names: Any) -> int:
    return sum(one.lower() == name.lower() for one in names)


def _option(words: dict[str, str], word: str) -> str:
    return next((option for option, known in words.items() if known.lower() == word.lower()), word)
