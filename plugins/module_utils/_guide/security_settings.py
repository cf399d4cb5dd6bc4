# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Security Settings (guide 236-339, 895-928)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

#: Choices of the minimum security protocols, weakest first (guide 316-322).
SECURITY_PROTOCOLS = ("SSL 3.0 + TLS 1.0/1.1/1.2", "TLS 1.0/1.1/1.2", "TLS 1.1/1.2", "TLS 1.2")

SECURITY_SETTINGS = Page(
    "security_settings",
    "Security Settings",
    ("Maintenance", "Security Settings"),
    lines="236-339",
    parts=(
        Section(
            "download_crypto_key",
            "Download Crypto Key Options",
            lines="238-242",
            fields=(
                Field(
                    "encryption_password",
                    "Encryption Password",
                    "password",
                    guessed=True,
                    sole=True,
                    secret=True,
                    lines="241",
                ),
            ),
            buttons=(Button("submit", "Submit", lines="242"),),
        ),
        Section(
            "upload_crypto_key",
            "Upload Crypto Key Options",
            lines="244-249",
            fields=(
                Field(
                    "encryption_password",
                    "Encryption Password",
                    "password",
                    guessed=True,
                    sole=True,
                    secret=True,
                    lines="247",
                ),
                Field("file", "Crypto Key Zip File", "file", guessed=True, sole=True, lines="248"),
            ),
            buttons=(Button("generate_uploaded_key", "Generate the Uploaded Key", destructive=True, lines="249"),),
        ),
        Section(
            "fips",
            "FIPS Compliance Checking",
            lines="251-256",
            fields=(Field("fips_state", "FIPS State", "toggle", lines="254"),),
            buttons=(Button("update_fips", "Update FIPS Setting", lines="255"),),
        ),
        Section(
            "api_key",
            "API Key",
            guessed=True,
            anchor="generate_api_key",
            lines="258-271",
            aliases=("Manage the U-Series Appliance API Key",),
            fields=(
                Field(
                    "maximum_age",
                    "Maximum Age",
                    "number",
                    guessed=True,
                    sole=True,
                    minimum=1,
                    unit="minutes",
                    lines="262, 269",
                ),
                Field(
                    "api_key",
                    "API Key",
                    "readonly",
                    aliases=("API registration key",),
                    guessed=True,
                    secret=True,
                    lines="262, 271, 1069",
                ),
            ),
            buttons=(
                Button("update_maximum_age", "Update Maximum Age", lines="269"),
                Button("generate_api_key", "Generate API Key", destructive=True, lines="270-271"),
            ),
        ),
        Section(
            "event_service_ssl",
            "Event Service SSL Requirement",
            lines="273-286",
            fields=(
                Field("certificate_required", "Event Service SSL/Certificate Required", "toggle", lines="276-278"),
            ),
            buttons=(Button("submit", "Submit", lines="280"),),
        ),
        Section(
            "analytics_endpoints",
            "Analytics & Reporting Endpoints",
            guessed=True,
            anchor="refresh",
            lines="288-293",
            buttons=(Button("refresh", "Refresh", lines="293"),),
        ),
        Section(
            "generate_certificate",
            "Generate Certificate",
            guessed=True,
            anchor="generate_certificate",
            lines="295-302, 919-926",
            buttons=(Button("generate_certificate", "Generate Certificate", destructive=True, lines="298, 922"),),
        ),
        Section(
            "export_client_certificate",
            "Export Client Certificate",
            lines="304, 642-660, 928",
            fields=(
                Field("password", "Password", "password", secret=True, lines="646, 656"),
                Field("export_machine_name_certificate", "Export Machine Name Certificate", "toggle", lines="658"),
            ),
            buttons=(
                Button(
                    "export_certificate",
                    "Export and Download Certificate",
                    aliases=("Export Certificate",),
                    lines="304, 646, 660, 928",
                ),
            ),
        ),
        Section(
            "security_protocols",
            "Security Protocols (TLS)",
            lines="306-331",
            fields=(
                Field(
                    "minimum_protocols",
                    "Minimum Supported Security Protocols",
                    "choice",
                    choices=SECURITY_PROTOCOLS,
                    lines="309-322",
                ),
            ),
            buttons=(Button("update_protocols", "Update Security Protocols", lines="310"),),
        ),
        Section(
            "hsts",
            "HSTS",
            guessed=True,
            anchor="update_hsts",
            lines="333-339",
            aliases=("Turn On HSTS",),
            fields=(Field("hsts", "HSTS", "toggle", guessed=True, sole=True, lines="338"),),
            buttons=(Button("update_hsts", "Update HSTS Setting", lines="339"),),
        ),
        Section(
            "upload_certificate",
            "Upload Certificate",
            lines="895-917",
            fields=(
                Field("file", "Drop file to upload (or click)", "file", lines="906"),
                Field("password", "Password", "password", secret=True, lines="904, 914"),
                Field("bind_to_https", "Bind to HTTPS on update", "toggle", lines="908, 915"),
                Field("use_for_high_availability", "Use for High Availability", "toggle", lines="910, 916"),
            ),
            buttons=(Button("upload_certificate", "Upload Certificate", destructive=True, lines="912, 917"),),
        ),
    ),
)
