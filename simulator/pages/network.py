# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Network and RDP Settings (guide lines 435-487)."""

from __future__ import annotations

from simulator.pages.kit import missing, stored
from simulator.pages.spec import Field, Page

SITE = "Maintenance"
SMTP = stored(
    "network_and_rdp_settings.smtp",
    "SMTP Settings",
    (
        Field("enable_ssl", "Enable SSL", "checkbox"),
        Field("address", "Address", "text"),
        Field("port", "Port", "number", minimum=1, maximum=65535),
        Field("user", "User", "text"),
        Field("password", "Password", "password", secret=True),
    ),
    ("update_smtp", "Update SMTP Settings"),
    {"enable_ssl": False, "address": "", "port": 25, "user": "", "password": ""},
    "The SMTP settings were updated.",
    guessed=True,
    wordings=("SMTP", "Configure SMTP", "Mail Server"),
)
PROXY = stored(
    "network_and_rdp_settings.proxy",
    "Proxy Settings",
    (
        Field("use_proxy", "Use proxy server for external communication", "toggle", states=("Yes", "No")),
        Field("address", "IP address", "text", True, ("Proxy Address", "Proxy IP Address", "Server Address")),
        Field("port", "port", "number", True, ("Proxy Port", "Port Number", "Server Port"), minimum=1, maximum=65535),
        Field("username", "username", "text", True, ("Proxy Username", "User Name", "Proxy User")),
        Field(
            "password",
            "password",
            "password",
            True,
            ("Proxy Password", "User Password", "Password of the Proxy"),
            secret=True,
        ),
    ),
    ("update_proxy", "Update Proxy Settings"),
    {"use_proxy": False, "address": "", "port": 8080, "username": "", "password": ""},
    "The proxy settings were updated.",
    guessed=True,
    wordings=("Proxy", "Configure Proxy", "Proxy Server"),
)
NETWORK = Page(
    "network_and_rdp_settings",
    "Network and RDP Settings",
    (SITE, "Network and RDP Settings"),
    (SMTP, PROXY, missing("RDP", "IP settings", "BITS throttle")),
)
