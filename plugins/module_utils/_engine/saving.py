# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving, and reading again: what the families that write fields do with an answer that was lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.secrets import StoredSecrets
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

State = TypeVar("State")


class Saving(StoredSecrets):
    """Settings and items are safe to save twice, so after a lost answer the state alone decides."""

    def saved(
        self,
        write: Callable[[], None],
        read: Callable[[], State],
        missing: Callable[[State], Sequence[str]],
        *,
        blind: bool,
        what_is_read: str,
    ) -> State:
        """Write, read again, and give what was read; the caller judges it unless the answer was lost.

        :param missing: names of what is not there when read again; :param blind: a secret was written, which cannot be
            checked by reading; :param what_is_read: ``state`` or ``list``, for messages.
        :raises UseriesError: ``outcome_unknown`` when the answer was lost and reading cannot decide.
        """
        try:
            write()
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                raise
            self.warn(f'The answer to "{self.what()}" was lost ({error}); the {what_is_read} was read again to decide.')
            return self._decided(read, missing, error, blind=blind, what_is_read=what_is_read)
        return read()

    def _decided(
        self,
        read: Callable[[], State],
        missing: Callable[[State], Sequence[str]],
        lost: UseriesError,
        *,
        blind: bool,
        what_is_read: str,
    ) -> State:
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
        left = ", ".join(missing(after))
        if left or blind:
            raise self.refuse(
                f"{start}; read again, "
                + (f"{left} is not as wanted." if left else "a password cannot be checked by reading."),
                kind="outcome_unknown",
                remedy=f"Run the task again: it reads the {what_is_read} first and repeats only what is missing.",
            ) from lost
        return after
