# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key protectors of every volume, and a private file with the recovery passwords (guide 1535-1549, REC-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.bitlocker import (
    EscrowFile,
    gaps,
    protected_volumes,
    readable,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface

ADD = "Unlock it (manage-bde -unlock), or give it one (manage-bde -protectors -add DRIVE -recoverypassword)"


class ReadBitLocker(Info):
    """Options ``dest``, ``reveal`` and ``incomplete_ok``."""

    returns = "volumes"
    surface: ClassVar[Surface] = "windows"
    drives: list[dict[str, Any]] | None = None

    @classmethod
    def returns_secrets(cls, options: Mapping[str, Any]) -> bool:
        return bool(options.get("reveal"))

    def check(self) -> None:
        if not self.task.surfaces.configured("windows"):
            raise self.refuse(
                "The keys are read over WinRM, which is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of this host, "
                "or look for the drive with the label U-Series Appliance-BITLOCK.",
            )

    def run(self) -> dict[str, Any]:
        """As every information; ``drives`` comes beside it."""
        self.escrow = EscrowFile(self.given["dest"]) if self.given["dest"] else None
        result = super().run()
        return {**result, "drives": self.drives}

    def read(self) -> list[dict[str, Any]]:
        found = protected_volumes(self.task.surfaces)
        known = self.escrow.identifiers if self.escrow else frozenset()
        missing = gaps(found, known)
        if missing and self.escrow and not self.given["incomplete_ok"]:
            raise self.refuse(
                " ".join(missing), remedy=f"{ADD}; or keep the other keys alone, with incomplete_ok: true."
            )
        for sentence in missing:
            self.warn(sentence)
        passwords = readable(found)
        if not passwords and not missing:
            raise self.refuse("BitLocker protects no volume of this appliance.", remedy="Is BitLocker turned off?")
        self.drives = [_without_passwords(volume) for volume in found]
        return passwords

    def keep(self, answer: list[dict[str, Any]]) -> bool:
        if self.escrow is None:
            return False
        return self.escrow.keep(self.task.surfaces, answer, write=not self.task.gate.check_mode)

    def shown(self, answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.given["reveal"]:
            return answer
        return [{name: value for name, value in volume.items() if name != "recovery_password"} for volume in answer]


def _without_passwords(volume: Mapping[str, Any]) -> dict[str, Any]:
    protectors = [{"id": one["id"], "type": one["type"]} for one in volume["key_protectors"]]
    return {**volume, "key_protectors": protectors}
