# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts over the Windows surface; its libraries are loaded when a task uses them."""

from __future__ import annotations

from datetime import datetime, timedelta

from ansible_collections.useries.appliance.plugins.module_utils._compose.addresses import answers
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

WAIT = 1800.0  # seconds that a restart may take (judgement)
LATER = timedelta(seconds=5)  # a start time is computed, and wavers a little
NOT_READY = {"failed", "timeout"}


def boot_time(surfaces: Surfaces) -> datetime:
    """When Windows was started; see ``_windows/restart.py``."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.restart import boot_time as read

    return read(surfaces.windows)


def go_down(surfaces: Surfaces, *, restart: bool) -> None:
    """Tell Windows to go down; see ``_windows/restart.py``."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.restart import go_down as order

    order(surfaces.windows, restart=restart)


class RestartWatch:
    """Sees an appliance come up again: by a later start of Windows, else by its silence and its answer after that.

    :param started: when Windows was started before the order; None where it cannot be asked.
    """

    def __init__(self, surfaces: Surfaces, started: datetime | None) -> None:
        self._surfaces, self._started = surfaces, started
        self._down = False

    def look(self, page: Page) -> Seen:
        """One look; done when ``page`` opens after the restart, and then ``started`` of Windows is in its detail."""
        met, now = self._surfaces.again(), self._started
        try:
            if self._started is None:
                target = self._surfaces.target
                self._down = self._down or not answers(target, target.host)
                restarted = self._down
            else:
                now = _boot_time_of(met)
                restarted = now is not None and now > self._started + LATER
            if not restarted:
                return Seen("not restarted yet", None)
            met.console.open(page)  # a page, not only the listener
            return Seen("running again", True, {"started": now})
        finally:
            met.close()


def _boot_time_of(met: Surfaces) -> datetime | None:
    try:
        return boot_time(met)
    except UseriesError as error:
        if error.kind in NOT_READY:  # Windows that goes down or comes up answers strangely
            return None
        raise
