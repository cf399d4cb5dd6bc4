# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of actions: guarded one-shots, which are never repeated blindly."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

#: Kinds of errors that prove that an order was not carried out: it was answered with a refusal, or never left.
REFUSALS = frozenset({"rejected", "invalid", "precondition"})


class Action(Capability):
    """Look, decide whether it is due, pass the gate, order once, wait for the effect.

    When the answer to the order is lost the state decides (:meth:`happened`); when it cannot, the task fails with
    ``outcome_unknown`` and says how to find out.
    """

    #: Nothing on the appliance shows afterwards that it was done, so that within a workflow the checkpoint decides.
    #: Its order is one press: where that is refused, nothing was done.
    unseen: ClassVar[bool] = False

    def run(self) -> dict[str, Any]:
        """The loop of the family; see :class:`Capability`."""
        self.inspect()
        if self.unseen and self._done_before():
            return {"changed": False, "diff": Plan().diff(), self.returns: None}
        if self.lacking() is not None:
            plan = self.due(None)
            self.task.journal.promise(self.provides(plan))
            return {"changed": True, "diff": plan.diff(), self.returns: None}
        before = self.read()
        plan = self.due(before)
        if not plan:
            state = before if self.task.gate.check_mode else self.settled(before)
            return self.proven({"changed": False, "diff": plan.diff(), self.returns: self.shown(state)}, state)
        self.before_order(before)
        result: dict[str, Any] = {"changed": True, "diff": plan.diff(), self.returns: self.shown(before)}
        self.task.gate.expect(self.severity(), self.expected(), self.what())
        if not self.task.gate.open(self.severity()):
            self.task.journal.promise(self.provides(plan))
            return result
        self._order_once(before)
        after = self.effect(before)
        return self.proven({**result, self.returns: self.shown(after)}, after)

    # -- steps ---------------------------------------------------------------------------------------------------------
    @abstractmethod
    def what(self) -> str:
        """The action in words: "take a backup"."""

    @abstractmethod
    def read(self) -> Any:
        """The state by which the effect will be recognised."""

    @abstractmethod
    def due(self, before: Any) -> Plan:
        """What the action would change; empty when there is nothing to do.

        ``before`` None: the requirements are only promised by earlier tasks of a checked run.
        """

    @abstractmethod
    def order(self, before: Any) -> None:
        """Give the order, once."""

    @abstractmethod
    def effect(self, before: Any) -> Any:
        """Wait for the effect and give the state after it."""

    def settled(self, before: Any) -> Any:
        """Nothing is to be ordered; wait here for the effect of an order given earlier, and give the state then."""
        return before

    def happened(self, before: Any) -> bool | None:
        """After a lost answer: True the order arrived, False it did not, None nobody can say."""
        return None

    def find_out(self) -> str:
        """How a person finds out what became of a lost order."""
        return "Look at the page in the console before you repeat it."

    def before_order(self, before: Any) -> None:
        """Refuse or warn when the present state forbids it; runs in check mode too."""

    def shown(self, state: Any) -> Any:
        """The state as the result shows it."""
        return state

    def _done_before(self) -> bool:
        """Whether an earlier run of the workflow did it.

        :raises UseriesError: ``outcome_unknown`` when one began and nobody can say how it ended.
        """
        earlier = self.task.gate.earlier()
        if earlier == "done":
            self.warn(f"An earlier run of this workflow did it already ({self.what()}); it is not repeated.")
        if earlier == "intended":
            step = self.given.get("step")
            raise self.refuse(
                f"An earlier run of this workflow was about to {self.what()}; nobody can say whether it came to that.",
                kind="outcome_unknown",
                remedy=f"{self.find_out()} When it was done, run again with -e person_done={step}; when it was not, "
                f"with -e repeat_step={step}.",
            )
        return earlier == "done"

    def _order_once(self, before: Any) -> None:
        try:
            self.order(before)
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                if self.unseen and error.kind in REFUSALS:
                    self.task.gate.withdraw()
                raise
            arrived = self._arrived(before)
            if arrived is False and self.unseen:
                self.task.gate.withdraw()
            if arrived:
                self.warn(f'The answer to "{self.what()}" was lost ({error}), but its effect is seen.')
                return
            raise self.refuse(
                f"The connection was lost when the order to {self.what()} was given ("
                + ("it was not carried out" if arrived is False else "nobody can say whether it was carried out")
                + f"): {error}",
                kind="failed" if arrived is False else "outcome_unknown",
                remedy="It can be repeated." if arrived is False else self.find_out(),
            ) from error

    def _arrived(self, before: Any) -> bool | None:
        try:
            return self.happened(before)
        except UseriesError:
            return None
