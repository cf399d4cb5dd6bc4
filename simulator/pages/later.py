# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is publicly seen of the console of later versions, and a console that is none.

The manufacturer's public pages (keys S2, S5 to S8, S13 of the project's notes) name a sidebar with an entry "LA", which
leads to the old menu "Maintenance"; of that only the page Security Settings is named. What stands on it and was not
seen is taken to be as in 3.3, except the API key, which has a page of its own. Of the other pages of the sidebar no
more than the names is known. A page of 3.3 whose place is not stated is absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from simulator.pages import pages, security_settings
from simulator.pages.spec import Page, Section

NAVIGATIONS = ("3.3", "later", "other")
OLD = "LA"

#: Page id -> the entries of the sidebar that lead there.
NEW = {
    "business_continuity": ("Business Continuity", "High Availability"),
    "feature_configuration": ("Features and Services", "Appliance Feature Configuration"),
    "appliance_api_keys": ("Integrations", "Appliance API Keys"),
    "network": ("Network",),
    "security_updates": ("Software and Licensing", "Security Updates"),
}
#: Another product that signs in at the same address: invented, like all of its pages.
OTHER = {"overview": ("Overview",), "reports": ("Reports",), "users": ("Users",)}


@dataclass(frozen=True)
class Navigation:
    """The menus of a console.

    :param entrance: where one signs in; :param sidebar: whether the sites stand beside, with the old menus behind LA.
    """

    entrance: str
    sidebar: bool
    pages: tuple[Page, ...]


def navigation(name: str = "3.3") -> Navigation:
    """One of ``NAVIGATIONS``."""
    if name == "later":
        return Navigation("/appliance", True, (*_named(NEW), _security_settings()))
    if name == "other":
        return Navigation("/appliance", True, tuple(_named(OTHER)))
    return Navigation("/Maintenance", False, pages())


def _named(menus: Mapping[str, tuple[str, ...]]) -> Iterator[Page]:
    for page_id, menu in menus.items():
        yield Page(page_id, menu[-1], menu, modelled=False)


def _security_settings() -> Page:
    page = security_settings.PAGE
    sections = tuple(_as_later(section) for section in page.sections if section.id != "api_key")
    return replace(page, menu=(OLD, *page.menu), sections=sections)


def _as_later(section: Section) -> Section:
    if section.id == "generate_certificate":
        return replace(section, title="Generate SSL Certificate", guessed=False, wordings=())
    if section.id == "export_client_certificate":
        export = replace(section.buttons[0], label="Export Certificate")
        return replace(section, title="Export Client Certificate", buttons=(export,))
    return section
