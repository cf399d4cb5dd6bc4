# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page General Settings: LCD panel, removable storage, licence cache."""

from __future__ import annotations

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import keeps, nothing_asked, unchanged

LCD = "general_settings.lcd_panel"
USB = "general_settings.export_settings"


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
    bench.control.set("model", "U-Series v20", A)
    bench.refused("lcd_panel", "LCD Panel", "only when the appliance is physical", kind="label_missing", buttons=False)


# -- removable storage -------------------------------------------------------------------------------------------------
def test_removable_storage_is_allowed_and_stays_so(bench: Bench) -> None:
    done = keeps(
        bench,
        "removable_storage",
        {"allowed": True},
        lambda node: node["settings"].get(USB),
        {"removable_storage": True},
    )
    assert done["settings"] == {"allowed": True}


@pytest.mark.parametrize(
    ("module", "option"),
    [("lcd_panel", "buttons"), ("lcd_panel", "allow_password_reset"), ("removable_storage", "allowed")],
)
def test_a_switch_is_a_boolean(bench: Bench, module: str, option: str) -> None:
    bench.refused(module, option, "perhaps", **{option: "perhaps"})


# -- the licence cache -------------------------------------------------------------------------------------------------
def test_the_licence_cache_is_cleared_until_a_feature_is_licensed(bench: Bench) -> None:
    bench.control.set("newly_licensed", ["Patch Management"], A)
    given = {"licensed": ["BeyondInsight", "Patch Management"]}
    checked = bench.attempt("license_cache", check_mode=True, **given)
    assert (checked["changed"], bench.writes()) == (True, 0)
    done = bench.attempt("license_cache", **given)
    assert (done["changed"], bench.writes(), done["licensed"]["Patch Management"]) == (True, 1, True), done
    assert done["diff"] == checked["diff"]
    assert "Patch Management" in done["diff"]["before"]
    again = unchanged(bench, "license_cache", given)
    assert again["licensed"]["BeyondInsight"] is True


def test_the_licence_cache_is_cleared_each_time_when_nothing_is_expected(bench: Bench) -> None:
    for times in (1, 2):
        assert bench.attempt("license_cache")["changed"] is True
        assert bench.writes() == times


def test_a_feature_that_is_still_not_licensed_is_named(bench: Bench) -> None:
    result = bench.attempt("license_cache", licensed=["Nonesuch"])
    bench.helps(result, "Nonesuch", "still not", "serial numbers", kind="not_seen")
    assert result["changed"] is True
    bench.refused("license_cache", "empty name", kind="invalid", licensed=[" "])


@pytest.mark.one_way  # a browser sends the request once more by itself
def test_a_lost_order_to_clear_the_cache_is_decided_by_what_is_licensed(bench: Bench) -> None:
    bench.control.set("newly_licensed", ["Patch Management"], A)
    bench.control.fault("reset", A, path="clear_license_cache", when="after")
    done = bench.attempt("license_cache", licensed=["Patch Management"])
    assert done["changed"] is True, done
    assert "was lost" in done["warnings"][0]
    bench.control.fault("reset", A, path="clear_license_cache", when="after")
    lost = bench.attempt("license_cache")
    bench.helps(lost, "connection was lost", "no harm", kind="outcome_unknown")


# -- what the page shows -----------------------------------------------------------------------------------------------
def test_the_page_is_reported_under_the_names_of_the_modules(bench: Bench) -> None:
    bench.attempt("login_banner", title="Stop", text="Think")
    told = bench.attempt("general_settings_info")["settings"]
    assert told["lcd_panel"] == {"allow_password_reset": True, "buttons": True}
    assert told["removable_storage"] == {"allowed": False}
    assert told["login_banner"] == {"title": "Stop", "text": "Think"}
    assert told["date_time"]["time_zone"] == "UTC"
    for module in ("lcd_panel", "removable_storage"):
        assert bench.attempt(module, **told[module])["changed"] is False
    picked = bench.attempt("general_settings_info", query="removable_storage.allowed")
    assert picked["settings"] is False


def test_a_part_that_is_not_there_is_reported_as_null(bench: Bench) -> None:
    bench.control.set("model", "U-Series v20", A)
    assert bench.attempt("general_settings_info")["settings"]["lcd_panel"] is None


# -- the name ----------------------------------------------------------------------------------------------------------
def test_an_appliance_says_how_it_is_called(bench: Bench) -> None:
    for given in ({}, {"network_name": "UVM-1A"}, {"network_name": " uvm-1a "}):
        told = bench.attempt("appliance_identity", **given)
        assert (told["changed"], told["identity"]["network_name"]) == (False, "UVM-1A"), told
        assert told["identity"]["shown_by"] == "certificate"


def test_another_name_and_a_domain_are_refused(bench: Bench) -> None:
    words = ("UVM-1A", "UVM-9Z", "cannot be renamed; re-image (physical) or re-deploy (virtual)", "Cold Spare")
    bench.refused("appliance_identity", *words, kind="precondition", network_name="UVM-9Z")
    bench.control.reset_counts()
    bench.refused(
        "appliance_identity", "not recommended", "contact a BeyondTrust representative", kind="invalid", domain="corp"
    )
    bench.refused("appliance_identity", "network_name must not be empty", kind="invalid", network_name=" ")
    assert nothing_asked(bench)
