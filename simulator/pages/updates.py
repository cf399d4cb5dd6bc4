# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > BeyondTrust Updates and its two pages (guide lines 128-195)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import NotModelled
from simulator.pages.kit import Action, Values, button, missing
from simulator.pages.spec import Field, Outcome, Page, Section, Table

SITE = "Maintenance"


def _versions(appliance: Any) -> list[dict[str, str]]:
    return [{"Product": product, "Version": version} for product, version in appliance.versions]


def _request_update(_appliance: Any, _values: Values) -> str:
    raise NotModelled("Request Update")


def _go(page: str) -> Action:
    return lambda _appliance, _values: Outcome(go_to=page)


UPDATES = Page(
    "beyondtrust_updates",
    "BeyondTrust Updates",
    (SITE, "BeyondTrust Updates"),
    (
        Section(
            "versions",
            "APPLIANCE SOFTWARE VERSIONS",
            buttons=(button("request_update", "Request Update", _request_update),),
            tables=(Table("versions", ("Product", "Version"), _versions),),
        ),
        Section(
            "update_method",
            "Update Method",
            fields=(
                Field("update_server", "update server", "readonly", True, ("Update Server", "Server", "Updates From")),
                Field("proxy_in_use", "proxy", "readonly", True, ("Proxy", "Proxy in Use", "Proxy Server")),
                Field(
                    "appliance_updates_disabled",
                    "U-Series Appliance updates disabled",
                    "readonly",
                    True,
                    ("Appliance Updates Disabled", "Disable Appliance Updates", "Appliance Updates are Off"),
                ),
                Field(
                    "security_updates_disabled",
                    "security updates disabled",
                    "readonly",
                    True,
                    ("Security Updates Disabled", "Disable Security Updates", "Security Updates are Off"),
                ),
            ),
            buttons=(
                button(
                    "change_the_proxy_settings",
                    "Change the Proxy Settings",
                    _go("network_and_rdp_settings"),
                    kind="link",
                    writes=False,
                ),
                button(
                    "change_the_update_settings", "Change the Update Settings", _go("main"), kind="link", writes=False
                ),
            ),
            read=lambda a: {
                "appliance_updates_disabled": "No",
                "security_updates_disabled": "No",
                "update_server": a.roles.applied["auto_update"]["servers"],
                "proxy_in_use": "Yes"
                if a.settings.get("network_and_rdp_settings.proxy", {}).get("use_proxy")
                else "No",
            },
        ),
        missing("View Updates", "View Update History"),
    ),
)
VIEW_UPDATES = Page("view_updates", "View Updates", (SITE, "BeyondTrust Updates", "View Updates"), modelled=False)
UPDATE_HISTORY = Page(
    "update_history", "View Update History", (SITE, "BeyondTrust Updates", "View Update History"), modelled=False
)
