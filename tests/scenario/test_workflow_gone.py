# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A node that is lost from some step of a workflow on: the run ends by itself, the evidence is written all the same,
Auto Resync is off where it can be turned off and named where it cannot, no data is lost; when the node is back, a
second run ends or says why not.

One loss of all is drawn in ``make test``, and one death of the active node in an upgrade; the campaign takes all of
them. A new workflow: one more entry in ``LOSSES``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenario.gone_drill import DRILLING
from tests.scenario.gone_pair import RESTORING, SMALL
from tests.scenario.gone_upgrade import CUT_OFF, DEATH
from tests.support.draw import drawn
from tests.support.gone import Loss, gone
from tests.support.playbook import Core
from tests.support.project import ROOT

pytestmark = pytest.mark.one_way

LOSSES: dict[str, Loss] = {loss.flow.name: loss for loss in (DRILLING, CUT_OFF, RESTORING, *SMALL)}


def cases() -> list[Any]:
    """Workflow, step and node, with readable ids."""
    return [
        pytest.param(loss, step, node, id=f"{name}: {step}: {node}")
        for name, loss in LOSSES.items()
        for step in loss.steps
        for node in loss.nodes
    ]


@pytest.mark.parametrize("name", LOSSES)
def test_its_steps_are_tasks_of_the_roles(name: str) -> None:
    """Otherwise a case of the campaign would wait in vain."""
    tasks = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "roles").glob("*/tasks/*.yml"))
    points = LOSSES[name].flow.points
    assert [one.after for one in points if one.kind == "task" and f"{one.after}\n" not in tasks] == []


def test_one_node_gone(core: Core, tmp_path: Path) -> None:
    """One workflow, step and node, drawn."""
    loss = LOSSES[drawn("gone in", LOSSES)[0]]
    (step,), (node,) = drawn("gone after", loss.steps), drawn("gone", loss.nodes)
    gone(core, tmp_path, loss, step, node)


@pytest.mark.campaign
@pytest.mark.parametrize(("loss", "step", "node"), cases())
def test_either_node_gone_at_every_step(core: Core, tmp_path: Path, loss: Loss, step: str, node: str) -> None:
    """All of them."""
    gone(core, tmp_path, loss, step, node)


def test_the_active_node_dies_in_an_upgrade(core: Core, tmp_path: Path) -> None:
    """Its power is lost within one step, drawn."""
    gone(core, tmp_path, DEATH, drawn("dies after", DEATH.steps)[0], "A")


@pytest.mark.campaign
@pytest.mark.parametrize("step", DEATH.steps)
def test_the_active_node_dies_within_every_step_of_an_upgrade(core: Core, tmp_path: Path, step: str) -> None:
    """All of them."""
    gone(core, tmp_path, DEATH, step, "A")
