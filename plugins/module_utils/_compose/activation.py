# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether Windows is activated: as Windows sees it where WinRM is configured, else by what the console offers.

By the guide (line 121) the console offers an activation while Windows is not activated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ACTIVATION = ACCOUNTS_AND_LICENSING.section("windows_activation")
KMS = ACCOUNTS_AND_LICENSING.section("kms")


@dataclass(frozen=True)
class State:
    """The activation of Windows.

    :param source: ``windows`` or ``console``; :param status: in words; :param called: an activation by phone has begun
        on the console; :param installation_id: what is read out on the phone, where it is shown.
    """

    activated: bool
    source: str
    status: str
    called: bool = False
    installation_id: str = ""
    kms_server: str = ""
    partial_key: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As results show it."""
        return {
            "activated": self.activated,
            "source": self.source,
            "status": self.status,
            "installation_id": self.installation_id or None,
            "kms_server": self.kms_server or None,
        }


def activation(surfaces: Surfaces, warn: Callable[[str], None], *, fresh: bool = True) -> State:
    """Open the page, and ask Windows where its variables are set.

    :param warn: takes a sentence when Windows should have been asked and does not answer.
    """
    console = surfaces.console
    if fresh:
        console.open(ACTIVATION.page)
    offered = console.has(ACTIVATION)
    there = console.there(ACTIVATION, ["installation_id", "confirmation_id"]) if offered else []
    shown = console.read(ACTIVATION, ["installation_id"], fresh=False) if "installation_id" in there else {}
    installation_id = str(shown.get("installation_id") or "")
    seen = _by_windows(surfaces, warn)
    if seen is not None:
        number = installation_id or seen.installation_id
        called = "confirmation_id" in there
        return State(seen.activated, "windows", seen.status, called, number, seen.kms_server, seen.partial_key)
    server = console.read(KMS, ["server_address"], fresh=False) if console.there(KMS, ["server_address"]) else {}
    return State(
        not offered,
        "console",
        "the console offers to activate Windows" if offered else "the console offers no activation",
        "confirmation_id" in there,
        installation_id,
        str(server.get("server_address") or ""),
    )


def _by_windows(surfaces: Surfaces, warn: Callable[[str], None]) -> Any:
    if not surfaces.configured("windows"):
        return None
    from ansible_collections.useries.appliance.plugins.module_utils._windows.activation import read_activation

    try:
        return read_activation(surfaces.windows)
    except UseriesError as error:
        warn(
            f"Windows could not be asked whether it is activated ({error.message}); the console was looked at instead."
        )
        return None
