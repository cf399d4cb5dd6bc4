# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Network and RDP Settings."""

from __future__ import annotations

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import keeps

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
