# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting until no update package is applied or scheduled any more, through restarts (guide 172-195, 1812-1820)."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import AWAY, HOURS, Rest
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range


class AwaitUpdates(Capability):
    """Option ``wait_timeout``."""

    read_only: ClassVar[bool] = True
    ranges: ClassVar = {"wait_timeout": Range(1, unit="seconds")}

    def run(self) -> dict[str, Any]:
        """Look until the list is at rest; once in check mode."""
        self.inspect()
        rest = Rest(self.task.surfaces.console)
        began = self.task.clock.now()
        if self.task.gate.check_mode:
            rest.look()
        else:
            wait = self.within(HOURS, interval=10, longest=60, silence=AWAY)
            what = "wait until no update is under way"
            self.task.waiter.until(rest.look, wait, what=what, target=self.task.label)
        waited = round(self.task.clock.now() - began, 1)
        listed = [one.as_dict() for one in rest.listed]
        return {"changed": False, self.returns: {"packages": listed, "waited_seconds": waited}}
