# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failover timers, medium mode, blackout, suspend and resume, switching roles, and nodes that come back."""

from __future__ import annotations

import pytest

from simulator.model.appliance import Appliance
from simulator.model.errors import Refused
from simulator.model.world import World


@pytest.fixture
def pair(mirrored: World) -> tuple[World, Appliance, Appliance]:
    return mirrored, mirrored.appliance("UVM-1A"), mirrored.appliance("UVM-1B")


Pair = tuple[World, Appliance, Appliance]


def test_automatic_failover_after_the_timeout(pair: Pair) -> None:
    world, first, second = pair
    first.power_off()
    world.advance(359)
    assert second.role_endpoint() == "Passive"
    assert second.ha.mirror_state == "DISCONNECTED"
    world.advance(1 + 41)
    assert second.role_endpoint() == "Active"
    assert second.services.states["Password Safe Web Portal"] == "Running"
    assert any("failover has occurred" in entry["text"] for entry in second.alerts_sent)


def test_a_graceful_shutdown_waits_for_the_blackout_window(pair: Pair) -> None:
    world, first, second = pair
    first.ha.update_settings({"reboot_blackout_window": 60})
    first.schedule_shutdown(restart=False)
    world.advance(20 + 59 * 60)
    assert not first.powered and second.role_endpoint() == "Passive"
    world.advance(2 * 60)
    assert second.role_endpoint() == "Active"


def test_a_restart_within_the_window_is_no_failover(pair: Pair) -> None:
    world, first, second = pair
    before = first.boot_time
    first.schedule_shutdown(restart=True)
    world.advance(60)
    assert not first.reachable
    world.advance(600)
    assert first.boot_time > before
    assert (first.role_endpoint(), second.role_endpoint()) == ("Active", "Passive")
    assert first.ha.mirror_state == second.ha.mirror_state == "SYNCHRONIZED"
    world.advance(3600)
    assert second.role_endpoint() == "Passive"


def test_medium_mode_waits_for_a_person(pair: Pair) -> None:
    world, first, second = pair
    first.ha.update_settings({"medium_failover_mode": True})
    with pytest.raises(Refused, match="while the primary is down"):
        second.ha.fail_over()
    first.power_off()
    world.advance(3 * 3600)
    assert second.role_endpoint() == "Passive" and second.ha.failover_pending
    assert second.ha.may_fail_over()
    second.ha.fail_over()
    world.advance(45)
    assert second.role_endpoint() == "Active" and not second.ha.failover_pending


def test_no_failover_while_suspended(pair: Pair) -> None:
    world, first, second = pair
    first.ha.suspend()
    assert first.ha.mirror_state == second.ha.mirror_state == "SUSPENDED"
    first.power_off()
    world.advance(24 * 3600)
    assert second.role_endpoint() == "Passive" and not second.ha.may_fail_over()
    first.power_on()
    world.advance(200)
    assert first.ha.mirror_state == "SUSPENDED"
    first.ha.resume()
    world.advance(7200)
    assert second.ha.mirror_state == "SYNCHRONIZED"


def test_the_log_grows_while_suspended(pair: Pair) -> None:
    world, first, _second = pair
    before = first.database.log_used_mb(world.clock.now())
    first.ha.suspend()
    world.advance(3600)
    assert first.database.log_used_mb(world.clock.now()) == pytest.approx(before + 150)
    first.ha.write_data("while suspended")
    assert "while suspended" not in world.appliance("UVM-1B").database.records
    first.ha.resume()
    world.advance(600)
    assert "while suspended" in world.appliance("UVM-1B").database.records
    assert first.database.log_used_mb(world.clock.now()) == before


@pytest.mark.parametrize(("hours", "state"), [(0.5, "SUSPENDED"), (3, "EXPOSED")])
def test_an_old_primary_comes_back_as_passive(pair: Pair, hours: float, state: str) -> None:
    world, first, second = pair
    first.power_off()
    world.advance(500)
    second.ha.write_data("after the failover")
    world.advance(hours * 3600)
    first.power_on()
    world.advance(181)
    assert (first.role_endpoint(), second.role_endpoint()) == ("Passive", "Active")
    assert first.ha.mirror_state == second.ha.mirror_state == state
    world.advance(24 * 3600)
    assert second.ha.mirror_state == state
    if state == "SUSPENDED":
        second.ha.resume()
    else:
        second.ha.set_state(True, 5022)
    world.advance(3 * 3600)
    assert second.ha.mirror_state == "SYNCHRONIZED"
    assert "after the failover" in first.database.records


def test_auto_resync_and_switch_back(pair: Pair) -> None:
    world, first, second = pair
    first.ha.update_settings({"attempt_auto_resync": True})
    first.power_off()
    world.advance(500)
    first.power_on()
    world.advance(1500)
    assert second.ha.mirror_state == "SYNCHRONIZED" and second.role_endpoint() == "Active"
    second.ha.switch_roles()
    assert "Switching Roles" in first.ha.state_text()
    world.advance(46)
    assert (first.role_endpoint(), second.role_endpoint()) == ("Active", "Passive")
    assert first.ha.mirror_state == "SYNCHRONIZED"


def test_two_actives_when_only_the_link_is_cut(pair: Pair) -> None:
    world, first, second = pair
    first.set_link(False, partner_only=True)
    world.advance(500)
    assert first.role_endpoint() == second.role_endpoint() == "Active"
    first.ha.write_data("lost later")
    first.set_link(True, partner_only=True)
    world.advance(10)
    assert (first.role_endpoint(), second.role_endpoint()) == ("Passive", "Active")
    second.ha.resume()
    world.advance(1200)
    assert "lost later" not in first.database.records


def test_a_passive_that_starts_alone_becomes_active(pair: Pair) -> None:
    world, first, second = pair
    second.power_off()
    world.advance(60)
    first.power_off()
    second.power_on()
    world.advance(180 + 179)
    assert second.role_endpoint() == "Passive"
    world.advance(60)
    assert second.role_endpoint() == "Active"


def test_an_active_that_starts_alone_goes_on_after_the_contact_timeout(pair: Pair) -> None:
    world, first, second = pair
    second.power_off()
    first.restart()
    world.advance(181)
    assert first.starting and first.services.states["Password Safe Web Portal"] == "Stopped"
    world.advance(180)
    assert first.role_endpoint() == "Active" and first.services.states["Password Safe Web Portal"] == "Running"


def test_the_heartbeat_stops_with_the_partner(pair: Pair) -> None:
    world, first, second = pair
    world.advance(600)
    shown = first.ha.last_heartbeat()
    assert shown is not None and world.clock.now() - shown < 60
    second.power_off()
    world.advance(3600)
    last = first.ha.last_heartbeat()
    assert last is not None and world.clock.now() - last >= 3600
    second.power_on()
    world.advance(300)
    again = first.ha.last_heartbeat()
    assert again is not None and world.clock.now() - again < 60


def test_roles_cannot_be_switched_unless_synchronized(pair: Pair) -> None:
    _world, first, _second = pair
    first.ha.suspend()
    with pytest.raises(Refused, match="SUSPENDED"):
        first.ha.switch_roles()


def test_a_loss_during_the_initial_synchronization_leaves_it_exposed(configured: World) -> None:
    first, second = configured.appliance("UVM-1A"), configured.appliance("UVM-1B")
    first.ha.set_state(True, 5022)
    configured.advance(60)
    second.power_off()
    configured.advance(60)
    assert first.ha.mirror_state == "DISCONNECTED"
    second.power_on()
    configured.advance(3600)
    assert first.ha.mirror_state == second.ha.mirror_state == "EXPOSED"
