# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site High Availability: Initial Setup, and the configuration afterwards (guide lines 1041-1266)."""

from __future__ import annotations

from typing import Any

from simulator.model.pairing import CONFIGURED, FIRST_SETTINGS, INITIAL
from simulator.pages.kit import Values, button, clean, text, whole
from simulator.pages.spec import Field, Outcome, Page, Section

MENU = ("High Availability",)


def _heartbeat(appliance: Any) -> str:
    at = appliance.ha.last_heartbeat()
    if at is None:
        return "na"
    moment = appliance.local_time(appliance.clock.datetime(at))
    hour = moment.hour % 12 or 12
    half = "AM" if moment.hour < 12 else "PM"
    return f"{moment.month}/{moment.day}/{moment.year} {hour}:{moment:%M:%S} {half}"


def _register(appliance: Any, values: Values) -> str:
    appliance.ha.register_key(text(values, "partner_api_key"))
    return "The API key was registered."


def _go_to_key(_appliance: Any, _values: Values) -> Outcome:
    return Outcome(go_to="security_settings")


def _apply(appliance: Any, values: Values) -> str:
    appliance.ha.start_exchange(text(values, "partner_host_name"))
    return str(appliance.ha.exchange_message)


def _results(appliance: Any, _values: Values) -> Outcome:
    return Outcome(False, appliance.ha.exchange_message, details=appliance.ha.exchange_details)


def _read_partner(appliance: Any) -> dict[str, Any]:
    return {"partner_host_name": appliance.ha.pending_host, "exchange_message": appliance.ha.exchange_message}


def _features(appliance: Any) -> dict[str, Any]:
    ha = appliance.ha
    state = ha.state_text().removeprefix("High Availability Is ")
    return {"partner": ha.partner, "state": state, "mirror_state": ha.mirror_state}


def _read_state(appliance: Any) -> dict[str, Any]:
    return {"high_availability": appliance.ha.enabled, "mirroring_port": appliance.ha.port}


def _set_state(appliance: Any, values: Values) -> str:
    port = whole(values, "mirroring_port", 1, 65535)
    return str(appliance.ha.set_state(bool(values.get("high_availability")), port))


def _read_settings(appliance: Any) -> dict[str, Any]:
    ha, database = appliance.ha, appliance.database
    other = ha.other()
    files = ha.settings["synchronize_session_archiving_files"]
    return {
        **ha.settings,
        "historical_sync_rate": f"{database.sync_rate:.2f} MB/min",
        "database_size": f"{database.size_gb:.2f} GB",
        "last_heartbeat": _heartbeat(appliance),
        "local_session_file_count": str(ha.local_session_files) if files else "na",
        "remote_session_file_count": str(other.local_session_files) if files and other is not None else "na",
    }


def _update_settings(appliance: Any, values: Values) -> str:
    shown = [field for field in SETTINGS_FIELDS if field.kind != "readonly"]
    appliance.ha.update_settings({field.id: clean(field, values, appliance) for field in shown})
    return "The settings were updated."


def _fail_over(appliance: Any, _values: Values) -> str:
    appliance.ha.fail_over()
    return "The failover to this U-Series Appliance has started."


def _suspend(appliance: Any, _values: Values) -> str:
    appliance.ha.suspend()
    return "Mirroring is suspended."


def _resume(appliance: Any, _values: Values) -> str:
    appliance.ha.resume()
    return "Mirroring is being resumed."


def _abandon(appliance: Any, _values: Values) -> str:
    appliance.ha.abandon()
    return "The high-availability configuration was removed."


def _switch(appliance: Any, _values: Values) -> str:
    appliance.ha.switch_roles()
    return "Roles are being switched."


def _queue(appliance: Any, _values: Values) -> str:
    appliance.ha.queue_files()
    return "The file synchronization was queued."


def _minutes(name: str, label: str, caption: str = "") -> Field:
    return Field(name, label, "number", caption=caption, minimum=1)


SETTINGS_FIELDS: tuple[Field, ...] = (
    _minutes(
        "partner_contact_timeout",
        "Partner Contact Timeout (minutes)",
        "Time to wait for partner to respond on startup",
    ),
    _minutes(
        "partner_failover_timeout",
        "Partner Failover Timeout (minutes)",
        "Time to wait before Secondary switches to Primary after no response",
    ),
    _minutes(
        "reboot_blackout_window",
        "Reboot Blackout Window (minutes)",
        "On graceful shutdown, time to wait before Secondary switches to Primary after no response",
    ),
    Field(
        "attempt_auto_resync",
        "Attempt Auto Resync of database when connecting after failover",
        "checkbox",
        caption="(Failover testing use only - Do not leave enabled)",
    ),
    Field("synchronize_session_archiving_files", "Synchronize Session Archiving Files", "checkbox"),
    _minutes("synchronization_timeout", "Synchronization Timeout (minutes)", "Total Database Sync process timeout"),
    Field("send_alerts_on_failover", "Send Alerts On Failover", "checkbox"),
    _minutes("failed_notification_rate", "Failed Notification Rate (in Minutes)"),
    Field("medium_failover_mode", "Medium Failover Mode", "checkbox"),
    _minutes(
        "background_settings_update_rate",
        "Background Settings Update Rate (minutes)",
        "Perform background settings sync this often. (default once per day)",
    ),
    Field("historical_sync_rate", "Historical Sync Rate (For This UVM)", "readonly"),
    Field("database_size", "BeyondInsight Database Size", "readonly"),
    Field("last_heartbeat", "Last Heartbeat", "readonly"),
    Field("local_session_file_count", "Local Session File Count", "readonly"),
    Field("remote_session_file_count", "Remote Session File Count", "readonly"),
)
assert set(FIRST_SETTINGS) == {field.id for field in SETTINGS_FIELDS if field.kind != "readonly"}

API_KEYS = Section(
    "api_keys",
    "API registration keys",
    guessed=True,
    wordings=("API Registration Keys", "Partner API Key", "API Keys"),
    fields=(
        Field(
            "partner_api_key",
            "API registration key",
            "text",
            True,
            ("Partner API Registration Key", "Key of the Partner", "Partner API Key"),
            secret=True,
        ),
    ),
    buttons=(
        button(
            "register_api_key",
            "Register API Key",
            _register,
            guessed=True,
            wordings=("Register Key", "Register Partner API Key", "Save API Key"),
        ),
        button(
            "go_to_api_key_page",
            "Go to the API Key Maintenance Page",
            _go_to_key,
            writes=False,
        ),
    ),
    read=lambda appliance: {"partner_api_key": appliance.ha.partner_key},
)
PARTNER = Section(
    "partner",
    "Initial Setup",
    fields=(
        Field(
            "partner_host_name",
            "host name of the passive U-Series Appliance",
            "text",
            True,
            ("Partner Host Name", "Passive Host Name", "Host Name"),
        ),
        Field(
            "exchange_message",
            "exchange is in progress",
            "readonly",
            True,
            ("Exchange Status", "Certificate Exchange", "Status"),
            available=lambda a: bool(a.ha.exchange),
        ),
    ),
    buttons=(
        button("apply", "Apply", _apply, enabled=lambda a: a.ha.exchange != "in progress"),
        button(
            "show_hide_results",
            "Show/Hide Results",
            _results,
            writes=False,
            available=lambda a: a.ha.exchange == "failed",
        ),
    ),
    read=_read_partner,
)
INITIAL_SETUP = Page(
    "initial_setup",
    "Initial Setup",
    MENU,
    (API_KEYS, PARTNER),
    available=lambda a: a.ha.page_available() and a.ha.phase == INITIAL,
)
FEATURES = Section(
    "features",
    "PASSWORD SAFE HIGH AVAILABILITY FEATURES",
    fields=(
        Field("partner", "Partner:", "readonly"),
        Field("state", "High Availability Is", "readonly"),
        Field("mirror_state", "Mirror State", "readonly"),
    ),
    read=_features,
)
SET_STATE = Section(
    "set_state",
    "SET HIGH AVAILABILITY STATE",
    fields=(
        Field("high_availability", "High Availability", "toggle", states=("Enabled", "Disabled")),
        Field("mirroring_port", "Mirroring Port", "number", minimum=1, maximum=65535),
    ),
    buttons=(
        button(
            "set_high_availability",
            "Set High Availability",
            _set_state,
            ask="The database of the partner is overwritten when High Availability is turned on. Continue?",
        ),
    ),
    read=_read_state,
)
SETTINGS = Section(
    "settings",
    "HIGH AVAILABILITY SETTINGS",
    fields=SETTINGS_FIELDS,
    buttons=(button("update_settings", "Update Settings", _update_settings),),
    read=_read_settings,
)
MAINTENANCE = Section(
    "maintenance",
    "High Availability Maintenance",
    buttons=(
        button(
            "failover_to_this",
            "Failover to this U-Series Appliance",
            _fail_over,
            ask="Start the failover to this U-Series Appliance?",
            enabled=lambda a: bool(a.ha.may_fail_over()),
        ),
        button("suspend", "Suspend", _suspend, enabled=lambda a: bool(a.ha.may_suspend())),
        button("resume", "Resume", _resume, enabled=lambda a: bool(a.ha.may_resume())),
        button(
            "abandon_configuration",
            "Abandon Configuration",
            _abandon,
            ask="Remove all high-availability configuration?",
        ),
        button("switch_roles", "Switch Roles", _switch, ask="Switch roles?", enabled=lambda a: bool(a.ha.may_switch())),
        button("queue_file_synchronization", "Queue File Synchronization", _queue),
    ),
)
CONFIGURATION = Page(
    "configuration",
    "High Availability Configuration",
    MENU,
    (FEATURES, SET_STATE, SETTINGS, MAINTENANCE),
    available=lambda a: a.ha.page_available() and a.ha.phase == CONFIGURED,
)
PAGES = (INITIAL_SETUP, CONFIGURATION)
