# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that are only read here: versions, licence, health (guide 128-149, 343-360, 490-532)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Field, Page, Section

OWN_SQL = "the database is on the appliance itself"

BEYONDTRUST_UPDATES = Page(
    "beyondtrust_updates",
    "BeyondTrust Updates",
    ("Maintenance", "BeyondTrust Updates"),
    lines="128-195",
    parts=(
        Section(
            "versions",
            "APPLIANCE SOFTWARE VERSIONS",
            lines="130-149",
            fields=(Field("versions", "APPLIANCE SOFTWARE VERSIONS", "list", lines="134-147"),),
        ),
    ),
)

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

HEALTH_DASHBOARD = Page(
    "health_dashboard",
    "Health Dashboard",
    ("Diagnostics",),
    when="the node is not passive: Diagnostics then shows two tabs only",
    lines="494-511, 1214",
    parts=(
        Section(
            "dashboard",
            "Health Dashboard",
            guessed=True,
            lines="494-511",
            fields=(
                Field("cpu_usage", "CPU usage", "readonly", guessed=True, lines="498"),
                Field(
                    "sql_cpu_usage", "SQL Server CPU usage", "readonly", guessed=True, when=OWN_SQL, lines="499, 511"
                ),
                Field("sql_memory", "SQL Server memory", "readonly", guessed=True, when=OWN_SQL, lines="500, 511"),
                Field("used_disk_space_c", "Used disk space on the C: drive", "readonly", guessed=True, lines="501"),
                Field("services", "Services running and stopped", "readonly", guessed=True, lines="502"),
                Field("analyzer_reporting", "Analyzer reporting", "readonly", guessed=True, lines="503"),
            ),
        ),
    ),
)
