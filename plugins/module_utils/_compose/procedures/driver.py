# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices without a driver get theirs from an extracted package (guide 1626-1642, DELL-03)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.driver_packages import (
    LocalFolder,
    Package,
    RemoteFolder,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.drivers import Device, Installed

PLACE = "C:\\Windows\\Temp\\useries-driver"
PATH = re.compile(r"[A-Z]:\\[^*?\"<>|%!&^]+", re.IGNORECASE)
KNOWN = ("6.3.", "10.0.14393")  # the appliances of the guide: Windows Server 2012 R2 and 2016
DEVICE_MANAGER = "Update the driver at the screen, in Windows Device Manager (guide 1637-1642)."


@dataclass
class State:
    """The devices with a problem, and the packages of the folder that are due for those without a driver."""

    devices: list[Device]
    due: list[Package] = field(default_factory=list)

    def with_code(self, code: int) -> list[Device]:
        """Devices with this code of the Device Manager."""
        return [one for one in self.devices if one.code == code]


class InstallDriver(Action):
    """Options ``src``, ``path`` and ``force``."""

    surface: ClassVar[Surface] = "windows"

    def __init__(self, task: Any) -> None:
        super().__init__(task)
        self.before: list[Device] = []
        self.did: list[dict[str, Any]] = []
        self.restart = False

    def what(self) -> str:
        return "install drivers on devices that have none"

    def find_out(self) -> str:
        return "Look at the Device Manager, and run the task again: it looks first which devices have no driver."

    def check(self) -> None:
        path = self.given["path"]
        if path and not PATH.fullmatch(path):
            raise self.refuse(f"path {path!r} is no full path like D:\\drivers\\chipset.", kind="invalid")
        if not self.task.surfaces.configured("windows"):
            raise self.refuse(
                "Drivers are installed over WinRM, which is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of this host.",
            )
        self.local = LocalFolder(self.given["src"]) if self.given["src"] else None

    # -- reading and planning ------------------------------------------------------------------------------------------
    def read(self) -> State:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        state = State(self._devices())
        self.before = self.before or state.with_code(drivers.NO_DRIVER)
        folder = self.local or RemoteFolder(self.task.surfaces, self.given["path"])
        candidates = folder.candidates(self.before) if self.before else []
        stored = drivers.store(self.task.surfaces.windows) if candidates else {}
        for one in candidates:
            versions = stored.get(drivers.base_name(one.inf), set())
            if versions and (not one.version or one.version in versions) and not self.given["force"]:
                self.warn(
                    f"{one.inf} is in the driver store already, and Windows did not take it for the device. With "
                    "force: true it is given to Windows once more."
                )
            else:
                state.due.append(one)
        if not candidates and self.before:
            self.warn("No package of the folder names a device without a driver.")
        return state

    def _devices(self) -> list[Device]:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        found = drivers.problem_devices(self.task.surfaces.windows)
        if found is None:
            raise self.refuse(
                "This version of Windows has no CIM commands, so its devices cannot be asked.", remedy=DEVICE_MANAGER
            )
        return found

    def due(self, before: State | None) -> Plan:
        plan = Plan(header="Drivers")
        for one in before.due if before else ():
            plan.changes.append(Change(one.inf, None, f"for {', '.join(one.devices)}"))
        return plan

    def before_order(self, before: State) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.version import windows_version

        _caption, version = windows_version(self.task.surfaces.windows)
        if not version.startswith(KNOWN):
            self.warn(f"This Windows ({version}) is neither Windows Server 2012 R2 nor 2016: is the package for it?")
        if self.local is None:
            self._require_signatures(before.due)

    def _require_signatures(self, packages: list[Package], below: str = "") -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        for one in packages:
            folder = f"{below}{one.inf}".rpartition("\\")[0]
            wrong = drivers.unsigned(self.task.surfaces.windows, folder)
            if wrong is None or wrong:
                raise self.refuse(
                    f"{one.inf} has no valid signature, so Windows would not take it. {' '.join(wrong or ())}",
                    remedy="Get the package for this server and this Windows from Dell again, and extract all of it.",
                )

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: State) -> None:
        if self.local is None:
            for one in before.due:
                self._install(one, one.inf)
            return
        place = f"{PLACE}-{self.task.clock.wall():.0f}"
        try:
            self._copy(before, place)
            for one in before.due:
                self._install(one, f"{place}\\{one.inf}")
        finally:
            self._clear(place)

    def _copy(self, before: State, place: str) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import transfer

        files = {name: data for one in before.due for name, data in one.files.items()}
        try:
            transfer.copy(self.task.surfaces.windows, place, files, self.task.show)
            self._require_signatures(before.due, f"{place}\\")
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                raise
            raise self.refuse(
                f"The connection was lost while files were copied to {place}: {error}. No driver was installed.",
                kind="failed",
                remedy=f"Run the task again. {place} can be removed.",
            ) from error

    def _clear(self, place: str) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import transfer

        try:
            transfer.remove(self.task.surfaces.windows, place)
        except UseriesError as error:
            self.warn(f"{place} is left on the appliance and can be removed: {error}")

    def _install(self, package: Package, inf: str) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        self.task.show(f"install {package.inf}")
        done: Installed = drivers.install(self.task.surfaces.windows, inf)
        self.restart = self.restart or done.restart
        self.did.append({"inf": package.inf, "outcome": done.outcome, "published": done.published or None})

    def happened(self, before: State) -> bool | None:
        """Windows may still be installing, so that nothing seen says nothing."""
        return True if self._served(before, self._devices()) else None

    def _served(self, before: State, now: list[Device]) -> bool:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        waiting = {one.device_id for one in now if one.code == drivers.NO_DRIVER}
        return all(not set(one.devices) & waiting for one in before.due)

    def effect(self, before: State) -> State:
        after = State(self._devices())
        unfit = {one["inf"] for one in self.did if one["outcome"] == "not_matching"}
        expected = State([], [one for one in before.due if one.inf not in unfit])
        if not self.restart and not self._served(expected, after.devices):
            raise self.refuse(
                f"Windows took the driver, but a device that it names still has none: {', '.join(self._named(after))}.",
                kind="not_seen",
                remedy="Look into C:\\Windows\\inf\\setupapi.dev.log on the appliance.",
            )
        for inf in sorted(unfit):
            self.warn(f"{inf} fits no device of this server, or the device has a better driver.")
        return after

    def _named(self, state: State) -> list[str]:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        return [one.name for one in state.with_code(drivers.NO_DRIVER)]

    def shown(self, state: State) -> dict[str, Any]:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        restart = self.restart or bool(state.with_code(drivers.NEEDS_RESTART))
        if restart:
            self.warn("A device works only after Windows was restarted (useries.appliance.reboot).")
        others = [one for one in state.devices if one.code not in (drivers.NO_DRIVER, drivers.NEEDS_RESTART)]
        return {
            "unidentified_before": [_told(one) for one in self.before],
            "unidentified": [_told(one) for one in state.with_code(drivers.NO_DRIVER)],
            "other_problems": [_told(one) for one in others],
            "packages": self.did,
            "restart_needed": restart,
        }


def _told(device: Device) -> dict[str, Any]:
    return {"name": device.name, "device_id": device.device_id, "ids": list(device.ids), "code": device.code}
