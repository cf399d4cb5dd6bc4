# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of items: named things in a list, with ``state: present`` or ``absent``."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan, compare
from ansible_collections.useries.appliance.plugins.module_utils._engine.saving import Saving


class Items(Saving):
    """Find by ``key``, compare, create or change or remove, find again."""

    key: ClassVar[str] = "name"
    returns: ClassVar[str] = "item"

    def run(self) -> dict[str, Any]:
        """The loop of the family; see :class:`Capability`."""
        self.inspect()
        present = None if self.lacking() is not None else self.find()
        plan = self.plan(present)
        if not plan:
            return {"changed": False, "diff": plan.diff(), self.returns: self.shown(present)}
        if present is not None and not self.absent:
            self.spare_stored_secrets(present, plan)
        self.before_write(present, plan)
        result: dict[str, Any] = {"changed": True, "diff": plan.diff()}
        self.task.gate.expect(self.severity(), self.expected(), self.what())
        if not self.task.gate.open(self.severity()):
            self.task.journal.promise(self.provides(plan))
            return {**result, self.returns: None if self.absent else self.shown({**(present or {}), **plan.wanted})}
        after = self.saved(lambda: self.write(present, plan), self.find, plan, what_is_read="list")
        missing = self.seen(plan, after)
        if missing:
            raise self.refuse(
                f"{self.what()}: written, but not there when read again: {', '.join(missing)}.",
                kind="not_seen",
                remedy="Look at the list in the console; then run the task again: it reads first.",
            )
        return {**result, self.returns: self.shown(after)}

    @property
    def absent(self) -> bool:
        """Whether the item shall not be there."""
        return bool(self.given.get("state") == "absent")

    # -- steps ---------------------------------------------------------------------------------------------------------
    @abstractmethod
    def find(self) -> dict[str, Any] | None:
        """The item as it is, by option names, or None."""

    @abstractmethod
    def create(self, plan: Plan) -> None:
        """Make it."""

    @abstractmethod
    def change(self, present: Mapping[str, Any], plan: Plan) -> None:
        """Change it."""

    def remove(self, present: Mapping[str, Any]) -> None:
        """Remove it; items that the console cannot remove refuse in :meth:`check`."""
        raise NotImplementedError

    def wanted(self, present: Mapping[str, Any] | None) -> dict[str, Any]:
        """Option to wanted value (None: leave alone); ``present`` None means that it will be created."""
        spared = set() if present is None else self.secret_options() - self.compared_secrets()
        return {name: self.given.get(name) for name in self.fields if name not in spared}

    def before_write(self, present: Mapping[str, Any] | None, plan: Plan) -> None:
        """Refuse or warn when the present state forbids this change; runs in check mode too."""

    def what(self) -> str:
        """The item in words."""
        return f"{type(self).__name__} {self.given[self.key]}"

    def plan(self, present: Mapping[str, Any] | None) -> Plan:
        """What differs."""
        if self.absent:
            gone = [Change("state", "present", "absent")] if present is not None else []
            return Plan(gone, header=self.what())
        plan = compare(present or {}, self.wanted(present), secrets=self.secret_options(), header=self.what())
        if present is None:
            plan.changes.insert(0, Change("state", "absent", "present"))
        return plan

    def write(self, present: Mapping[str, Any] | None, plan: Plan) -> None:
        """Create, change or remove."""
        if self.absent:
            self.remove(present or {})
        elif present is None:
            self.create(plan)
        else:
            self.change(present, plan)

    def shown(self, state: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """The item without its secrets."""
        if state is None:
            return None
        return {name: value for name, value in state.items() if name not in self.secret_options() and name != "state"}

    def seen(self, plan: Plan, after: Mapping[str, Any] | None) -> list[str]:
        """Names of changes that are not there when read again."""
        if self.absent:
            return [] if after is None else ["state"]
        if after is None:
            return ["state"]
        visible = {c.name: c.after for c in plan.changes if not c.secret and c.name != "state"}
        return [change.name for change in compare(after, visible).changes]
