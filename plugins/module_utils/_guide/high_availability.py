# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The High Availability site (guide 1041-1266)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

#: Mirror states of the console, with those after a failover (guide 1239-1241, 1260-1266).
SYNCHRONIZED = "SYNCHRONIZED"
UNDER_WAY = ("SYNC PENDING: INITIAL DB SYNC STARTED", "SYNC PENDING: SET MIRROR CALLED", "SYNCHRONIZING")
GIVEN_UP = "EXPOSED: MAX SYNC ATTEMPTS REACHED"
BROKEN = ("EXPOSED", GIVEN_UP, "DISCONNECTED", "SUSPENDED")

INITIAL_SETUP = Page(
    "initial_setup",
    "Initial Setup",
    ("High Availability",),
    when="the role High Availability is on and the node has no partner yet",
    role="high_availability",
    lines="1067-1071",
    parts=(
        Section(
            "api_keys",
            "API registration keys",
            guessed=True,
            anchor="register_api_key",
            lines="271, 1068-1069",
            aliases=("API Registration Key",),
            fields=(
                Field(
                    "partner_api_key",
                    "API registration key",
                    "text",
                    guessed=True,
                    secret=True,
                    sole=True,
                    aliases=("Partner API Key",),
                    lines="271, 1069",
                ),
            ),
            buttons=(
                Button(
                    "register_api_key",
                    "Register API Key",
                    guessed=True,
                    aliases=("Register", "Register Key"),
                    lines="1069",
                ),
                Button("go_to_api_key_page", "Go to the API Key Maintenance Page", lines="1068"),
            ),
        ),
        Section(
            "partner",
            "Initial Setup",
            lines="1067, 1070-1071",
            fields=(
                Field(
                    "partner_host_name",
                    "host name of the passive U-Series Appliance",
                    "text",
                    guessed=True,
                    sole=True,
                    aliases=("Partner Host Name", "Host Name"),
                    lines="1070",
                ),
            ),
            buttons=(
                Button("apply", "Apply", lines="1070-1071"),
                Button(
                    "show_hide_results", "Show/Hide Results", when="the exchange of certificates failed", lines="1071"
                ),
            ),
        ),
    ),
)

CONFIGURATION = Page(
    "configuration",
    "High Availability",
    ("High Availability",),
    when="the role High Availability is on and the node has a partner",
    role="high_availability",
    lines="1049, 1071-1123, 1182-1206, 1227, 1245-1256",
    parts=(
        Section(
            "features",
            "PASSWORD SAFE HIGH AVAILABILITY FEATURES",
            lines="1077-1083, 1253",
            fields=(
                Field("partner", "Partner", "readonly", lines="1079"),
                Field("mirror_state", "Mirror State", "readonly", lines="1083, 1253"),
            ),
        ),
        Section(
            "set_state",
            "SET HIGH AVAILABILITY STATE",
            lines="1073-1092",
            fields=(
                Field("high_availability", "High Availability", "toggle", lines="1073, 1087"),
                Field("mirroring_port", "Mirroring Port", "number", minimum=1, maximum=65535, lines="1074, 1089-1090"),
            ),
            buttons=(Button("set_high_availability", "Set High Availability", destructive=True, lines="1075, 1092"),),
        ),
        Section(
            "settings",
            "HIGH AVAILABILITY SETTINGS",
            lines="1094-1123",
            fields=(
                Field(
                    "partner_contact_timeout",
                    "Partner Contact Timeout (minutes)",
                    "number",
                    aliases=("Partner Contact Timeout",),
                    minimum=1,
                    unit="minutes",
                    lines="1094, 1101",
                ),
                Field(
                    "partner_failover_timeout",
                    "Partner Failover Timeout (minutes)",
                    "number",
                    aliases=("Partner Failover Timeout",),
                    minimum=1,
                    unit="minutes",
                    lines="1095, 1102",
                ),
                Field(
                    "reboot_blackout_window",
                    "Reboot Blackout Window (minutes)",
                    "number",
                    aliases=("Reboot Blackout Window",),
                    minimum=1,
                    unit="minutes",
                    lines="1096-1098, 1103",
                ),
                Field(
                    "attempt_auto_resync",
                    "Attempt Auto Resync of database when connecting after failover",
                    "checkbox",
                    aliases=("Attempt Auto-Resync",),
                    lines="1104, 1115",
                ),
                Field(
                    "synchronize_session_archiving_files",
                    "Synchronize Session Archiving Files",
                    "checkbox",
                    lines="1105, 1116",
                ),
                Field(
                    "synchronization_timeout",
                    "Synchronization Timeout (minutes)",
                    "number",
                    aliases=("Synchronization Timeout",),
                    minimum=1,
                    unit="minutes",
                    lines="1105-1106",
                ),
                Field("send_alerts_on_failover", "Send Alerts On Failover", "checkbox", lines="1106, 1117"),
                Field(
                    "failed_notification_rate",
                    "Failed Notification Rate (in Minutes)",
                    "number",
                    aliases=("Failed Notification Rate",),
                    minimum=1,
                    unit="minutes",
                    lines="1106, 1121",
                ),
                Field("medium_failover_mode", "Medium Failover Mode", "checkbox", lines="1107, 1118"),
                Field(
                    "background_settings_update_rate",
                    "Background Settings Update Rate (minutes)",
                    "number",
                    aliases=("Background Settings Update Rate",),
                    minimum=1,
                    unit="minutes",
                    lines="1107-1108, 1120",
                ),
                Field(
                    "historical_sync_rate",
                    "Historical Sync Rate (For This UVM)",
                    "readonly",
                    unit="MB/min",
                    lines="1101, 1255",
                ),
                Field(
                    "database_size",
                    "BeyondInsight Database Size",
                    "readonly",
                    aliases=("BeyondInight Database Size",),
                    unit="GB",
                    lines="1102, 1256",
                ),
                Field("last_heartbeat", "Last Heartbeat", "readonly", lines="1103, 1227"),
                Field("local_session_file_count", "Local Session File Count", "readonly", lines="1104"),
                Field("remote_session_file_count", "Remote Session File Count", "readonly", lines="1105"),
            ),
            buttons=(Button("update_settings", "Update Settings", lines="1109, 1123"),),
        ),
        Section(  # the guide says of the first button alone that it is in this section
            "maintenance",
            "High Availability Maintenance",
            lines="1122, 1174, 1182-1206, 1245",
            buttons=(
                Button(
                    "failover_to_this",
                    "Failover to this U-Series Appliance",
                    destructive=True,
                    when="the primary is down",
                    lines="1183-1187",
                ),
                Button("suspend", "Suspend", destructive=True, lines="1191-1194"),
                Button("resume", "Resume", destructive=True, lines="1195-1199"),
                Button("abandon_configuration", "Abandon Configuration", destructive=True, lines="1203-1206"),
                Button("switch_roles", "Switch Roles", destructive=True, lines="1174, 1245"),
                Button("queue_file_synchronization", "Queue File Synchronization", lines="1122"),
            ),
        ),
    ),
)
