# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The crypto key as a zip file with a password: out of an appliance and into one (guide 238-249)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.archives import Unusable, entries
from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.export_file import (
    ExportFile,
    checksum,
    must_be_given,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Outcome
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS

DOWNLOAD = SECURITY_SETTINGS.section("download_crypto_key")
UPLOAD = SECURITY_SETTINGS.section("upload_crypto_key")


class DownloadCryptoKey(ExportFile):
    """Options ``dest``, ``key_password``, ``force``."""

    returns: ClassVar[str] = "crypto_key"
    file = "the crypto key"
    secret = "key_password"

    def press(self, where: Path) -> Outcome:
        values = {"encryption_password": self.given["key_password"]}
        console: ConsoleSurface = self.task.surfaces.console
        return console.write(DOWNLOAD, values, "submit", save_to=where)

    def opened(self, where: Path) -> dict[str, Any]:
        try:
            return {"entries": entries(where, self.given["key_password"], protected=True)}
        except Unusable as error:
            size = where.stat().st_size
            raise self.refuse(
                f"The console sent a file of {size} bytes that is no crypto key: {error}. It was not kept.",
                kind="failed",
                remedy="Try it in a browser; rely on no crypto key that was not opened.",
            ) from error


class UploadCryptoKey(Action):
    """Options ``src``, ``key_password``, ``last_checksum``, ``confirm``. A state is the checksum of the file in use."""

    impact = "data"
    returns: ClassVar[str] = "crypto_key"

    def what(self) -> str:
        return "upload a crypto key"

    def check(self) -> None:
        must_be_given(self, "key_password")
        self.path = Path(os.path.expanduser(self.given["src"]))
        if not self.path.is_file():
            raise self.refuse(f"There is no file {self.path} on the controller.", kind="invalid")
        try:
            self.inside = entries(self.path, self.given["key_password"], protected=True)
        except Unusable as error:
            raise self.refuse(
                f"{self.path} cannot be uploaded as a crypto key: {error}.",
                kind="invalid",
                remedy="Give the zip file as it was downloaded, and the password that it was downloaded with.",
            ) from error
        self.checksum = checksum(self.path)

    def read(self) -> str | None:
        last: str | None = self.given.get("last_checksum")
        return last

    def due(self, before: str | None) -> Plan:
        if before is not None and before.strip().casefold() == self.checksum:
            return Plan(header=self.what())
        return Plan([Change("crypto_key", before, self.checksum)], header=self.what())

    def before_order(self, before: str | None) -> None:
        self.confirmed(
            [shown_name(self.task.surfaces).name],
            "Uploading a crypto key replaces the one in use for good: what was encrypted with that one cannot be read "
            "any more.",
            first="Download the present key first (action: download) and keep it",
        )

    def order(self, before: str | None) -> None:
        values = {"encryption_password": self.given["key_password"], "file": self.path}
        self.task.surfaces.console.write(UPLOAD, values, "generate_uploaded_key", answer=True)

    def find_out(self) -> str:
        return "Uploading the same file again does no harm: run the task again."

    def effect(self, before: str | None) -> str:
        return self.checksum

    def shown(self, state: str | None) -> dict[str, Any]:
        return {"path": str(self.path), "checksum": self.checksum, "entries": self.inside}
