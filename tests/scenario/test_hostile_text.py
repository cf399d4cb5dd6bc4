# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile text through text options: it arrives as it is or is refused before a write, and breaks nothing on its way.

Quotes, angle brackets, templates, control characters, 10 kB, right-to-left marks and NUL go through the wire to the
model of the simulator. What a text field of a browser cannot hold (a NUL, a line end in one line) must not arrive as
something else: the task then fails and says what it found.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.scenario.bad_input_bench import A, Bench
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

Look = Callable[[dict[str, Any]], Any]


def stored(part: str, field: str) -> Look:
    """A field that the simulator keeps as it was sent."""
    return lambda node: node["settings"].get(part, {}).get(field)


def archive(field: str) -> Look:
    """A setting of the session archive."""
    return lambda node: node["roles"]["applied"]["password_safe_web_portal"].get(f"session_archiving.{field}")


def location(field: str) -> Look:
    """A field of the backup location that was made."""
    return lambda node: node["backups"]["locations"][-1][field]


MAIL = {
    "server": "relay.example.com",
    "server_port": 25,
    "enable_ssl": False,
    "user": "mail",
    "smtp_password": "mail-Canary",
}
PROXY = {
    "enabled": True,
    "server": "proxy.example.com",
    "server_port": 8080,
    "user": "u",
    "proxy_password": "proxy-Canary",
}
NAS = {"name": "Nas", "path": r"\\nas\b", "share_username": "u", "share_password": "share-Canary"}
ARCHIVE = {
    "enabled": True,
    "protocol": "windows_file_sharing",
    "share_path": r"\\nas\s",
    "share_username": "u",
    "share_password": "share-Canary",
}
ROWS: dict[str, tuple[str, dict[str, Any], str, Look]] = {
    "title of the banner": ("login_banner", {"text": "Text"}, "title", lambda node: node["banner"][0]),
    "text of the banner": ("login_banner", {"title": "Title"}, "text", lambda node: node["banner"][1]),
    "mail server": ("smtp", MAIL, "server", stored("network_and_rdp_settings.smtp", "address")),
    "user of the mail server": ("smtp", MAIL, "user", stored("network_and_rdp_settings.smtp", "user")),
    "password of the mail server": ("smtp", MAIL, "smtp_password", stored("network_and_rdp_settings.smtp", "password")),
    "proxy": ("proxy", PROXY, "server", stored("network_and_rdp_settings.proxy", "address")),
    "user of the proxy": ("proxy", PROXY, "user", stored("network_and_rdp_settings.proxy", "username")),
    "password of the proxy": ("proxy", PROXY, "proxy_password", stored("network_and_rdp_settings.proxy", "password")),
    "name of a backup location": ("backup_location", NAS, "name", location("name")),
    "user of a backup location": ("backup_location", NAS, "share_username", location("username")),
    "password of a backup location": ("backup_location", NAS, "share_password", location("password")),
    "share of the archive": (
        "session_archiving",
        ARCHIVE,
        "share_path",
        archive("share_path"),
    ),
    "user of the archive": (
        "session_archiving",
        ARCHIVE,
        "share_username",
        archive("username"),
    ),
    "address of the current user": ("notification_settings", {}, "email", lambda node: node["mail"]["email"]),
    "password of the archive": (
        "session_archiving",
        ARCHIVE,
        "share_password",
        archive("password"),
    ),
}

ALPHABET = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "Cc", "Cf", "Mn"))
TEXTS = st.text(ALPHABET, min_size=1, max_size=60)
KNOWN = (
    "\"'<script>alert(1)</script>&amp;&lt;",
    "{{ 7 * 7 }}{% raw %}",
    "$(id) `id` %PATH% %s {0} \\\\nas\\share",
    "\u202egnirts\u202c \u200f\u2066",
    "a\x00b",
    "a\x1b[31mb\x7f",
    "Umlaute \u00e4\u00f6\u00fc \u6f22\u5b57 \U0001f512",
    "x" * 10_240,
)


def same(found: Any, sent: str) -> bool:
    """Outer white space is not kept by a form, and a line end may come back as another."""
    return (
        isinstance(found, str)
        and found.replace("\r\n", "\n").strip() == sent.replace("\r\n", "\n").replace("\r", "\n").strip()
    )


def goes_through(bench: Bench, row: str, text: str) -> None:
    """One text through one option."""
    module, base, option, look = ROWS[row]
    bench.control.reset_counts()
    result = bench.attempt(module, **{**base, option: text})
    found = look(bench.control.state(A))
    if result.get("failed"):
        assert result["error"]["remedy"], result
        assert bench.writes() == 0 or result["error"]["kind"] in ("not_seen", "rejected"), result
    else:
        assert same(found, text) or not result["changed"], f"{found!r} arrived for {text!r}"
    json.dumps(result, ensure_ascii=False).encode("utf-8")
    page = bench.attempt("settings_info")
    assert "failed" not in page, "the page cannot be read any more"


@pytest.mark.parametrize("row", ROWS)
def test_known_hostile_texts(bench: Bench, row: str) -> None:
    for text in KNOWN:
        goes_through(bench, row, text)


@pytest.mark.parametrize("row", ROWS)
def test_any_text(simulated_pair: Simulated, bench: Bench, row: str) -> None:
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @example("\r\n\t")
    @given(TEXTS)
    def any_text(text: str) -> None:
        goes_through(bench, row, text)

    any_text()
