# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages: whole menu, readable fields, and handlers that change the model."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import pyzipper

from simulator.model.errors import NotModelled
from simulator.model.world import World
from simulator.pages import connectors, pages
from simulator.pages.kit import act

Press = Callable[..., Any]


def test_ids_are_unique_and_guesses_have_other_wordings() -> None:
    found = pages()
    assert len({page.id for page in found}) == len(found) == 35
    for page in (*found, *connectors.PAGES):
        for section in page.sections:
            parts = [*section.fields, *section.buttons, *(b for table in section.tables for b in table.buttons)]
            for part in parts:
                assert bool(part.wordings) == part.guessed, f"{page.id}.{section.id}.{part.id}"
            assert bool(section.wordings) == section.guessed, f"{page.id}.{section.id}"


def test_every_field_has_a_value_in_every_state(mirrored: World) -> None:
    for appliance in mirrored.appliances.values():
        for page in (*pages(), *connectors.PAGES):
            for section in page.sections:
                values = section.read(appliance) if section.read else {}
                for field in section.fields:
                    assert field.id in values, f"{page.id}.{section.id}.{field.id}"
                for table in section.tables:
                    for row in table.rows(appliance):
                        assert set(row) == set(table.columns)


def test_secrets_are_never_read_back(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    press(appliance, "network_and_rdp_settings.smtp.update_smtp", address="10.0.0.1", password="Smtp-Secret-9")
    for page in pages():
        for section in page.sections:
            values = section.read(appliance) if section.read else {}
            assert "Smtp-Secret-9" not in str(values)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_blank_password_keeps_or_loses_the_secret(world: World, press: Press, keeps: bool) -> None:
    appliance = world.appliance("UVM-1A")
    world.blank_keeps_secret = keeps
    press(appliance, "network_and_rdp_settings.smtp.update_smtp", address="10.0.0.1", password="Smtp-Secret-9")
    press(appliance, "network_and_rdp_settings.smtp.update_smtp", address="10.0.0.2", password="")
    stored = appliance.settings["network_and_rdp_settings.smtp"]
    assert stored["address"] == "10.0.0.2"
    assert stored["password"] == ("Smtp-Secret-9" if keeps else "")


def test_date_and_time(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    path = "general_settings.date_and_time.set_date_and_time"
    assert press(appliance, path, time_zone="Tokyo Standard Time", date="2031-05-06", time="07:08:09").ok
    shown = next(page for page in pages() if page.id == "general_settings").sections[0].read(appliance)  # type: ignore[misc]
    assert (shown["time_zone"], shown["date"]) == ("Tokyo Standard Time", "2031-05-06")
    assert shown["time"].startswith("07:08:")
    assert appliance.wall_clock().isoformat().startswith("2031-05-05T22:08:")
    bad = press(appliance, path, time_zone="Moon", date="2031-05-06", time="07:08:09")
    assert not bad.ok and "time_zone" in bad.field_errors


def test_a_new_time_zone_alone_leaves_the_clock_right(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    press(appliance, "general_settings.date_and_time.set_date_and_time", time_zone="Eastern Standard Time")
    assert appliance.time_zone == "Eastern Standard Time" and appliance.clock_offset == 0


def test_fips_takes_effect_with_a_restart(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    assert "Reboot" in press(appliance, "security_settings.fips.update_fips", fips_state=True).message
    assert not appliance.fips
    press(appliance, "schedule_a_reboot.reboot.reboot", action="Restart")
    world.advance(300)
    assert appliance.fips


def test_pairing_over_the_pages(roles_on: World, press: Press) -> None:
    first, second = roles_on.appliance("UVM-1A"), roles_on.appliance("UVM-1B")
    assert press(first, "initial_setup.api_keys.go_to_api_key_page").go_to == "security_settings"
    assert press(first, "initial_setup.api_keys.register_api_key", partner_api_key=second.api_key).ok
    assert press(first, "initial_setup.partner.apply", partner_host_name="UVM-1B").ok
    roles_on.advance(301)
    results = press(first, "initial_setup.partner.show_hide_results")
    assert not results.ok and "has not registered" in results.details
    press(second, "initial_setup.api_keys.register_api_key", partner_api_key=first.api_key)
    press(first, "initial_setup.partner.apply", partner_host_name="UVM-1B")
    roles_on.advance(301)
    available = [page.id for page in pages() if page.menu == ("High Availability",) and page.available(second)]  # type: ignore[misc]
    assert available == ["configuration"]
    refused = press(first, "configuration.set_state.set_high_availability", high_availability=True, mirroring_port=443)
    assert not refused.ok and "mirroring_port" in refused.field_errors
    assert press(first, "configuration.set_state.set_high_availability", high_availability=True, mirroring_port=5022).ok


def test_the_passive_shows_two_tabs_of_diagnostics(mirrored: World) -> None:
    tabs = [page for page in pages() if page.menu[0] == "Diagnostics"]
    passive = [page.id for page in tabs if page.available is None or page.available(mirrored.appliance("UVM-1B"))]
    assert passive == ["health_dashboard", "appliance_health"]
    active = [page.id for page in tabs if page.available is None or page.available(mirrored.appliance("UVM-1A"))]
    assert len(active) == 6


def test_backup_over_the_pages(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    press(appliance, "backup_and_restore.backup_locations.new_backup_location")
    created = press(
        appliance, "backup_and_restore.backup_location_form.create_backup_location", name="Share", path="\\\\nas\\b"
    )
    assert created.ok and appliance.backups.form is None
    now = "backup_and_restore.backup_now.create_backup"
    assert not press(appliance, now, location="Share", password="").ok
    assert press(appliance, now, location="Share", password="Zip-1").ok
    assert not press(appliance, now, location="Share", password="Zip-1").ok
    world.advance(121)
    name = appliance.backups.entries[0].name
    sent = press(appliance, "backup_and_restore.available_backups.download", row={"Name": name}).download
    assert sent.filename == name and pyzipper.AESZipFile(io.BytesIO(sent.content)).namelist()


def test_a_fault_fails_one_press(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    appliance.fail_next("update_hsts", "The setting could not be saved.")
    assert (
        press(appliance, "security_settings.hsts.update_hsts", hsts=True).message == "The setting could not be saved."
    )
    assert not appliance.hsts
    assert press(appliance, "security_settings.hsts.update_hsts", hsts=True).ok and appliance.hsts


def test_what_is_not_modelled_says_so(world: World) -> None:
    def nobody_knows(_appliance: Any, _values: Any) -> str:
        raise NotModelled("what nobody knows")

    outcome = act("any_button", nobody_knows)(world.appliance("UVM-1A"), {})
    assert not outcome.ok and outcome.message.startswith("not modelled by the simulator")


def test_credentials(world: World, press: Press) -> None:
    appliance = world.appliance("UVM-1A")
    path = "accounts_and_licensing.credentials.update_credentials"
    assert "new_password" in press(appliance, path, change_appliance_password=True, new_password="weak").field_errors
    outcome = press(appliance, path, change_appliance_password=True, new_password="Strong-Enough-1")
    assert outcome.ok and outcome.sign_out
    assert appliance.check_login("administrator", "Strong-Enough-1")


def test_dangerous_buttons_ask_when_told(mirrored: World, press: Press) -> None:
    mirrored.warn_before_danger = True
    first = mirrored.appliance("UVM-1A")
    assert press(first, "configuration.maintenance.abandon_configuration").dialog
    assert first.ha.phase == "configured"
    assert press(first, "configuration.maintenance.abandon_configuration", confirmed=True).ok
    assert first.ha.phase == "initial_setup"
