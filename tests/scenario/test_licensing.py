# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Activation of Windows, KMS and serial numbers on the page Accounts and Licensing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.scenario.settings_bench import keeps, unchanged
from tests.support.simulator import Simulated

KEY = "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY"
KMS = {"method": "kms", "volume_license_key": KEY, "kms_server": "kms.example.com"}


def licensing(bench: Bench) -> dict[str, Any]:
    """What the model knows of licences."""
    found: dict[str, Any] = bench.control.state(A)["licensing"]
    return found


def switch(bench: Bench, name: str, value: Any) -> None:
    """Turn something of the model on or off."""
    bench.control.do(A, "licensing.switch", name, value)


# -- Windows -----------------------------------------------------------------------------------------------------------


def test_windows_is_activated_online_and_then_left_alone(bench: Bench) -> None:
    before, given = bench.look(), {"method": "online"}
    checked = bench.attempt("windows_activation", **given, check_mode=True)
    assert (checked["changed"], bench.writes(), bench.look()) == (True, 0, before)
    done = bench.attempt("windows_activation", **given)
    assert (done["changed"], bench.writes()) == (True, 1)
    assert done["activation"]["activated"] is licensing(bench)["activated"] is True
    assert (done["proof"], done["activation"]["source"]) == ("unavailable", "console")
    again = unchanged(bench, "windows_activation", given)
    assert "taken for activated" in again["warnings"][0]


def test_without_internet_the_console_s_error_is_shown_and_the_phone_named(bench: Bench) -> None:
    switch(bench, "internet", value=False)
    result = bench.attempt("windows_activation", method="online")
    bench.helps(result, "Windows activation failed", "0x80072EE7", "method: phone", kind="failed")
    assert licensing(bench)["activated"] is False


def test_by_phone_it_takes_two_runs_and_a_person(bench: Bench) -> None:
    before = bench.look()
    checked = bench.attempt("windows_activation", method="phone", check_mode=True)
    assert (checked["changed"], bench.look()) == (True, before)
    begun = bench.attempt("windows_activation", method="phone")
    assert begun["changed"] is True
    number = begun["activation"]["installation_id"]
    assert len(number) == 63
    assert number in begun["activation"]["next_steps"][0]
    assert "confirmation_id" in begun["activation"]["next_steps"][-1]
    again = unchanged(bench, "windows_activation", {"method": "phone"})
    assert again["activation"]["next_steps"] == begun["activation"]["next_steps"]
    wrong = bench.attempt("windows_activation", method="phone", confirmation_id="1" * 48)
    bench.helps(wrong, "0xC004F02C", "Read the confirmation id out again", kind="failed")


def test_the_confirmation_id_is_entered_in_groups(bench: Bench) -> None:
    bench.attempt("windows_activation", method="phone")
    digits = bench.control.state(A)["licensing"]["answer"]
    grouped = " ".join(digits[start : start + 6] for start in range(0, 48, 6))
    bench.control.reset_counts()
    given = {"method": "phone", "confirmation_id": grouped}
    done = keeps(bench, "windows_activation", given, lambda node: node["licensing"]["activated"], wanted=True)
    assert done["activation"]["next_steps"] == []


def test_a_volume_licence_key_is_activated_at_its_server(bench: Bench) -> None:
    bench.secrets.add(KEY)
    look = "kms_server", "activated", "partial_key"
    keeps(
        bench,
        "windows_activation",
        KMS,
        lambda node: [node["licensing"][name] for name in look],
        ["kms.example.com", True, "KHKQY"],
    )


def test_a_kms_server_that_does_not_answer_is_told(bench: Bench) -> None:
    bench.secrets.add(KEY)
    result = bench.attempt("windows_activation", **{**KMS, "kms_server": "10.9.9.9"})
    bench.helps(result, "Windows activation failed", "0xC004F074", "1688", kind="failed")
    assert licensing(bench)["activated"] is False


@pytest.mark.one_way
def test_windows_that_does_not_answer_is_told_and_the_console_looked_at(bench: Bench) -> None:
    given = {"windows_host": "127.0.0.1", "windows_port": 9, "windows_username": "u", "windows_password": "w-Canary"}
    bench.secrets.add("w-Canary")
    done = bench.attempt("windows_activation", method="online", check_mode=True, **given)
    assert done["changed"] is True
    assert any("Windows could not be asked" in text for text in done["warnings"])
    assert done["activation"]["source"] == "console"


@pytest.fixture
def with_windows(tmp_path: Path) -> Iterator[Bench]:
    """A pair whose Windows can be asked."""
    with Simulated(surfaces=("console", "endpoint", "windows")) as pair, benched(pair, tmp_path) as made:
        yield made


@pytest.mark.one_way
def test_windows_itself_says_whether_it_is_activated(with_windows: Bench) -> None:
    bench = with_windows
    bench.secrets |= {KEY, bench.inventory[A]["useries_windows_password"]}
    begun = bench.attempt("windows_activation", method="phone", check_mode=True)
    assert (begun["activation"]["source"], begun["activation"]["status"]) == ("windows", "notification")
    assert len(begun["activation"]["installation_id"]) == 63
    done = bench.attempt("windows_activation", **KMS)
    assert (done["changed"], done["proof"]) == (True, "verified"), done
    assert done["activation"]["kms_server"] == "kms.example.com"
    again = bench.attempt("windows_activation", **KMS)
    assert (again["changed"], again["proof"]) == (False, "verified")
    other = {**KMS, "volume_license_key": KEY[:-5] + "OTHER"}
    assert bench.attempt("windows_activation", check_mode=True, **other)["changed"] is True
    assert bench.attempt("license_info")["licenses"]["windows"]["source"] == "windows"
    bench.silent([begun, done, again])


# -- serial numbers ----------------------------------------------------------------------------------------------------

NEW = "ABCDE-12345-FGHIJ-67890-KLMNO"
SCANNER = "BeyondTrust Network Security Scanner"


def serials(**products: str) -> dict[str, Any]:
    """Serial numbers by product, as the option takes them."""
    return {product: {"serial_number": serial} for product, serial in products.items()}


def test_what_is_licensed_is_reported_without_the_numbers(bench: Bench) -> None:
    state = bench.control.state(A)
    bench.secrets |= set(state["serials"].values())
    found = bench.attempt("license_info")
    assert found["changed"] is False
    product = found["licenses"]["products"]["network_security_scanner"]
    assert product == {"name": SCANNER, "serial_number": "*****-" + state["serials"][SCANNER][-5:], "licensed": True}
    assert found["licenses"]["components"]["Password Safe"] == "Yes"
    assert found["licenses"]["windows"]["activated"] is False
    bench.silent(found)
    assert unchanged(bench, "license_info", {})["licenses"] == found["licenses"]


def test_serial_numbers_are_entered_online(bench: Bench) -> None:
    bench.secrets.add(NEW)
    given = {"method": "online", "serials": serials(network_security_scanner=NEW)}
    done = keeps(bench, "product_serials", given, lambda node: node["serials"][SCANNER], NEW)
    assert done["serials"]["state"] == "entered"
    assert "rebooted" in done["warnings"][0]


def test_a_number_that_is_there_and_not_licensed_is_validated_again(bench: Bench) -> None:
    there = bench.control.state(A)["serials"][SCANNER]
    bench.secrets.add(there)
    given = {"method": "online", "serials": serials(network_security_scanner=there)}
    assert bench.attempt("product_serials", **given)["changed"] is False
    bench.control.set("licensed", ["BeyondInsight"], node=A)
    keeps(bench, "product_serials", given, lambda node: SCANNER in node["licensed"], wanted=True)


@pytest.mark.parametrize("method", ["manual", "email"])
def test_without_internet_the_keys_are_requested_once_and_entered_later(bench: Bench, method: str) -> None:
    bench.secrets.add(NEW)
    if method == "email":
        bench.attempt("smtp", server="relay.example.com", server_port=25, enable_ssl=False)
        bench.control.reset_counts()
    given = {"method": method, "serials": serials(network_security_scanner=NEW)}
    requested = keeps(
        bench, "product_serials", given, lambda node: node["licensing"]["waiting"], ["network_security_scanner"]
    )
    assert (requested["serials"]["state"], requested["serials"]["waiting_for"]) == ("waiting for keys", [SCANNER])
    assert len(licensing(bench)["mails"]) == (method == "email")
    again = bench.attempt("product_serials", **given, request_again=True)
    assert again["changed"] is True
    key = licensing(bench)["keys"]["network_security_scanner"]
    bench.secrets.add(key)
    bench.control.reset_counts()
    with_key = {**given, "serials": {"network_security_scanner": {"serial_number": NEW, "validation_key": key}}}
    entered = keeps(bench, "product_serials", with_key, lambda node: SCANNER in node["licensed"], wanted=True)
    assert entered["serials"]["state"] == "entered"


def test_through_a_browser_with_internet_the_key_is_entered(bench: Bench) -> None:
    bench.secrets.add(NEW)
    bench.attempt("product_serials", method="manual", serials=serials(network_security_scanner=NEW))
    key = licensing(bench)["keys"]["network_security_scanner"]
    bench.secrets.add(key)
    bench.control.reset_counts()
    product = {"serial_number": NEW, "validation_key": key}
    given = {"method": "client_browser", "serials": {"network_security_scanner": product}}
    keeps(bench, "product_serials", given, lambda node: SCANNER in node["licensed"], wanted=True)


def test_where_there_is_no_button_for_offline_serials_update_keys_is_pressed(bench: Bench) -> None:
    bench.secrets.add(NEW)
    bench.control.labels(hide=["accounts_and_licensing.activate_serial_numbers.update_offline_serials"])
    product = {"serial_number": NEW, "validation_key": "key-Canary"}
    bench.secrets.add("key-Canary")
    result = bench.attempt("product_serials", method="manual", serials={"network_security_scanner": product})
    bench.helps(result, "Update Keys", "Using Online Appliance", SCANNER, kind="rejected")
