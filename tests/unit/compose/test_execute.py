# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unreachable, failed or outcome unknown: what becomes of a lost connection, by when and to whom it was lost."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.execute import Surroundings, execute
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, Surface, UseriesError

OWN, OTHER = "https://10.0.0.5:443", "https://10.0.0.6:443"
OPTIONS = {
    "host": "10.0.0.5",
    "port": 443,
    "timeout": 30,
    "partner": {"host": "10.0.0.6", "port": 443, "timeout": 30},
}


class Losing(Capability):
    """Loses the connection, before or after a write."""

    kind: ClassVar[Kind] = "unreachable"
    surface: ClassVar[Surface] = "console"
    target: ClassVar[str] = OWN
    writes: ClassVar[bool] = False
    answered: ClassVar[bool] = False

    def run(self) -> dict[str, Any]:
        self.task.surfaces.answered = self.answered
        if self.writes:
            self.task.gate.open("none")
        raise UseriesError("no route", surface=self.surface, operation="save", target=self.target, kind=self.kind)


def lost(**about: Any) -> dict[str, Any]:
    """The result of a declaration that loses the connection."""
    return execute(type("Lost", (Losing,), about), OPTIONS, Surroundings(label="node-a"))


def test_first_contact_makes_a_host_unreachable() -> None:
    result = lost()
    assert (result.get("unreachable"), result.get("failed"), result["changed"]) == (True, None, False)


@pytest.mark.parametrize(
    "about",
    [{"target": OTHER}, {"surface": "windows"}, {"surface": "endpoint"}, {"kind": "silent"}, {"kind": "untrusted"}],
    ids=lambda about: "-".join(str(value) for value in about.values()),
)
def test_everything_else_before_a_write_is_a_failure_of_its_own_kind(about: dict[str, Any]) -> None:
    result = lost(**about)
    assert (result.get("unreachable"), result.get("failed"), result["changed"]) == (None, True, False)
    assert result["error"]["kind"] == about.get("kind", "unreachable")


def test_an_appliance_that_has_answered_before_is_no_unreachable_host() -> None:
    result = lost(answered=True)
    assert (result.get("unreachable"), result.get("failed"), result["changed"]) == (None, True, False)


@pytest.mark.parametrize("kind", ["unreachable", "silent"])
def test_a_connection_lost_after_a_write_is_outcome_unknown(kind: Kind) -> None:
    result = lost(kind=kind, writes=True)
    assert (result.get("unreachable"), result.get("failed"), result["changed"]) == (None, True, True)
    assert result["error"]["kind"] == "outcome_unknown"
    assert "no route" in result["msg"]
    assert "run the task again" in result["msg"]


def test_an_answer_after_a_write_stays_what_it_is() -> None:
    result = lost(kind="rejected", writes=True)
    assert (result["error"]["kind"], result["changed"]) == ("rejected", False)


@pytest.mark.parametrize("kind", ["not_seen", "timeout", "outcome_unknown"])
@pytest.mark.parametrize("writes", [True, False])
def test_what_was_written_and_is_not_settled_counts_as_changed(kind: Kind, writes: bool) -> None:
    result = lost(kind=kind, writes=writes)
    assert (result["error"]["kind"], result["failed"], result["changed"]) == (kind, True, writes)
