# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an appliance is set to, by the modules and options that would set it so: for export and for drift.

A module that is named here takes back what it exported without a change (a test shows it). Secrets cannot be read, so
they are never part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.exported_diagnostics import (
    forwarding_options,
    log_options,
    mail_options,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.exported_roles import (
    archiving_options,
    role_options,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.appliance_health import APPLIANCE_HEALTH
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page, Section

Options = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A section and the module that sets it.

    :param options: options whose fields are called otherwise -> id of the field; those of the same name are listed in
        ``same``. :param convert: what the module takes for what the console shows; None leaves the module out.
    :param more: options that are not read, but may be given along (acknowledgements).
    """

    module: str
    section: Section
    same: Sequence[str] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    convert: Callable[[Options], Options | None] = lambda values: values
    more: Sequence[str] = ()

    def read(self, console: ConsoleSurface, also: Sequence[str] = ()) -> Options | None:
        """The options as they are, from the page that is open; None where this console does not have the section.

        :param also: fields to read besides.
        """
        if console.profile.refuses_section(self.section) is not None or not console.has(self.section):
            return None
        fields = {**{name: name for name in (*self.same, *also)}, **self.options}
        there = set(console.there(self.section, fields.values()))
        names = [name for name, id in fields.items() if id in there]
        values = console.read(self.section, [fields[name] for name in names], fresh=False)
        return {name: values[fields[name]] for name in names}


def _filled(*names: str) -> Callable[[Options], Options]:
    """Without those of these options that are empty: the module takes no empty text for them."""
    return lambda values: {name: value for name, value in values.items() if value or name not in names}


PARTS: tuple[Part, ...] = (
    Part("date_time", GENERAL_SETTINGS.section("date_and_time"), ("time_zone",)),
    Part(
        "lcd_panel",
        GENERAL_SETTINGS.section("lcd_panel"),
        options={"allow_password_reset": "lcd_reset_password", "buttons": "lcd_buttons"},
    ),
    Part("removable_storage", GENERAL_SETTINGS.section("export_settings"), options={"allowed": "removable_storage"}),
    Part("login_banner", GENERAL_SETTINGS.section("pre_login_banner"), ("title",), {"text": "message"}),
    Part("fips", SECURITY_SETTINGS.section("fips"), ("fips_state",)),
    Part("api_key", SECURITY_SETTINGS.section("api_key"), ("maximum_age",)),
    Part("event_service_ssl", SECURITY_SETTINGS.section("event_service_ssl"), ("certificate_required",)),
    Part(
        "security_protocol",
        SECURITY_SETTINGS.section("security_protocols"),
        ("minimum_protocols",),
        more=("accept_lockout",),
    ),
    Part("hsts", SECURITY_SETTINGS.section("hsts"), options={"enabled": "hsts"}),
    Part(
        "rdp",
        NETWORK_AND_RDP.section("rdp"),
        ("two_factor_required",),
        {"enabled": "enable_remote_desktop"},
    ),
    Part(
        "smtp",
        NETWORK_AND_RDP.section("smtp"),
        ("enable_ssl", "user"),
        {"server": "address", "server_port": "port"},
        _filled("server"),
    ),
    Part(
        "proxy",
        NETWORK_AND_RDP.section("proxy"),
        options={"enabled": "use_proxy", "server": "address", "server_port": "port", "user": "username"},
        convert=lambda values: values if values.get("enabled") else {"enabled": False},
    ),
    Part("bits_throttle", NETWORK_AND_RDP.section("bits"), options={"level": "throttle"}),
    Part(
        "health_alerts",
        APPLIANCE_HEALTH.section("alerts"),
        options={
            "service_state": "service_state_alerts",
            "service_control_manager": "service_control_manager_alerts",
            "hardware": "hardware_alerts",
        },
    ),
)


@dataclass(frozen=True)
class Whole:
    """A module whose settings are more than one section.

    :param read: its options as they are, None for nothing to export; :param options: all that may be given.
    """

    module: str
    read: Callable[[ConsoleSurface], Options | None]
    options: Sequence[str]


WHOLE: tuple[Whole, ...] = (
    Whole("appliance_role", role_options, ("roles", "adopt_pending")),
    Whole(
        "session_archiving",
        archiving_options,
        (
            "enabled",
            "protocol",
            "repository_host",
            "certificate_name",
            "share_path",
            "share_username",
            "maximum_age",
            "storage_threshold",
            "max_transfer_time",
            "adopt_pending",
        ),
    ),
    Whole("notification_settings", mail_options, ("enabled", "email", "types")),
    Whole("health_forwarding", forwarding_options, ("target", "address", "certificate")),
    Whole("log_export", log_options, ("enabled", "path", "share_username", "nfs", "interval", "day", "time", "test")),
)


def exported(console: ConsoleSurface) -> dict[str, Options]:
    """Module -> its options, of every page that this console has."""
    found: dict[str, Options] = {}
    for page, parts in _by_page():
        if console.refuses(page) or not console.reaches(page):
            continue
        for part in parts:
            values = part.read(console)
            options = None if values is None else part.convert(values)
            if options:
                found[part.module] = options
    for whole in WHOLE:
        options = whole.read(console)
        if options:
            found[whole.module] = options
    return found


def of_page(
    console: ConsoleSurface, page: Page, also: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Options | None]:
    """Module -> its options as one page shows them; None for a section that this console does not have.

    :param also: module -> fields to read besides those that are exported.
    """
    console.open(page)
    parts = [part for part in PARTS if part.section.page.id == page.id]
    return {part.module: part.read(console, (also or {}).get(part.module, ())) for part in parts}


def _by_page() -> Iterator[tuple[Page, list[Part]]]:
    """The parts of one page together: each page is asked for once."""
    pages: dict[str, tuple[Page, list[Part]]] = {}
    for part in PARTS:
        pages.setdefault(part.section.page.id, (part.section.page, []))[1].append(part)
    yield from pages.values()
