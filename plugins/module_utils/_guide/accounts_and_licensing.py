# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Accounts and Licensing (guide 119-126, 341-433)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Field, Page, Section

ACCOUNTS_AND_LICENSING = Page(
    "accounts_and_licensing",
    "Accounts and Licensing",
    ("Maintenance", "Accounts and Licensing"),
    lines="341-433",
    parts=(
        Section(
            "product_serial_numbers",
            "PRODUCT SERIAL NUMBERS",
            lines="343-360",
            fields=(
                Field("beyondinsight", "BeyondInsight", "text", secret=True, lines="358"),
                Field(
                    "network_security_scanner", "BeyondTrust Network Security Scanner", "text", secret=True, lines="359"
                ),
                Field("enterprise_update_server", "Enterprise Update Server", "text", secret=True, lines="360"),
            ),
        ),
    ),
)
