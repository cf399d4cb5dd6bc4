# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Network and RDP Settings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import asked, keeps
from tests.support.way import WAY

SMTP = "network_and_rdp_settings.smtp"
MAIL = {
    "server": "relay.example.com",
    "server_port": 587,
    "enable_ssl": True,
    "user": "mail",
    "smtp_password": "mail-Canary",
}


def test_the_mail_server_is_set(bench: Bench) -> None:
    bench.secrets.add("mail-Canary")
    wanted = {
        "address": "relay.example.com",
        "port": 587,
        "enable_ssl": True,
        "user": "mail",
        "password": "mail-Canary",
    }
    keeps(bench, "smtp", MAIL, lambda node: node["settings"].get(SMTP), wanted)


@pytest.mark.parametrize("keeps_blank", [False, True])
def test_the_stored_password_is_never_blanked(bench: Bench, keeps_blank: bool) -> None:
    bench.secrets.add("mail-Canary")
    bench.attempt("smtp", **MAIL)
    bench.control.reset_counts()
    bench.refused("smtp", "also holds a smtp_password", "blank_keeps_secret", kind="invalid", server_port=25)
    bench.control.set("blank_keeps_secret", keeps_blank)
    if keeps_blank:
        done = bench.attempt("smtp", server_port=25, blank_keeps_secret=True)
    else:
        done = bench.attempt("smtp", server_port=25, smtp_password="mail-Canary")
    assert done["changed"] is True
    stored = bench.control.state(A)["settings"][SMTP]
    assert (stored["port"], stored["password"]) == (25, "mail-Canary")


# -- Remote Desktop ----------------------------------------------------------------------------------------------------

CODE = "support-Canary-1"


def desktop(node: dict[str, Any]) -> Any:
    return node["network"]["rdp"]


def test_remote_desktop_with_two_factors(bench: Bench) -> None:
    given = {"enabled": True, "two_factor_required": True}
    keeps(bench, "rdp", given, desktop, {"enabled": True, "two_factor": True})
    keeps(bench, "rdp", {"enabled": False}, desktop, {"enabled": False, "two_factor": True})


def test_the_second_factor_goes_off_only_with_the_password_of_support(bench: Bench) -> None:
    bench.secrets.add(CODE)
    bench.attempt("rdp", enabled=True, two_factor_required=True)
    bench.control.do(A, "network.issue_support_password", CODE, 3600)
    bench.control.reset_counts()
    words = "time-limited password", "BeyondTrust Technical Support", "support_password"
    for check_mode in (True, False):
        bench.refused("rdp", *words, kind="precondition", two_factor_required=False, check_mode=check_mode)
    given = {"two_factor_required": False, "support_password": CODE}
    keeps(bench, "rdp", given, desktop, {"enabled": True, "two_factor": False})


def test_a_wrong_or_expired_password_of_support_is_told_in_the_consoles_words(bench: Bench) -> None:
    bench.secrets |= {CODE, "guess-Canary"}
    bench.attempt("rdp", enabled=True, two_factor_required=True)
    bench.control.do(A, "network.issue_support_password", CODE, 60)
    given = {"two_factor_required": False}
    wrong = bench.attempt("rdp", **given, support_password="guess-Canary")
    bench.helps(wrong, "The time-limited password is not valid.", kind="rejected")
    bench.control.advance(120)
    late = bench.attempt("rdp", **given, support_password=CODE)
    bench.helps(late, "The time-limited password has expired.", kind="rejected")
    assert desktop(bench.control.state(A)) == {"enabled": True, "two_factor": True}


def test_two_factors_without_remote_desktop_warn(bench: Bench) -> None:
    done = bench.attempt("rdp", two_factor_required=True)
    assert done["changed"] is True
    assert any("Remote Desktop is off" in text for text in done["warnings"])
    assert "warnings" not in bench.attempt("rdp", enabled=True, two_factor_required=True)


# -- the proxy server --------------------------------------------------------------------------------------------------

PROXY = "network_and_rdp_settings.proxy"
WAY_OUT = {"enabled": True, "server": "192.0.2.8", "server_port": 3128, "user": "u", "proxy_password": "proxy-Canary"}


def test_the_proxy_is_set_and_removed(bench: Bench) -> None:
    bench.secrets.add("proxy-Canary")
    wanted = {"use_proxy": True, "address": "192.0.2.8", "port": 3128, "username": "u", "password": "proxy-Canary"}
    keeps(bench, "proxy", WAY_OUT, lambda node: node["settings"].get(PROXY), wanted)
    off = {"enabled": False, "user": "", "proxy_password": ""}
    wanted = {**wanted, "use_proxy": False, "username": "", "password": ""}
    keeps(bench, "proxy", off, lambda node: node["settings"].get(PROXY), wanted)


@pytest.mark.parametrize("keeps_blank", [False, True])
def test_the_stored_password_of_the_proxy_is_never_blanked(bench: Bench, keeps_blank: bool) -> None:
    bench.secrets.add("proxy-Canary")
    bench.attempt("proxy", **WAY_OUT)
    bench.control.reset_counts()
    bench.refused("proxy", "also holds a proxy_password", "blank_keeps_secret", kind="invalid", server_port=8080)
    bench.control.set("blank_keeps_secret", keeps_blank)
    more = {"blank_keeps_secret": True} if keeps_blank else {"proxy_password": "proxy-Canary"}
    assert bench.attempt("proxy", server_port=8080, **more)["changed"] is True
    stored = bench.control.state(A)["settings"][PROXY]
    assert (stored["port"], stored["password"]) == (8080, "proxy-Canary")


def test_a_new_password_of_the_proxy_is_set_when_always_is_said(bench: Bench) -> None:
    bench.secrets |= {"proxy-Canary", "newer-Canary"}
    bench.attempt("proxy", **WAY_OUT)
    newer = {**WAY_OUT, "proxy_password": "newer-Canary"}
    assert bench.attempt("proxy", **newer)["changed"] is False
    assert bench.attempt("proxy", **newer, update_password="always")["changed"] is True
    assert bench.control.state(A)["settings"][PROXY]["password"] == "newer-Canary"


# -- BITS and the whole page -------------------------------------------------------------------------------------------

BITS = "network_and_rdp_settings.bits"


def test_the_throttle_is_moved(bench: Bench) -> None:
    keeps(bench, "bits_throttle", {"level": 30}, lambda node: node["settings"].get(BITS), {"throttle": 30})


def test_the_page_is_reported_without_secrets(bench: Bench) -> None:
    bench.secrets |= {"proxy-Canary", "mail-Canary"}
    bench.attempt("proxy", **WAY_OUT)
    bench.attempt("smtp", **MAIL)
    bench.control.reset_counts()
    found = bench.attempt("network_info")
    network = found["network"]
    assert network["rdp"] == {"enabled": False, "two_factor_required": False}
    assert network["smtp"] == {"server": "relay.example.com", "server_port": 587, "enable_ssl": True, "user": "mail"}
    assert network["proxy"] == {"enabled": True, "server": "192.0.2.8", "server_port": 3128, "user": "u"}
    assert network["ip_address"]["network_cards"] == ["Ethernet 1", "Ethernet 2"]
    assert (network["ip_address"]["network_card"], network["ip_address"]["dhcp"]) == ("Ethernet 1", True)
    throttle = network["bits_throttle"]
    assert (throttle["level"], throttle["minimum"], throttle["maximum"]) == (50, 0, 100)
    bench.silent(found)
    assert WAY != "html" or asked(bench) <= 2
    assert bench.attempt("network_info", query="proxy.server")["network"] == "192.0.2.8"
