# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the updates are there that TLS 1.2 needs on Windows Server 2008 R2 with SQL Server 2014 (guide 326-331).

All of it is read with ``reg.exe``: PowerShell 2.0 of that Windows answers with no data (it has no ConvertTo-Json), and
updates of SQL Server are not among those that Get-HotFix lists. Key names and exit codes are the same everywhere.
Not yet compared with a real Windows.
"""

from __future__ import annotations

import re

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

NEEDED = ("KB2979597", "KB3144517")
PROGRAM = "reg.exe"
_SOFTWARE = "HKLM\\SOFTWARE\\Microsoft"
_WINDOWS = f"{_SOFTWARE}\\Windows NT\\CurrentVersion"
_INSTANCES = f"{_SOFTWARE}\\Microsoft SQL Server\\Instance Names\\SQL"
#: Where an update leaves a key with its number: updates of Windows, and programs and their updates.
_KEPT = (
    f"{_SOFTWARE}\\Windows\\CurrentVersion\\Component Based Servicing\\Packages",
    f"{_SOFTWARE}\\Windows\\CurrentVersion\\Uninstall",
)
_2008_R2 = re.compile(r"\bREG_SZ\s+6\.1\s*$", re.MULTILINE)
_SQL_2014 = re.compile(r"\bMSSQL12\.", re.IGNORECASE)


def missing_for_tls12(session: Session) -> list[str]:
    """Those of the two updates that are not there; empty on every other Windows and SQL Server.

    :raises UseriesError: kind ``unexpected`` when the version of Windows cannot be read, else as :class:`Session`.
    """
    version = _query(session, _WINDOWS, "/v", "CurrentVersion")
    if version is None:
        raise UseriesError(
            f"The version of Windows on {session.target.host} cannot be read from its registry.",
            surface="windows",
            operation=f"run {PROGRAM}",
            target=session.target.url,
            kind="unexpected",
            remedy="Sign in with an account that is an administrator of the appliance.",
        )
    if not _2008_R2.search(version) or not _SQL_2014.search(_query(session, _INSTANCES) or ""):
        return []
    return [number for number in NEEDED if not any(_query(session, key, "/f", number, "/k") for key in _KEPT)]


def _query(session: Session, key: str, *more: str) -> str | None:
    """What ``reg query`` prints; None when there is no such key, value or match."""
    output = session.run_program(Program(PROGRAM, ["query", key, *more]))
    return output.stdout if output.exit_code == 0 else None
