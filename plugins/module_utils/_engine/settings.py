# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of settings: fields of one section of a page and the button that saves them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan, compare
from ansible_collections.useries.appliance.plugins.module_utils._engine.saving import Saving
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


class Settings(Saving):
    """Read the fields given, compare, fill in what differs, press the button, read again.

    ``section``, ``fields`` (see :class:`Capability`) and ``button``, the id of the button that saves, must be declared.
    """

    button: ClassVar[str]
    returns: ClassVar[str] = "settings"
    #: own comparisons, e.g. a clock with a tolerance: option -> (present, wanted) -> bool
    equal: ClassVar[Mapping[str, Callable[[Any, Any], bool]]] = {}

    def run(self) -> dict[str, Any]:
        """The loop of the family; see :class:`Capability`."""
        self.inspect()
        if self.lacking() is not None:
            return self._predicted_from_nothing()
        present = self.read()
        plan = self.plan(present)
        if not plan:
            return self.proven({"changed": False, "diff": plan.diff(), self.returns: self.shown(present)}, present)
        self.spare_stored_secrets(present, plan)
        self.before_write(present, plan)
        result: dict[str, Any] = {"changed": True, "diff": plan.diff()}
        self.task.gate.expect(self.severity(), self.expected(), self.what())
        if not self.task.gate.open(self.severity()):
            self.task.journal.promise(self.provides(plan))
            return {**result, self.returns: self.shown({**present, **plan.wanted})}
        after = self._write_and_see(plan)
        return self.proven({**result, self.returns: self.shown(after)}, after)

    # -- steps ---------------------------------------------------------------------------------------------------------
    def what(self) -> str:
        """The section in words, for messages and the diff's header."""
        return " > ".join((*self.section.page.menu, self.section.title))

    def wanted(self) -> dict[str, Any]:
        """Option to wanted value; None is "leave it alone"."""
        spared = self.secret_options() - self.compared_secrets()
        return {name: self.given.get(name) for name in self.fields if name not in spared}

    def read(self) -> dict[str, Any]:
        """Present values, by option; secrets None."""
        ids = [self.field_of_option(name) for name in self.fields]
        values = self.task.surfaces.console.read(self.section, ids)
        return {self.option_of_field(id): value for id, value in values.items()}

    def plan(self, present: Mapping[str, Any]) -> Plan:
        """Compare what was given with what is there."""
        return compare(present, self.wanted(), secrets=self.secret_options(), equal=self.equal, header=self.what())

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        """Refuse or warn when the present state forbids this change; runs in check mode too."""

    def write(self, plan: Plan) -> None:
        """Fill in what differs and press; the form carries the other values as they are."""
        self.save(plan.wanted)

    def save(self, values: Mapping[str, Any]) -> None:
        """Fill in these values (by option) and press the button."""
        self.task.surfaces.console.write(self.section, self.field_values(values), self.button, fresh=None)

    def seen(self, plan: Plan, after: Mapping[str, Any]) -> list[str]:
        """Names of changes that are not there when read again."""
        left = compare(after, {c.name: c.after for c in plan.changes if not c.secret}, equal=self.equal)
        return [change.name for change in left.changes]

    def shown(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """The state without its secrets."""
        return {name: value for name, value in state.items() if name not in self.secret_options()}

    # -- inner steps ---------------------------------------------------------------------------------------------------
    def _write_and_see(self, plan: Plan) -> dict[str, Any]:
        after = self.saved(lambda: self.write(plan), self.read, plan, what_is_read="state")
        missing = self.seen(plan, after)
        if missing:
            raise self._not_seen(plan, after, missing)
        return after

    def _not_seen(self, plan: Plan, after: Mapping[str, Any], missing: Sequence[str]) -> UseriesError:
        wanted = plan.wanted
        facts = "; ".join(f"{name}: wanted {wanted[name]!r}, found {after.get(name)!r}" for name in missing)
        return self.refuse(
            f"The console accepted the change in {self.what()}, but it is not there when read again: {facts}.",
            kind="not_seen",
            remedy="Look at the page in the console; another administrator or a rule of the appliance may have put it "
            "back.",
        )

    def _predicted_from_nothing(self) -> dict[str, Any]:
        plan = compare({}, self.wanted(), secrets=self.secret_options(), header=self.what())
        self.warn(
            f"{self.what()} does not exist yet; an earlier task of this run would create it, so all values count as "
            "changed."
        )
        self.task.journal.promise(self.provides(plan))
        return {"changed": True, "diff": plan.diff(), self.returns: self.shown(plan.wanted)}
