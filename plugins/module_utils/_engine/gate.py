# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one gate that every write passes: check mode stops here and nowhere else.

From ``impact: service`` up the gate takes the lease of the pair and refuses unless the pair is in a state that the step
expects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

Impact = Literal["none", "session", "service", "restart", "data"]
IMPACTS: tuple[Impact, ...] = ("none", "session", "service", "restart", "data")

#: States of a pair in which a change of service is expected unless the declaration says otherwise.
QUIET: tuple[str, ...] = ("unpaired", "off", "SYNCHRONIZED")

#: The state of a pair where no page that the collection knows shows it.
UNKNOWN = "unknown"

#: What an earlier run knows of a step of a workflow.
Earlier = Literal["done", "intended", "unknown"]


class Pair(Protocol):
    """What the gate must know of the pair; ``_compose`` provides it."""

    def state(self) -> str:
        """``unpaired``, ``off`` (paired, not mirroring), or the mirror state in the console's words."""

    def hold(self) -> None:
        """Take (or renew) the lease of the pair; raises ``busy`` when another run holds it."""

    def check_alive(self) -> None:
        """Raise when the ansible process that this worker belongs to is gone."""

    def permit(self) -> None:
        """Raise unless the gates of the workflow that the task is a step of were passed in this run."""

    def earlier(self) -> Earlier:
        """What an earlier run of the workflow knows of this step."""

    def intend(self) -> None:
        """Record that the step is about to be done."""

    def withdraw(self) -> None:
        """Record that it was not: the order was refused."""


def at_least(impact: Impact, floor: Impact) -> bool:
    """Whether ``impact`` is ``floor`` or worse."""
    return IMPACTS.index(impact) >= IMPACTS.index(floor)


class Gate:
    """Asked before each write; see the module's docstring.

    :param check_mode: nothing is written; :param accept: further pair states that the user accepts.
    """

    def __init__(self, *, check_mode: bool, pair: Pair | None, accept: Sequence[str] = ()) -> None:
        self.check_mode = check_mode
        self.wrote = False
        self._holds = False
        self._pair = pair
        self._accept = tuple(accept)

    def expect(self, impact: Impact, expected: Sequence[str], what: str) -> None:
        """Refuse when the pair is in none of the expected states. Reads only, so check mode refuses alike.

        Where any state will do the pair is not asked: the console that would tell may be dead, which can be why.
        """
        if self._pair is None or not at_least(impact, "service"):
            return
        allowed = (*expected, *self._accept)
        if "any" in allowed:
            return
        state = self._pair.state()
        if state in allowed:
            return
        look = "Find out why with the playbook diagnose_failover.yml"
        if state == UNKNOWN:
            look = "Look at the high availability page of both appliances"
        raise UseriesError(
            f"{what} is not done while the pair is {state}: it expects {' or '.join(expected)}.",
            surface="console",
            operation=what,
            kind="precondition",
            remedy=f"{look}. If you know that this state is right for what you are doing, repeat with "
            f"accept_pair_state: ['{state}'].",
        )

    def open(self, impact: Impact) -> bool:
        """True when the write may go ahead, False in check mode."""
        if self.check_mode:
            return False
        if self._pair is not None:
            self._pair.check_alive()
            self._pair.permit()
            if at_least(impact, "service"):
                self._pair.hold()
                self._holds = True
            self._pair.intend()
        self.wrote = True
        return True

    def earlier(self) -> Earlier:
        """What an earlier run of the workflow knows of this step; ``unknown`` outside of a workflow."""
        return "unknown" if self._pair is None else self._pair.earlier()

    def withdraw(self) -> None:
        """The order was refused, so that nothing was carried out: a later run may give it again."""
        if self._pair is not None:
            self._pair.withdraw()

    def beat(self) -> Callable[[], None]:
        """What a long wait calls again and again: renews the lease that was taken, takes none."""
        pair = self._pair
        return pair.hold if pair is not None and self._holds else lambda: None
