# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration > Connectors of BeyondInsight (guide lines 662-680): none of the console's pages.

The list and its columns, the choices, and everything about looking at a connector again are made up.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from simulator.model.connectors import ALL, SYSLOG, Connector
from simulator.pages.kit import Values, button, clean
from simulator.pages.spec import Field, Outcome, Page, Section, Table

PROTOCOLS = ("UDP", "TCP", "TCP with TLS")
FACILITIES = ("user", "daemon", "syslog", *(f"local{number}" for number in range(8)))
SEVERITIES = (ALL, "Info", "Low", "Medium", "High")
COLUMNS = ("Connector", "Address")


def _row(connector: Connector) -> dict[str, str]:
    """A connector with a name is listed by its name alone."""
    cells = (connector.name, "") if connector.name else (connector.kind, connector.address)
    return dict(zip(COLUMNS, cells, strict=True))


def _form(name: str) -> Any:
    def show(appliance: Any, _values: Values) -> Outcome:
        appliance.connectors.form = name
        return Outcome()

    return show


def _edit(appliance: Any, values: Values) -> Outcome:
    rows = [_row(one) for one in appliance.connectors.entries]
    appliance.connectors.form = str(rows.index(values["row"]))
    return Outcome()


def _is_shown(appliance: Any) -> bool:
    shown = appliance.connectors.shown()
    return shown is not None and shown.kind == SYSLOG


def _read(appliance: Any) -> dict[str, Any]:
    return asdict(appliance.connectors.shown() or Connector())


def _save(appliance: Any, values: Values) -> str:
    known = {one.name for one in fields(Connector)}
    new = {field.id: clean(field, values, appliance) for field in FIELDS if values.get(field.id) and field.id in known}
    appliance.connectors.save(Connector(**new))
    return "The connector was saved."


FIELDS = (
    Field("name", "Name", "text", True, ("Connector Name", "Display Name")),
    Field("address", "IP Address", "text", True, ("IP", "Host", "Syslog Server")),
    Field("protocol", "Protocol", "choice", True, ("Transport", "Transport Protocol"), choices=PROTOCOLS),
    Field("facility", "Facility", "choice", True, ("Syslog Facility",), choices=FACILITIES),
    Field("appliance_health", "Appliance Health", "checkbox"),
    Field("severity", "Severity", "choice", choices=SEVERITIES),
)
LIST = Section(
    "list",
    "Connectors",
    guessed=True,
    wordings=("Existing Connectors", "Connector List"),
    buttons=(
        button("add", "+", _form("choose"), kind="icon", writes=False),
        button(
            "syslog_event_forwarding", SYSLOG, _form("new"), kind="link", writes=False,
            available=lambda appliance: appliance.connectors.form == "choose",
        ),
    ),
    tables=(
        Table(
            "connectors",
            COLUMNS,
            lambda appliance: [_row(one) for one in appliance.connectors.entries],
            (button("edit", "Edit", _edit, guessed=True, kind="icon", writes=False, wordings=("Show", "Open")),),
        ),
    ),
)  # fmt: skip
FORM = Section(
    "syslog_event_forwarding",
    SYSLOG,
    fields=FIELDS,
    buttons=(
        button("hide_events", "Hide Events", lambda _appliance, _values: Outcome(), kind="link", writes=False),
        button("create", "Create Connector", _save, guessed=True, wordings=("Save", "Save Changes", "Create")),
    ),
    read=_read,
    available=_is_shown,
)
HOME = Page("beyondinsight", "BeyondInsight", ())
CONFIGURATION = Page("beyondinsight_configuration", "Configuration", ("Configuration",), modelled=False)
CONNECTORS = Page("connectors", "Connectors", ("Configuration", "Connectors"), (LIST, FORM))
PAGES = (CONFIGURATION, CONNECTORS)
