# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Security event log of an appliance's Windows.

The guide (line 439) says that Remote Desktop and two factors leave entries there and prints none. Those of Windows are
laid out after Microsoft's pages on each event; which program writes those about two factors, and how, is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

AUDITING, EVENTLOG = "Microsoft-Windows-Security-Auditing", "Microsoft-Windows-Eventlog"
SUBJECT = {"SubjectUserSid": "S-1-5-18", "SubjectUserName": "UVM$", "SubjectDomainName": "WORKGROUP"}


@dataclass
class Event:
    """One entry: its number in the log, when, by whom, which, and its values by name in their order."""

    record: int
    at: datetime
    provider: str
    number: int
    data: dict[str, Any]
    text: str = ""


class SecurityLog:
    """``events`` (oldest first), ``readable`` (whether the account of WinRM may read it)."""

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.events: list[Event] = []
        self.readable = True

    def allow(self, readable: bool) -> None:
        """Whether the account of WinRM may read the log."""
        self.readable = readable

    def forget(self, count: int) -> None:
        """The log is full: its oldest entries are overwritten."""
        del self.events[:count]

    def sign_in(self, user: str, address: str, client: str, logon_type: int = 10) -> None:
        """Somebody was let in; 10 is Remote Desktop, 3 the network, 5 a service."""
        self._add(4624, {
            **SUBJECT, "SubjectLogonId": 999, **self._target(user), "TargetLogonId": 0x5A1, "LogonType": logon_type,
            "LogonProcessName": "User32 ", "AuthenticationPackageName": "Negotiate", "WorkstationName": client,
            "LogonGuid": "00000000-0000-0000-0000-000000000000", "TransmittedServices": "-", "LmPackageName": "-",
            "KeyLength": 0, "ProcessId": 4711, "ProcessName": "C:\\Windows\\System32\\winlogon.exe",
            "IpAddress": address, "IpPort": "0", "ImpersonationLevel": "%%1833",
        })  # fmt: skip

    def refuse(self, user: str, address: str, client: str, logon_type: int = 10) -> None:
        """Somebody was not let in."""
        self._add(4625, {
            **SUBJECT, "SubjectLogonId": 999, **self._target(user), "Status": -1073741715, "FailureReason": "%%2313",
            "SubStatus": -1073741718, "LogonType": logon_type, "LogonProcessName": "User32 ",
            "AuthenticationPackageName": "Negotiate", "WorkstationName": client, "TransmittedServices": "-",
            "LmPackageName": "-", "KeyLength": 0, "ProcessId": 0, "ProcessName": "-", "IpAddress": address,
            "IpPort": "0",
        })  # fmt: skip

    def sign_out(self, user: str, logon_type: int = 10) -> None:
        """A session was ended."""
        self._add(4634, {**self._target(user), "TargetLogonId": 0x5A1, "LogonType": logon_type})

    def session(self, number: int, user: str, address: str, client: str, name: str = "RDP-Tcp#3") -> None:
        """4778 a session was taken up again, 4779 it was left."""
        self._add(number, {
            "AccountName": user, "AccountDomain": self.appliance.machine_name, "LogonID": 0x5A1, "SessionName": name,
            "ClientName": client, "ClientAddress": address,
        })  # fmt: skip

    def deny(self, user: str, address: str) -> None:
        """Somebody who is known has no right to use Remote Desktop."""
        self._add(4825, {
            "AccountName": user, "AccountDomain": self.appliance.machine_name, "LogonID": 0x5A2,
            "ClientAddress": address,
        })  # fmt: skip

    def clear(self, user: str) -> None:
        """Somebody emptied the log, which says so itself."""
        self.events.clear()
        who = {"SubjectUserSid": "S-1-5-21-1-2-3-500", "SubjectUserName": user}
        values = {**who, "SubjectDomainName": self.appliance.machine_name, "SubjectLogonId": 0x5A3}
        self._add(1102, values, provider=EVENTLOG)

    def write(self, provider: str, number: int, text: str) -> None:
        """An entry of another program."""
        self._add(number, {"Text": text}, provider=provider, text=text)

    def _target(self, user: str) -> dict[str, Any]:
        name = {"TargetUserName": user, "TargetDomainName": self.appliance.machine_name}
        return {"TargetUserSid": "S-1-5-21-1-2-3-1001", **name}

    def _add(self, number: int, data: dict[str, Any], *, provider: str = AUDITING, text: str = "") -> None:
        record = self.events[-1].record + 1 if self.events else 1
        words = text or "An entry of Windows, in the language of Windows."
        self.events.append(Event(record, self.appliance.clock.datetime(), provider, number, data, words))
