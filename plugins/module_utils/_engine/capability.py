# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of every declaration: read, compare, plan, gate, write, read again.

The engine knows no surface and no page of the guide: it talks to what ``_compose`` hands it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol

from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import QUIET, Gate, Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Waiter
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, Surface, UseriesError

Spec = Mapping[str, Mapping[str, Any]]
Proof = Literal["verified", "unavailable"]


class Journal(Protocol):
    """What earlier tasks of the same run would have created, had they not run in check mode."""

    def promised(self, name: str, appliance: str = "") -> bool:
        """Whether an earlier task of this run promised ``name`` for this (or another) appliance."""

    def promise(self, names: Iterable[str]) -> None:
        """Remember what this task would create."""


@dataclass
class Task:
    """One task: its options and everything it may use.

    :param options: validated options of the declaration; :param surfaces: what ``_compose`` wired (``console``,
        ``endpoint``, ...); :param show: prints a line of progress; :param label: host name for messages.
    """

    options: Mapping[str, Any]
    surfaces: Any
    gate: Gate
    clock: Clock
    journal: Journal
    show: Callable[[str], None]
    label: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def waiter(self) -> Waiter:
        """The waiter, renewing the lease while it waits."""
        return Waiter(self.clock, self.show, self.gate.beat())


@dataclass(frozen=True)
class Requirement:
    """Something that must be there before this task can even read.

    :param name: how an earlier task promises it, e.g. ``role:high_availability``.
    :param met: whether it is there; :param message: what to say when it is not; :param remedy: the next step.
    :param appliance: whose it is, when it is not the task's own appliance.
    """

    name: str
    met: bool
    message: str
    remedy: str
    appliance: str = ""


class Capability(ABC):
    """A declaration. Subclass one of the families rather than this.

    Class attributes are the declaration: ``impact`` (worst effect of the write), ``expects`` (states of the pair in
    which it may be done), ``returns`` (name of the state in the result), ``groups`` (option groups besides the
    console's), ``options`` and ``constraints`` (argument spec and its rules).
    """

    impact: ClassVar[Impact] = "none"
    expects: ClassVar[Sequence[str]] = QUIET
    returns: ClassVar[str] = "state"
    groups: ClassVar[Sequence[str]] = ("console",)
    options: ClassVar[Spec] = {}
    constraints: ClassVar[Mapping[str, Any]] = {}
    read_only: ClassVar[bool] = False

    def __init__(self, task: Task) -> None:
        self.task = task
        self.given = task.options

    # -- the spec ------------------------------------------------------------------------------------------------------
    @classmethod
    def returns_secrets(cls, options: Mapping[str, Any]) -> bool:
        """Whether the result holds a secret, so that it must never be shown or logged."""
        return False

    @classmethod
    def spec(cls) -> dict[str, Mapping[str, Any]]:
        """Argument spec of the declaration's own options."""
        return dict(cls.options)

    # -- the loop ------------------------------------------------------------------------------------------------------
    @abstractmethod
    def run(self) -> dict[str, Any]:
        """Carry the task out and give its result."""

    # -- steps a declaration may override ------------------------------------------------------------------------------
    def check(self) -> None:
        """Refuse bad input that the argument spec cannot see; touches nothing."""

    def requirements(self) -> Sequence[Requirement]:
        """What must be there first; may read."""
        return ()

    def provides(self, plan: Plan) -> Iterable[str]:
        """What the write creates, for the requirements of later tasks of a checked run; ``name@appliance`` elsewhere."""
        return ()

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]] | None:
        """Look at the effect by another road; None when there is none for this capability."""
        return None

    # -- helpers -------------------------------------------------------------------------------------------------------
    def lacking(self) -> Requirement | None:
        """The first requirement that is not met and that no earlier task of a checked run promised; raises for others.

        :raises UseriesError: kind ``precondition``.
        """
        promised = None
        for need in self.requirements():
            if need.met:
                continue
            if not (self.task.gate.check_mode and self.task.journal.promised(need.name, need.appliance)):
                raise self.refuse(need.message, remedy=need.remedy)
            promised = need
        return promised

    def refuse(
        self,
        message: str,
        *,
        kind: Kind = "precondition",
        remedy: str = "",
        surface: Surface = "console",
        candidates: Sequence[str] = (),
    ) -> UseriesError:
        """An error in this capability's name, to be raised by the caller; bad input always has a next step."""
        return UseriesError(
            message,
            surface=surface,
            operation=type(self).__name__,
            target=self.task.label,
            kind=kind,
            remedy=remedy or ("Correct the option and run the task again." if kind == "invalid" else ""),
            candidates=candidates,
        )

    def warn(self, message: str) -> None:
        """Add a warning to the result (once)."""
        if message not in self.task.warnings:
            self.task.warnings.append(message)

    def proven(self, result: dict[str, Any], state: Any) -> dict[str, Any]:
        """Add ``proof`` to the result; ``require_proof`` turns an unavailable one into a failure."""
        proof = self.prove(state)
        if proof is None:
            return result
        word, facts = proof
        if word == "unavailable" and self.given.get("require_proof"):
            raise self.refuse(
                f"The change is seen on the console, but the proof by another road is not available: {facts.get('reason', 'unknown')}.",
                remedy="Open the other road or leave require_proof off.",
            )
        return {**result, "proof": word, **({"proof_detail": facts} if facts else {})}
