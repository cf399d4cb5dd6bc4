# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page General Settings: LCD panel, removable storage, licence cache."""

from __future__ import annotations

from tests.scenario.bad_input_bench import Bench
from tests.scenario.settings_bench import keeps

LCD = "general_settings.lcd_panel"


def test_the_lcd_panel_is_turned_off_and_stays_off(bench: Bench) -> None:
    given = {"allow_password_reset": False, "buttons": False}
    done = keeps(
        bench,
        "lcd_panel",
        given,
        lambda node: node["settings"].get(LCD),
        {"lcd_reset_password": False, "lcd_buttons": False},
    )
    assert done["settings"] == given
    assert "warnings" not in done


def test_a_reset_that_cannot_be_used_is_told(bench: Bench) -> None:
    done = bench.attempt("lcd_panel", buttons=False)
    assert "buttons are off" in done["warnings"][0]


def test_an_appliance_without_a_panel_says_so(bench: Bench) -> None:
    bench.control.labels(hide=[LCD, f"{LCD}.update_lcd", f"{LCD}.lcd_buttons", f"{LCD}.lcd_reset_password"])
    bench.refused("lcd_panel", "LCD Panel", "only when the appliance is physical", kind="label_missing", buttons=False)
