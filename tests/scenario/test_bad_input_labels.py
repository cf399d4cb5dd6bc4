# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages whose labels are missing, there twice, or worded otherwise: nothing is written, the message helps to go on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench

ZIP = "zip-Canary-3"
BANNER = {"title": "Notice", "text": "Authorized use only."}
ZONE = {"time_zone": "Tokyo Standard Time"}
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("login_banner", BANNER, "general_settings.pre_login_banner"),
    ("login_banner", BANNER, "general_settings.pre_login_banner.message"),
    ("date_time", ZONE, "general_settings.date_and_time.set_date_and_time"),
    (
        "security_protocol",
        {"minimum_protocols": "TLS 1.1/1.2"},
        "security_settings.security_protocols.update_protocols",
    ),
    ("date_time", {"time_zone": "UTC", "date": "2031-01-01", "time": "10:00"}, "general_settings.date_and_time.date"),
    ("backup", {"location": "LocalBackups", "backup_password": ZIP}, "backup_and_restore.backup_now.create_backup"),
    ("backup_location", {"name": "N", "path": "\\\\nas\\b"}, "backup_and_restore.backup_locations.new_backup_location"),
    ("backup_location", {"name": "N", "path": "\\\\nas\\b"}, "backup_and_restore.backup_location_form.path"),
    ("appliance_role", {"name": "patch_management"}, "patch_management.role.apply_changes"),
]


@pytest.mark.parametrize(("module", "given", "key"), CASES, ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.parametrize("fault", ["hide", "duplicate"])
def test_a_label_that_is_missing_or_there_twice_stops_before_the_write(
    bench: Bench, module: str, given: dict[str, Any], key: str, fault: str
) -> None:
    bench.secrets.add(ZIP)
    bench.control.labels(**{fault: [key]})
    kind = "label_missing" if fault == "hide" else "label_ambiguous"
    part = key.rpartition(".")[0] if fault == "hide" else key  # without its only button a part may lose its controls
    words = ("useries_console_labels", part, "; there " if fault == "hide" else "is there 2 times")
    result = bench.refused(module, *words, kind=kind, **given)
    assert result["error"].get("candidates") or "there is none" in result["msg"]


def test_a_page_that_the_menu_does_not_offer_lists_what_it_offers(bench: Bench) -> None:
    bench.control.labels(hide=["general_settings"])
    words = "General Settings", "Backup and Restore", "useries_console_labels", "general_settings"
    bench.refused("login_banner", *words, kind="label_missing", **BANNER)


def _without_overrides(bench: Bench, part: str) -> str:
    """Take the overrides of a part away, as on an appliance that was never calibrated; one of the words lost."""
    labels = bench.inventory[A]["useries_console_labels"]
    lost = {key: words for key, words in labels.items() if key.startswith(part)}
    assert lost, "this seed words nothing otherwise here"
    bench.inventory[A]["useries_console_labels"] = {key: words for key, words in labels.items() if key not in lost}
    return next(iter(lost.values()))


def test_a_guessed_label_that_misses_is_called_a_guess(bench: Bench) -> None:
    words = _without_overrides(bench, "general_settings.date_and_time.")
    result = bench.refused(
        "date_time", "it is a guess", "general_settings.date_and_time.", "useries_console_labels",
        kind="label_missing", date="2031-01-01", time="10:00", time_zone="UTC",
    )  # fmt: skip
    assert any(words.casefold() in one.casefold() for one in result["error"]["candidates"])


def test_an_override_that_is_not_there_is_named_with_what_is(bench: Bench) -> None:
    labels = bench.inventory[A]["useries_console_labels"]
    key = "general_settings.pre_login_banner.update_banner"
    words = "Keep it, please", labels.get(key, "Update Banner"), key
    labels = {**labels, key: "Keep it, please"}
    bench.refused("login_banner", *words, kind="label_missing", console_labels=labels, **BANNER)


@pytest.mark.one_way
@pytest.mark.parametrize("words", [{"a": "b"}, 5, [1], "", [], ["Title", ""]])
def test_an_override_that_is_no_text_is_named_before_any_request(bench: Bench, words: Any) -> None:
    key = "general_settings.pre_login_banner.title"
    bench.refused("login_banner", key, "a text or a list", kind="invalid", console_labels={key: words}, **BANNER)
    assert bench.control.log() == []


UNKNOWN = [
    ("general_setings.pre_login_banner.title", "no page 'general_setings'", "general_settings"),
    ("general_settings.pre_login_baner.title", "no label", "general_settings.pre_login_banner.title"),
    ("general_settings.pre_login_banner.titel", "no label", "general_settings.pre_login_banner.title"),
    ("general_settings.zzz", "no label 'general_settings.zzz'", "use a key like general_settings"),
    ("zzz", "no page 'zzz'", "security_settings"),
]


@pytest.mark.one_way
@pytest.mark.parametrize(("key", "told", "near"), UNKNOWN, ids=[key for key, _told, _near in UNKNOWN])
def test_a_key_that_nothing_has_is_named_with_those_like_it_before_any_request(
    bench: Bench, key: str, told: str, near: str
) -> None:
    bench.refused("login_banner", key, told, near, kind="invalid", console_labels={key: "Words"}, **BANNER)
    assert bench.control.log() == []


@pytest.mark.one_way
def test_words_that_two_fields_of_a_section_have_are_refused_before_any_request(bench: Bench) -> None:
    part = "general_settings.pre_login_banner"
    labels = {f"{part}.title": "Text of  the banner: ", f"{part}.message": ["Body", "text of the Banner"]}
    words = f"'{part}.title' and '{part}.message'", "text of the Banner", "correct one of them"
    bench.refused("login_banner", *words, kind="invalid", console_labels=labels, **BANNER)
    assert bench.control.log() == []


def test_a_section_may_be_called_like_its_button_and_its_page(bench: Bench) -> None:
    labels = bench.inventory[A]["useries_console_labels"]
    part = "security_settings.generate_certificate"
    same = {"security_settings": ["Security Settings"], part: "Security Settings"}
    labels = {**labels, **same, f"{part}.generate_certificate": "Security Settings"}
    assert "failed" not in bench.attempt("security_protocol", console_labels=labels, minimum_protocols="TLS 1.2")


def test_the_labels_of_the_partner_are_looked_at_as_well(bench: Bench) -> None:
    given = {"partner": {"console_labels": {"zzz": "Words"}}, "maximum_age": 300}
    bench.refused("api_key", "partner.console_labels['zzz']", kind="invalid", **given)
    assert bench.control.log() == []
