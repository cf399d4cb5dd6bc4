# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps Windows startable while firmware is changed: its BitLocker keys are kept elsewhere, and it asks for none.

A change of the firmware can make Windows ask for the recovery password at its next start (guide lines 1598-1602, 1644).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.bitlocker import (
    not_escrowed,
    recovery_passwords,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.restarts import LATER, boot_time
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker_suspension import Volume

SILENT = frozenset({"unreachable", "silent", "timeout"})
COMING_UP = frozenset({"failed", "timeout", "login_refused"})
"""What Windows answers with while it goes down or comes up, besides silence."""
ACKNOWLEDGE = (
    "Bring Windows within reach (useries_windows_host, WinRM). Where that cannot be: write the keys down at the screen "
    "(manage-bde -protectors -get C:), suspend BitLocker there (Suspend-BitLocker -MountPoint C: -RebootCount 2), and "
    "repeat with bitlocker_acknowledged: true."
)


class Guard:
    """BitLocker around a change of firmware.

    :param owner: the task's declaration, with the options ``escrow_file``, ``suspend_restarts`` and
        ``bitlocker_acknowledged``.
    """

    def __init__(self, owner: Capability) -> None:
        self._owner, self._task, self._given = owner, owner.task, owner.given
        self.started: datetime | None = None
        self.volumes: Sequence[Volume] | None = None
        self._suspended = False

    @property
    def sees_windows(self) -> bool:
        """Whether Windows answered, so that something can be done about its drives."""
        return self.volumes is not None

    def look(self) -> None:
        """Refuse unless the keys can be kept and the protection be suspended; writes nothing.

        :raises UseriesError: kind ``precondition``.
        """
        try:
            self.volumes = self._read() if self._task.surfaces.configured("windows") else None
        except UseriesError as error:
            if error.kind not in SILENT:
                raise
            self._unseen(f"Windows does not answer ({error.message})", error)
        if self.volumes is None:
            reason = "Windows (WinRM) is not configured for this host, or too old to count restarts"
            self._unseen(reason, None)
            return
        self.started = boot_time(self._task.surfaces)
        encrypted = self._encrypted()
        if any(one.protection == "unknown" or one.encrypted < 100 for one in encrypted):
            drives = ", ".join(f"{one.drive} ({one.encrypted} %, {one.protection})" for one in encrypted)
            raise self._owner.refuse(
                f"A drive is locked, or not encrypted to its end: {drives}. No firmware is changed meanwhile.",
                surface="windows",
                remedy="Unlock it, or wait with useries.appliance.bitlocker_status_info and wait_encrypted: true.",
            )
        if not encrypted:
            self._owner.warn("BitLocker protects no drive of this appliance: there is no key to keep.")
        elif not self._given["escrow_file"]:
            raise self._owner.refuse(
                "The BitLocker keys of this appliance have to be kept before its firmware is changed.",
                kind="invalid",
                remedy="Set escrow_file to a private file on the controller; the task writes it (mode 0600).",
            )
        else:
            self._keys(encrypted)

    def secure(self) -> None:
        """Keep the keys, read them back, and suspend the protection of the drive of Windows.

        :raises UseriesError: kind ``not_seen`` when that is not seen afterwards.
        """
        if not self._encrypted():
            return
        surfaces, path = self._task.surfaces, str(self._given["escrow_file"])
        kept = json.dumps(self._keys(self._encrypted()), indent=2, sort_keys=True) + "\n"
        surfaces.keep_secret(path, kept, write=True)
        lost = [text for one in self._encrypted() for text in not_escrowed(surfaces, one.drive, [path])]
        if lost:
            raise self._owner.refuse(
                "The BitLocker keys were written, and cannot be read back: " + " ".join(lost),
                kind="not_seen",
                surface="local",
                remedy="Choose another escrow_file. The firmware was not touched.",
            )
        self._suspend()

    def give_back(self) -> None:
        """The firmware stays as it is: protect the drive again."""
        if not self._suspended:
            return
        from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker_suspension import resume

        self._suspended = False
        for one in self._encrypted():
            if one.system:
                resume(self._task.surfaces.windows, one.drive)

    def confirm(self, *, restarted: bool, timeout: float) -> dict[str, str] | None:
        """After the change: Windows was started again, and its drives are protected. A suspension that is left ends.

        :raises UseriesError: ``timeout`` when Windows does not come up, ``not_seen`` when it protects nothing.
        """
        if not self.sees_windows:
            return None
        if restarted:
            self.wait_for_windows(timeout)
        self.give_back()
        after = list(self._read() or ())
        known = {one.drive for one in self._encrypted()}
        open_drives = [one.drive for one in after if one.drive in known and one.protection != "on"]
        if open_drives:
            raise self._owner.refuse(
                f"The firmware was changed, and BitLocker does not protect {', '.join(open_drives)} afterwards.",
                kind="not_seen",
                surface="windows",
                remedy="Run useries.appliance.bitlocker_suspend with state: resumed.",
            )
        return {one.drive: str(one.protection) for one in after}

    def wait_for_windows(self, timeout: float) -> None:
        """Until Windows was started later than at the beginning; then the task talks to it over a new session."""
        target = self._task.label

        def look() -> Seen:
            met = self._task.surfaces.again()
            try:
                now = boot_time(met)
            except UseriesError as error:
                if error.kind not in COMING_UP:
                    raise
                return Seen(f"Windows does not answer ({error.kind})", None)
            finally:
                met.close()
            later = self.started is not None and now > self.started + LATER
            return Seen("Windows was started" if later else "Windows was not restarted yet", later or None)

        wait = self._owner.within(timeout, interval=5.0, longest=20.0, silence=timeout)
        try:
            self._task.waiter.until(look, wait, what="Windows comes up again", surface="windows", target=target)
        except UseriesError as error:
            error.remedy = (
                "Look at the screen of the server (the virtual console of the iDRAC). If Windows asks for the recovery "
                f"key, it is in {self._given['escrow_file'] or 'the escrow file'}."
            )
            raise
        self._task.surfaces.meet_again()

    # -- parts ---------------------------------------------------------------------------------------------------------
    def _read(self) -> list[Volume] | None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker_suspension import volumes

        return volumes(self._task.surfaces.windows)

    def _encrypted(self) -> list[Volume]:
        return [one for one in self.volumes or () if one.encrypted > 0 or one.protection != "off"]

    def _keys(self, encrypted: Sequence[Volume]) -> list[dict[str, Any]]:
        keys = recovery_passwords(self._task.surfaces)
        having = {str(one["mount_point"]).rstrip("\\").upper() for one in keys}
        without = [one.drive for one in encrypted if one.drive not in having]
        if without:
            raise self._owner.refuse(
                f"{', '.join(without)} has no recovery password that could be kept.",
                surface="windows",
                remedy="Add one at the appliance (Add-BitLockerKeyProtector -RecoveryPasswordProtector) first.",
            )
        return keys

    def _suspend(self) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker_suspension import suspend

        wanted = self._given["suspend_restarts"]
        for one in self._encrypted():
            if one.system and one.restarts_left != wanted:
                suspend(self._task.surfaces.windows, one.drive, wanted)
            self._suspended = self._suspended or one.system
        for one in self._read() or ():
            if one.system and one.encrypted > 0 and one.restarts_left != wanted:
                raise self._owner.refuse(
                    f"BitLocker on {one.drive} was to be suspended for {wanted} restarts; read again it is not.",
                    kind="not_seen",
                    surface="windows",
                    remedy="Look at manage-bde -status on the appliance. The firmware was not touched.",
                )

    def _unseen(self, reason: str, error: UseriesError | None) -> None:
        if not self._given["bitlocker_acknowledged"]:
            raise self._owner.refuse(
                f"{reason}, so nobody can say whether BitLocker will ask for its key after the change.",
                surface="windows",
                remedy=ACKNOWLEDGE,
            ) from error
        self._owner.warn(f"{reason}: the keys were not kept and the protection is not looked at (acknowledged).")
