# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Updates of one simulated appliance: what arrives, runs, fails, restarts, and lives through a snapshot."""

from __future__ import annotations

import pytest

from simulator.model.appliance import Appliance
from simulator.model.errors import Refused
from simulator.model.updates import Updates
from simulator.model.world import World

HOUR = 3600.0


@pytest.fixture
def node(world: World) -> Appliance:
    return world.appliance("UVM-1A")


def states(updates: Updates) -> dict[str, str]:
    """Name to status of what is listed."""
    return {one.name.split()[0]: one.status for one in updates.listed()}


def names(updates: Updates) -> list[str]:
    return [one.name.split()[0] for one in updates.ready()]


def test_the_list_shows_what_is_ready_and_what_was_applied_in_the_last_24_hours(world: World, node: Appliance) -> None:
    fresh = {"SUPI-2021-03": "Available", "SQL-2021-03": "Available", "SW-2021-03": "Available"}
    assert states(node.updates) == fresh
    node.updates.run_now()
    world.advance(HOUR)
    assert set(states(node.updates).values()) == {"Applied"} and len(states(node.updates)) == 3
    world.advance(24 * HOUR)
    assert states(node.updates) == {}
    history = node.updates.history()
    assert len(history) == 5 and [one.type for one in history] == sorted(
        (one.type for one in history),
        key=lambda kind: ("Windows" not in kind, "SQL" not in kind, "Environment" not in kind),
    )


def test_a_run_restarts_the_appliance_as_often_as_needed_and_resumes(world: World, node: Appliance) -> None:
    node.updates.run_now()
    booted, restarts, away = node.boot_time, 0, 0
    for _step in range(200):
        world.advance(10)
        restarts, booted = restarts + (node.boot_time != booted), node.boot_time
        away += not node.reachable
    assert (restarts, node.updates.running) == (2, False)
    assert away > 20
    assert names(node.updates) == []


def test_a_package_that_arrives_during_a_run_is_not_included(world: World, node: Appliance) -> None:
    node.updates.run_now()
    node.updates.receive("LATE-1 Package")
    world.advance(HOUR)
    assert names(node.updates) == ["LATE-1"]
    assert states(node.updates)["LATE-1"] == "Available"


def test_a_package_that_fails_stays_and_is_in_the_next_run(world: World, node: Appliance) -> None:
    node.fail_next("install_update", "0x80070643")
    node.updates.run_now()
    world.advance(HOUR)
    assert states(node.updates)["SUPI-2021-03"] == "Failed" and not node.updates.running
    node.updates.run_now()
    world.advance(HOUR)
    assert names(node.updates) == []


def test_a_schedule_takes_the_packages_of_its_moment(world: World, node: Appliance) -> None:
    local = node.local_time(node.wall_clock())
    for bad in (("2001-01-01", "02:00"), ("soon", "02:00")):
        with pytest.raises(Refused):
            node.updates.schedule(*bad)
    node.updates.schedule(f"{local.year + 1}-01-01", "02:00")
    node.updates.receive("LATE-1 Package")
    assert states(node.updates)["LATE-1"] == "Available"
    world.advance(367 * 24 * HOUR)
    assert names(node.updates) == ["LATE-1"]
    assert node.updates.start == ""


def test_a_new_schedule_includes_what_came_since(node: Appliance) -> None:
    node.updates.schedule("2098-01-01", "02:00")
    node.updates.receive("LATE-1 Package")
    node.updates.schedule("2099-01-01", "03:00")
    assert set(states(node.updates).values()) == {"Scheduled"}
    assert node.updates.start == "2099-01-01 03:00"


def test_a_power_cut_interrupts_and_the_run_goes_on(world: World, node: Appliance) -> None:
    node.updates.run_now()
    world.advance(10)
    node.power_off()
    assert "Installing" not in states(node.updates).values()
    world.advance(HOUR)
    assert len(names(node.updates)) == 3
    node.power_on()
    world.advance(HOUR)
    assert names(node.updates) == []


def test_request_update_raises_versions_and_then_has_nothing_new(world: World, node: Appliance) -> None:
    assert node.updates.request() == "The update was started."
    world.advance(61)
    assert dict(node.versions)["BeyondTrust Security Management Appliance"] == "3.3.1.20"
    assert node.updates.requesting
    world.advance(61)
    assert dict(node.versions)["Password Safe"] == "21.2.1.77"
    assert node.updates.request() == "All products are up to date."


def test_disabled_updates_and_a_passive_node_refuse(mirrored: World) -> None:
    passive, active = mirrored.appliance("UVM-1B"), mirrored.appliance("UVM-1A")
    with pytest.raises(Refused, match="not accessible"):
        passive.updates.request()
    passive.updates.run_now()  # the guide applies packages there, too
    active.updates.disable(True, True)
    with pytest.raises(Refused, match="disabled"):
        active.updates.request()
    with pytest.raises(Refused, match="disabled"):
        active.updates.run_now()
    active.updates.disable(False, False)
    active.roles.change("auto_update", {"enabled": False})
    active.roles.apply()
    mirrored.advance(60)
    assert active.updates.disabled(packages=True) and active.updates.disabled(packages=False)


def test_a_run_lives_through_a_snapshot(world: World, node: Appliance) -> None:
    node.updates.run_now()
    world.advance(10)
    kept = world.snapshot()
    world.advance(HOUR)
    assert names(node.updates) == []
    world.restore(kept)
    assert len(names(node.updates)) == 3 and node.updates.running
    world.advance(HOUR)
    assert names(node.updates) == []
