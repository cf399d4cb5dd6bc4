# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both roads to another firmware share: the state that they tell, and the steps that a task asks them for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_guard import Guard
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._idrac.jobs import Job
from ansible_collections.useries.appliance.plugins.module_utils._idrac.package import Package


@dataclass(frozen=True)
class State:
    """A component of the server.

    :param version: what is installed; None where this road does not tell it.
    :param open_job: the job that is open for it; :param known: ids of all jobs.
    :param ended: the job of this task, at its end; :param restarted: whether this task restarted the server.
    :param protection: drive to its protection after the change; None where nobody looked.
    :param devices: for which Windows has no driver, where chipset drivers are asked for.
    :param staged: brought by this task, and in effect at the next start only.
    """

    name: str | None
    version: str | None
    open_job: Job | None = None
    known: frozenset[str] = frozenset()
    ended: Job | None = None
    restarted: bool = False
    protection: dict[str, str] | None = None
    devices: tuple[str, ...] | None = None
    staged: bool = False


class Road(ABC):
    """One road.

    :param owner: the task's declaration, in whose name is refused.
    """

    called: ClassVar[str]
    """By which the version is proven."""

    def __init__(self, owner: Capability, package: Package, guard: Guard) -> None:
        self.owner, self.task, self.given = owner, owner.task, owner.given
        self.package, self.guard = package, guard

    @property
    def restarts(self) -> bool:
        """Whether the server may be restarted, and has to be for this component."""
        return bool(self.given["restart"]) and self.package.component != "idrac"

    @abstractmethod
    def server(self) -> tuple[int | None, str | None, str | None]:
        """BIOS id, model and service tag of the server."""

    @abstractmethod
    def state(self) -> State:
        """The component as it is."""

    @abstractmethod
    def ready(self, before: State) -> None:
        """Refuse when this road does not take the package; writes nothing."""

    @abstractmethod
    def send(self, before: State) -> None:
        """Give the order, once."""

    @abstractmethod
    def arrived(self, before: State) -> bool | None:
        """After a lost answer: whether the order arrived; None when nobody can say."""

    @abstractmethod
    def finish(self, before: State) -> State:
        """Follow the order to its end, restart where that is allowed, and prove it."""
