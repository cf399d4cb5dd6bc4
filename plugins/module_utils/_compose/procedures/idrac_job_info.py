# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs of the iDRAC's Lifecycle Controller: all, those of a phase, or one."""

from __future__ import annotations

import re
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._idrac.jobs import JobQueue

IDENTIFIER = re.compile(r"[JR]ID_[0-9]{1,20}", re.ASCII)
"""Jobs, and the restarts that the iDRAC queues for them."""


class ReadJobs(Info):
    """Options ``job_id`` and ``state``."""

    def check(self) -> None:
        wanted = self.given["job_id"]
        if wanted is not None and not IDENTIFIER.fullmatch(wanted):
            raise self.refuse(f"job_id {wanted!r} is none: it must be like JID_123456789012.", kind="invalid")

    def read(self) -> list[dict[str, Any]]:
        jobs = JobQueue(self.task.surfaces.idrac).all()
        wanted, phase = self.given["job_id"], self.given["state"]
        if wanted is None:
            return [job.as_dict() for job in jobs if phase in (None, job.phase)]
        found = [job.as_dict() for job in jobs if job.id == wanted]
        if not found:
            there = [job.id for job in jobs]
            raise self.refuse(
                f"The iDRAC has no job {wanted}" + (f"; there are {', '.join(there)}." if there else ", and no other."),
                surface="idrac",
                remedy="Leave job_id out to see them all; a queue that was cleared forgets its jobs.",
                candidates=there,
            )
        return found
