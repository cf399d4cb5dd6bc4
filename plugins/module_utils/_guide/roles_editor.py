# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Roles Editor and its 16 roles (guide 744-881)."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.useries.appliance.plugins.module_utils._guide.role_settings import FIELDS, SECTIONS
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section


@dataclass(frozen=True)
class Role:
    """A role: its name in the Roles Editor, and when it is there at all.

    :param available_when: as the guide states it; :param hints: what it only implies: for messages, decides nothing.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    available_when: str = ""
    hints: str = ""
    lines: str = ""

    @property
    def page(self) -> Page:
        """The role's own page."""
        switch = Field("enabled", self.name, "toggle", aliases=self.aliases, guessed=True, lines=self.lines)
        buttons = (
            Button("apply_changes", "Apply Changes", lines="762, 821"),
            Button("discard_changes", "Discard Changes", when="the role's page can discard its changes", lines="1523"),
        )
        fields = (switch, *FIELDS.get(self.id, ()))
        part = Section("role", self.name, fields, buttons, aliases=self.aliases, lines=self.lines)
        parts = (part, *SECTIONS.get(self.id, ()))
        menu = ("Roles Editor", self.name)
        return Page(self.id, self.name, menu, parts, when=self.available_when, lines=self.lines)


ROLES = (
    Role("vulnerability_scanner", "Vulnerability Scanner", lines="754-756"),
    Role("event_collector", "Event Collector", lines="758-762"),
    Role(
        "sql_server_database",
        "SQL Server Database",
        hints="With your own SQL Server no action is required.",
        lines="764-766",
    ),
    Role(
        "beyondinsight_database_access",
        "BeyondInsight Database Access",
        hints="A local database needs SQL Server Database.",
        lines="768-789",
    ),
    Role("patch_management", "Patch Management", lines="791-793"),
    Role(
        "beyondinsight_omniworker",
        "BeyondInsight Omniworker Service",
        hints="Meant for more than one appliance; needs BeyondInsight Database Access.",
        lines="795-797",
    ),
    Role(
        "password_safe_web_portal",
        "Password Safe Web Portal",
        aliases=("Password Safe",),
        available_when="a Password Safe license is applied",
        hints="Needs BeyondInsight Database Access.",
        lines="799-805",
    ),
    Role(
        "high_availability",
        "High Availability",
        hints="Needs Password Safe Web Portal; conflicts with Cold Spare.",
        lines="807-823",
    ),
    Role(
        "biul",
        "BeyondInsight for Unix & Linux",
        available_when="BeyondInsight for Unix & Linux is installed",
        hints="A local database needs SQL Server Database.",
        lines="825-843",
    ),
    Role(
        "analysis_services",
        "Analysis Services",
        available_when="BeyondInsight Analytics & Reporting is used",
        lines="845-851",
    ),
    Role(
        "reporting_services",
        "Reporting Services",
        hints="Meant for BeyondInsight Analytics & Reporting with a remote database.",
        lines="853-855",
    ),
    Role("auto_update", "Auto Update", aliases=("Auto-Update", "Auto Updates"), lines="857-865"),
    Role("enterprise_update_server", "Enterprise Update Server", hints="Likely needs a license.", lines="867-869"),
    Role("beyondtrust_updater", "BeyondTrust Updater", lines="871-873"),
    Role(
        "powerbroker_endpoint_protection",
        "BeyondTrust PowerBroker End Point Protection",
        aliases=("PowerBroker End Point Protection", "PowerBroker Endpoint Protection"),
        lines="875-877",
    ),
    Role("cold_spare", "Cold Spare", hints="Conflicts with High Availability.", lines="879-881"),
)

ROLES_EDITOR = Page(
    "main",
    "Roles Editor",
    ("Roles Editor",),
    lines="744-750, 812, 822",
    parts=(
        Section(
            "roles",
            "Roles Editor",
            lines="744-750",
            anchor="apply_pending_changes",
            fields=(
                Field("roles", "Roles", "list", guessed=True, lines="750"),
                Field(
                    "dependencies_and_conflicts", "Dependencies and Conflicts", "readonly", guessed=True, lines="750"
                ),
            ),
            buttons=(
                Button(
                    "apply_pending_changes",
                    "Apply Pending Changes",
                    aliases=("Apply Roles",),
                    destructive=True,
                    lines="750, 822",
                ),
            ),
        ),
    ),
)

PAGES = (ROLES_EDITOR, *(one.page for one in ROLES))


def role(id: str) -> Role:
    """The role of that id."""
    return next(one for one in ROLES if one.id == id)
