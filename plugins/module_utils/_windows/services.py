# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The states of services as Windows has them: CIM class Win32_Service (all of them: a filter would be a query language
inside a parameter). Not yet compared with a real Windows.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session


def states(session: Session) -> dict[str, str]:
    """Name and display name, in lower case, to the state: Running, Stopped, Start Pending ...

    :raises UseriesError: as :class:`Session`.
    """
    columns = ["Name", "DisplayName", "State"]
    found = session.run(
        Command("Get-CimInstance", ClassName="Win32_Service") | Command("Select-Object", Property=columns)
    )
    known: dict[str, str] = {}
    for one in found:
        for name in ("DisplayName", "Name"):
            if one.get(name):
                known[str(one[name]).casefold()] = str(one.get("State") or "")
    return known
