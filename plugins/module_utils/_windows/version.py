# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which Windows it is (CIM class Win32_OperatingSystem, properties Caption and Version)."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session


def windows_version(session: Session) -> tuple[str, str]:
    """Caption, and version like ``6.3.9600`` (Windows Server 2012 R2) or ``10.0.14393`` (2016).

    :raises UseriesError: as :class:`Session`; kind ``unexpected`` for an answer that is not understood.
    """
    found: list[Any] = session.run(
        Command("Get-CimInstance", ClassName="Win32_OperatingSystem")
        | Command("Select-Object", Property=["Caption", "Version"])
    )
    if not found or not isinstance(found[0], dict) or not found[0].get("Version"):
        raise UseriesError(
            f"Get-CimInstance on {session.target.host} answered with objects that are not understood.",
            surface="windows",
            operation="run Get-CimInstance",
            target=session.target.url,
            kind="unexpected",
        )
    return str(found[0].get("Caption") or "").strip(), str(found[0]["Version"])
