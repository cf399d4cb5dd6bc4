# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Activation, serial numbers, RADIUS and wiping in the model and on its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.model.errors import Refused
from simulator.model.world import World
from simulator.pages.spec import Outcome

Press = Callable[..., Outcome]
PAGE = "accounts_and_licensing"
SERIAL = "ABCDE-12345-FGHIJ-67890-KLMNO"
SCANNER = "product_serial_numbers.network_security_scanner"


def test_windows_is_activated_after_a_while(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    assert press(appliance, f"{PAGE}.windows_activation.activate_online").ok
    assert not appliance.licensing.activated
    world.advance(30)
    assert appliance.licensing.activated


def test_the_phone_takes_the_right_answer_only(world: World) -> None:
    licensing = world.appliance("UVM-1A").licensing
    licensing.activate_by_phone("")
    with pytest.raises(Refused):
        licensing.activate_by_phone("1" * 48)
    licensing.activate_by_phone(licensing.confirmation_id)
    assert licensing.activated and not licensing.phone


def test_keys_are_handed_out_for_new_serial_numbers(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    section = f"{PAGE}.activate_serial_numbers"
    given = {SCANNER: SERIAL, "method": "Manually"}
    assert press(appliance, f"{section}.retrieve_offline_validation_keys", **given).ok
    assert appliance.licensing.waiting == {"network_security_scanner"}
    wrong = press(appliance, f"{section}.update_offline_serials", **given, validation_keys="x")
    assert "validation_keys" in wrong.field_errors
    key = appliance.licensing.keys["network_security_scanner"]
    assert press(appliance, f"{section}.update_offline_serials", **given, validation_keys=key).ok
    assert "BeyondTrust Network Security Scanner" in appliance.licensed
    assert not press(appliance, f"{section}.update_keys", **given).ok


def test_mail_needs_a_server(world: World, press: Press) -> None:
    path = f"{PAGE}.activate_serial_numbers.retrieve_offline_validation_keys"
    outcome = press(world.appliance("UVM-1A"), path, **{SCANNER: SERIAL, "method": "Using Email Validation"})
    assert not outcome.ok and "SMTP" in outcome.message


def test_radius_needs_a_server_and_a_user(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    path = f"{PAGE}.radius.update_settings"
    assert set(press(appliance, path, enabled=True).field_errors) == {"alias", "username"}
    assert press(appliance, path, enabled=True, alias="Branch RADIUS", username="u").ok
    assert press(appliance, path, enabled=False).ok


def test_wiping_takes_data_settings_and_events(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    appliance.notify("Info", "x")
    assert press(appliance, f"{PAGE}.purge.wipe_appliance").sign_out
    assert not appliance.has_data and not appliance.settings and not appliance.notifications
