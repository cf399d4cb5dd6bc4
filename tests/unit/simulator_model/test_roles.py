# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles: pending changes, dependencies, conflicts, and what applying does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulator.model.errors import Refused
from simulator.model.world import World


def test_a_change_is_pending_until_it_is_applied(world: World) -> None:
    appliance = world.appliance("UVM-1A")
    appliance.roles.change("patch_management", {"enabled": True})
    assert not appliance.roles.enabled("patch_management")
    assert appliance.roles.wanted("patch_management")["enabled"]
    appliance.roles.apply()
    assert not appliance.roles.enabled("patch_management")
    assert appliance.roles.progress
    world.advance(60)
    assert appliance.roles.enabled("patch_management")
    assert appliance.services.states["LanmanServer"] == "Running"
    assert not appliance.roles.pending


def test_changing_back_leaves_nothing_pending(world: World) -> None:
    roles = world.appliance("UVM-1A").roles
    roles.change("event_collector", {"port": 21700})
    roles.change("event_collector", {"port": 21690})
    assert roles.pending == {}


def test_a_missing_dependency_blocks_applying(world: World) -> None:
    roles = world.appliance("UVM-1A").roles
    roles.change("sql_server_database", {"enabled": False})
    assert roles.problems() == ["Dependency: BeyondInsight Database Access requires SQL Server Database."]
    assert not roles.may_apply()
    with pytest.raises(Refused, match="Dependencies and conflicts"):
        roles.apply()
    roles.change("beyondinsight_database_access", {"location": "remote"})
    assert roles.problems() == []


def test_cold_spare_and_high_availability_conflict(world: World) -> None:
    roles = world.appliance("UVM-1A").roles
    roles.change("high_availability", {"enabled": True})
    roles.change("cold_spare", {"enabled": True})
    assert roles.problems() == ["Conflict: Cold Spare and High Availability cannot both be turned on."]
    roles.discard("cold_spare")
    assert roles.may_apply()


def test_an_unlicensed_role_is_not_offered(world: World) -> None:
    roles = world.appliance("UVM-1A").roles
    assert not roles.available("biul")
    with pytest.raises(Refused, match="not available"):
        roles.change("biul", {"enabled": True})


def test_the_role_cannot_go_while_high_availability_is_on(mirrored: World) -> None:
    roles = mirrored.appliance("UVM-1A").roles
    roles.change("high_availability", {"enabled": False})
    assert any("Turn it off before" in problem for problem in roles.problems())


def test_a_fault_keeps_the_changes_pending(world: World) -> None:
    appliance = world.appliance("UVM-1A")
    appliance.fail_next("apply_roles", "a service did not start")
    appliance.roles.change("patch_management", {"enabled": True})
    appliance.roles.apply()
    world.advance(60)
    assert appliance.roles.last_error == "a service did not start"
    assert "patch_management" in appliance.roles.pending


def test_pages_send_all_their_sections(world: World, press: Callable[..., Any]) -> None:
    appliance = world.appliance("UVM-1A")
    outcome = press(
        appliance,
        "password_safe_web_portal.role.apply_changes",
        **{"session_archiving.enabled": True, "session_archiving.maximum_age": 30},
    )
    assert outcome.ok and "pending" in outcome.message
    assert appliance.roles.pending["password_safe_web_portal"] == {
        "session_archiving.enabled": True,
        "session_archiving.maximum_age": 30,
    }


def test_cold_spare_takes_another_name_with_a_restart(world: World, press: Callable[..., Any]) -> None:
    appliance = world.appliance("UVM-1B")
    typed = {
        "enabled": True,
        "locations.restore_location": "\\\\nas\\backups",
        "restore_password.password": "Secret-1",
        "restore_password.confirm": "Secret-1",
        "temporary_machine_name.name": "SPARE-1",
    }
    wrong = press(appliance, "cold_spare.role.apply_changes", **{**typed, "temporary_machine_name.name": "A B"})
    assert not wrong.ok and "temporary_machine_name.name" in wrong.field_errors
    assert press(appliance, "cold_spare.role.apply_changes", **typed).ok
    assert press(appliance, "main.roles.apply_pending_changes").dialog
    world.advance(60)
    assert appliance.roles.enabled("cold_spare") and appliance.network_name == "UVM-1B"
    assert press(appliance, "main.roles.apply_pending_changes", confirmed=True).ok
    world.advance(400)
    assert appliance.network_name == "SPARE-1" and appliance.cold_spare.waiting
    assert appliance.services.states["Password Safe Web Portal"] == "Stopped"
    appliance.roles.change("cold_spare", {"enabled": False})
    appliance.roles.apply()
    world.advance(60)
    assert appliance.network_name == "UVM-1B"
    assert appliance.services.states["Password Safe Web Portal"] == "Running"


def test_a_cold_spare_asks_before_it_applies_where_that_is_chosen(world: World, press: Callable[..., Any]) -> None:
    appliance = world.appliance("UVM-1B")
    world.restart_asked_first = True
    appliance.roles.change("cold_spare", {"enabled": True, "temporary_machine_name.name": "SPARE-1"})
    assert press(appliance, "main.roles.apply_pending_changes").dialog
    world.advance(60)
    assert not appliance.roles.enabled("cold_spare")
    assert press(appliance, "main.roles.apply_pending_changes", confirmed=True).ok
    world.advance(400)
    assert appliance.network_name == "SPARE-1"
