# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in trouble: the controller dies, the appliance misbehaves, a node is down.

Whatever happened, the next run reaches the same end with no second exchange, no second order to mirror and no second
backup, and a run that fails says what to do. One case of each kind is drawn in ``make test``; the campaign takes all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.draw import drawn
from tests.support.kills import How, kill
from tests.support.playbook import Core, Ran
from tests.support.site import SITE, A, B, Site, explained, failures, site

#: Orders after which the controller is killed.
KILLS = (
    "pre_login_banner.update_banner",
    "api_key.update_maximum_age",
    "high_availability.role.apply_changes",
    "main.roles.apply_pending_changes",
    "api_keys.register_api_key",
    "initial_setup.partner.apply",
    "set_state.set_high_availability",
    "settings.update_settings",
    "backup_location_form.create_backup_location",
    "schedule.schedule_backup",
    "backup_now.create_backup",
)
#: What must not be ordered twice, whatever happened.
ONCE = ("initial_setup.partner.apply", "set_state.set_high_availability", "backup_now.create_backup")

#: Tasks; the trouble begins when the one before them has ended on a host.
TASKS = {
    "Time zone": "Does the appliance answer?",
    "Pre-login banner": "Time zone",
    "Roles": "Maximum age of messages between appliances",
    "Make the nodes partners": "Validating arguments against arg spec 'main' - Pair two U-Series appliances",
    "Turn high availability on and wait for SYNCHRONIZED": "Make the nodes partners",
    "High availability settings": "Turn high availability on and wait for SYNCHRONIZED",
    "Backup location": "Read the role of the node",
    "A verified backup": "Backup schedule",
}
FAULTS: dict[str, dict[str, Any]] = {
    "refused": {"kind": "refuse", "seconds": 4.0},
    "reset": {"kind": "reset", "count": 2, "when": "before"},
    "reset after": {"kind": "reset", "method": "POST", "when": "after"},
    "slow": {"kind": "delay", "seconds": 2.0, "count": 3},
    "500": {"kind": "status", "code": 500},
    "503": {"kind": "status", "code": 503},
    "500 after": {"kind": "status", "code": 500, "method": "POST", "when": "after"},
    "truncated": {"kind": "truncate"},
    "truncated after": {"kind": "truncate", "method": "POST", "when": "after"},
    "expired": {"kind": "expire_session"},
    "expired at an order": {"kind": "expire_session", "method": "POST"},
}


def ended_well(pair: Site) -> None:
    """The end that the job promises, reached without repeating a one-shot order; nothing is left to do."""
    pair.finished()
    for what in ONCE:
        assert len(pair.orders(what)) == 1, f"{what}: {pair.orders(what)}"
    pair.unchanged()


def advised(ran: Ran) -> None:
    """Every failure says what to do next, in a sentence of its own."""
    assert failures(ran), ran.output
    for event in failures(ran):
        parts = [part for part in (event["result"], *event["result"].get("results", [])) if part.get("error")]
        for part in parts:
            assert part["error"].get("remedy"), part
            assert part["msg"], part
        assert parts or "diagnose_failover.yml" in explained(ran) or "does not answer" in explained(ran), event


def kill_and_rerun(core: Core, folder: Path, order: str, how: How) -> None:
    """The controller is killed after an order, and the next run begins at once."""
    with site(core, folder) as pair:
        running = pair.start()
        pair.until(lambda: bool(pair.orders(order)), running)
        kill(running, how)
        pair.run().good()
        ended_well(pair)


def trouble(core: Core, folder: Path, fault: str, task: str) -> None:
    """A fault of one node begins before a task: the run fails with advice if at all, the next reaches the end."""
    with site(core, folder) as pair:
        running = pair.start()
        pair.after(TASKS[task], running)
        pair.control.fault(node=A, surface="console", **FAULTS[fault])
        ran = running.ended(240)
        left = pair.control.call("GET", "/faults")
        assert [one for one in left if one["kind"] != "refuse"] == [], "the fault was not met"
        assert ran.code != 0 or not left, "refused connections were not met"  # a run that gives up can end before they
        pair.control.clear_faults()
        if ran.code:
            print(explained(ran))
            advised(ran)
        pair.run().good()
        ended_well(pair)


def test_killed_once(core: Core, tmp_path: Path) -> None:
    """One kill that is drawn."""
    kill_and_rerun(core, tmp_path, *drawn("kill", KILLS), "parent")


def test_one_trouble(core: Core, tmp_path: Path) -> None:
    """One fault at one task, both drawn."""
    trouble(core, tmp_path, *drawn("fault", FAULTS), *drawn("task", TASKS))


@pytest.mark.campaign
@pytest.mark.parametrize("how", ["parent", "all"])
@pytest.mark.parametrize("order", KILLS)
def test_killed_after_every_order(core: Core, tmp_path: Path, order: str, how: How) -> None:
    """Every order, the parent alone and with its workers."""
    kill_and_rerun(core, tmp_path, order, how)


@pytest.mark.campaign
@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_trouble(core: Core, tmp_path: Path, fault: str, task: str) -> None:
    """Every fault at every task."""
    trouble(core, tmp_path, fault, task)


WORKFLOWS: dict[str, dict[str, Any]] = {
    "provision": {"serial": 1, "max_fail_percentage": 0},
    "high_availability": {"max_fail_percentage": 0},
    "backup": {"max_fail_percentage": 0},
}


def watched(role: str) -> list[dict[str, Any]]:
    """The workflow's play with its role inside a block with an ``always``."""
    return [
        {
            "name": f"Run {role}",
            "hosts": "useries",
            "gather_facts": False,
            "ignore_unreachable": True,
            **WORKFLOWS[role],
            "tasks": [
                {
                    "name": "Workflow",
                    "block": [{"name": "Role", "ansible.builtin.import_role": {"name": f"useries.appliance.{role}"}}],
                    "always": [{"name": "The always part", "ansible.builtin.debug": {"msg": "always"}}],
                }
            ],
        }
    ]


@pytest.mark.parametrize("workflow", WORKFLOWS)
@pytest.mark.long
def test_always_runs_with_either_node_down(core: Core, tmp_path: Path, workflow: str) -> None:
    """A node that is down fails inside the block; nothing is written to it, and ``always`` runs on it."""
    with site(core, tmp_path) as pair:
        if workflow != "provision":  # which comes before the pairing
            pair.pair_by_hand()
        pair.control.snapshot("ready")
        for down in (A, B):
            pair.control.restore("ready")
            pair.control.power(down, "off")
            ran = pair.run(playbook=watched(workflow))
            assert ran.code != 0
            names = [event["task"] for event in failures(ran) if event["host"] == down]
            assert len(names) == 1, ran.output
            assert names[0].endswith(("Stop here when it does not", "Stop when it does not answer"))
            assert "cannot be reached" in explained(ran) or "does not answer" in explained(ran)
            ran.of("The always part", down)
            if workflow == "high_availability":
                ran.of("The always part", B if down == A else A)
                assert pair.writes() == 0


def test_the_job_with_either_node_down(core: Core, tmp_path: Path) -> None:
    """site.yml itself writes nothing to the node that lives, and names the one that is down."""
    with site(core, tmp_path) as pair:
        for down in (A, B):
            pair.control.reset()
            pair.control.power(down, "off")
            ran = pair.run(playbook=SITE)
            assert ran.code != 0
            assert pair.writes() == 0
            assert f"{down} " in explained(ran)
            assert "unreachable=1" not in ran.stdout or "failed=1" in ran.stdout
