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
            "generate_certificate",
            "Generate Certificate",
            guessed=True,
            anchor="generate_certificate",
            lines="295-302, 919-926",
            buttons=(Button("generate_certificate", "Generate Certificate", destructive=True, lines="298, 922"),),
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
