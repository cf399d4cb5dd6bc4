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

    def read(self, console: ConsoleSurface) -> Options | None:
        """The options as they are, from the page that is open; None where the section is not there."""
        if not console.has(self.section):
            return None
        fields = {**{name: name for name in self.same}, **self.options}
        there = set(console.there(self.section, fields.values()))
        names = [name for name, id in fields.items() if id in there]
        values = console.read(self.section, [fields[name] for name in names], fresh=False)
        return self.convert({name: values[fields[name]] for name in names})


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
    Part("login_banner", GENERAL_SETTINGS.section("pre_login_banner"), ("title",), {"text": "message"}),
    Part("api_key", SECURITY_SETTINGS.section("api_key"), ("maximum_age",)),
    Part("security_protocol", SECURITY_SETTINGS.section("security_protocols"), ("minimum_protocols",)),
    Part(
        "smtp",
        NETWORK_AND_RDP.section("smtp"),
        ("enable_ssl", "user"),
        {"server": "address", "server_port": "port"},
        _filled("server"),
    ),
)


def exported(console: ConsoleSurface) -> dict[str, Options]:
    """Module -> its options, of every page that this console has."""
    found = {}
    for page, parts in _by_page():
        if not _there(console, page):
            continue
        for part in parts:
            options = part.read(console)
            if options:
                found[part.module] = options
    return found


def _there(console: ConsoleSurface, page: Page) -> bool:
    return not console.refuses(page) and console.reaches(page)


def _by_page() -> Iterator[tuple[Page, list[Part]]]:
    """The parts of one page together: each page is asked for once."""
    pages: dict[str, tuple[Page, list[Part]]] = {}
    for part in PARTS:
        pages.setdefault(part.section.page.id, (part.section.page, []))[1].append(part)
    yield from pages.values()
