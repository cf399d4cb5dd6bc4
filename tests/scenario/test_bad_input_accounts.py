# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input to the modules of the page Accounts and Licensing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench

pytestmark = pytest.mark.one_way

CANARIES = {"serial-Canary-1", "key-Canary-1", "new-Canary-1", "kms-Canary-1"}
SCANNER = "BeyondTrust Network Security Scanner"
SERIAL = "ABCDE-12345-FGHIJ-67890-KLMNO"


def product(**given: Any) -> dict[str, Any]:
    """The option serials for one product."""
    return {"network_security_scanner": given}


REFUSED_BY_THE_SPEC: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("windows_activation", {}, ("missing required", "method")),
    ("windows_activation", {"method": "fax"}, ("method", "fax", "online", "phone", "kms")),
    ("windows_activation", {"method": "kms", "kms_server": "kms"}, ("volume_license_key",)),
    ("product_serials", {"method": "online"}, ("missing required", "serials")),
    ("product_serials", {"method": "fax", "serials": product(serial_number=SERIAL)}, ("method", "fax", "email")),
    ("product_serials", {"method": "online", "serials": {"antivirus": {}}}, ("antivirus", "serials")),
    ("credentials", {"accounts": ["root"]}, ("accounts", "root", "appliance", "beyondinsight", "bt_updater")),
    ("radius", {}, ("missing required", "enabled")),
]


@pytest.mark.parametrize(
    ("module", "given", "words"), REFUSED_BY_THE_SPEC, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_argument_spec_names_option_value_and_choices(
    bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.refused(module, *words, **given)


KMS = {"method": "kms", "volume_license_key": "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY", "kms_server": "kms.example.com"}
NO_KEY = {"method": "client_browser", "serials": product(serial_number=SERIAL)}
REFUSED_WITHOUT_A_LOOK: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("windows_activation", {"method": "online", "confirmation_id": "1" * 48}, ("confirmation_id", "method: phone")),
    ("windows_activation", {"method": "online", "kms_server": "kms"}, ("kms_server", "method: kms")),
    ("windows_activation", {"method": "phone", "confirmation_id": "123456-123456"}, ("48 digits", "12 characters")),
    ("windows_activation", {"method": "phone", "confirmation_id": "x" * 48}, ("48 digits", "not only digits")),
    ("windows_activation", {"method": "phone", "confirmation_id": ""}, ("48 digits", "0 characters")),
    ("windows_activation", {**KMS, "volume_license_key": "kms-Canary-1"}, ("volume_license_key", "five groups")),
    ("windows_activation", {**KMS, "kms_server": "http://kms"}, ("kms_server 'http://kms'", "host name")),
    ("windows_activation", {**KMS, "kms_server": "kms:1688"}, ("kms_server 'kms:1688'", "no port")),
    ("windows_activation", {**KMS, "kms_server": "10.0.0.300"}, ("kms_server '10.0.0.300'",)),
    ("windows_activation", {**KMS, "kms_server": " "}, ("kms_server",)),
    ("product_serials", {"method": "online", "serials": {}}, ("names no product", "enterprise_update_server")),
    ("product_serials", {"method": "online", "serials": product(serial_number=" ")}, (SCANNER, "serial_number")),
    (
        "product_serials",
        {"method": "online", "serials": product(serial_number="serial-Canary-1!")},
        (SCANNER, "letters and digits"),
    ),
    (
        "product_serials",
        {"method": "manual", "serials": product(validation_key="key-Canary-1")},
        (SCANNER, "without its serial_number"),
    ),
    (
        "product_serials",
        {"method": "online", "serials": product(serial_number=SERIAL, validation_key="key-Canary-1")},
        (SCANNER, "validation_key"),
    ),
    (
        "product_serials",
        {"method": "manual", "serials": product(serial_number=SERIAL, validation_key=" ")},
        (SCANNER, "validation_key must not be empty"),
    ),
    ("product_serials", NO_KEY, (SCANNER, "needs the validation_key", "Internet")),
    (
        "product_serials",
        {"method": "online", "serials": product(serial_number=SERIAL), "request_again": True},
        ("request_again",),
    ),
    ("credentials", {}, ("names no account", "bt_updater")),
    ("credentials", {"accounts": ["bt_updater"]}, ("new_password is needed for bt_updater",)),
    ("credentials", {"accounts": ["bt_updater"], "new_password": " "}, ("new_password must not be empty",)),
    (
        "credentials",
        {"accounts": ["appliance"], "new_password": "new-Canary-1"},
        ("new_password", "useries_password", "useries_previous_password"),
    ),
    ("credentials", {"new_username": "operator"}, ("Support", "line 409", "support_was_asked: true")),
    ("credentials", {"new_username": " x", "support_was_asked": True}, ("new_username",)),
    ("radius", {"enabled": True}, ("alias and radius_username",)),
    (
        "radius",
        {"enabled": True, "alias": "Corporate RADIUS", "radius_username": " "},
        ("radius_username is not given",),
    ),
    ("wipe", {}, ("erases the database", "backup", "confirm", "accept_data_loss: true")),
    ("wipe", {"confirm": "UVM-1A"}, ("accept_data_loss: true",)),
    ("wipe", {"accept_data_loss": True}, ("confirm",)),
]


@pytest.mark.parametrize(
    ("module", "given", "words"), REFUSED_WITHOUT_A_LOOK, ids=lambda value: value if isinstance(value, str) else ""
)
def test_bad_values_are_refused_before_any_request(
    bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.secrets |= CANARIES | {SERIAL}
    bench.refused(module, *words, kind="invalid", **given)
    assert bench.control.log() == []


# -- present states that forbid it -------------------------------------------------------------------------------------

ON = {"enabled": True, "alias": "Corporate RADIUS", "radius_username": "appliance"}


def test_turning_radius_on_needs_a_word_about_the_lockout(bench: Bench) -> None:
    words = "locked out", "no challenge", "password alone", "accept_lockout: true"
    bench.refused("radius", *words, kind="precondition", **ON)


def test_an_unknown_alias_lists_those_that_are_there(bench: Bench) -> None:
    words = "alias 'Nowhere'", "Corporate RADIUS", "Branch RADIUS"
    bench.refused("radius", *words, kind="invalid", **{**ON, "alias": "Nowhere"}, accept_lockout=True)


def test_without_a_radius_server_in_beyondinsight_it_says_so(bench: Bench) -> None:
    bench.control.set("radius_servers", {}, node=A)
    bench.refused("radius", "BeyondInsight knows none", "Configure", kind="precondition", **ON, accept_lockout=True)


def test_another_appliance_is_never_wiped(bench: Bench) -> None:
    words = "is UVM-1A", "certificate", "verified backup", "confirm: 'UVM-1A'"
    bench.refused("wipe", *words, kind="precondition", confirm="UVM-1B", accept_data_loss=True)


def test_mail_without_a_server_points_to_the_module_that_sets_one(bench: Bench) -> None:
    bench.secrets.add(SERIAL)
    given = {"method": "email", "serials": product(serial_number=SERIAL)}
    bench.refused("product_serials", "No SMTP server", "useries.appliance.smtp", kind="precondition", **given)


def test_a_refused_serial_number_is_told_by_product_and_not_by_number(bench: Bench) -> None:
    bench.secrets.add(SERIAL)
    bench.control.do(A, "licensing.switch", "revoked", [SERIAL])
    result = bench.attempt("product_serials", method="online", serials=product(serial_number=SERIAL))
    bench.helps(result, SCANNER, "was refused by the licensing service", kind="rejected")
    malformed = bench.attempt("product_serials", method="online", serials=product(serial_number="serial-Canary-1"))
    bench.secrets.add("serial-Canary-1")
    bench.helps(malformed, SCANNER, "is not a serial number", kind="rejected")


def test_a_refused_key_is_told_in_the_consoles_words(bench: Bench) -> None:
    bench.secrets |= {SERIAL, "key-Canary-1"}
    given = product(serial_number=SERIAL, validation_key="key-Canary-1")
    result = bench.attempt("product_serials", method="manual", serials=given)
    bench.helps(result, "validation key is not valid", SCANNER, kind="rejected")


def test_without_internet_of_the_browser_it_says_that_this_way_needs_it(bench: Bench) -> None:
    bench.secrets |= {SERIAL, "key-Canary-1"}
    bench.control.do(A, "licensing.switch", "browser_internet", False)
    given = product(serial_number=SERIAL, validation_key="key-Canary-1")
    result = bench.attempt("product_serials", method="client_browser", serials=given)
    bench.helps(result, "Internet connection of the controller", "method: email", kind="rejected")


def test_online_without_internet_names_the_other_ways(bench: Bench) -> None:
    bench.secrets.add(SERIAL)
    bench.control.do(A, "licensing.switch", "internet", False)
    result = bench.attempt("product_serials", method="online", serials=product(serial_number=SERIAL))
    bench.helps(result, "cannot be reached", "choose another method", kind="rejected")


def test_a_user_name_is_not_changed_while_the_pair_is_in_trouble(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    words = "while the pair is SUSPENDED", "accept_pair_state"
    bench.refused("credentials", *words, kind="precondition", new_username="operator", support_was_asked=True)
