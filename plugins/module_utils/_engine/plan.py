# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task would change: the comparison, its diff, and the masking of secrets in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
UNREADABLE = "(cannot be read back)"


@dataclass(frozen=True)
class Change:
    """One difference.

    :param name: option name; :param before: present value (None: not there or not readable).
    :param after: wanted value; :param secret: the value is masked wherever it is shown.
    """

    name: str
    before: Any
    after: Any
    secret: bool = False

    @property
    def shown_before(self) -> Any:
        """The present value as a diff may show it."""
        if self.secret:
            return UNREADABLE if self.before is None else MASK
        return self.before

    @property
    def shown_after(self) -> Any:
        """The wanted value as a diff may show it."""
        return MASK if self.secret else self.after


@dataclass
class Plan:
    """All differences of one task; empty means that there is nothing to do.

    :param header: what the diff is about, e.g. ``Maintenance > General Settings > Date and Time Settings``.
    :param notes: facts to show in the diff beside the changes (e.g. pending changes of somebody else).
    """

    changes: list[Change] = field(default_factory=list)
    header: str = ""
    notes: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def wanted(self) -> dict[str, Any]:
        """Option name to wanted value, secrets in clear: for the write only."""
        return {change.name: change.after for change in self.changes}

    def diff(self) -> dict[str, str]:
        """The ``diff`` of an Ansible result: before and after as JSON, secrets masked."""
        before = {change.name: change.shown_before for change in self.changes}
        after = {change.name: change.shown_after for change in self.changes}
        return {
            "before_header": self.header,
            "after_header": self.header,
            "before": _pretty(before | self.notes),
            "after": _pretty(after | self.notes),
        }


def _pretty(values: Mapping[str, Any]) -> str:
    return json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def compare(
    present: Mapping[str, Any],
    wanted: Mapping[str, Any],
    *,
    secrets: Iterable[str] = (),
    equal: Mapping[str, Callable[[Any, Any], bool]] | None = None,
    header: str = "",
) -> Plan:
    """Compare only what is wanted (None means "not given").

    A secret whose present value is None counts as different: the caller leaves it out of ``wanted`` when its
    ``update_password`` option says so. Texts are compared with outer white space and line ends normalised.
    """
    hidden = set(secrets)
    judges = equal or {}
    plan = Plan(header=header)
    for name, value in wanted.items():
        if value is None:
            continue
        now = present.get(name)
        same = judges[name](now, value) if name in judges and now is not None else normalised(now) == normalised(value)
        if not same:
            plan.changes.append(Change(name, now, value, secret=name in hidden))
    return plan


def normalised(value: Any) -> Any:
    """The form in which two values are compared."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value
