# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site Diagnostics (guide lines 489-742). On a passive node only two tabs are shown; which two is not stated:
here Health Dashboard and Appliance Health."""

from __future__ import annotations

from typing import Any

from simulator.model.network import NAME_SERVERS
from simulator.model.services import RUNNING, STOPPED
from simulator.pages import logs, notifications, ping
from simulator.pages.counters import PERFORMANCE
from simulator.pages.kit import Values, button, stored
from simulator.pages.spec import Field, Outcome, Page, Section, Table

SITE = "Diagnostics"
ON_OFF = ("Enabled", "Disabled")


def _active(appliance: Any) -> bool:
    return bool(appliance.role_endpoint() != "Passive")


def _local_sql(appliance: Any) -> bool:
    return not appliance.sql_free


def _dashboard(appliance: Any) -> dict[str, Any]:
    states = list(appliance.services.states.values())
    load = appliance.load
    return {
        "cpu_usage": f"{load['cpu']} %",
        "sql_cpu_usage": f"{load['sql_cpu']} %",
        "sql_memory": f"{load['sql_memory']} %",
        "used_disk_space_c": f"{load['disk_c']} %",
        "services": f"{states.count(RUNNING)} running, {states.count(STOPPED)} stopped",
        "analyzer_reporting": "Yes",
    }


def _service_rows(appliance: Any) -> list[dict[str, str]]:
    return [{"Service": name, "State": state} for name, state in sorted(appliance.services.states.items())]


def _set(*states: str) -> Any:
    def change(appliance: Any, values: Values) -> str:
        name = values["row"]["Service"]
        for state in states:
            appliance.services.set(name, state)
        return f"The service {name} is {appliance.services.states[name].lower()}."

    return change


def _notification_rows(appliance: Any) -> list[dict[str, str]]:
    rows = []
    for entry in reversed(appliance.notifications):
        moment = appliance.local_time(appliance.clock.datetime(entry["at"]))
        date = f"{moment.month}/{moment.day}/{moment.year} {moment:%I:%M:%S %p}"
        rows.append({"Date": date, "Severity": entry["severity"], "Notification": entry["text"]})
    return rows


def _ipconfig(appliance: Any) -> dict[str, Any]:
    lines = (
        "Windows IP Configuration",
        "",
        f"   Host Name . . . . . . . . . . . . : {appliance.network_name}",
        "   IP Routing Enabled. . . . . . . . : No",
        "",
        "Ethernet adapter Ethernet 1:",
        "",
        "   Physical Address. . . . . . . . . : 00-15-5D-01-02-03",
        f"   IPv4 Address. . . . . . . . . . . : {appliance.address}(Preferred)",
        "   Subnet Mask . . . . . . . . . . . : 255.255.255.0",
        f"   DNS Servers . . . . . . . . . . . : {NAME_SERVERS[0]}",
        f"                                       {NAME_SERVERS[1]}",
    )
    return {"output": "\n".join(lines)}


def _refresh(_appliance: Any, _values: Values) -> Outcome:
    return Outcome()


HEALTH_DASHBOARD = Page(
    "health_dashboard",
    "Health Dashboard",
    (SITE,),
    (
        Section(
            "dashboard",
            "Health Dashboard",
            guessed=True,
            wordings=("Dashboard", "Appliance Health Overview", "Health"),
            fields=(
                Field("cpu_usage", "CPU usage", "readonly"),
                Field("sql_cpu_usage", "SQL Server CPU usage", "readonly", available=_local_sql),
                Field("sql_memory", "SQL Server memory", "readonly", available=_local_sql),
                Field("used_disk_space_c", "Used disk space on the C: drive", "readonly"),
                Field("services", "Services running and stopped", "readonly"),
                Field("analyzer_reporting", "Analyzer reporting", "readonly"),
            ),
            read=_dashboard,
        ),
    ),
    guessed=True,
)
ALERTS = stored(
    "appliance_health.alerts",
    "Monitor Services and Hardware",
    (
        Field(
            "service_state_alerts",
            "alerts for the running state of services",
            "toggle",
            True,
            ("Service State Alerts", "Alert on Service State", "Monitor Services"),
            states=ON_OFF,
        ),
        Field(
            "service_control_manager_alerts",
            "alerts for service control manager errors",
            "toggle",
            True,
            ("Service Control Manager Alerts", "Alert on Service Errors", "Service Failures"),
            states=ON_OFF,
        ),
        Field(
            "hardware_alerts",
            "alerts for hardware",
            "toggle",
            True,
            ("Hardware Alerts", "Alert on Hardware Errors", "Monitor Hardware"),
            states=ON_OFF,
        ),
    ),
    ("apply_updated_settings", "Apply Updated Settings"),
    {"service_state_alerts": False, "service_control_manager_alerts": False, "hardware_alerts": False},
    guessed=True,
    wordings=("Alerts", "Health Alerts", "Service and Hardware Alerts"),
)
SERVICES = Section(
    "services",
    "Check Services",
    guessed=True,
    wordings=("Services", "Appliance Services", "Service Status"),
    tables=(
        Table(
            "services",
            ("Service", "State"),
            _service_rows,
            (
                button("restart", "Restart the service", _set(STOPPED, RUNNING), kind="icon"),
                button("start", "Start the service", _set(RUNNING), kind="icon"),
                button("stop", "Stop the service", _set(STOPPED), kind="icon", ask="Stop this service?"),
            ),
        ),
    ),
)
APPLIANCE_HEALTH = Page("appliance_health", "Appliance Health", (SITE, "Appliance Health"), (ALERTS, SERVICES))
NOTIFICATIONS = Page(
    "notifications",
    "APPLIANCE NOTIFICATIONS",
    (SITE, "Notifications"),
    (
        Section(
            "notification_list",
            "Notifications",
            tables=(Table("notifications", ("Date", "Severity", "Notification"), _notification_rows),),
        ),
        *notifications.SECTIONS,
    ),
    available=_active,
)
TOOLS = Page(
    "tools",
    "Tools",
    (SITE, "Tools"),
    (
        Section(
            "network_configuration",
            "Network Configuration",
            fields=(Field("output", "IPConfig /all", "readonly"),),
            buttons=(button("refresh", "Refresh", _refresh, writes=False),),
            read=_ipconfig,
        ),
        ping.PING,
    ),
    available=_active,
)
PAGES = (HEALTH_DASHBOARD, APPLIANCE_HEALTH, PERFORMANCE, NOTIFICATIONS, TOOLS, logs.PAGE)
