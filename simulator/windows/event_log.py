# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Get-WinEvent of the Security log (Microsoft.PowerShell.Diagnostics), by ``-LogName`` with or without a filter.

``Properties`` holds the values without their names, in the order of the event; identifiers of users are objects.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from simulator.windows.machine import Machine
from simulator.windows.terms import Complaint
from simulator.windows.xpath import QueryError, compiled

CLASS = "Microsoft.PowerShell.Commands.GetWinEventCommand"


def get_win_event(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """The newest entries first, the oldest with -Oldest."""
    name = str(given.get("logname", ""))
    if name.lower() != "security":
        text = f'There is not an event log on the localhost computer that matches "{name}".'
        raise _complaint(text, "ObjectNotFound: (:) [Get-WinEvent], Exception", "NoMatchingLogsFound")
    log = machine.appliance.audit
    if not log.readable:
        text = "Attempted to perform an unauthorized operation."
        kind = "System.UnauthorizedAccessException"
        raise _complaint(text, "PermissionDenied: (:) [Get-WinEvent], UnauthorizedAccessException", kind)
    try:
        fits = compiled(str(given["filterxpath"])) if "filterxpath" in given else lambda _event: True
    except QueryError:
        kind = "System.Diagnostics.Eventing.Reader.EventLogException"
        raise _complaint("The specified query is invalid", "NotSpecified: (:) [Get-WinEvent]", kind) from None
    found = [event for event in log.events if fits(_as_xml(event))]
    if given.get("oldest") is not True:
        found.reverse()
    found = found[: int(given.get("maxevents", len(found)))]
    if not found:
        text = "No events were found that match the specified selection criteria."
        raise _complaint(text, "ObjectNotFound: (:) [Get-WinEvent], Exception", "NoMatchingEventsFound")
    return [_as_object(machine, event) for event in found]


def _as_xml(event: Any) -> ET.Element:
    root = ET.Element("Event")
    system, data = ET.SubElement(root, "System"), ET.SubElement(root, "EventData")
    ET.SubElement(system, "Provider", Name=event.provider)
    ET.SubElement(system, "EventID").text = str(event.number)
    ET.SubElement(system, "TimeCreated", SystemTime=f"{event.at:%Y-%m-%dT%H:%M:%S.%f}000Z")
    for name, value in event.data.items():
        ET.SubElement(data, "Data", Name=name).text = str(value)
    return root


def _as_object(machine: Machine, event: Any) -> dict[str, Any]:
    return {
        "Message": event.text,
        "Id": event.number,
        "Version": 1,
        "ProviderName": event.provider,
        "LogName": "Security",
        "MachineName": machine.appliance.machine_name,
        "RecordId": event.record,
        "TimeCreated": event.at,
        "Properties": [{"Value": _value(name, value)} for name, value in event.data.items()],
    }


def _value(name: str, value: Any) -> Any:
    return {"BinaryLength": 28, "Value": value} if name.endswith("Sid") else value


def _complaint(text: str, category: str, kind: str) -> Complaint:
    return Complaint("Get-WinEvent", text, category, f"{kind},{CLASS}")
