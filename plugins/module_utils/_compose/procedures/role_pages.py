# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting pages of the Roles Editor: Apply Changes on each, Apply Pending Changes once (guide 744-1039, A-48)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import Setting, fill_settings
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import (
    Listed,
    leave_question,
    listed_roles,
    press_apply_pending,
    read_role,
    wait_until_applied,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import Role
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

LOAD_DEFAULT = "load_default"
#: Kinds of errors after which it is known that nothing was applied.
NOTHING_APPLIED = frozenset({"precondition", "invalid", "rejected", "label_missing", "label_ambiguous"})


class Press(NamedTuple):
    """A button of a role's page: its section and its id."""

    section: str
    button: str


@dataclass
class Entry:
    """What one task wants of one role's page.

    :param wanted: values by the option's name, only those given; :param prefix: of their names in the task's state.
    :param test: the button to press before Apply Changes; :param load: the one that fills in the page's defaults.
    """

    role: Role
    settings: tuple[Setting, ...]
    wanted: dict[str, Any]
    prefix: str = ""
    test: Press | None = None
    load: Press | None = None
    present: dict[str, Any] = field(default_factory=dict)

    @property
    def location(self) -> str:
        """Which database counts, where the role has two."""
        return str(self.wanted.get("location") or self.present.get("location") or "")

    def secrets(self) -> list[Setting]:
        """The secrets of the page that count."""
        return [one for one in self.settings if one.secret and one.location in ("", self.location)]

    def holds(self, secret: Setting) -> bool:
        """Whether the page holds that secret at present; unknown counts as yes."""
        other, value = secret.held_by
        if other not in self.present:
            return True
        return self.present[other] == value if value else bool(self.present[other])


class RolePages(Settings):
    """A declaration makes ``entries`` in :meth:`check`. The state is flat: prefix and option's name to value.

    It also holds ``applied`` of each role: no change of it is pending, so what an earlier run left pending is applied.
    """

    entries: Sequence[Entry] = ()
    listed: Sequence[Listed] = ()
    tested = False
    only_loading = False
    first: Mapping[str, Any] = {}

    # -- the steps of the family ---------------------------------------------------------------------------------------
    def run(self) -> dict[str, Any]:
        result = super().run()
        if self._loaded_nothing(result):
            return {**result, "changed": False, "diff": Plan(header=self.what()).diff()}
        if not result["changed"] and not self.task.gate.check_mode:
            self._test_all()
        return {**result, **({"tested": True} if self.tested else {})}

    def what(self) -> str:
        names = ", ".join(entry.role.name for entry in self.entries)
        return f"Roles Editor > {names}"

    def secret_options(self) -> set[str]:
        return {entry.prefix + one.name for entry in self.entries for one in entry.settings if one.secret}

    def wanted(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        spared = self.secret_options() - self.compared_secrets()
        for entry in self.entries:
            values.update({entry.prefix + name: value for name, value in entry.wanted.items()})
            values[f"{entry.prefix}applied"] = True
        return {name: value for name, value in values.items() if name not in spared}

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        self.listed = listed_roles(console)
        state: dict[str, Any] = {}
        for entry in self.entries:
            values = read_role(console, entry.role, entry.settings, entry.wanted)
            if values is None:
                raise self._not_offered(entry.role)
            entry.present = values
            state.update({entry.prefix + name: value for name, value in values.items()})
            state[f"{entry.prefix}applied"] = entry.role.name not in self.pending()
        return state

    def plan(self, present: Mapping[str, Any]) -> Plan:
        plan = super().plan(present)
        self.first = dict(present)
        self.only_loading = bool(plan) and all(change.name.endswith(LOAD_DEFAULT) for change in plan.changes)
        return plan

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        own = {entry.role.name for entry in self.entries}
        foreign = [name for name in self.pending() if name not in own]
        if foreign and not self.given["adopt_pending"]:
            raise self.refuse(
                f"The Roles Editor holds pending changes that are not of this task: {', '.join(foreign)}.",
                remedy="Apply or discard them in the Roles Editor, or set adopt_pending: true to apply them along.",
            )
        if foreign:
            plan.notes["also applied"] = foreign
        self._keep_one_role()
        for entry in self.entries:
            self.before_change(entry, self.changes_of(entry, plan))

    def spare_stored_secrets(self, present: Mapping[str, Any], plan: Plan) -> None:
        for entry in self.entries:
            changing = [name for name in self.changes_of(entry, plan) if name != "applied"]
            for secret in entry.secrets() if changing else ():
                self._spare(entry, secret, changing, plan)

    def write(self, plan: Plan) -> None:
        changed: list[Entry] = []
        self._test_all()
        try:
            for entry in self.entries:
                values = self.changes_of(entry, plan)
                values.pop("applied", None)
                if values:
                    self._change(entry, values, changed)
            hints = [f"{one.role.name}: {one.role.hints}" for one in self.entries if one.role.hints]
            self.apply_pending(f" Implied by the guide: {' '.join(hints)}" if hints else "")
        except UseriesError as error:
            if error.kind in NOTHING_APPLIED:
                self._take_back(changed, error)
            raise
        self.accepted()
        wait_until_applied(self.task.surfaces.console, self.task.waiter, self.task.label)

    def seen(self, plan: Plan, after: Mapping[str, Any]) -> list[str]:
        return [name for name in super().seen(plan, after) if not name.endswith(LOAD_DEFAULT)]

    def shown(self, state: Mapping[str, Any]) -> dict[str, Any]:
        plain = super().shown(state)
        if all(not entry.prefix for entry in self.entries):
            return plain
        nested: dict[str, Any] = {}
        for name, value in plain.items():
            role, _dot, setting = name.partition(".")
            nested.setdefault(role, {})[setting] = value
        return nested

    def apply_pending(self, hints: str) -> None:
        """Press the one button for all pages. :param hints: what the guide implies, for a refusal."""
        console = self.task.surfaces.console
        outcome = press_apply_pending(console, self.task.label, hints, answer=None)
        if outcome is not None and outcome.kind == "question":
            leave_question(console, outcome.message, self.task.label)
            self.warn(f'The console asks "{outcome.message}"; that was left open.')

    def accepted(self) -> None:
        """Wait for more than the applying. The console took it all: nothing is discarded from here on."""

    # -- for declarations ----------------------------------------------------------------------------------------------
    def before_change(self, entry: Entry, changes: Mapping[str, Any]) -> None:
        """Refuse or warn when the present state forbids this change of a role; runs in check mode too."""

    def as_shown(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values in the form in which the page shows such values."""
        return values

    def pending(self) -> list[str]:
        """Names of the roles with pending changes before this task."""
        return [one.name for one in self.listed if one.pending]

    def changes_of(self, entry: Entry, plan: Plan) -> dict[str, Any]:
        """What of the plan is this role's, by the option's name."""
        own = {*entry.wanted, *(one.name for one in entry.settings), "applied"}
        return {name: plan.wanted[entry.prefix + name] for name in own if entry.prefix + name in plan.wanted}

    # -- inner steps ---------------------------------------------------------------------------------------------------
    def _not_offered(self, role: Role) -> UseriesError:
        when = f" It is available only when {role.available_when}." if role.available_when else ""
        hints = f" {role.hints}" if role.hints and not role.available_when else ""
        return self.refuse(
            f"The Roles Editor does not offer the role {role.name}.{when}{hints}",
            remedy="Look at the licences (useries.appliance.appliance_info), or leave this role out.",
        )

    def _keep_one_role(self) -> None:
        """Roles must be selected for an appliance (guide 746)."""
        asked = {entry.role.name: entry.wanted.get("enabled") for entry in self.entries}
        states = {one.name: one.enabled for one in self.listed}
        after = {**states, **{name: value for name, value in asked.items() if value is not None}}
        if False in asked.values() and after and not any(after.get(name) is not False for name in after):
            raise self.refuse(
                "That would turn off the last role of the appliance; at least one must be on.",
                remedy="Leave one role on, or turn on another one in the same task (option roles).",
            )

    def _spare(self, entry: Entry, secret: Setting, changing: Sequence[str], plan: Plan) -> None:
        name = entry.prefix + secret.name
        given = entry.wanted.get(secret.name)
        if given is not None:
            if name not in plan.wanted:
                plan.notes[name] = "(sent along unchanged)"
                plan.changes.append(Change(name, None, given, secret=True))
        elif not self.given.get("blank_keeps_secret") and entry.holds(secret):
            raise self.refuse(
                f"The page of the role {entry.role.name} also holds a {secret.name}, and saving "
                f"{', '.join(sorted(changing))} without it could blank it.",
                kind="invalid",
                remedy=f"Give {name} as well, or set blank_keeps_secret: true if you know that your appliance keeps "
                "it.",
            )

    def _change(self, entry: Entry, values: Mapping[str, Any], changed: list[Entry]) -> None:
        """Fill in a role's page and press; ``changed`` gets the role as soon as something of it may be pending."""
        console, part = self.task.surfaces.console, entry.role.page.section("role")
        if entry.load is not None and LOAD_DEFAULT in values:
            changed.append(entry)
            console.press(entry.role.page.section(entry.load.section), entry.load.button)
        else:
            console.open(entry.role.page)
        fill_settings(console, entry.role, entry.settings, self.as_shown(values), entry.location)
        console.press(part, "apply_changes", fresh=False)
        if entry not in changed:
            changed.append(entry)

    def _test_all(self) -> None:
        """Press the test buttons that were asked for; what they are told is sent, nothing is saved."""
        for entry in self.entries:
            if entry.test is None or self.tested or not self._testable(entry):
                continue
            if not self.task.gate.open("none"):
                return
            console = self.task.surfaces.console
            console.open(entry.role.page)
            values = {name: value for name, value in entry.wanted.items() if name != LOAD_DEFAULT}
            fill_settings(console, entry.role, entry.settings, self.as_shown(values), entry.location)
            try:
                console.press(entry.role.page.section(entry.test.section), entry.test.button, fresh=False)
            except UseriesError as error:
                error.message = f"{error.message} Nothing was applied."
                raise
        self.tested = any(entry.test is not None and self._testable(entry) for entry in self.entries)

    def _testable(self, entry: Entry) -> bool:
        missing = [one.name for one in entry.secrets() if entry.holds(one) and entry.wanted.get(one.name) is None]
        if missing and not self.given.get("blank_keeps_secret"):
            self.warn(f"{entry.role.name} was not tested: the test needs {', '.join(missing)}, which is not given.")
            return False
        return True

    def _take_back(self, changed: Sequence[Entry], error: UseriesError) -> None:
        """Discard what this task made pending; what was pending on a page before stays with it."""
        left = []
        for entry in changed:
            if entry.role.name in self.pending() or not self._discarded(entry):
                left.append(entry.role.name)
        if left:
            error.message = f"{error.message} Pending and not applied: {', '.join(left)}."
            error.remedy = f"{error.remedy} Or discard the pending changes in the Roles Editor.".strip()
        elif changed:
            error.message = f"{error.message} What this task had made pending was discarded again."

    def _discarded(self, entry: Entry) -> bool:
        """Discard Changes of the role's page, which it may lack."""
        try:
            self.task.surfaces.console.press(entry.role.page.section("role"), "discard_changes")
        except UseriesError:
            return False
        return True

    def _loaded_nothing(self, result: Mapping[str, Any]) -> bool:
        """Whether loading the defaults was all that this task did, and they were there already."""
        done = bool(result["changed"]) and not self.task.gate.check_mode
        return done and self.only_loading and self.shown(self.first) == result[self.returns]
