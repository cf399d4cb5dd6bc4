# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs of the Lifecycle Controller.

They have three addresses: Dell's own below the manager (``Oem/Dell/Jobs``), the one of older firmware (``Jobs``), and
that of DMTF's JobService. Dell's clients take the first one when there is a DellSoftwareInventory, else the second.
Source: the sources of the Ansible collection dellemc.openmanage 9.12 and its samples of jobs; DMTF schema Job. Not yet
compared with a real iDRAC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import (
    mapping,
    references,
    unexpected,
    word,
)
from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import READ_MANAGER, Idrac

Phase = Literal["open", "done", "failed"]

OPERATION = "read the jobs of the iDRAC"
DONE = frozenset({"completed", "completedwitherrors", "downloaded", "rebootcompleted"})
FAILED = frozenset({"failed", "rebootfailed", "unknown", "exception", "cancelled"})
WAITING = frozenset({"scheduled", "rebootpending", "pendingactivation"})
NO_TIMES = frozenset({"TIME_NOW", "TIME_NA"})


@dataclass(frozen=True)
class Job:
    """One job; None where the iDRAC says nothing.

    :param state: in the iDRAC's words, e.g. ``Scheduled``; :param phase: what it comes to. A state that is not known
        counts as open, so that nobody takes it for done.
    :param waits_for_restart: nothing happens until the server is restarted.
    :param percent: 0 to 100; times as the iDRAC shows them, ISO 8601.
    """

    id: str
    type: str | None
    name: str | None
    state: str | None
    phase: Phase
    waits_for_restart: bool
    percent: int | None
    message: str | None
    start_time: str | None
    end_time: str | None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


class JobQueue:
    """The queue at the address that this firmware has.

    :raises UseriesError: as :class:`Idrac`; kind ``unexpected`` when the service has none of the three addresses.
    """

    def __init__(self, client: Idrac) -> None:
        self._client = client
        path = client.manager_path()
        manager = client.get(path, operation=READ_MANAGER)
        self._now = word(manager.get("DateTime"))
        self._members = self._first(self._addresses(path, manager))

    def all(self) -> list[Job]:
        """Every job, in the order of the service."""
        return [self._job(one) for one in self._members]

    # -- addresses

    def _addresses(self, path: str, manager: Mapping[str, Any]) -> list[str]:
        """Both addresses below the manager, the likelier one first."""
        root = self._client.session.root()
        dell = mapping(mapping(mapping(manager.get("Links")).get("Oem")).get("Dell"))
        own = [*references([dell.get("Jobs")]), f"{path}/Oem/Dell/Jobs"][0]
        addresses = [own, f"{path}/Jobs"]
        inventories = [f"{update}/Oem/Dell/DellSoftwareInventory" for update in references([root.get("UpdateService")])]
        if not any(self._client.find(one, operation=OPERATION) is not None for one in inventories):
            addresses.reverse()
        return addresses

    def _first(self, addresses: list[str]) -> list[dict[str, Any]]:
        """The jobs at the first one that is there; DMTF's JobService comes last."""
        for path in addresses:
            found = self._client.members(path, operation=OPERATION)
            if found is not None:
                return found
        for service in references([self._client.session.root().get("JobService")]):
            for path in references([self._client.get(service, operation=OPERATION).get("Jobs")]):
                found = self._client.members(path, operation=OPERATION)
                if found is not None:
                    return found
        raise unexpected("has no job queue", target=self._client.session.target.url, operation=OPERATION)

    # -- one job

    def _job(self, found: Mapping[str, Any]) -> Job:
        """From Dell's flat job, or DMTF's with Dell's part inside."""
        said = {**found, **mapping(mapping(found.get("Oem")).get("Dell"))}
        state, kind, percent = word(said.get("JobState")), word(said.get("JobType")), said.get("PercentComplete")
        phase = _phase(state, word(found.get("JobStatus")))
        start = _time(said, "ActualRunningStartTime", "StartTime")
        place = word(found.get("@odata.id")) or ""
        return Job(
            id=word(found.get("Id")) or place.rsplit("/", maxsplit=1)[-1],
            type=kind,
            name=word(found.get("Name")),
            state=state,
            phase=phase,
            waits_for_restart=phase == "open" and self._waits(state, kind, start),
            percent=percent if isinstance(percent, int) and not isinstance(percent, bool) else None,
            message=_message(said),
            start_time=start,
            end_time=None if phase == "open" else _time(said, "CompletionTime", "ActualRunningStopTime", "EndTime"),
        )

    def _waits(self, state: str | None, kind: str | None, start: str | None) -> bool:
        if (state or "").casefold() not in WAITING or "noreboot" in (kind or "").casefold():
            return False
        due, now = _moment(start), _moment(self._now)
        return due is None or now is None or due <= now  # else it waits for its time


def _phase(state: str | None, status: str | None) -> Phase:
    called = (state or "").casefold()
    if called in FAILED:
        return "failed"
    if called in DONE:
        return "failed" if (status or "").casefold() == "critical" else "done"
    return "open"


def _message(said: Mapping[str, Any]) -> str | None:
    several = said.get("Messages")
    texts = [word(mapping(one).get("Message")) for one in several] if isinstance(several, list) else []
    return word(said.get("Message")) or next(filter(None, texts), None)


def _time(said: Mapping[str, Any], *names: str) -> str | None:
    """The first of these that holds a time."""
    texts = [word(said.get(name)) for name in names]
    return next((text for text in texts if text and text not in NO_TIMES and not text.startswith("0000")), None)


def _moment(text: str | None) -> datetime | None:
    """A time by the iDRAC's own clock: jobs carry no offset, its clock does."""
    try:
        return datetime.fromisoformat((text or "").replace("Z", "+00:00")).replace(tzinfo=None)
    except ValueError:
        return None
