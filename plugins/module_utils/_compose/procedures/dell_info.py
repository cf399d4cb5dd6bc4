# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What server an appliance is, and that its iDRAC is the one in that server (guide 1614-1616)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.dell import (
    Seen,
    by_idrac,
    by_windows,
    hardware,
    merged,
    same,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.hardware import Hardware

SILENT = frozenset({"unreachable", "silent", "timeout"})
LABEL = (
    "Read the service tag from the EST label at the front of the server; newer iDRACs also tell it in Windows "
    "(racadm getsysinfo)."
)


class ReadDell(Info):
    """No options of its own."""

    def check(self) -> None:
        if not (self.given["idrac_host"] or self.given["windows_host"]):
            raise self.refuse(
                "Neither the iDRAC nor Windows (WinRM) is configured for this host, so nobody can be asked what server "
                "it is.",
                kind="invalid",
                remedy=f"Set useries_idrac_host or useries_windows_host with their users and passwords. {LABEL} A "
                "virtual appliance has neither tag nor iDRAC.",
            )

    def read(self) -> dict[str, Any]:
        seen: dict[str, Seen] = {}
        if self.given["idrac_host"]:
            seen["idrac"] = by_idrac(self.task.surfaces)
        machine = self._machine() if self.given["windows_host"] else None
        if machine is not None:
            self._same_machine(seen.get("idrac"), machine)
            seen["windows"] = by_windows(machine)
        virtual = False if machine is None else machine.is_virtual
        found = {"virtual": virtual, "note": None, **merged(seen)}
        if virtual and machine is not None:
            found["note"] = f"This is a virtual appliance ({machine.called}): it has no service tag and no iDRAC."
        elif virtual is None and machine is not None:
            self.warn(
                f"Windows runs on {machine.called}, which is no server of Dell and no virtual machine known here."
            )
        elif found["service_tag"] is None:
            self.warn(f"Nobody tells the service tag of this server. {LABEL}")
        return found

    def _machine(self) -> Hardware | None:
        """The machine as Windows sees it; None when Windows cannot tell and the iDRAC can."""
        try:
            return hardware(self.task.surfaces)
        except UseriesError as error:
            is_old = bool(getattr(error, "missing", False))
            if not self.given["idrac_host"]:
                if is_old:
                    error.remedy = (
                        f"This Windows has no CIM commands. Configure the iDRAC (useries_idrac_host). {LABEL}"
                    )
                raise
            if error.kind not in SILENT and not is_old:
                raise
            self.warn(f"The service tag of the iDRAC was not compared with that of Windows: {error.message}")
            return None

    def _same_machine(self, idrac: Seen | None, machine: Hardware) -> None:
        """Refuse when the iDRAC sits in another machine than the one in which Windows runs."""
        if idrac is None:
            return
        tag, other = idrac["service_tag"], machine.service_tag
        if machine.is_virtual:
            here = f"a virtual machine ({machine.called})"
        elif tag and other and not same(tag, other):
            here = f"the server {other}"
        else:
            return
        where = self.task.surfaces.idrac.session.target.url
        raise self.refuse(
            f"The iDRAC at {where} is that of the server {tag or 'without a tag'}, and Windows of this host runs on "
            f"{here}: another machine is behind the address of the iDRAC.",
            surface="idrac",
            remedy="Correct useries_idrac_host (or useries_windows_host) of this host; until then change nothing over "
            "this iDRAC.",
        )
