# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dell's own services of the manager: that of the job queue, and that of the Lifecycle Controller.

Source: how Dell's Ansible collection finds and calls them. Firmware before the 14th generation has neither.
"""

from __future__ import annotations

from simulator.wires.redfish.controller import CONFIGURE_MANAGER, LOGIN, Controller
from simulator.wires.redfish.messages import BASE, IDRAC, RedfishError, extended, success
from simulator.wires.redfish.resource import ROOT, Arguments, Body, Reply, Resource, head, link, missing

EVERY = "JID_CLEARALL"
"""The job id that means all of them."""
SERVICES = ("DellJobService", "DellLCService")


def links(manager: str) -> Body:
    """What the manager says of them; :param manager: where it is."""
    return {name: link(f"{manager}/Oem/Dell/{name}") for name in SERVICES}


def _path(controller: Controller, arguments: Arguments, name: str) -> str:
    path = f"{ROOT}/Managers/{arguments['member']}/Oem/Dell/{name}"
    if arguments["member"] != controller.names.manager or controller.machine.lifecycle.older:
        raise missing(path)
    return path


def queue_service(controller: Controller, arguments: Arguments) -> Body:
    """Dell's service of the queue."""
    path = _path(controller, arguments, "DellJobService")
    action = f"{path}/Actions/DellJobService.DeleteJobQueue"
    return {
        **head(path, "DellJobService", "Job Service", "DellJobService"),
        "Actions": {"#DellJobService.DeleteJobQueue": {"target": action}},
    }


def delete_queue(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Take one job out of the queue, or all; the second message is Dell's."""
    _path(controller, arguments, "DellJobService")
    lifecycle, wanted = controller.machine.lifecycle, body.get("JobID")
    if wanted is None:
        raise RedfishError(400, f"{BASE}.ActionParameterMissing", "DellJobService.DeleteJobQueue", "JobID")
    found = list(lifecycle.jobs())
    if wanted != EVERY and wanted not in found:
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(wanted), "JobID", properties=("#/JobID",))
    for identifier in found if wanted == EVERY else [str(wanted)]:
        lifecycle.remove_job(identifier)
    said = success()
    said["@Message.ExtendedInfo"].append(extended(f"{IDRAC}.SUP020"))
    return Reply(200, said)


def lifecycle_service(controller: Controller, arguments: Arguments) -> Body:
    """The Lifecycle Controller: whether it is ready can be asked, nothing else."""
    path = _path(controller, arguments, "DellLCService")
    action = f"{path}/Actions/DellLCService.GetRemoteServicesAPIStatus"
    return {
        **head(path, "DellLCService", "DellLCService", "DellLCService"),
        "Actions": {"#DellLCService.GetRemoteServicesAPIStatus": {"target": action}},
    }


def lifecycle_status(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Whether the Lifecycle Controller, the server and the iDRAC are ready."""
    _path(controller, arguments, "DellLCService")
    server = {"Off": "PoweredOff"}.get(controller.machine.power_state, "OutOfPOST")
    return Reply(
        200, {**success(), "LCStatus": "Ready", "RTStatus": "Ready", "ServerStatus": server, "Status": "Ready"}
    )


_SERVICE = f"{ROOT}/Managers/<member>/Oem/Dell"
RESOURCES = (
    Resource(f"{_SERVICE}/DellJobService", get=queue_service),
    Resource(
        f"{_SERVICE}/DellJobService/Actions/DellJobService.DeleteJobQueue",
        post=delete_queue,
        needs={"POST": CONFIGURE_MANAGER},
    ),
    Resource(f"{_SERVICE}/DellLCService", get=lifecycle_service),
    Resource(
        f"{_SERVICE}/DellLCService/Actions/DellLCService.GetRemoteServicesAPIStatus",
        post=lifecycle_status,
        needs={"POST": LOGIN},
    ),
)
