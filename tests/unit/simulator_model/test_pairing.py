# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairing: keys, exchange and every way it fails; turning on up to SYNCHRONIZED; abandon."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.model.errors import Refused
from simulator.model.role_data import MIRROR_SERVICES
from simulator.model.world import World


def exchange(world: World) -> str:
    """Register both keys, apply, and wait; returns the details of the failure, "" when there is none."""
    first, second = world.appliance("UVM-1A"), world.appliance("UVM-1B")
    first.ha.register_key(second.api_key)
    if not second.ha.partner_key:
        second.ha.register_key(first.api_key)
    first.ha.start_exchange("uvm-1b.example.com")
    assert first.ha.exchange == "in progress"
    world.advance(301)
    return str(first.ha.exchange_details)


def test_the_exchange_shows_the_configuration_on_both_nodes(roles_on: World) -> None:
    assert exchange(roles_on) == ""
    first, second = roles_on.appliance("UVM-1A"), roles_on.appliance("UVM-1B")
    assert (first.ha.phase, first.ha.partner) == ("configured", "UVM-1B")
    assert (second.ha.phase, second.ha.partner) == ("configured", "UVM-1A")
    assert first.role_endpoint() == second.role_endpoint() == "Off"


def role_off(world: World) -> None:
    world.appliance("UVM-1B").roles.applied["high_availability"]["enabled"] = False


def other_option(world: World) -> None:
    world.appliance("UVM-1B").roles.applied["high_availability"]["mirroring"] = MIRROR_SERVICES


def other_version(world: World) -> None:
    world.appliance("UVM-1B").versions[0][1] = "3.2.0.1"


def down(world: World) -> None:
    world.appliance("UVM-1B").power_off()


def cut(world: World) -> None:
    world.appliance("UVM-1B").set_link(False, partner_only=True)


def wrong_key(world: World) -> None:
    world.appliance("UVM-1B").ha.register_key("0" * 64)


def skewed(world: World) -> None:
    world.appliance("UVM-1B").clock_offset = 601 * 60


def fault(world: World) -> None:
    world.appliance("UVM-1A").fail_next("exchange", "certificate store locked")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (role_off, "role is not turned on for UVM-1B"),
        (other_option, "mirroring options"),
        (other_version, "versions differ: 3.3 here, 3.2 on UVM-1B"),
        (down, "No connection"),
        (cut, "No connection"),
        (wrong_key, "has not registered the API key of UVM-1A"),
        (skewed, "older than the maximum age"),
        (fault, "certificate store locked"),
    ],
)
def test_the_exchange_fails_with_results(roles_on: World, spoil: Callable[[World], None], says: str) -> None:
    spoil(roles_on)
    assert says in exchange(roles_on)
    first = roles_on.appliance("UVM-1A")
    assert first.ha.exchange == "failed"
    assert first.ha.phase == "initial_setup"


def test_a_key_changed_since_is_refused(roles_on: World) -> None:
    first, second = roles_on.appliance("UVM-1A"), roles_on.appliance("UVM-1B")
    first.ha.register_key(second.api_key)
    second.ha.register_key(first.api_key)
    second.generate_api_key()
    first.ha.start_exchange("UVM-1B")
    roles_on.advance(301)
    assert "the API key registered here is not its key" in first.ha.exchange_details


def test_self_and_missing_key_are_refused_at_once(roles_on: World) -> None:
    first = roles_on.appliance("UVM-1A")
    with pytest.raises(Refused, match="Register the API key"):
        first.ha.start_exchange("UVM-1B")
    with pytest.raises(Refused, match="this U-Series Appliance"):
        first.ha.register_key(first.api_key)
    first.ha.register_key(roles_on.appliance("UVM-1B").api_key)
    with pytest.raises(Refused, match="another U-Series"):
        first.ha.start_exchange("uvm-1a")


def test_an_unknown_host_fails(roles_on: World) -> None:
    first = roles_on.appliance("UVM-1A")
    first.ha.register_key(roles_on.appliance("UVM-1B").api_key)
    first.ha.start_exchange("UVM-9Z")
    roles_on.advance(30)
    assert "could not be resolved" in first.ha.exchange_details


def test_turning_on_goes_through_the_stages_and_overwrites_the_partner(configured: World) -> None:
    first, second = configured.appliance("UVM-1A"), configured.appliance("UVM-1B")
    second.database.write("own data of the second")
    first.ha.set_state(True, 5022)
    assert (first.role_endpoint(), second.role_endpoint()) == ("Active", "Passive")
    stages = []
    for _turn in range(120):
        if first.ha.mirror_state not in stages:
            stages.append(first.ha.mirror_state)
        assert second.ha.mirror_state == first.ha.mirror_state
        configured.advance(10)
    assert stages == [
        "SYNC PENDING: INITIAL DB SYNC STARTED",
        "SYNC PENDING: SET MIRROR CALLED",
        "SYNCHRONIZING",
        "SYNCHRONIZED",
    ]
    assert second.database.records == ["data of UVM-1A"]
    assert first.database_accessible() and not second.database_accessible()
    assert second.services.states["Password Safe Web Portal"] == "Stopped"


def test_the_transfer_takes_size_over_rate(configured: World) -> None:
    first = configured.appliance("UVM-1A")
    first.database.size_gb, first.database.sync_rate = 2.0, 204.8
    first.ha.set_state(True, 5022)
    configured.advance(599)
    assert first.ha.mirror_state == "SYNC PENDING: INITIAL DB SYNC STARTED"
    configured.advance(2)
    assert first.ha.mirror_state == "SYNC PENDING: SET MIRROR CALLED"


def test_a_port_in_use_is_refused(configured: World) -> None:
    with pytest.raises(Refused, match="Port 1433 is in use"):
        configured.appliance("UVM-1A").ha.set_state(True, 1433)
    assert configured.appliance("UVM-1A").role_endpoint() == "Off"


def test_a_blocked_port_ends_after_five_attempts(configured: World) -> None:
    first, second = configured.appliance("UVM-1A"), configured.appliance("UVM-1B")
    second.mirror_port_blocked = True
    first.ha.set_state(True, 5022)
    configured.advance(4 * 3600)
    assert first.ha.mirror_state == second.ha.mirror_state == "EXPOSED: MAX SYNC ATTEMPTS REACHED"
    assert first.ha.attempts == 5
    second.mirror_port_blocked = False
    first.ha.set_state(True, 5022)
    configured.advance(1200)
    assert first.ha.mirror_state == "SYNCHRONIZED"


def test_a_transfer_beyond_the_timeout_fails(configured: World) -> None:
    first = configured.appliance("UVM-1A")
    first.database.size_gb = 50
    first.ha.set_state(True, 5022)
    configured.advance(24 * 60 * 5 + 10)
    assert first.ha.mirror_state == "EXPOSED: MAX SYNC ATTEMPTS REACHED"


def test_services_only_mirrors_nothing(roles_on: World) -> None:
    for appliance in roles_on.appliances.values():
        appliance.roles.applied["high_availability"]["mirroring"] = MIRROR_SERVICES
    assert exchange(roles_on) == ""
    first, second = roles_on.appliance("UVM-1A"), roles_on.appliance("UVM-1B")
    first.ha.set_state(True, 5022)
    roles_on.advance(3600)
    assert first.role_endpoint() == second.role_endpoint() == "Active"
    assert first.ha.mirror_state == "EXPOSED" and second.database.records == []


def test_turning_off_frees_both(mirrored: World) -> None:
    first, second = mirrored.appliance("UVM-1A"), mirrored.appliance("UVM-1B")
    first.ha.set_state(False, 5022)
    assert first.role_endpoint() == second.role_endpoint() == "Off"
    assert first.ha.mirror_state == "EXPOSED" and first.ha.phase == "configured"
    assert second.database_accessible()


@pytest.mark.parametrize("both", [True, False])
def test_abandon(mirrored: World, both: bool) -> None:
    mirrored.abandon_takes_both = both
    first, second = mirrored.appliance("UVM-1A"), mirrored.appliance("UVM-1B")
    first.ha.abandon()
    mirrored.advance(7200)
    assert first.ha.phase == "initial_setup" and first.ha.partner_key == ""
    assert second.ha.phase == ("initial_setup" if both else "configured")
    assert first.role_endpoint() == second.role_endpoint() == "Off"
    if not both:
        second.ha.abandon()
        assert second.ha.phase == "initial_setup"


def test_settings_follow_the_partner_by_switch(mirrored: World) -> None:
    first, second = mirrored.appliance("UVM-1A"), mirrored.appliance("UVM-1B")
    first.ha.update_settings({"partner_failover_timeout": 9})
    assert second.ha.settings["partner_failover_timeout"] == 9
    mirrored.settings_follow = False
    first.ha.update_settings({"partner_failover_timeout": 4})
    assert second.ha.settings["partner_failover_timeout"] == 9
