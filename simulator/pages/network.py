# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Network and RDP Settings (guide lines 435-487)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.model.network import Card
from simulator.pages.kit import Values, button, clean, stored, text
from simulator.pages.spec import Field, Page, Section

SITE = "Maintenance"
BITS_STEP = 5


def _save_rdp(appliance: Any, values: Values) -> str:
    enabled, two_factor = bool(values.get("enable_remote_desktop")), bool(values.get("two_factor_required"))
    appliance.network.save_rdp(enabled, two_factor, text(values, "time_limited_password"))
    return "The RDP settings were saved."


def _read_rdp(appliance: Any) -> dict[str, Any]:
    rdp = appliance.network.rdp
    return {
        "enable_remote_desktop": rdp.enabled,
        "two_factor_required": rdp.two_factor,
        "time_limited_password": 0,
    }


RDP = Section(
    "rdp",
    "RDP",
    fields=(
        Field("enable_remote_desktop", "Enable Remote Desktop", "toggle", states=("Enabled", "Disabled")),
        Field("two_factor_required", "2-Factor required", "toggle", states=("Yes", "No")),
        Field(
            "time_limited_password",
            "time-limited password",
            "password",
            True,
            ("Support Password", "Temporary Password", "Password from Technical Support"),
            secret=True,
        ),
    ),
    buttons=(button("save_rdp", "Save RDP Settings", _save_rdp),),
    read=_read_rdp,
    guessed=True,
    wordings=("Remote Desktop", "Configure RDP", "RDP Settings"),
)


def _update_ip(appliance: Any, values: Values) -> str:
    card = Card(
        dhcp=bool(values.get("dhcp")),
        ip_address=text(values, "ip_address").strip(),
        subnet_mask=text(values, "subnet_mask").strip(),
        gateway=text(values, "gateway").strip(),
        dns=text(values, "dns").strip(),
    )
    appliance.network.update(text(values, "network_card"), card)
    return "The IP settings were updated."


def _read_ip(appliance: Any) -> dict[str, Any]:
    card = appliance.network.card()
    return {
        "network_card": appliance.network.shown,
        "dhcp": card.dhcp,
        "ip_address": card.ip_address,
        "subnet_mask": card.subnet_mask,
        "gateway": card.gateway,
        "dns": card.dns,
    }


IP = Section(
    "ip",
    "IP Settings",
    fields=(
        Field(
            "network_card",
            "network card",
            "choice",
            True,
            ("Network Adapter", "Adapter", "Network Interface"),
            choices=lambda a: tuple(a.network.cards),
        ),
        Field("dhcp", "Obtain IP address automatically", "toggle", states=("Yes", "No")),
        Field("ip_address", "IP address", "text", True, ("IPv4 Address", "Address", "Static IP Address")),
        Field("subnet_mask", "subnet mask", "text", True, ("Mask", "Network Mask", "Netmask")),
        Field("gateway", "gateway", "text", True, ("Default Gateway", "Router", "Standard Gateway")),
        Field("dns", "DNS", "text", True, ("DNS Servers", "Name Servers", "DNS Server")),
    ),
    buttons=(button("update_ip", "Update IP Settings", _update_ip),),
    read=_read_ip,
    guessed=True,
    wordings=("Network Adapter Settings", "TCP/IP Settings", "IPv4 Configuration"),
)
SMTP = stored(
    "network_and_rdp_settings.smtp",
    "SMTP Settings",
    (
        Field("enable_ssl", "Enable SSL", "checkbox"),
        Field("address", "Address", "text"),
        Field("port", "Port", "number", minimum=1, maximum=65535),
        Field("user", "User", "text"),
        Field("password", "Password", "password", secret=True),
    ),
    ("update_smtp", "Update SMTP Settings"),
    {"enable_ssl": False, "address": "", "port": 25, "user": "", "password": ""},
    "The SMTP settings were updated.",
    guessed=True,
    wordings=("SMTP", "Configure SMTP", "Mail Server"),
)


def _proxy_needs(appliance: Any, new: dict[str, Any]) -> None:
    if new["use_proxy"] and not (new["address"] and new["port"]):
        raise Refused("Check the marked fields.", {"address": "Enter the address and the port of the proxy server."})


PROXY = stored(
    "network_and_rdp_settings.proxy",
    "Proxy Settings",
    (
        Field("use_proxy", "Use proxy server for external communication", "toggle", states=("Yes", "No")),
        Field("address", "IP address", "text", True, ("Proxy Address", "Proxy IP Address", "Server Address")),
        Field("port", "port", "number", True, ("Proxy Port", "Port Number", "Server Port"), minimum=1, maximum=65535),
        Field("username", "username", "text", True, ("Proxy Username", "User Name", "Proxy User")),
        Field(
            "password",
            "password",
            "password",
            True,
            ("Proxy Password", "User Password", "Password of the Proxy"),
            secret=True,
        ),
    ),
    ("update_proxy", "Update Proxy Settings"),
    {"use_proxy": False, "address": "", "port": 8080, "username": "", "password": ""},
    "The proxy settings were updated.",
    check=_proxy_needs,
    guessed=True,
    wordings=("Proxy", "Configure Proxy", "Proxy Server"),
)
THROTTLE = Field(
    "throttle",
    "level of throttling",
    "slider",
    True,
    ("Throttle", "Bandwidth", "Throttling"),
    minimum=0,
    maximum=100,
    step=BITS_STEP,
)


def _save_bits(appliance: Any, values: Values) -> str:
    level = clean(THROTTLE, values, appliance)
    if level % BITS_STEP:
        raise Refused("Check the marked fields.", {"throttle": f"The level moves in steps of {BITS_STEP}."})
    appliance.settings["network_and_rdp_settings.bits"] = {"throttle": level}
    return "The BITS throttling was updated."


BITS = Section(
    "bits",
    "BITS Throttle",
    fields=(THROTTLE,),
    buttons=(button("update_bits", "Update BITS Throttling Setting", _save_bits),),
    read=lambda a: {"throttle": 50, **a.settings.get("network_and_rdp_settings.bits", {})},
    guessed=True,
    wordings=("BITS", "Background Transfer", "Bandwidth of Background Transfers"),
)
NETWORK = Page(
    "network_and_rdp_settings",
    "Network and RDP Settings",
    (SITE, "Network and RDP Settings"),
    (RDP, IP, SMTP, PROXY, BITS),
)
