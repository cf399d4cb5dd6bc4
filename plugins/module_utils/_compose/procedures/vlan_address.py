# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv4 of an adapter of Windows, static or by DHCP (guide 1735, 1772)."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.addresses import complaints, resolved
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.network_change import (
    NetworkChange,
    unsendable,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan, compare

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.automatic_return import Steps
    from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import Addresses, Wiring

STATIC = ("ip_address", "subnet_mask", "gateway", "dns")


class SetAdapterAddress(NetworkChange):
    """Options ``adapter``, ``dhcp``, those of STATIC and ``expected_address``."""

    mute = ""  # the gateway that did not answer when it was looked at last

    def what(self) -> str:
        return f"set the address of {self.given['adapter']}"

    def advice(self) -> str:
        return (
            "Ask your network administrator for address, mask and gateway, and whether the switch carries this VLAN to "
            "the appliance."
        )

    def unfinished(self) -> str:
        if self.mute:
            return f"ended, and its gateway {self.mute} does not answer"
        return "ended, and no DHCP server has given it an address" if self.given["dhcp"] else super().unfinished()

    def check(self) -> None:
        super().check()
        wrong = [f"adapter {one!r} is no name of an adapter" for one in unsendable([self.given["adapter"]])]
        static = [name for name in STATIC if self.given[name] is not None]
        if self.given["dhcp"] and static:
            wrong.append(f"dhcp is true, and {', '.join(static)} would not be used")
        if not self.given["dhcp"]:
            missing = [name for name in ("ip_address", "subnet_mask") if not self.given[name]]
            wrong += [f"dhcp is false, and {' and '.join(missing)} missing"] if missing else []
            if self.given["expected_address"] is not None:
                wrong.append("expected_address is for dhcp: true")
        wrong += complaints(self.given)
        if wrong:
            raise self.refuse(f"{'; '.join(wrong)}.", kind="invalid")

    # -- what is due ---------------------------------------------------------------------------------------------------
    def requirements(self) -> Sequence[Requirement]:
        """A checked run may be told of an adapter that an earlier task would have made."""
        if not self.task.gate.check_mode:
            return ()
        state, name = self.read(), self.given["adapter"]
        remedy = "useries.appliance.vlan adds one for a VLAN."
        met = state.adapter(name) is not None or not self.task.journal.promised(f"adapter:{name.lower()}")
        return (Requirement(f"adapter:{name.lower()}", met, f"{name} is no adapter of Windows.", remedy),)

    def due(self, before: Wiring | None) -> Plan:
        present = {} if before is None else self._options_of(self._present(before))
        return compare(present, self._wanted(), header=f"IPv4 of {self.given['adapter']}")

    def _present(self, state: Wiring) -> Addresses:
        known = [one.name for one in state.adapters if one.ip is not None]
        adapter = state.adapter(self.given["adapter"])
        if adapter is None or adapter.ip is None:
            team = next((one.name for one in state.teams if adapter and adapter.name in one.members), "")
            why = (
                f"is a member of the team {team}" if team else "has no IPv4" if adapter else "is no adapter of Windows"
            )
            raise self.refuse(
                f"{self.given['adapter']} {why}.",
                kind="precondition" if adapter else "invalid",
                remedy=f"Adapters with IPv4 are {', '.join(known)}. useries.appliance.vlan adds one for a VLAN.",
                candidates=known,
            )
        return adapter.ip

    def _wanted(self) -> dict[str, Any]:
        texts = {name: self.given[name].strip() if self.given[name] else None for name in STATIC[:3]}
        dns = self.given["dns"]
        return {"dhcp": self.given["dhcp"], **texts, "dns": None if dns is None else [one.strip() for one in dns]}

    @staticmethod
    def _options_of(ip: Addresses) -> dict[str, Any]:
        """As the options have it; of several addresses all are shown, as they differ from any one."""
        masks = [str(ipaddress.ip_network(f"0.0.0.0/{length}").netmask) for _address, length in ip.usable]
        return {
            "dhcp": ip.dhcp,
            "ip_address": ", ".join(address for address, _length in ip.usable) or None,
            "subnet_mask": ", ".join(masks) or None,
            "gateway": ", ".join(ip.gateways) or None,
            "dns": list(ip.dns),
        }

    def before_order(self, before: Wiring) -> None:
        super().before_order(before)
        from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import answers

        windows, wanted, present = self.task.surfaces.windows, self._wanted(), self._present(before)
        new, gateway = wanted["ip_address"], wanted["gateway"]
        others = [one for one in before.adapters if one.ip and one.name.lower() != self.given["adapter"].lower()]
        for one in others:
            if one.ip and new in [address for address, _length in one.ip.usable]:
                raise self.refuse(f"{one.name} has the address {new} already.", remedy="Choose another address.")
            if one.ip and one.ip.gateways and gateway:
                self.warn(f"{one.name} has a default gateway too; Windows uses one of them. Leave gateway out here.")
        own = [ipaddress.ip_interface(f"{address}/{length}") for address, length in present.usable]
        if new and new not in [str(one.ip) for one in own] and answers(windows, new):
            raise self.refuse(
                f"Somebody answers at {new} already.",
                remedy="Choose a free address, or look which machine that is: two with one address cut each other off.",
            )
        near = gateway and any(ipaddress.ip_address(gateway) in one.network for one in own)
        if near and not answers(windows, gateway):
            raise self.refuse(
                f"The gateway {gateway} does not answer, although this adapter is in its network already.",
                remedy="Correct gateway, or ask your network administrator.",
            )

    # -- the change ----------------------------------------------------------------------------------------------------
    def destination(self, before: Wiring) -> str:
        """Another address, when the one over which this run came is this adapter's."""
        held = [address for address, _length in self._present(before).usable]
        if resolved(self.task.surfaces.windows_target.host) not in held:
            return ""
        new = self._wanted()["ip_address"] or self.given["expected_address"]
        return "" if new in held else str(new or "")

    def steps(self, before: Wiring) -> tuple[Steps, Steps]:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import teaming
        from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import Addresses

        present, wanted, found = self._present(before), self._wanted(), before.adapter(self.given["adapter"])
        name = found.name if found else self.given["adapter"]
        if wanted["dhcp"]:
            ip = Addresses(True)
        else:
            new = ipaddress.ip_interface(f"{wanted['ip_address']}/{wanted['subnet_mask']}")
            kept = tuple(one for one in present.gateways if ipaddress.ip_address(one) in new.network)
            gateways = (wanted["gateway"],) if wanted["gateway"] else kept
            dns = present.dns if wanted["dns"] is None else tuple(wanted["dns"])
            ip = Addresses(False, ((str(new.ip), new.network.prefixlen),), gateways, dns)
        return [*teaming.give_addresses(name, ip), teaming.pause()], teaming.give_addresses(name, present)

    def reached(self, state: Wiring) -> bool:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import answers

        present = self._present(state)
        if compare(self._options_of(present), self._wanted()) or not present.usable:
            return False
        expected = self.given["expected_address"]
        if expected and expected.strip() not in [address for address, _length in present.usable]:
            return False
        gateway = self._wanted()["gateway"] or ""
        self.mute = "" if not gateway or answers(self.task.surfaces.windows, gateway) else gateway
        return not self.mute

    def shown(self, state: Wiring) -> dict[str, Any]:
        return {"adapter": self.given["adapter"], **self._options_of(self._present(state))}
