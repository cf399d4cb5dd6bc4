# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving, and reading again: what the families that write fields do with an answer that was lost."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.secrets import StoredSecrets
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

State = TypeVar("State")


class Saving(StoredSecrets):
    """Settings and items are safe to save twice, so after a lost answer the state alone decides."""

    def saved(
        self,
        write: Callable[[], None],
        read: Callable[[], State],
        plan: Plan,
        *,
        what_is_read: str,
    ) -> State:
        """Write, read again, and give what was read; the caller judges it unless the answer was lost.

        :param what_is_read: ``state`` or ``list``, for messages.
        :raises UseriesError: ``outcome_unknown`` when the answer was lost and reading cannot decide.
        """
        try:
            write()
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                raise
            self.warn(f'The answer to "{self.what()}" was lost ({error}); the {what_is_read} was read again to decide.')
            return self._decided(read, plan, error, what_is_read)
        return read()

    @abstractmethod
    def seen(self, plan: Plan, after: Any) -> list[str]:
        """Names of changes that are not there when read again."""

    def _decided(self, read: Callable[[], State], plan: Plan, lost: UseriesError, what_is_read: str) -> State:
        start = f"The connection was lost while {self.what()} was being saved"
        try:
            after = read()
        except UseriesError as error:
            raise self.refuse(
                f"{start}, and the {what_is_read} cannot be read: {error}",
                kind="outcome_unknown",
                remedy="Nobody can say now whether it was saved. When the appliance answers again, run the task again: "
                "it reads first.",
            ) from lost
        left = ", ".join(self.seen(plan, after))
        blind = any(change.secret for change in plan.changes)
        if left or blind:
            raise self.refuse(
                f"{start}; read again, "
                + (f"{left} is not as wanted." if left else "a password cannot be checked by reading."),
                kind="outcome_unknown",
                remedy=f"Run the task again: it reads the {what_is_read} first and repeats only what is missing.",
            ) from lost
        return after
