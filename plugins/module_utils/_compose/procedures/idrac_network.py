# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of the iDRAC (guide 1679-1680, 1696-1700). Over Redfish a new address cuts the path over which it is
given, so that the effect is looked for at the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.addresses import resolved
from ansible_collections.useries.appliance.plugins.module_utils._compose.idrac_network import (
    FIELDS,
    STATIC,
    Roads,
    answers_at,
    wrong_with,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan, compare
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

State = Mapping[str, Any]
SETTLED = 30.0  # seconds that an address which DHCP may yet change must go on answering
NOWHERE = "0.0.0.0"


class ReadIdracNetwork(Info):
    """Option ``via``."""

    @cached_property
    def roads(self) -> Roads:
        """To the iDRAC."""
        return Roads(self)

    def check(self) -> None:
        self.roads.check()

    def read(self) -> dict[str, Any]:
        return {**self.roads.read(), "via": self.roads.way}


class SetIdracNetwork(Action):
    """Options of ``FIELDS``, ``expected_address``, ``via`` and ``wait_timeout``."""

    there: Surfaces | None = None  # the appliance with its iDRAC at the new address
    pins: tuple[str, ...] = ()  # of its certificate, when that is known by its fingerprint only there
    moved = unheard = False

    @cached_property
    def roads(self) -> Roads:
        """To the iDRAC."""
        return Roads(self)

    def what(self) -> str:
        return "change the network of the iDRAC"

    def find_out(self) -> str:
        return "Run the task again: it looks first. Without an answer, use via: windows, or the F2 setup menu."

    # -- bad input -----------------------------------------------------------------------------------------------------
    def check(self) -> None:
        if all(self.given[name] is None for name in FIELDS):
            raise self.refuse(f"Nothing is to be set; give one of {', '.join(FIELDS)}.", kind="invalid")
        wrong = wrong_with(self.given)
        if wrong:
            raise self.refuse(f"{'; '.join(wrong)}.", kind="invalid")
        new = (self.given["ip_address"] or "").strip()
        own = self.roads.target
        for option in ("host", "windows_host") if new and (own is None or resolved(own.host) != new) else ():
            if self.given[option] and resolved(self.given[option]) == new:
                raise self.refuse(
                    f"ip_address {new} is the address of the appliance itself ({option}).", kind="invalid"
                )
        self.roads.check()

    # -- reading and planning ------------------------------------------------------------------------------------------
    def read(self) -> dict[str, Any]:
        return self.roads.read(self.there)

    @property
    def wanted(self) -> dict[str, Any]:
        """What was given."""
        given = {name: self.given[name] for name in FIELDS if self.given[name] is not None}
        return {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}

    def due(self, before: State) -> Plan:
        return compare(before, self.wanted, header="Network of the iDRAC")

    @property
    def new_address(self) -> str:
        """Where it is expected afterwards; empty when that is where it is now."""
        return str(self.wanted.get("ip_address") or self.given["expected_address"] or "").strip()

    def before_order(self, before: State) -> None:
        plan = self.due(before).wanted
        port = plan.get("nic_selection")
        if self.roads.way == "windows" and port and not self.roads.racadm.selectable(port):
            raise self.refuse(
                f"The iDRAC of this server is an older one, which cannot be given the port {port}.",
                remedy="Choose dedicated or lom1 (shared); another one at the F2 setup menu at startup.",
            )
        if plan.get("enabled") is False and self.roads.way == "redfish":
            raise self.refuse(
                "enabled: false over Redfish would cut off the iDRAC: nothing could turn it on again from here.",
                remedy="Use via: windows, with which it can be turned on again.",
            )
        if not (self.wanted.get("enabled", before["enabled"])):
            self.warn("The NIC of the iDRAC is off, so nobody reaches it; set enabled: true to turn it on.")
        new = self.new_address
        if new and new != before["ip_address"] and answers_at(self.roads.target, new):
            raise self.refuse(
                f"Somebody answers at {new} already.",
                remedy="Choose a free address, or look which machine that is: two with one address cut each other off.",
            )

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: State) -> None:
        changes = self.due(before).wanted
        if self.wanted.get("dhcp") is False and set(changes) & {"dhcp", *STATIC}:
            changes |= {name: self.wanted[name] for name in ("dhcp", *STATIC)}
        if self.roads.way == "redfish":
            self._expect(before, changes)
        try:
            self.roads.write(changes)
        except UseriesError as error:
            if self.roads.way == "windows" or error.kind != "silent":
                raise
            self.unheard = True
            self.warn(f"The iDRAC did not answer to the change any more ({error}); what is seen afterwards decides.")

    def _expect(self, before: State, changes: State) -> None:
        """Know the certificate before the path is cut."""
        target = self.roads.target
        new = self.new_address
        if target is None or not {"ip_address", "dhcp"} & set(changes) or new in ("", before["ip_address"]):
            return
        if resolved(target.host) != before["ip_address"]:
            self.warn(
                f"This task came over {target.host}, which is not the address that the iDRAC shows of itself: the "
                "change is looked for there."
            )
            return
        self.there, self.moved = self.task.surfaces.again(new, "idrac"), True
        pins = self.there.idrac.session.target.fingerprints
        self.pins = tuple(one for one in pins if one not in target.fingerprints)

    def happened(self, before: State) -> bool | None:
        """Of orders by racadm, which cut nothing; there may be several."""
        state = self._read_anew()
        if not self._missing(state):
            return True
        return False if state == before else None

    def _missing(self, state: State) -> list[str]:
        return [change.name for change in compare(state, self.wanted).changes]

    def _read_anew(self) -> dict[str, Any]:
        """Over connections of their own, since the old ones may be dead."""
        if self.roads.way == "windows":
            self.roads.renew()
        else:
            self.there = (self.there or self.task.surfaces).again()
        return self.read()

    def effect(self, before: State) -> dict[str, Any]:
        seconds = float(self.given["wait_timeout"])
        stays = self.roads.way == "redfish" and "dhcp" in self.due(before).wanted and not self.moved
        where = self.new_address or str(before["ip_address"])
        found: dict[str, Any] = {}
        look = self._look(found, stays=stays)
        wait = Wait(seconds, interval=1.0, longest=10.0, silence=seconds)
        try:
            self.task.waiter.until(look, wait, what=f"the iDRAC shows it at {where}", surface="idrac", target=where)
        except UseriesError as error:
            if self.roads.way == "windows" and not found:
                raise
            raise (self._not_seen(found) if found else self._lost(where, before, error)) from error
        self._tell(before, found)
        return found

    def _look(self, found: dict[str, Any], *, stays: bool) -> Callable[[], Seen]:
        """A look reads everything; at an address that may yet be given up it has to be seen for a while."""
        since: list[float] = []

        def look() -> Seen:
            found.clear()
            try:
                found.update(self._read_anew())
            except UseriesError:
                since.clear()
                raise
            missing = self._missing(found)
            if missing:
                return Seen(f"without {', '.join(missing)}", None)
            since.append(self.task.clock.now())
            return Seen("set", True if not stays or since[-1] - since[0] >= SETTLED else None)

        return look

    def _not_seen(self, found: State) -> UseriesError:
        wanted = self.wanted
        if self.unheard:
            return self.refuse(
                f"The iDRAC's answer to the change was lost, and {', '.join(self._missing(found))} did not change.",
                kind="failed",
                remedy="It was not carried out, so it can be repeated.",
            )
        facts = "; ".join(f"{name}: wanted {wanted[name]!r}, found {found[name]!r}" for name in self._missing(found))
        return self.refuse(
            f"The iDRAC took the change, but it is not there when read again: {facts}.",
            kind="not_seen",
            remedy="Look at the iDRAC's own page (iDRAC Settings > Network) or at racadm; somebody else, or a rule of "
            "the iDRAC, may have put it back.",
        )

    def _lost(self, where: str, before: State, error: UseriesError) -> UseriesError:
        target = self.roads.target
        if answers_at(target, where):
            state = f"somebody answers at {where}, but this task was not let in: {error.message}"
            step = f"Open https://{where} with a browser and compare the certificate, then set useries_idrac_host."
        elif where != before["ip_address"] and answers_at(target, before["ip_address"]):
            state = f"it still answers at its old address {before['ip_address']}, and nobody at {where}"
            step = "Look at its page iDRAC Settings > Network: the change was not carried out, or was taken back."
        else:
            state = f"nobody answers at {where}"
            step = (
                "Read its address by racadm (idrac_network_info with via: windows) or at the F2 setup menu; look at "
                "cable, VLAN and firewall, and with DHCP at its server."
            )
        return self.refuse(f"The network of the iDRAC was changed, but {state}.", kind="outcome_unknown", remedy=step)

    def _tell(self, before: State, after: State) -> None:
        """What the rest of the run, and the inventory, have to know; the session at the old address is ended."""
        new = str(after["ip_address"])
        if self.moved and self.there is not None:
            self.task.surfaces.idrac.session.move_to(self.there.idrac.session)
        host = self.given["idrac_host"]
        if self.moved or (host and new != NOWHERE and new != before["ip_address"] and resolved(host) != new):
            also = f" and useries_idrac_fingerprints: {list(self.pins)}" if self.pins else ""
            self.warn(
                f"The iDRAC is at {new} now. Tasks that follow in this run need useries_idrac_host: {new}{also} "
                "(set_fact), and so does the inventory."
            )

    def run(self) -> dict[str, Any]:
        result = super().run()
        address = str(result[self.returns]["ip_address"])
        changed = bool(result["changed"]) and not self.task.gate.check_mode
        return {
            **result,
            "via": self.roads.way,
            "moved": self.moved and changed,
            "fingerprints": list(self.pins),
            "answers": answers_at(self.roads.target, address),
        }
