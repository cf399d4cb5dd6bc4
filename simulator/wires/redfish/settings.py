# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings resources: what is written there waits for a job, and the job for a restart.

Source: DMTF DSP0266 "Settings resource" and schema Settings; that the apply time makes the job, that values without it
only wait, and the message SYS011 as Dell's engineers show them in the issues of their Redfish scripts. Of the apply
times only OnReset is modelled, so only that one is offered.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.model.errors import Refused
from simulator.model.staged_settings import BIOS, PORTS, Attribute, Value, attributes_of
from simulator.wires.redfish.controller import Controller
from simulator.wires.redfish.messages import BASE, IDRAC, RedfishError, success
from simulator.wires.redfish.resource import ROOT, Body, Reply, link, missing
from simulator.wires.redfish.system import chassis_path, system_path

APPLY_TIME = "@Redfish.SettingsApplyTime"
ON_RESET = "OnReset"


def supported(path: str) -> Body:
    """What a resource says of its settings resource."""
    return {
        "@Redfish.Settings": {
            "@odata.type": "#Settings.v1_4_0.Settings",
            "SettingsObject": link(path),
            "SupportedApplyTimes": [ON_RESET],
        }
    }


def bios_settings(controller: Controller) -> str:
    """Where the BIOS takes settings."""
    return f"{system_path(controller)}/Bios/Settings"


def functions_path(controller: Controller, card: str) -> str:
    """Where the device functions of a network card are."""
    return f"{chassis_path(controller)}/NetworkAdapters/{card}/NetworkDeviceFunctions"


def checked(place: str, wanted: object) -> dict[str, Value]:
    """The attributes of a request, refused when one is unknown or may not have this value."""
    if not isinstance(wanted, dict):
        raise RedfishError(400, f"{BASE}.PropertyValueTypeError", str(wanted), "Attributes")
    allowed = attributes_of(place)
    for name, value in wanted.items():
        if name not in allowed:
            raise RedfishError(400, f"{BASE}.PropertyUnknown", name, properties=(f"#/Attributes/{name}",))
        if not _may_be(allowed[name], value):
            properties = (f"#/Attributes/{name}",)
            raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(value), name, properties=properties)
    return wanted


def _may_be(attribute: Attribute, value: object) -> bool:
    if attribute.values:
        return value in attribute.values
    low, high = attribute.bounds
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def change(controller: Controller, place: str, values: Mapping[str, Value], body: Body) -> Reply:
    """Let values wait; with an apply time a job is made of them: 202, its place as a task, and no body."""
    staged = controller.machine.lifecycle.staged
    apply_time = body.get(APPLY_TIME)
    if apply_time is not None and (not isinstance(apply_time, dict) or apply_time.get("ApplyTime") != ON_RESET):
        properties = (f"#/{APPLY_TIME}/ApplyTime",)
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(apply_time), "ApplyTime", properties=properties)
    try:
        staged.stage(place, values)
        if apply_time is None:
            return Reply(200, success())
        return Reply(202, None, {"Location": f"{ROOT}/TaskService/Tasks/{staged.commit(place)}"})
    except Refused:
        raise _committed() from None


def clear(controller: Controller, place: str) -> Reply:
    """Forget what waits."""
    try:
        controller.machine.lifecycle.staged.clear(place)
    except Refused:
        raise _committed() from None
    return Reply(200, success())


def commit(controller: Controller, target: str) -> str:
    """Make a job of what waits at a settings resource; its id.

    :param target: ``TargetSettingsURI`` of the request.
    """
    for place in (BIOS, *PORTS):
        if target.rstrip("/") in _targets(controller, place):
            staged = controller.machine.lifecycle.staged
            if not staged.group(place).pending:
                raise RedfishError(400, f"{BASE}.NoOperation")
            try:
                return staged.commit(place)
            except Refused:
                raise _committed() from None
    raise missing(target)


def _targets(controller: Controller, place: str) -> tuple[str, ...]:
    if place == BIOS:
        return (bios_settings(controller),)
    functions = functions_path(controller, place.rsplit("-", maxsplit=2)[0])
    return (f"{functions}/{place}/Settings", f"{functions}/{place}/Oem/Dell/DellNetworkAttributes/{place}/Settings")


def _committed() -> RedfishError:
    return RedfishError(400, f"{IDRAC}.SYS011")
