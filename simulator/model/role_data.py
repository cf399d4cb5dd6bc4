# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sixteen roles of the appliance: names, availability, dependencies and conflicts.

Source: guide lines 744-885. The guide says that dependencies and conflicts are displayed, but lists hardly any; the
ones here are the implied ones, so nothing may be concluded from them about a real appliance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

AUTHENTICATIONS = (
    "Windows Authentication using a Trusted Connection on this Appliance",
    "SQL Server Authentication using a SQL Server account that has been configured with the necessary privileges",
)
MIRROR_ALL = "HA will mirror both Server and Database"
MIRROR_SERVICES = "HA mirroring for services only"
DEFAULT_UPDATE_SERVER = "https://update.beyondtrust.example/"


@dataclass(frozen=True)
class Role:
    """One role.

    :param depends: role ids, each with the value of ``location`` for which it counts ("" always).
    :param needs: name of a licence or product without which the role is not offered ("" always offered).
    :param services: Windows services that run while the role is on.
    :param settings: field ids with their first values (without ``enabled``); nested sections as "section.field".
    """

    id: str
    name: str
    default_on: bool = False
    depends: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[str, ...] = ()
    needs: str = ""
    services: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


ROLES: tuple[Role, ...] = (
    Role("vulnerability_scanner", "Vulnerability Scanner", True, services=("BeyondTrust Discovery Scanner",)),
    Role(
        "event_collector",
        "Event Collector",
        True,
        services=("BeyondTrust Event Server",),
        settings={"service": "Event Server", "port": 21690},
    ),
    Role(
        "sql_server_database",
        "SQL Server Database",
        True,
        services=("MSSQLSERVER", "SQLSERVERAGENT"),
        settings={"remote_access": False},
    ),
    Role(
        "beyondinsight_database_access",
        "BeyondInsight Database Access",
        True,
        depends=(("sql_server_database", "local"),),
        services=("BeyondInsight AppBus Service",),
        settings={
            "location": "local",
            "local_database.authentication": AUTHENTICATIONS[0],
            "local_database.username": "beyondtrust_user",
            "local_database.password": "",
            "remote_database.server_name": "",
            "remote_database.instance": "",
            "remote_database.port": 1433,
            "remote_database.database_name": "",
            "remote_database.username": "",
            "remote_database.password": "",
        },
    ),
    Role("patch_management", "Patch Management", services=("LanmanServer",)),
    Role(
        "beyondinsight_omniworker",
        "BeyondInsight Omniworker Service",
        True,
        depends=(("beyondinsight_database_access", ""),),
        services=("BeyondInsight Omniworker",),
    ),
    Role(
        "password_safe_web_portal",
        "Password Safe Web Portal",
        True,
        depends=(("beyondinsight_database_access", ""),),
        needs="Password Safe",
        services=("Password Safe Web Portal", "Password Safe Session Monitoring"),
        settings={
            "session_archiving.enabled": False,
            "session_archiving.protocol": "Windows File Sharing",
            "session_archiving.repository_host": "",
            "session_archiving.certificate_name": "",
            "session_archiving.share_path": "",
            "session_archiving.username": "",
            "session_archiving.password": "",
            "session_archiving.maximum_age": 90,
            "session_archiving.storage_threshold": 2000,
            "session_archiving.max_transfer_time": 600,
        },
    ),
    Role(
        "high_availability",
        "High Availability",
        depends=(("password_safe_web_portal", ""),),
        conflicts=("cold_spare",),
        services=("BeyondTrust High Availability",),
        settings={
            "mirroring": MIRROR_ALL,
            "standalone_worker": False,
            "disable_beyondinsight_ui": False,
            "disable_password_safe_ui": False,
        },
    ),
    Role(
        "biul",
        "BeyondInsight for Unix & Linux",
        depends=(("sql_server_database", "local"),),
        needs="BeyondInsight for Unix & Linux",
        services=("BeyondInsight for Unix and Linux",),
        settings={
            "location": "local",
            "local_database.username": "",
            "local_database.password": "",
            "remote_database.server_name": "",
            "remote_database.instance": "",
            "remote_database.port": 1433,
            "remote_database.database_name": "",
            "remote_database.username": "",
            "remote_database.password": "",
        },
    ),
    Role(
        "analysis_services",
        "Analysis Services",
        needs="BeyondInsight Analytics & Reporting",
        services=("MSSQLServerOLAPService",),
    ),
    Role(
        "reporting_services",
        "Reporting Services",
        needs="BeyondInsight Analytics & Reporting",
        services=("SQLServerReportingServices",),
    ),
    Role(
        "auto_update",
        "Auto Update",
        True,
        services=("BeyondTrust Auto Update",),
        settings={
            "server_mode": "one server for all updates",
            "servers": DEFAULT_UPDATE_SERVER,
            "products": DEFAULT_UPDATE_SERVER,
            "audits": DEFAULT_UPDATE_SERVER,
        },
    ),
    Role(
        "enterprise_update_server",
        "Enterprise Update Server",
        needs="Enterprise Update Server",
        services=("BeyondTrust Enterprise Update Server",),
    ),
    Role("beyondtrust_updater", "BeyondTrust Updater", True, services=("BeyondTrust Updater",)),
    Role(
        "powerbroker_endpoint_protection",
        "BeyondTrust PowerBroker End Point Protection",
        True,
        services=("BeyondTrust Endpoint Protection",),
        settings={"disable_policy": False},
    ),
    Role(
        "cold_spare",
        "Cold Spare",
        conflicts=("high_availability",),
        services=("BeyondTrust Cold Spare",),
        settings={
            "locations.restore_location": "",
            "locations.username": "",
            "locations.password": "",
            "locations.existing_location": "",
            "schedule.day": "Sunday",
            "schedule.time": "02:00",
            "restore_password.password": "",
            "restore_password.confirm": "",
            "temporary_machine_name.name": "",
        },
    ),
)

BY_ID = {role.id: role for role in ROLES}
