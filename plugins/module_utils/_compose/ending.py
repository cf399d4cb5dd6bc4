# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a run: every session that was handed over is logged out once, every lease given back."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._compose.pair import release_leases
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import SESSIONS
from ansible_collections.useries.appliance.plugins.module_utils._console import session as console
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import Saved, SessionStore


def end_of_run(directory: Path, run_id: str) -> None:
    """Called once by the parent process; an appliance that does not answer is left to its own timeout."""
    if (directory / SESSIONS).is_dir():
        clock = Clock()
        for saved in SessionStore(directory / SESSIONS, clock).all():
            with contextlib.suppress(UseriesError):
                _log_out(saved, clock)
    if any(directory.glob("browser-*")):
        from ansible_collections.useries.appliance.plugins.module_utils._console.browser.ending import end_browsers

        end_browsers(directory)
    release_leases(directory, run_id)


def _log_out(saved: Saved, clock: Clock) -> None:
    if saved.surface == "idrac":
        from ansible_collections.useries.appliance.plugins.module_utils._idrac import session as idrac

        idrac.log_out(saved, clock)
    else:
        console.log_out(saved, clock)
