# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondInsight, the other web site of an appliance (guide 91-104), and its connector for health events (662-680).

The guide prints neither the captions of the first three fields and of the button that saves, nor how connectors are
listed and opened again.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import Profile
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

SITE = "beyondinsight"

#: The profiles of the console say nothing about this site; it is taken as the guide describes it.
AS_DESCRIBED = Profile(SITE, confirmed=True, sign_in=("/",), marks=())

OPENED = "a connector is being created or looked at; calibration does not look at BeyondInsight"

CONNECTORS = Page(
    "connectors",
    "Connectors",
    ("Configuration", "Connectors"),
    site=SITE,
    lines="662-680",
    parts=(
        Section(
            "list",
            "Connectors",
            guessed=True,
            anchor="add",
            lines="665-666",
            fields=(Field("connectors", "Connectors", "list", guessed=True, lines="665"),),
            buttons=(
                Button("add", "+", aliases=("Add", "Create", "New"), lines="666"),
                Button("syslog_event_forwarding", "Syslog Event Forwarding", when='"+" has been pressed', lines="666"),
                Button(
                    "edit",
                    "Edit",
                    aliases=("Edit Connector", "View", "View Connector", "Details"),
                    guessed=True,
                    when="a connector is listed",
                ),
            ),
        ),
        Section(
            "syslog_event_forwarding",
            "Syslog Event Forwarding",
            when=OPENED,
            lines="666-680",
            fields=(
                Field(
                    "name",
                    "Name",
                    "text",
                    aliases=("Connector Name",),
                    guessed=True,
                    when="the form asks for a name, which the guide does not say",
                ),
                Field(
                    "address",
                    "IP Address",
                    "text",
                    aliases=("Address", "Host", "Host Name"),
                    guessed=True,
                    lines="667",
                ),
                Field("protocol", "Protocol", "choice", guessed=True, lines="667"),
                Field("facility", "Facility", "choice", guessed=True, lines="667"),
                Field("appliance_health", "Appliance Health", "checkbox", lines="668, 671-678"),
                Field("severity", "Severity", "choice", lines="669, 680"),
            ),
            buttons=(
                Button(
                    "create",
                    "Create Connector",
                    aliases=("Create", "Save", "Save Connector", "Add Connector"),
                    guessed=True,
                    lines="662-669",
                ),
            ),
        ),
    ),
)
