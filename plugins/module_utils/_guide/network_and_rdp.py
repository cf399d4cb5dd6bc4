# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Network and RDP Settings (guide 435-487)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

NETWORK_AND_RDP = Page(
    "network_and_rdp_settings",
    "Network and RDP Settings",
    ("Maintenance", "Network and RDP Settings"),
    lines="435-487",
    parts=(
        Section(
            "rdp",
            "RDP",
            guessed=True,
            anchor="save_rdp",
            aliases=("Configure RDP", "Remote Desktop"),
            lines="437-449",
            fields=(
                Field("enable_remote_desktop", "Enable Remote Desktop", "toggle", lines="439, 442"),
                Field("two_factor_required", "2-Factor required", "toggle", lines="443, 447"),
                Field(
                    "time_limited_password",
                    "time-limited password",
                    "password",
                    guessed=True,
                    secret=True,
                    sole=True,
                    lines="447",
                ),
            ),
            buttons=(Button("save_rdp", "Save RDP Settings", lines="449"),),
        ),
        Section(
            "ip",
            "IP Settings",
            guessed=True,
            anchor="update_ip",
            aliases=("Set an IP Address for the U-Series Appliance", "IP Address"),
            lines="451-459",
            fields=(
                Field("network_card", "network card", "choice", guessed=True, sole=True, lines="456"),
                Field("dhcp", "Obtain IP address automatically", "toggle", lines="457"),
                Field("ip_address", "IP address", "text", guessed=True, lines="453, 458"),
                Field("subnet_mask", "subnet mask", "text", guessed=True, lines="458"),
                Field("gateway", "gateway", "text", guessed=True, aliases=("Default Gateway",), lines="458"),
                Field("dns", "DNS", "text", guessed=True, aliases=("DNS Servers", "DNS Server"), lines="458"),
            ),
            buttons=(Button("update_ip", "Update IP Settings", lines="459"),),
        ),
        Section(
            "smtp",
            "SMTP Settings",
            guessed=True,
            anchor="update_smtp",
            aliases=("Enter SMTP Server Settings", "SMTP"),
            lines="461-470",
            fields=(
                Field("enable_ssl", "Enable SSL", "checkbox", lines="465"),
                Field("address", "Address", "text", lines="466"),
                Field("port", "Port", "number", minimum=1, maximum=65535, lines="467"),
                Field("user", "User", "text", lines="468"),
                Field("password", "Password", "password", secret=True, lines="469"),
            ),
            buttons=(Button("update_smtp", "Update SMTP Settings", lines="470"),),
        ),
        Section(
            "proxy",
            "Proxy Settings",
            guessed=True,
            anchor="update_proxy",
            aliases=("Configure Proxy Settings", "Proxy"),
            lines="472-481",
            fields=(
                Field("use_proxy", "Use proxy server for external communication", "toggle", lines="477"),
                Field("address", "IP address", "text", guessed=True, aliases=("Address",), lines="479"),
                Field("port", "port", "number", guessed=True, sole=True, minimum=1, maximum=65535, lines="479"),
                Field("username", "username", "text", guessed=True, aliases=("User", "User name"), lines="480"),
                Field("password", "password", "password", guessed=True, secret=True, sole=True, lines="480"),
            ),
            buttons=(Button("update_proxy", "Update Proxy Settings", lines="481"),),
        ),
        Section(
            "bits",
            "BITS Throttle",
            guessed=True,
            anchor="update_bits",
            aliases=("Manage BITS Throttle", "BITS"),
            lines="483-487",
            fields=(Field("throttle", "level of throttling", "slider", guessed=True, sole=True, lines="486"),),
            buttons=(Button("update_bits", "Update BITS Throttling Setting", lines="487"),),
        ),
    ),
)
