# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > BeyondTrust Updates (guide 128-195)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Field, Page, Section

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
