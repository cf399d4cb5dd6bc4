# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Profiles: how the console of another version differs from that of the 3.3 guide, as far as it is publicly stated.

Everything beyond 3.3 comes from public pages of the manufacturer of which only the beginnings were seen, none of it
from an appliance: it is unconfirmed. ``sources`` are these pages: S2 security, S5 configure-features, S6
configure-password-safe, S7 high-availability and S8 upgrade of www.beyondtrust.com/docs (appliance, administration);
S11 u-series-log-in, S13 u-series-network, S14 features-and-services and S15 business-continuity of
docs.beyondtrust.com.
``rows`` are ids of tests/capabilities.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page, Section

AUTO = "auto"
ENOUGH = 2
"""Marks that must be met: a single name may stand in the menus of any product."""


@dataclass(frozen=True)
class Refusal:
    """What works in another way, so that modules made for 3.3 must not try.

    :param menus: menus of 3.3 that are gone, with everything below them; :param parts: the same for sections
        (``page.section``); :param modules: modules that need them.
    :param why: part of a sentence, after "there"; :param by_hand: sentences, what to do instead.
    """

    subject: str
    why: str
    by_hand: str
    rows: tuple[str, ...]
    sources: tuple[str, ...]
    menus: tuple[tuple[str, ...], ...] = ()
    parts: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """One kind of console.

    :param confirmed: the guide of this version states it; :param sign_in: addresses to sign in at, in this order.
    :param marks: texts of the menus that tell it; :param decisive: one that must be there; :param unlike: texts that
        must not be there.
    :param prefix: texts of the menus that lead to the menus of 3.3; :param stated: pages that are shown there publicly.
    :param labels: other titles by ``page.section``, tried before those of 3.3.
    """

    name: str
    confirmed: bool
    sign_in: tuple[str, ...]
    marks: tuple[str, ...]
    decisive: str = ""
    unlike: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()

    def marks_in(self, met: Iterable[str]) -> tuple[str, ...]:
        """The marks among the texts of the menus; none when they do not tell this profile."""
        known = {_key(text) for text in met}
        found = tuple(mark for mark in self.marks if _key(mark) in known)
        against = any(_key(text) in known for text in self.unlike)
        decided = not self.decisive or self.decisive in found
        return found if len(found) >= ENOUGH and decided and not against else ()

    def menu(self, page: Page) -> tuple[str, ...]:
        """The texts that lead to a page."""
        return (*self.prefix, *page.menu)

    def refuses_module(self, name: str) -> Refusal | None:
        """What stands against a module."""
        return next((one for one in self.refusals if name in one.modules), None)

    def refuses_page(self, page: Page) -> Refusal | None:
        """What stands against a page."""
        return next((one for one in self.refusals if any(page.menu[: len(menu)] == menu for menu in one.menus)), None)

    def refuses_section(self, section: Section) -> Refusal | None:
        """What stands against a section, or the page that it is on."""
        key = f"{section.page.id}.{section.id}"
        return next((one for one in self.refusals if key in one.parts), None) or self.refuses_page(section.page)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


BUILT = Profile(
    "3.3",
    confirmed=True,
    sign_in=("/Maintenance",),
    marks=("Maintenance", "Diagnostics", "Roles Editor", "High Availability"),
    unlike=("LA",),
)

LATER = Profile(
    "later",
    confirmed=False,
    sign_in=("/appliance", "/Maintenance"),  # S11, S13; of the pages with the sidebar S2 to S8 none says where
    marks=("LA", "Business Continuity", "Features and Services", "Integrations", "Network", "Software and Licensing"),
    decisive="LA",  # S2, S6: without it nothing leads to the old menus
    prefix=("LA",),
    stated=("security_settings",),  # S2, S6
    labels={"security_settings.generate_certificate": ("Generate SSL Certificate",)},  # S6
    refusals=(
        Refusal(
            "roles",
            "roles have become features, on a page with steps of its own",
            'Open "Features and Services" > "Appliance Feature Configuration", press "Change Configuration", turn the '
            "feature on or off, settle the dependencies and conflicts that the page shows, press "
            '"Save Configuration".',
            rows=(*(f"ROLE-{number:02}" for number in range(1, 22)), *(f"PS-{number:02}" for number in range(4, 10))),
            sources=("S5", "S14"),
            menus=(("Roles Editor",),),
            modules=("appliance_role", "appliance_role_info", "session_archiving", "session_archiving_info"),
        ),
        Refusal(
            "the API key",
            "the API key has a page of its own and is handed over as a registration code",
            'Open "Integrations" > "Appliance API Keys". On the tab "This Appliance" choose an entry of "IP Address to '
            'Use in Configuration"; "Appliance Key Details" then shows the "Registration Code". A new one is made in '
            '"Regeneration and Settings": partners are denied until they have registered it.',
            rows=("SEC-04", "SEC-05", "SEC-06"),
            sources=("S2",),
            parts=("security_settings.api_key",),
            modules=("api_key", "api_key_info"),
        ),
        Refusal(
            "high availability",
            "a wizard has taken the place of the high availability pages",
            'On the primary open "Business Continuity" > "High Availability". Paste the whole "Registration Code" of '
            'the other appliance on the tab "Register Remote Appliance" and press the button of that name, choose it '
            'in the grid, and go on with "Next". After "Pairing Settings", enabling the pairing overwrites the '
            "database of the secondary with that of the primary.",
            rows=(
                *("HA-01", "HA-02", "HA-03", "HA-04", "HA-07", "HA-08", "HA-09", "HA-10", "HA-11", "HA-12"),
                *("HA-13", "HA-18", "HA-19", "HA-20", "HA-25"),
            ),
            sources=("S7", "S15"),
            menus=(("High Availability",),),
            modules=(
                "failover",
                "file_synchronization",
                "ha_abandon",
                "ha_info",
                "ha_partner",
                "ha_settings",
                "high_availability",
                "mirroring",
                "pair_info",
                "switch_roles",
            ),
        ),
        Refusal(
            "security updates",
            "each security update has a menu of its own",
            'Open "Software and Licensing" > "Security Updates" and use the menu (three dots) of each update.',
            rows=("UPD-03", "UPD-04", "UPD-05"),
            sources=("S8",),
            menus=(("Maintenance", "BeyondTrust Updates", "View Updates"),),
            modules=("product_update", "product_update_info", "product_update_wait", "update_schedule"),
        ),
        Refusal(
            "the network",
            "the page has been replaced by one whose labels are not known",
            'Open "Network": its sections "IP Settings", "Proxy Server", "Background Intelligent Transfer Service '
            '(BITS)" and "RDP and Console Access". Remote desktop that was turned on may fall back to off after 4 '
            "hours. Where the SMTP settings are is not stated.",
            rows=("NET-01", "NET-02", "NET-04", "NET-05", "NET-06", "NET-07"),
            sources=("S13",),
            menus=(("Maintenance", "Network and RDP Settings"),),
            modules=("bits_throttle", "ip_address", "network_info", "proxy", "rdp", "smtp"),
        ),
        Refusal(
            "network diagnostics",
            "the tools have moved to a page whose labels are not known",
            'Open "Network" and use the section "Diagnostic Tools".',
            rows=("DIAG-13", "DIAG-14"),
            sources=("S13",),
            menus=(("Diagnostics", "Tools"),),
            modules=("ipconfig_info", "ping"),
        ),
    ),
)

PROFILES: Mapping[str, Profile] = {one.name: one for one in (BUILT, LATER)}
CHOICES = (AUTO, *PROFILES)


def sign_in_addresses(wanted: str) -> tuple[str, ...]:
    """Where to try to sign in with ``console_profile``."""
    profiles = PROFILES.values() if wanted == AUTO else (PROFILES[wanted],)
    return tuple(dict.fromkeys(address for one in profiles for address in one.sign_in))


def told_by(met: Iterable[str]) -> Profile | None:
    """The profile that the texts of the menus tell; None when they tell none."""
    texts = tuple(met)
    return next((one for one in PROFILES.values() if one.marks_in(texts)), None)
