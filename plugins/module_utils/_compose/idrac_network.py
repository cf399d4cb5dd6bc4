# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two roads to the network settings of an iDRAC: Redfish, and racadm on the appliance.

Redfish needs an iDRAC that has an address and a known password; racadm needs neither, but Windows. So with ``auto``
Redfish is taken where the iDRAC is configured and answers, racadm where nobody answers there yet. A refused sign-in or
an unexpected certificate is an answer. The libraries of both are loaded when a task uses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._compose.addresses import answers, complaints
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import target_of
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.racadm import Racadm

Way = Literal["redfish", "windows"]
VIA: Mapping[str, Any] = {"type": "str", "choices": ["auto", "redfish", "windows"], "default": "auto"}
STATIC = ("ip_address", "subnet_mask", "gateway")
FIELDS = ("enabled", "nic_selection", "dhcp", *STATIC)


class Roads:
    """Reads and writes over the road that the option ``via`` of a task allows.

    :ivar way: the road taken, known after the first reading.
    """

    def __init__(self, capability: Capability) -> None:
        self._capability = capability
        self._surfaces: Surfaces = capability.task.surfaces
        self._given = capability.given
        self.way: Way | None = None

    def check(self) -> None:
        """Refuse a road that is not configured, before anything is sent."""
        via = self._given["via"]
        if via != "redfish" and (self.has_windows or (via == "auto" and self.has_idrac)):
            return
        if via == "redfish" and self.has_idrac:
            return
        needed = {
            "redfish": "useries_idrac_host, useries_idrac_username and useries_idrac_password",
            "windows": "useries_windows_host, useries_windows_username and useries_windows_password",
        }
        missing = needed.get(via, f"{needed['redfish']}; for the first contact {needed['windows']}")
        called = {"redfish": "The iDRAC is", "windows": "Windows (WinRM) is"}.get(via, "Neither iDRAC nor Windows is")
        raise self._capability.refuse(
            f"{called} not configured for this host (via: {via})."
            if via != "auto"
            else f"{called} configured for this host.",
            kind="invalid",
            remedy=f"Set {missing}.",
        )

    @property
    def has_idrac(self) -> bool:
        """Whether Redfish is configured."""
        return bool(self._given["idrac_host"])

    @property
    def has_windows(self) -> bool:
        """Whether WinRM is configured."""
        return bool(self._given["windows_host"])

    @property
    def target(self) -> Target | None:
        """Where the iDRAC is by the inventory."""
        return target_of(self._given, "idrac") if self.has_idrac else None

    @cached_property
    def racadm(self) -> Racadm:
        """The racadm on the appliance."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows.racadm import Racadm

        return Racadm(self._surfaces.windows)

    def renew(self) -> None:
        """The session with Windows may be dead: the next command opens another one."""
        self._surfaces.meet_again()
        self.__dict__.pop("racadm", None)

    # -- reading and writing -------------------------------------------------------------------------------------------
    def read(self, surfaces: Surfaces | None = None) -> dict[str, Any]:
        """The present settings, by FIELDS.

        :param surfaces: of the same appliance, with its iDRAC where it is now.
        """
        if self.way is None:
            self.way = self._first_way()
        if self.way == "windows":
            return self.racadm.network()
        from ansible_collections.useries.appliance.plugins.module_utils._idrac.network import read_network

        return read_network((surfaces or self._surfaces).idrac)

    def write(self, wanted: Mapping[str, Any]) -> None:
        """Set these values; a static address is written as a whole."""
        if self.way == "windows":
            self.racadm.set_network(wanted)
            return
        from ansible_collections.useries.appliance.plugins.module_utils._idrac.network import change_network

        change_network(self._surfaces.idrac, wanted)

    def _first_way(self) -> Way:
        via = self._given["via"]
        if via == "windows" or not self.has_idrac:
            return "windows"
        if via == "auto" and self.has_windows:
            try:
                self._surfaces.idrac.session.root()
            except UseriesError as error:
                if error.kind != "unreachable":
                    raise
                self._capability.warn(f"{error.message} So it is reached by racadm on the appliance.")
                return "windows"
        return "redfish"


def wrong_with(given: Mapping[str, Any]) -> list[str]:
    """Sentences about network options that contradict one another or cannot be."""
    static = [name for name in STATIC if given[name] is not None]
    if given["dhcp"] is not False and static:
        return [f"{', '.join(static)} would not be used without dhcp: false"]
    if given["expected_address"] is not None and not given["dhcp"]:
        return ["expected_address is for dhcp: true"]
    return complaints(given)


def answers_at(target: Target | None, address: str) -> bool | None:
    """Whether anybody takes a TLS connection there, at the port of the iDRAC; None without an address."""
    if address in ("", "0.0.0.0"):
        return None
    return answers(target or Target(address, 443), address)
