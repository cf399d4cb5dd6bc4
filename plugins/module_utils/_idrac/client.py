# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The iDRAC out of band: what server it sits in, and its power.

Resources are found by their links; only ``/redfish/v1/`` is spelt out. Source: DMTF schemas ServiceRoot,
ComputerSystem, Manager, EthernetInterface; guide lines 1614-1616 (service tag), 1672-1685 (iDRAC).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import (
    content_of,
    failure,
    mapping,
    references,
    told,
    unexpected,
    word,
)
from ansible_collections.useries.appliance.plugins.module_utils._idrac.session import RedfishSession
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target

PowerAction = Literal["on", "shutdown", "force_off", "restart", "force_restart"]

RESET_TYPES: Mapping[PowerAction, tuple[str, ...]] = {
    "on": ("On", "ForceOn"),
    "shutdown": ("GracefulShutdown",),
    "force_off": ("ForceOff",),
    "restart": ("GracefulRestart",),
    "force_restart": ("ForceRestart", "PowerCycle"),
}
"""What each action may be called by the service, the best first."""
READ_MANAGER = "read the iDRAC itself"
EXPANDED = "?$expand=*($levels=1)"
MOST_PAGES = 100
END_STATES: Mapping[PowerAction, str] = {"on": "On", "shutdown": "Off", "force_off": "Off"}


@dataclass(frozen=True)
class Inventory:
    """What the iDRAC says about its server and itself; None where it says nothing.

    :param power_state: On, Off, PoweringOn or PoweringOff; :param health: OK, Warning or Critical.
    :param last_reset: time of the last start, ISO 8601 with its offset.
    :param idrac_address: the iDRAC's own IPv4 address as it shows it.
    """

    service_tag: str | None
    serial_number: str | None
    manufacturer: str | None
    model: str | None
    bios_version: str | None
    power_state: str | None
    health: str | None
    host_name: str | None
    last_reset: str | None
    idrac_version: str | None
    idrac_address: str | None

    def as_dict(self) -> dict[str, str | None]:
        """The same as plain data."""
        return asdict(self)


class Idrac:
    """One iDRAC; use as a context manager, which closes connections and leaves the session to the next task.

    :raises UseriesError: surface ``idrac``; kinds ``unreachable``, ``untrusted``, ``silent``, ``login_refused``,
        ``busy`` (no session left), ``unexpected``, ``rejected``, ``failed``, ``precondition``, ``outcome_unknown``.
    """

    def __init__(self, target: Target, credentials: Credentials, *, store: SessionStore, clock: Clock) -> None:
        self.session = RedfishSession(target, credentials, store=store, clock=clock)
        self._system: str | None = None
        self._manager: str | None = None

    def __enter__(self) -> Idrac:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    # -- reading

    def get(self, path: str, *, operation: str) -> dict[str, Any]:
        """A resource by its path."""
        return self._content(path, operation) or {}

    def find(self, path: str, *, operation: str) -> dict[str, Any] | None:
        """A resource by its path; None when there is none (404)."""
        return self._content(path, operation, 404)

    def members(self, path: str, *, operation: str) -> list[dict[str, Any]] | None:
        """The resources of a collection, in one request where the service expands it; None when there is none (404).

        :raises UseriesError: as :meth:`get`; ``unexpected`` when the collection does not come to an end.
        """
        content = self._content(f"{path}{EXPANDED}", operation, 400, 404, 501)  # an old service may not expand
        if content is None:
            content = self.find(path, operation=operation)
        found: list[dict[str, Any]] | None = None if content is None else []
        pages = 0
        while content is not None and found is not None:
            members = content.get("Members")
            for member in members if isinstance(members, list) else []:
                found += self._resource(mapping(member), operation)
            following = word(content.get("Members@odata.nextLink"))
            pages += 1
            if pages > MOST_PAGES:
                raise self._unexpected("sends a list without an end", operation)
            content = self.get(following, operation=operation) if following else None
        return found

    def _resource(self, member: Mapping[str, Any], operation: str) -> list[dict[str, Any]]:
        """A member of a collection, read when it is only a reference; none when it is gone meanwhile."""
        if set(member) - {"@odata.id"}:
            return [dict(member)]
        read = [self.find(path, operation=operation) for path in references([member])]
        return [one for one in read if one is not None]

    def _content(self, path: str, operation: str, *absent: int) -> dict[str, Any] | None:
        """What is at a path; None when the answer has one of these status codes."""
        where = self.session.target.url
        answer = self.session.request("GET", path, operation=operation, repeat=True)
        if answer.status_code in absent:
            return None
        if answer.status_code >= 400:
            raise failure(answer, target=where, operation=operation)
        content = content_of(answer)
        if not content:
            raise unexpected("sent an answer that is not JSON, or cut it off", target=where, operation=operation)
        return content

    def inventory(self) -> Inventory:
        """Service tag, versions, power, health and addresses."""
        system = self.system()
        manager = self.manager(system)
        return replace(described(system, manager), idrac_address=self._address(manager))

    def power_state(self) -> str:
        """On, Off, PoweringOn or PoweringOff."""
        state = word(self.system().get("PowerState"))
        if state is None:
            raise self._unexpected("does not say whether its server is on", "read the power state")
        return state

    def system(self) -> dict[str, Any]:
        """The ComputerSystem resource as it is now."""
        operation = "read the server"
        if self._system is None:
            self._system = self._only_member("Systems", operation)
        return self.get(self._system, operation=operation)

    # -- power

    def power(self, action: PowerAction) -> bool:
        """As :meth:`order`, where the state at once decides about a lost answer.

        :raises UseriesError: ``outcome_unknown`` when it does not show whether the order arrived.
        """
        try:
            return self.order(action)
        except UseriesError as error:
            if error.kind != "silent":
                raise
            return self._after_silence(action, _order_of(action), error)

    def offers(self, action: PowerAction) -> str:
        """What the service calls this action.

        :raises UseriesError: ``precondition`` when it does not offer it, naming what it offers.
        """
        return self._reset_order(self.system(), action, _order_of(action))[1]

    def order(self, action: PowerAction) -> bool:
        """Give an order to the power control, once; False when the server is in that state already.

        The order is accepted when this returns, and may take minutes: wait with :meth:`power_state`.

        :raises UseriesError: ``precondition`` as :meth:`offers`; ``silent`` when the answer was lost.
        """
        operation = _order_of(action)
        system = self.system()
        if action in END_STATES and system.get("PowerState") == END_STATES[action]:
            return False
        path, reset_type = self._reset_order(system, action, operation)
        answer = self.session.request("POST", path, operation=operation, json={"ResetType": reset_type})
        if answer.status_code == 409 and told(answer).says("PSU501") and action in END_STATES:
            return False
        if answer.status_code >= 400:
            raise failure(answer, target=self.session.target.url, operation=operation)
        return True

    def _reset_order(self, system: Mapping[str, Any], action: PowerAction, operation: str) -> tuple[str, str]:
        """The address of ComputerSystem.Reset, and what the service calls this action."""
        offer = mapping(mapping(system.get("Actions")).get("#ComputerSystem.Reset"))
        path = word(offer.get("target"))
        if path is None:
            raise self._unexpected("does not offer to control the power of its server", operation)
        allowed = offer.get("ResetType@Redfish.AllowableValues")
        if not isinstance(allowed, list):
            return path, RESET_TYPES[action][0]
        for name in RESET_TYPES[action]:
            if name in allowed:
                return path, name
        wanted = " or ".join(RESET_TYPES[action])
        raise UseriesError(
            f"The iDRAC at {self.session.target.url} does not offer {wanted}.",
            surface="idrac",
            operation=operation,
            target=self.session.target.url,
            kind="precondition",
            remedy="Choose another action that it offers: " + ", ".join(map(str, allowed)) + ".",
            candidates=tuple(map(str, allowed)),
        )

    def _after_silence(self, action: PowerAction, operation: str, lost: UseriesError) -> bool:
        """The answer was lost: the state decides, and nothing is repeated."""
        try:
            if action in END_STATES and self.power_state() == END_STATES[action]:
                return True
        except UseriesError as error:
            lost.__context__ = error
        raise UseriesError(
            f"The answer of {lost.target} to `{operation}` was lost, and its power state does not show whether the "
            "order arrived.",
            surface="idrac",
            operation=operation,
            target=lost.target,
            kind="outcome_unknown",
            remedy="Look at the power state and at the server's console before you repeat this.",
        ) from lost

    # -- links

    def manager_path(self, system: Mapping[str, Any] | None = None) -> str:
        """Where the iDRAC itself is.

        :param system: the server's resource when it has been read already.
        """
        if self._manager is None:
            there = self.system() if system is None else system
            paths = references(mapping(there.get("Links")).get("ManagedBy"))
            self._manager = paths[0] if paths else self._only_member("Managers", READ_MANAGER)
        return self._manager

    def manager(self, system: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The Manager resource, the iDRAC itself, as it is now; ``system`` as :meth:`manager_path`."""
        return self.get(self.manager_path(system), operation=READ_MANAGER)

    def _address(self, manager: Mapping[str, Any]) -> str | None:
        operation = "read the iDRAC's network interface"
        for collection in references([manager.get("EthernetInterfaces")]):
            for path in references(self.get(collection, operation=operation).get("Members")):
                found = self.get(path, operation=operation).get("IPv4Addresses")
                for entry in found if isinstance(found, list) else []:
                    address = word(mapping(entry).get("Address"))
                    if address not in (None, "0.0.0.0"):
                        return address
        return None

    def _only_member(self, collection: str, operation: str) -> str:
        """The path of the one member of a collection of the root."""
        paths = references([self.session.root().get(collection)])
        if not paths:
            raise self._unexpected(f"has no {collection}", operation)
        members = references(self.get(paths[0], operation=operation).get("Members"))
        if len(members) != 1:
            raise self._unexpected(f"shows {len(members)} {collection} where there must be one", operation, members)
        return members[0]

    def _unexpected(self, message: str, operation: str, candidates: Iterable[str] = ()) -> UseriesError:
        return unexpected(message, target=self.session.target.url, operation=operation, candidates=tuple(candidates))


def described(system: Mapping[str, Any], manager: Mapping[str, Any]) -> Inventory:
    """What the resources of the server and of the iDRAC say; the address stands in neither of them."""
    return Inventory(
        service_tag=word(system.get("SKU")),
        serial_number=word(system.get("SerialNumber")),
        manufacturer=word(system.get("Manufacturer")),
        model=word(system.get("Model")),
        bios_version=word(system.get("BiosVersion")),
        power_state=word(system.get("PowerState")),
        health=_health(system),
        host_name=word(system.get("HostName")),
        last_reset=word(system.get("LastResetTime")),
        idrac_version=word(manager.get("FirmwareVersion")),
        idrac_address=None,
    )


def _order_of(action: PowerAction) -> str:
    return f"power {action}"


def _health(resource: Mapping[str, Any]) -> str | None:
    status = mapping(resource.get("Status"))
    return word(status.get("HealthRollup")) or word(status.get("Health"))
