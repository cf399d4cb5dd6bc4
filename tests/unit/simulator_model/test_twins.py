# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated world of a snapshot: each pair, spare and single appliance is as its original was."""

from __future__ import annotations

from typing import Any

from simulator.model.world import World
from simulator.twins import Twin

BOTH = {"high_availability": True}


def made(*twins: Twin) -> World:
    world = World(speed=0, seed=3, twins=twins)
    for number, appliance in enumerate(world.appliances.values(), 1):
        appliance.address = f"127.0.0.{number + 1}"
        appliance.idrac_network.place(appliance.address)
    world.ready()
    return world


def pair(first: dict[str, Any], second: dict[str, Any], **both: Any) -> tuple[Twin, Twin]:
    shared = {"pair": "pair_1", "roles": BOTH, "mirroring": "server_and_database", **both}
    return (
        Twin("a", "UVM-A", "UVM-A", partner="b", **{**shared, **first}),
        Twin("b", "UVM-B", "UVM-B", partner="a", **{**shared, **second}),
    )


def roles(world: World) -> list[str]:
    return [world.appliance(name).role_endpoint() for name in ("UVM-A", "UVM-B")]


def mirror(world: World) -> list[str]:
    return [world.appliance(name).ha.mirror_state for name in ("UVM-A", "UVM-B")]


def test_the_first_node_is_active() -> None:
    world = made(*pair({"role": "Active"}, {"role": "Passive"}))
    assert roles(world) == ["Active", "Passive"]
    assert mirror(world) == ["SYNCHRONIZED", "SYNCHRONIZED"]


def test_the_second_node_is_active() -> None:
    world = made(*pair({"role": "Passive"}, {"role": "Active"}))
    assert roles(world) == ["Passive", "Active"]
    assert mirror(world) == ["SYNCHRONIZED", "SYNCHRONIZED"]


def test_a_pair_that_mirrors_services_only_has_two_active_nodes() -> None:
    world = made(*pair({"role": "Active"}, {"role": "Active"}, mirroring="services_only"))
    assert roles(world) == ["Active", "Active"]
    assert [world.appliance(name).ha.partner for name in ("UVM-A", "UVM-B")] == ["UVM-B", "UVM-A"]


def test_a_pair_that_is_off_keeps_its_settings() -> None:
    settings = {"ping_timeout": 90}
    world = made(*pair({"settings": settings}, {"settings": settings}))
    assert roles(world) == ["Off", "Off"]
    assert [world.appliance(name).ha.partner for name in ("UVM-A", "UVM-B")] == ["UVM-B", "UVM-A"]


def test_two_nodes_that_are_no_partners_yet_stay_so() -> None:
    world = made(*pair({}, {}))
    assert [world.appliance(name).ha.partner for name in ("UVM-A", "UVM-B")] == ["", ""]


def test_a_suspended_mirror_of_a_large_database() -> None:
    world = made(*pair({"role": "Active", "mirror_state": "SUSPENDED", "size_gb": 900.0}, {"role": "Passive"}))
    assert mirror(world) == ["SUSPENDED", "SUSPENDED"]
    assert world.appliance("UVM-A").database.size_gb == 900.0


def test_a_cold_spare_has_the_name_of_its_source_and_a_temporary_one() -> None:
    source = Twin("a", "UVM-A", "UVM-A", roles={"high_availability": False})
    spare = Twin("s", "UVM-A", "UVM-A-S", cold_spare_of="a", roles={"cold_spare": True})
    world = made(source, spare)
    assert world.appliance("UVM-A-S").roles.applied["cold_spare"]["enabled"]
    assert world.appliance("UVM-A-S").machine_name == "SPARE-S"
    assert world.appliance("UVM-A").machine_name == "UVM-A"


def test_one_that_could_not_be_reached_is_off() -> None:
    world = made(Twin("a", "UVM-A", "UVM-A", reachable=False), Twin("b", "UVM-B", "UVM-B"))
    assert [world.appliance(name).powered for name in ("UVM-A", "UVM-B")] == [False, True]


def test_versions_are_its_own_and_the_offer_is_one_newer() -> None:
    versions = {"Password Safe": "23.1.0.12", "Application Bus": "3.5.0"}
    appliance = made(Twin("a", "UVM-A", "UVM-A", versions=versions)).appliance("UVM-A")
    assert dict(appliance.versions) == versions
    assert dict(appliance.updates.offers) == {"Password Safe": "23.1.0.13"}
