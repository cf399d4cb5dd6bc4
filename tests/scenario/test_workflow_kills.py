# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller dies in the middle of a workflow (design of the workflows, section 3).

With what it kept, the next run reaches the end as if nothing had been. Without, it reaches it as well, or stops, says
what cannot be known and leaves Auto Resync off. Never is an order given twice, a setting or data lost.
One point of each workflow is drawn in ``make test``; the campaign takes all of them. A new workflow: one more entry
in ``FLOWS``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.kills_cold_spare import COLD_SPARE
from tests.scenario.kills_upgrade import UPGRADE
from tests.support.draw import drawn
from tests.support.kills import HOWS, Flow, How, Point, at_most, keeps, killed, order, orders, task
from tests.support.playbook import Core, Ran
from tests.support.project import ROOT
from tests.support.site import A, B, Site, explained
from tests.support.workflow import evidence

pytestmark = pytest.mark.one_way

DATA = "before the drill"
SETTINGS, SWITCH, POWER = "settings.update_settings", "switch_roles", "ComputerSystem.Reset"


# -- the failover drill ------------------------------------------------------------------------------------------------
def healthy(pair: Site) -> tuple[str, ...]:
    """A pair in medium failover mode, so that there is a setting to lose."""
    pair.pair_by_hand()
    pair.control.do(A, "ha.update_settings", {"medium_failover_mode": True})
    pair.control.do(A, "ha.write_data", DATA)
    return ("-e", "confirm=UVM-1A+UVM-1B")


def as_it_was(pair: Site, ran: Ran) -> None:
    """Roles, mirror, settings and data of before, and a good report."""
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
    for host in (A, B):
        found = pair.state(host)
        assert found["ha"]["mirror_state"] == "SYNCHRONIZED"
        assert found["ha"]["settings"]["attempt_auto_resync"] is False
        assert found["ha"]["settings"]["medium_failover_mode"] is True
    keeps(pair, DATA)
    assert evidence(pair, ran)["outcome"] == "succeeded"


def drilled(pair: Site, ran: Ran) -> None:
    """The pair is as it was, after one power cut and one exchange of roles."""
    as_it_was(pair, ran)
    assert len(orders(pair, SWITCH)) == 1, orders(pair, SWITCH)
    assert len(orders(pair, POWER)) == 2, orders(pair, POWER)  # off and on


def not_drilled(pair: Site, ran: Ran) -> None:
    """Stopped with words; Auto Resync is off, or the node is named; nothing is ordered again, no data is lost."""
    said = explained(ran)
    assert "A failover drill was interrupted" in said, said
    assert "cannot be known" in said and "Medium Failover Mode" in said, said
    at_most(pair, {SWITCH: 1, POWER: 2})
    keeps(pair, DATA)
    for host in (A, B):
        off = pair.state(host)["ha"]["settings"]["attempt_auto_resync"] is False
        assert off or f"could not be turned off on {host}" in said, said
    assert evidence(pair, ran)["outcome"] == "failed"


DRILL = Flow(
    name="failover_drill",
    prepare=healthy,
    points=(
        task("Gates"),
        task("What has to be put back"),
        order(SETTINGS),
        task("Settings of the drill on both nodes"),
        task("SYNCHRONIZED immediately before"),
        order(POWER),
        task("Cut the power of the active node over its iDRAC"),
        task("Wait for the failover"),
        task("The passive node is the active one, its console says so as well"),
        task("What the appliance tells about it"),
        order(POWER, 2),
        task("Turn the old node on over its iDRAC"),
        task("Wait until both see each other again"),
        task("Wait until it is resynchronized"),
        order(SWITCH),
        task("Switch the roles back"),
        order(SETTINGS, 2, over=True),
        task("Attempt Auto Resync off and the other settings as they were, in every case", over=True),
        task("They were put back", over=True),
        task("Write the evidence", over=True),
    ),
    ended=drilled,
    stopped=not_drilled,
)


# -- restoring ---------------------------------------------------------------------------------------------------------
ZIP, SINCE, PRESS = "zip-Canary-7", "written since", "available_backups.backups.restore"


def backed_up(pair: Site) -> tuple[str, ...]:
    """A has a backup, and data that came since."""
    pair.control.do(A, "backups.create", "LocalBackups", ZIP, False)
    pair.control.advance(200)
    pair.control.do(A, "database.write", SINCE)
    (backup,) = pair.backups(A)
    name, loss = f"backup_restore_name={backup['name']}", "accept_data_loss=true"
    return ("-l", A, "-e", name, "-e", loss, "-e", "confirm=UVM-1A", *pair.slowly(20.0))


def restored(pair: Site, ran: Ran) -> None:
    """Restored, by one order."""
    pair.control.advance(3600)
    assert SINCE not in pair.state(A)["database"]["records"]
    assert len(orders(pair, PRESS)) == 1, orders(pair, PRESS)
    assert evidence(pair, ran)["outcome"] == "succeeded"


def not_restored(pair: Site, ran: Ran) -> None:
    """Without the files a second order can be refused while the first one is under way; that one is carried out."""
    assert evidence(pair, ran)["outcome"] == "failed"
    pair.control.advance(3600)
    assert SINCE not in pair.state(A)["database"]["records"]


RESTORE = Flow(
    name="restore",
    prepare=backed_up,
    points=(
        task("Gates"),
        task("List what was put into the locations"),
        order(PRESS),
        task("Restore", over=True),
        task("Write the evidence", over=True),
    ),
    ended=restored,
    stopped=not_restored,
    asks="nobody can say",
    answer=("-e", "person_done=restore"),
    surfaces=("console", "endpoint"),
)

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (DRILL, RESTORE, UPGRADE, COLD_SPARE)}


# -- killed ------------------------------------------------------------------------------------------------------------
def cases(files: bool) -> list[Any]:
    """Workflow, point and how it is killed, with readable ids."""
    return [
        pytest.param(flow, point, how, id=f"{flow.name}: {point.name}: {how}")
        for flow in FLOWS.values()
        for point in flow.points
        if files or not point.over  # a job that was over, and of which nothing is left, is begun anew by a new run
        for how in HOWS
    ]


def note(record_property: Callable[[str, object], None], flow: Flow, what: str) -> None:
    """For the table of the campaign."""
    record_property("workflow", flow.name)
    record_property("kind", what)


@pytest.mark.parametrize("name", FLOWS)
def test_its_points_are_tasks_of_the_roles(name: str) -> None:
    """Otherwise a point of the campaign would never be reached."""
    tasks = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "roles").glob("*/tasks/*.yml"))
    missing = [one.after for one in FLOWS[name].points if one.kind == "task" and f"{one.after}\n" not in tasks]
    assert missing == []


@pytest.mark.parametrize("name", FLOWS)
def test_killed_once(core: Core, tmp_path: Path, name: str) -> None:
    """One point that is drawn."""
    flow = FLOWS[name]
    points = {point.name: point for point in flow.points}
    killed(core, tmp_path, flow, points[drawn(f"{name} killed", points)[0]], "all", files=True)


@pytest.mark.campaign
@pytest.mark.parametrize(("flow", "point", "how"), cases(files=True))
def test_killed_at_every_point(
    core: Core, tmp_path: Path, flow: Flow, point: Point, how: How, record_property: Callable[[str, object], None]
) -> None:
    """What was kept is found: the end is reached."""
    note(record_property, flow, "killed")
    assert killed(core, tmp_path, flow, point, how, files=True) == "ended"


@pytest.mark.campaign
@pytest.mark.parametrize(("flow", "point", "how"), cases(files=False))
def test_killed_at_every_point_and_all_files_lost(
    core: Core, tmp_path: Path, flow: Flow, point: Point, how: How, record_property: Callable[[str, object], None]
) -> None:
    """Nothing is left of the first run: the end is reached, or the run stops and says why."""
    note(record_property, flow, "killed, files lost")
    killed(core, tmp_path, flow, point, how, files=False)
