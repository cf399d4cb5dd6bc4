# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the event sources read: everything here blocks, so they call it in threads of their own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.ending import end_of_run
from ansible_collections.useries.appliance.plugins.module_utils._compose.events.arguments import Appliance
from ansible_collections.useries.appliance.plugins.module_utils._compose.events.pairs import Answer
from ansible_collections.useries.appliance.plugins.module_utils._compose.health import look
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import target_of
from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import without
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import SESSIONS, Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._console.session import OLDEST
from ansible_collections.useries.appliance.plugins.module_utils._endpoint.role import check_as_balancer
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

#: Kinds of errors that another look cannot mend, or must not try to: an account is locked by wrong passwords.
FINAL = frozenset({"login_refused", "invalid", "missing_library"})


def ask(appliance: Appliance) -> Answer:
    """One request, without credentials; whatever goes wrong on the way is an answer, too.

    :raises UseriesError: of the kinds in FINAL.
    """
    try:
        return Answer(check_as_balancer(target_of(appliance.options, "endpoint"), Clock()).role)
    except UseriesError as error:
        if error.kind in FINAL:
            raise
        trusted = error.kind != "untrusted"
        return Answer(None, error.message if trusted else f"{error.message} {error.remedy}", trusted)


class Looks:
    """Looks at the health of appliances; one sign-in for as long as a session may live. Not for several threads.

    :param interval: seconds until the next look.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._directory: Path | None = None

    def look(self, appliance: Appliance, warn: Callable[[str], None]) -> Mapping[str, Any]:
        """What :func:`health.look` finds. :param warn: takes a sentence for the log.

        :raises UseriesError: ``login_refused`` after one try; that of the net.
        """
        if self._directory is None:
            self._directory = Path(tempfile.mkdtemp(prefix="useries-events-"))
        clock = Clock(appliance.options["time_scale"])
        surfaces = Surfaces(
            appliance.options, clock, self._directory, run=ProcessMark.current(), module="health_check_info"
        )
        try:
            return look(surfaces, warn)
        except UseriesError as error:
            error.message = without(error.message, [appliance.options["password"]])
            raise
        finally:
            surfaces.close()

    def rest(self) -> None:
        """Until the next look: sign out where a session would be too old by then."""
        if self._directory is None or not (self._directory / SESSIONS).is_dir():
            return
        clock = Clock()
        born = [saved.created for saved in SessionStore(self._directory / SESSIONS, clock).all()]
        if any(clock.wall() + self._interval - one > OLDEST for one in born):
            self.leave()

    def leave(self) -> None:
        """Sign out everywhere."""
        directory, self._directory = self._directory, None
        if directory is not None:
            try:
                end_of_run(directory, "")
            finally:
                shutil.rmtree(directory, ignore_errors=True)
