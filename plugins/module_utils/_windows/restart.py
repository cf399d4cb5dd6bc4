# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When Windows started, and telling it to go down (CIM Win32_OperatingSystem; shutdown.exe of Windows Server).

Checked against a model of Windows, not yet on Windows.
"""

from __future__ import annotations

from datetime import datetime

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

PROGRAM = "shutdown.exe"
DELAY = 10  # seconds: the call has to return, and the shell to be closed, before Windows goes down
PLANNED = "p:4:1"  # planned, application, maintenance
REASONS = {1115: "it is going down already", 1190: "a restart is scheduled already"}


def boot_time(session: Session) -> datetime:
    """When Windows was started, as an aware time.

    :raises UseriesError: as :class:`Session`; kind ``unexpected`` for an answer that is no date.
    """
    found = session.run(
        Command("Get-CimInstance", ClassName="Win32_OperatingSystem")
        | Command("Select-Object", Property=["LastBootUpTime"])
    )
    try:
        moment = datetime.fromisoformat(str(found[0]["LastBootUpTime"]).replace("Z", "+00:00"))
        return moment if moment.tzinfo is not None else moment.astimezone()
    except (IndexError, KeyError, TypeError, ValueError):
        raise UseriesError(
            f"Get-CimInstance on {session.target.host} answered without a start time that is understood.",
            surface="windows",
            operation="run Get-CimInstance",
            target=session.target.url,
            kind="unexpected",
        ) from None


def go_down(session: Session, *, restart: bool) -> None:
    """Tell Windows to restart or to shut down, some seconds from now.

    :raises UseriesError: kind ``failed`` with the reason when Windows refuses.
    """
    way = "/r" if restart else "/s"
    output = session.run_program(Program(PROGRAM, [way, "/t", str(DELAY), "/d", PLANNED]))
    if output.exit_code != 0:
        reason = REASONS.get(output.exit_code, f"exit code {output.exit_code}")
        raise CommandFailed(
            f"Windows on {session.target.host} refused {PROGRAM} {way}: {reason}.",
            operation=f"run {PROGRAM}",
            target=session.target.url,
            remedy="Look at the appliance before you repeat this.",
        )
