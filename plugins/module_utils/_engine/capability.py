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

from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import (
    ONE_LINE,
    Range,
    complaint_about_text,
    fields_by_option,
    option_of,
    range_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import QUIET, Gate, Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Wait, Waiter
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
    console's), ``options`` and ``constraints`` (argument spec and its rules), ``surface`` (whose errors its own are),
    ``fenced`` (the variable that names the host which the group ``fence`` is about).

    Options that are fields of a page: ``section`` (of ``_guide``), ``fields`` (those options), ``option_names`` (option
    to id of its field, where they differ), ``required`` (those that must be given). Their argument spec and their
    ranges follow from the fields; ``options`` wins. ``ranges`` are those of other options.
    """

    impact: ClassVar[Impact] = "none"
    expects: ClassVar[Sequence[str]] = QUIET
    returns: ClassVar[str] = "state"
    groups: ClassVar[Sequence[str]] = ("console",)
    options: ClassVar[Spec] = {}
    constraints: ClassVar[Mapping[str, Any]] = {}
    fenced: ClassVar[str] = "useries_partner"
    section: Any = None
    fields: ClassVar[Sequence[str]] = ()
    option_names: ClassVar[Mapping[str, str]] = {}
    required: ClassVar[Sequence[str]] = ()
    ranges: ClassVar[Mapping[str, Range]] = {}
    read_only: ClassVar[bool] = False
    surface: ClassVar[Surface] = "console"
    untouched: ClassVar[str] = "Nothing was changed."

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
        derived = fields_by_option(cls.section, cls.fields, cls.option_names)
        spec: dict[str, Mapping[str, Any]] = {option: option_of(option, field) for option, field in derived}
        return {**spec, **{name: {**spec[name], "required": True} for name in cls.required}, **cls.options}

    # -- the loop ------------------------------------------------------------------------------------------------------
    @abstractmethod
    def run(self) -> dict[str, Any]:
        """Carry the task out and give its result."""

    # -- steps a declaration may override ------------------------------------------------------------------------------
    def what(self) -> str:
        """What the task is about in words, for messages and the diff's header."""
        return type(self).__name__

    def severity(self) -> Impact:
        """The worst effect of what this task asks for, when its options make it another than the declaration's."""
        return self.impact

    def check(self) -> None:  # noqa: B027 - a hook, not every declaration has such rules
        """Refuse bad input that the argument spec cannot see; touches nothing."""

    def requirements(self) -> Sequence[Requirement]:
        """What must be there first; may read."""
        return ()

    def provides(self, plan: Plan) -> Iterable[str]:
        """What the write creates, for requirements of later tasks of a checked run; ``name@appliance`` elsewhere."""
        return ()

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]] | None:
        """Look at the effect by another road; None when there is none for this capability."""
        return None

    # -- helpers -------------------------------------------------------------------------------------------------------
    def inspect(self) -> None:
        """The first step of every family: refuse bad input, numbers out of their range and texts that no form can hold
        before :meth:`check`.

        :raises UseriesError: kind ``invalid`` naming every such option and its value.
        """
        ranges = {option: range_of(field) for option, field in self._options_of_fields()}
        wrong = [allowed.complaint(name, self.given.get(name)) for name, allowed in {**ranges, **self.ranges}.items()]
        lines = {option for option, field in self._options_of_fields() if field.kind in ONE_LINE}
        wrong += [complaint_about_text(name, self.given.get(name), one_line=name in lines) for name in self.spec()]
        if any(wrong):
            raise self.refuse(f"{'; '.join(sentence for sentence in wrong if sentence)}.", kind="invalid")
        self.check()

    def field_of_option(self, option: str) -> str:
        """The id of the field that an option is."""
        return self.option_names.get(option, option)

    def option_of_field(self, id: str) -> str:
        """The option that a field is."""
        return {field: option for option, field in self.option_names.items()}.get(id, id)

    def field_values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values by option as values by field."""
        return {self.field_of_option(option): value for option, value in values.items()}

    def within(self, timeout: float, **pace: float) -> Wait:
        """How to wait: the user's ``wait_timeout``, else ``timeout`` seconds; ``pace`` as in :class:`Wait`."""
        return Wait(timeout=self.given.get("wait_timeout") or timeout, **pace)

    def confirmed(self, names: Sequence[str], why: str, *, first: str = "Check it", flag: str = "") -> None:
        """Refuse unless ``confirm`` is what the appliance itself shows; the names of a pair are joined by a plus sign.

        :param why: a sentence about what would be destroyed; :param first: what to do before it is confirmed.
        :param flag: a second option that must be true as well (possible data loss has its own).
        :raises UseriesError: kind ``precondition``; also when a name cannot be read (is empty).
        """
        if not all(names):
            raise self.refuse(
                f"{why} It has to be confirmed by network name, and a name cannot be read.",
                remedy="Look at the console why it shows no name.",
            )
        wanted = "+".join(names)
        if self.given.get("confirm") != wanted or (flag and not self.given[flag]):
            also = f"{flag}: true and " if flag else ""
            raise self.refuse(why, remedy=f"{first}, then repeat with {also}confirm: '{wanted}'.")

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
        surface: Surface | None = None,
        candidates: Sequence[str] = (),
    ) -> UseriesError:
        """An error in this capability's name, to be raised by the caller.

        A refusal before the first write says so (``untouched``); bad input always has a next step.
        """
        before = kind in {"precondition", "invalid"} and not self.read_only and not self.task.gate.wrote
        return UseriesError(
            f"{message} {self.untouched}" if before else message,
            surface=surface or self.surface,
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
                "The change is seen on the console, but the proof by another road is not available: "
                f"{facts.get('reason', 'unknown')}.",
                kind="not_seen",
                remedy="Open the other road or leave require_proof off.",
            )
        return {**result, "proof": word, **({"proof_detail": facts} if facts else {})}

    def _section_fields(self) -> Sequence[Any]:
        return () if self.section is None else self.section.fields

    def _options_of_fields(self) -> Iterable[tuple[str, Any]]:
        return fields_by_option(self.section, self.fields, self.option_names)
