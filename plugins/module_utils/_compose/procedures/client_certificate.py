# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exporting the client certificate, or the one with the machine name (guide 304, 642-660, 928)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.certificates import Bundle, describe
from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.export_file import ExportFile
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Outcome
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

EXPORT = SECURITY_SETTINGS.section("export_client_certificate")
TOGGLE = "export_machine_name_certificate"


class ExportCertificate(ExportFile):
    """Options ``dest``, ``pfx_password``, ``machine_name``, ``force``."""

    returns: ClassVar[str] = "certificate"
    file = "the client certificate"
    secret = "pfx_password"
    toggle: bool

    def check(self) -> None:
        super().check()
        if self.path.suffix.casefold() not in {".pfx", ".p12"}:
            raise self.refuse(f"dest is {self.path}; it must end with .pfx or .p12.", kind="invalid")

    def before_order(self, before: Any) -> None:
        console = self.task.surfaces.console
        console.open(SECURITY_SETTINGS)
        self.toggle = bool(console.there(EXPORT, [TOGGLE]))
        if self.given["machine_name"] and not self.toggle:
            raise self.refuse(
                f"machine_name: true is given, but this console has no switch "
                f'"{EXPORT.field(TOGGLE).label}" in {EXPORT.title}.',
                remedy="Leave machine_name out for the client certificate, or set "
                f"useries_console_labels['security_settings.{EXPORT.id}.{TOGGLE}'] if the switch is worded otherwise.",
            )

    def press(self, where: Path) -> Outcome:
        values = {"password": self.given["pfx_password"]}
        if self.toggle:
            values[TOGGLE] = self.given["machine_name"]
        console: ConsoleSurface = self.task.surfaces.console
        return console.write(EXPORT, values, "export_certificate", fresh=False, save_to=where)

    def opened(self, where: Path) -> dict[str, Any]:
        try:
            return describe(Bundle.load(str(where), self.given["pfx_password"]).certificate)
        except UseriesError as error:
            size = where.stat().st_size
            raise self.refuse(
                f"The console sent a file of {size} bytes that its password does not open as a certificate with its "
                "key. It was not kept.",
                kind="failed",
                remedy="Try it in a browser.",
            ) from error
