# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role hardening: a pair that is open everywhere is closed, twice is once, a virtual appliance has no panel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.playbook import Core
from tests.support.site import A, B, Site, changed, explained, site

HARDENING = [{"name": "Harden", "ansible.builtin.import_playbook": "useries.appliance.hardening"}]
PANEL = "general_settings.lcd_panel"
GIVEN = (
    "-e",
    '{"hardening_fips": true, "hardening_api_key_maximum_age": 120, "hardening_banner_title": "Notice", '
    '"hardening_banner_message": "Authorized use only."}',
)


def opened(pair: Site) -> None:
    """Somebody has opened what can be opened."""
    pair.control.set("minimum_tls", "TLS 1.0/1.1/1.2", node=A)
    pair.control.set("hsts", False, node=A)


def closed(state: dict[str, Any]) -> dict[str, Any]:
    """What hardening is about, out of the model of a node."""
    settings = state["settings"]
    return {
        "tls": state["minimum_tls"],
        "hsts": state["hsts"],
        "fips": state["fips_wanted"],
        "age": state["api_maximum_age"],
        "banner": state["banner"],
        "panel": settings.get(PANEL),
        "event service": settings.get("security_settings.event_service_ssl", {"certificate_required": True}),
        "usb": settings.get("general_settings.export_settings", {"removable_storage": False}),
    }


WANTED = {
    "tls": "TLS 1.2",
    "hsts": True,
    "fips": True,
    "age": 120,
    "banner": ["Notice", "Authorized use only."],
    "panel": {"lcd_reset_password": False, "lcd_buttons": True},
    "event service": {"certificate_required": True},
    "usb": {"removable_storage": False},
}


@pytest.mark.long
def test_what_is_open_is_closed_once(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        opened(pair)
        checked = pair.run("--check", *GIVEN, playbook=HARDENING).good()
        assert pair.writes() == 0
        ran = pair.run(*GIVEN, playbook=HARDENING).good()
        assert changed(ran) == changed(checked)
        assert closed(pair.state(A)) == WANTED
        assert closed(pair.state(B)) == WANTED
        before = pair.writes()
        again = pair.run(*GIVEN, playbook=HARDENING).good()
        assert (changed(again), pair.writes()) == (set(), before)


def test_an_appliance_without_a_panel_is_expected_or_not(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        keys = [PANEL, *(f"{PANEL}.{one}" for one in ("update_lcd", "lcd_buttons", "lcd_reset_password"))]
        pair.control.labels(hide=keys)
        ran = pair.run(*GIVEN, "--limit", A, playbook=HARDENING)
        assert ran.code != 0
        assert "hardening_lcd_panel_expected: false" in explained(ran)
        pair.run(*GIVEN, "--limit", A, "-e", '{"hardening_lcd_panel_expected": false}', playbook=HARDENING).good()
