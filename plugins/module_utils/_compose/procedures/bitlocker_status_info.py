# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far BitLocker is after an appliance was imaged afresh (guide 1574-1577)."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.recovery import Encryption, encryption
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

DAY = 86400.0
AWAY = 1800.0  # seconds for which an appliance that restarts by itself may not answer (guide 1576)
NO_KEYS = (
    "The USB drive with the BitLocker keys is not plugged in: the keys that are made now are not saved to it. Insert "
    "it (it has the label U-Series Appliance-BITLOCK), or read the keys with useries.appliance.bitlocker_info."
)


class WatchEncryption(Info):
    """Options ``wait_encrypted`` and ``wait_timeout``."""

    ranges: ClassVar = {"wait_timeout": Range(1, unit="seconds")}

    def read(self) -> dict[str, Any]:
        found = self._now()
        if self.given["wait_encrypted"] and not found.complete:
            found = self._await()
        if found.key_drive == "":
            self.warn(NO_KEYS)
        if not found.volumes:
            self.warn("BitLocker knows no drive of this appliance: encryption has not begun, or it was turned off.")
        return {
            "complete": found.complete,
            "percent": found.percent,
            "key_drive": found.key_drive,
            "volumes": found.volumes,
        }

    def _now(self) -> Encryption:
        return encryption(self.task.surfaces)

    def _await(self) -> Encryption:
        last: list[Encryption] = []

        def look() -> Seen:
            met = self.task.surfaces.again()  # it restarts in between
            try:
                last.append(encryption(met))
            finally:
                met.close()
            state = ", ".join(last[-1].left) or ("all encrypted" if last[-1].volumes else "no drive is known yet")
            return Seen(state, True if last[-1].complete else None, {"percent": last[-1].percent})

        wait = self.within(DAY, interval=10.0, longest=60.0, silence=AWAY)
        try:
            self.task.waiter.until(look, wait, what="wait for BitLocker", surface="windows", target=self.task.label)
        except UseriesError as error:
            if error.kind == "timeout":
                error.remedy = "Run the task again to go on waiting; at 0 % look at the command window at the screen."
            raise
        return last[-1]
