# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BitLocker is suspended for some restarts, before firmware is touched, and resumed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.bitlocker import not_escrowed
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker_suspension import Volume

DRIVE = re.compile(r"[A-Z]:", re.IGNORECASE)


class SuspendBitLocker(Action):
    """Options ``state``, ``drive``, ``restarts`` and ``escrow_files``."""

    surface: ClassVar[Surface] = "windows"
    ranges: ClassVar = {"restarts": Range(1, 15, unit="restarts")}

    @property
    def drive(self) -> str:
        """Like ``C:``."""
        return str(self.given["drive"]).strip().upper()

    @property
    def suspends(self) -> bool:
        """Whether it shall be suspended."""
        return bool(self.given["state"] == "suspended")

    def what(self) -> str:
        return f"{'suspend' if self.suspends else 'resume'} BitLocker on {self.drive}"

    def find_out(self) -> str:
        return "Run the task again: it looks first whether BitLocker is suspended, and for how many restarts."

    def check(self) -> None:
        if not DRIVE.fullmatch(self.drive):
            raise self.refuse(f"drive {self.given['drive']!r} is no drive; it must be like C:.", kind="invalid")
        if not self.suspends and self.given["escrow_files"]:
            raise self.refuse("escrow_files belongs to state: suspended.", kind="invalid")
        if not self.task.surfaces.configured("windows"):
            raise self.refuse(
                "BitLocker is suspended over WinRM, which is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of this host.",
            )

    # -- reading and planning ------------------------------------------------------------------------------------------
    def read(self) -> Volume:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import bitlocker_suspension

        found = bitlocker_suspension.volumes(self.task.surfaces.windows)
        if found is None:
            raise self.refuse(
                "This version of Windows cannot suspend BitLocker for a number of restarts.",
                remedy=f"Suspend it at the screen (manage-bde -protectors -disable {self.drive}), and turn it on again "
                f"afterwards (manage-bde -protectors -enable {self.drive}).",
            )
        for volume in found:
            if volume.drive == self.drive:
                return volume
        names = [volume.drive for volume in found]
        raise self.refuse(
            f"BitLocker knows no drive {self.drive} on this appliance.",
            remedy=f"It knows {', '.join(names) or 'none'}.",
            candidates=names,
        )

    def due(self, before: Volume) -> Plan:
        plan = Plan(header=f"BitLocker on {self.drive}")
        if before.encrypted == 0 and before.protection == "off":
            self._unencrypted()
        elif self.suspends and before.restarts_left != self.given["restarts"]:
            if not before.suspended:
                plan.changes.append(Change("protection", before.protection, "suspended"))
            plan.changes.append(Change("restarts_left", before.restarts_left, self.given["restarts"]))
        elif not self.suspends and before.protection != "on":
            plan.changes.append(Change("protection", "suspended" if before.suspended else before.protection, "on"))
        return plan

    def _unencrypted(self) -> None:
        """There is nothing to suspend; and nothing to resume, which is no answer to somebody who wants protection."""
        if not self.suspends:
            raise self.refuse(
                f"{self.drive} is not encrypted, so there is no protection to resume.",
                remedy="The guide lets the appliance encrypt its drives when it is imaged.",
            )
        self.warn(f"{self.drive} is not encrypted: BitLocker protects nothing there, and there is nothing to suspend.")

    def before_order(self, before: Volume) -> None:
        if before.protection == "unknown":
            raise self.refuse(
                f"{self.drive} is locked; its protection is neither suspended nor resumed in that state.",
                remedy=f"Unlock it at the screen first (manage-bde -unlock {self.drive}).",
            )
        if before.encrypted < 100:
            raise self.refuse(
                f"{self.drive} is encrypted to {before.encrypted} % only; it is left alone until that is done.",
                remedy="Wait for it with useries.appliance.bitlocker_status_info and wait_encrypted: true.",
            )
        if not self.suspends:
            return
        if not before.system:
            raise self.refuse(
                f"{self.drive} is not the drive of Windows. Restarts are counted for that drive only, so {self.drive} "
                "would stay unprotected; and its key does not depend on the firmware.",
                remedy="Suspend the drive of Windows, as a rule C:.",
            )
        self._look_for_keys()

    def _look_for_keys(self) -> None:
        files = self.given["escrow_files"]
        if not files:
            self.warn(
                f"Nobody has looked whether the recovery password of {self.drive} is kept elsewhere. Windows may ask "
                "for it when the firmware has changed and the protection is back: name the files in escrow_files."
            )
            return
        missing = not_escrowed(self.task.surfaces, self.drive, files)
        if missing:
            raise self.refuse(
                " ".join(missing),
                remedy="Write the keys to a private file first (useries.appliance.bitlocker_info with dest), and name "
                "it in escrow_files.",
            )

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Volume) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import bitlocker_suspension

        if self.suspends:
            bitlocker_suspension.suspend(self.task.surfaces.windows, self.drive, self.given["restarts"])
        else:
            bitlocker_suspension.resume(self.task.surfaces.windows, self.drive)

    def happened(self, before: Volume) -> bool | None:
        return self._done(self.read())

    def _done(self, state: Volume) -> bool:
        if self.suspends:
            return bool(state.restarts_left == self.given["restarts"])
        return state.protection == "on"

    def effect(self, before: Volume) -> Volume:
        after = self.read()
        if not self._done(after):
            raise self.refuse(
                f"Windows accepted the order to {self.what()}, but read again its protection is {after.protection}, "
                f"with {after.restarts_left if after.suspended else 'no'} restarts left.",
                kind="not_seen",
                remedy="Look at manage-bde -status on the appliance before the firmware is touched.",
            )
        return after

    def shown(self, state: Volume) -> dict[str, Any]:
        until = None
        if state.suspended:
            until = f"restart {state.restarts_left} from now" if state.restarts_left else "it is resumed"
        return {
            "drive": state.drive,
            "encrypted": state.encrypted,
            "protection": state.protection,
            "suspended": state.suspended,
            "restarts_left": state.restarts_left,
            "until": until,
        }
