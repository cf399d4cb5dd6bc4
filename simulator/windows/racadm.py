# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""racadm.exe, the local one: it talks to the iDRAC of the same server without its network.

``modern`` understands get, set and the older commands, ``legacy`` (of an iDRAC 6) only the older ones, ``newest`` only
get and set. Wording after transcripts of real systems; that of a tool in another language is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from simulator.model.errors import Refused
from simulator.windows.machine import Machine

FOLDERS = {
    "newest": "C:\\Program Files\\Dell\\SysMgt\\iDRACTools\\racadm",
    "modern": "C:\\Program Files\\Dell\\SysMgt\\idrac",
    "legacy": "C:\\Program Files\\Dell\\SysMgt\\rac5",
}
DONE = "Object value modified successfully"
INVALID = "ERROR: Invalid subcommand specified."
WRONG_VALUE = "RAC947: Invalid object value specified."
OLD_WRONG_VALUE = "ERROR: The specified object value is not valid."
UNKNOWN_OBJECT = "RAC935: Invalid object name specified."
SHARED = {"LOM1": ("Shared", "0"), "Dedicated": ("Dedicated", "2"), "LOM2": ("Shared with Failover (LOM2)", "1")}
OLD_PORTS = {"0": "LOM1", "2": "Dedicated"}
PORT_NUMBERS = {"1": "Dedicated", "2": "LOM1", "3": "LOM2", "4": "LOM3", "5": "LOM4"}
GERMAN = {"Enabled": "Aktiviert", "Disabled": "Deaktiviert", DONE: "Der Objektwert wurde erfolgreich ge\u00e4ndert"}
ROOT_SLOT = "2"
LONGEST_PASSWORD = 40
USER_OBJECT = re.compile(r"iDRAC\.Users\.(?P<slot>[0-9]+)\.(?P<name>[A-Za-z]+)", re.IGNORECASE)
DEFAULTS = "SEC0701: Warning: Default username and password are currently in use.\n"
SWITCH = {"1": True, "0": False, "enabled": True, "disabled": False}


def place(machine: Machine) -> str:
    """Where it is; empty where there is none."""
    folder = FOLDERS.get("" if machine.is_virtual else machine.windows.racadm, "")
    return f"{folder}\\racadm.exe" if folder else ""


def named(words: Sequence[str]) -> str:
    """A command for the request log, without any value."""
    if words[:1] == ["config"]:
        return " ".join(["racadm", *words[:5]])
    return " ".join(["racadm", *words[: 1 if words[:1] == ["setniccfg"] else 2]])


def racadm(machine: Machine, words: Sequence[str]) -> tuple[int, str]:
    """Exit code and text."""
    complaint = machine.appliance.take_fault("racadm")
    if complaint:
        return 1, f"{complaint}\r\n"
    kind = machine.windows.racadm
    known = {"get": _get, "set": _set} if kind != "legacy" else {}
    if kind != "newest":
        known |= {"getniccfg": _getniccfg, "setniccfg": _setniccfg, "getconfig": _getconfig, "config": _config}
    command = known.get(words[0] if words else "")
    text = INVALID
    if command is not None:
        try:
            text = command(machine, list(words[1:]))
        except Refused as refused:
            text = OLD_WRONG_VALUE if kind == "legacy" else f"RAC947: {refused.message}"
    if machine.windows.language == "de":
        for english, german in GERMAN.items():
            text = text.replace(english, german)
    failed = re.match(r"ERROR|RAC\d", text) is not None
    text = _warning(machine) + text
    return int(failed), text.replace("\n", "\r\n") + "\r\n"


# -- accounts: only the one that the model knows is there --------------------------------------------------------------
def _user_name(machine: Machine, slot: str) -> str:
    return str(machine.appliance.users["idrac"].username) if slot == ROOT_SLOT else ""


def _set_password(machine: Machine, slot: str, password: str) -> str:
    if slot != ROOT_SLOT or len(password) > LONGEST_PASSWORD:
        return WRONG_VALUE
    if not machine.appliance.take_fault("idrac_password"):
        machine.appliance.users["idrac"].password = password
    return DONE


def _warning(machine: Machine) -> str:
    """Before every answer while user name and password are those from the factory."""
    user = machine.appliance.users["idrac"]
    return DEFAULTS if (user.username, user.password) == ("root", "calvin") else ""


# -- get and set -------------------------------------------------------------------------------------------------------
def _objects(machine: Machine) -> dict[str, dict[str, str]]:
    network = machine.appliance.idrac_network
    words = {True: "Enabled", False: "Disabled"}
    return {
        "NIC": {
            "Enable": words[network.enabled],
            "Failover": "None",
            "#MACAddress": "02:00:00:00:00:01",
            "Selection": network.selection,
            "VLanEnable": "Disabled",
        },
        "IPv4": {
            "Address": network.address,
            "DHCPEnable": words[network.dhcp],
            "DNS1": "0.0.0.0",
            "Enable": "Enabled",
            "Gateway": network.gateway,
            "Netmask": network.netmask,
        },
        "IPv4Static": {name.capitalize(): value for name, value in network.static.items()},
    }


def _get(machine: Machine, words: list[str]) -> str:
    parts = words[0].split(".") if len(words) == 1 else []
    user = USER_OBJECT.fullmatch(words[0]) if len(words) == 1 else None
    if user and user["name"].lower() == "username":
        return f"[Key=iDRAC.Embedded.1#Users.{user['slot']}]\nUserName={_user_name(machine, user['slot'])}"
    groups = {name.lower(): (name, group) for name, group in _objects(machine).items()}
    if len(parts) not in (2, 3) or parts[0].lower() != "idrac" or parts[1].lower() not in groups:
        return UNKNOWN_OBJECT
    name, group = groups[parts[1].lower()]
    wanted = parts[2].lower() if len(parts) == 3 else None
    shown = [f"{key}={value}" for key, value in group.items() if wanted in (None, key.lower())]
    return "\n".join([f"[Key=iDRAC.Embedded.1#{name}.1]", *shown]) if shown else UNKNOWN_OBJECT


def _set(machine: Machine, words: list[str]) -> str:
    if len(words) != 2:
        return "ERROR: Invalid syntax."
    name, value = words[0].lower(), words[1]
    user = USER_OBJECT.fullmatch(words[0])
    if user and user["name"].lower() == "password":
        return f"[Key=iDRAC.Embedded.1#Users.{user['slot']}]\n{_set_password(machine, user['slot'], value)}"
    settings: dict[str, tuple[str, Any]] = {
        "idrac.nic.enable": ("enabled", SWITCH.get(value.lower())),
        "idrac.nic.selection": ("selection", PORT_NUMBERS.get(value, value)),
        "idrac.ipv4.dhcpenable": ("dhcp", SWITCH.get(value.lower())),
    }
    for group in ("ipv4", "ipv4static"):
        settings |= {f"idrac.{group}.{one}": (one, value) for one in ("address", "netmask", "gateway")}
    if name not in settings:
        return UNKNOWN_OBJECT
    setting, wanted = settings[name]
    if wanted is None:
        return WRONG_VALUE
    machine.appliance.idrac_network.change({setting: wanted})
    return f"[Key=iDRAC.Embedded.1#{words[0].split('.')[1]}.1]\n{DONE}"


# -- the older commands ------------------------------------------------------------------------------------------------
def _getniccfg(machine: Machine, words: list[str]) -> str:
    network = machine.appliance.idrac_network
    further = "\n".join(f"IP Address {number:<4}= ::" for number in range(2, 16))
    modern = machine.windows.racadm != "legacy"
    port = network.selection if modern else SHARED[network.selection][0]
    return (
        f"\nIPv4 settings:\nNIC Enabled     = {int(network.enabled)}\nIPv4 Enabled    = 1\n"
        f"DHCP Enabled    = {int(network.dhcp)}\nIP Address      = {network.address}\n"
        f"Subnet Mask     = {network.netmask}\nGateway         = {network.gateway}\n\n"
        f"IPv6 settings:\nIPv6 Enabled    = 0\nDHCP6 Enabled   = 1\nIP Address 1    = ::\nGateway         = ::\n"
        f"Link Local Address = ::\n{further}\n\n"
        f"LOM Status:\nNIC Selection   = {port}\nLink Detected   = Yes\nSpeed           = 1Gb/s\n"
        "Duplex Mode     = Full Duplex\nActive LOM in Shared Mode = None"
    )


def _setniccfg(machine: Machine, words: list[str]) -> str:
    network = machine.appliance.idrac_network
    if words[:1] == ["-s"] and len(words) == 4:
        values = dict(zip(("address", "netmask", "gateway"), words[1:], strict=True))
        network.change({"dhcp": False, **values})
        return "Static IP configuration enabled and modified successfully"
    if words == ["-d"]:
        network.change({"dhcp": True})
        return "DHCP is now ENABLED"
    if words == ["-o"]:
        network.change({"enabled": not network.enabled})
        return f"NIC is now {'ENABLED' if network.enabled else 'DISABLED'}"
    return "ERROR: Invalid syntax."


def _getconfig(machine: Machine, words: list[str]) -> str:
    if words[:1] == ["-u"] and words[1:] == [machine.appliance.users["idrac"].username]:
        return f"# cfgUserAdminIndex={ROOT_SLOT}\ncfgUserAdminUserName={words[1]}\n# cfgUserAdminPassword=********"
    if words[:1] == ["-u"]:
        return "ERROR: The specified user name was not found."
    if words == ["-g", "cfgLanNetworking", "-o", "cfgNicSelection"]:
        network = machine.appliance.idrac_network
        if machine.windows.racadm == "legacy":
            return SHARED[network.selection][1]
        return next(number for number, port in PORT_NUMBERS.items() if port == network.selection)
    return "ERROR: The specified object is not valid."


def _config(machine: Machine, words: list[str]) -> str:
    network = machine.appliance.idrac_network
    if words[:5] == ["-g", "cfgUserAdmin", "-o", "cfgUserAdminPassword", "-i"] and len(words) == 7:
        return _set_password(machine, words[5], words[6])
    if words[:3] != ["-g", "cfgLanNetworking", "-o"] or len(words) != 5:
        return "ERROR: The specified object is not valid."
    ports = OLD_PORTS if machine.windows.racadm == "legacy" else PORT_NUMBERS
    name, value = words[3:]
    settings: dict[str, tuple[str, Any]] = {
        "cfgNicEnable": ("enabled", SWITCH.get(value)),
        "cfgNicSelection": ("selection", ports.get(value)),
    }
    setting, wanted = settings.get(name, ("", None))
    if wanted is None:
        return OLD_WRONG_VALUE
    network.change({setting: wanted})
    return DONE
