# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The job queue under its three addresses, and the same jobs as tasks.

Source: DMTF schemas Job and Task; at the two addresses of the manager Dell's own job, flat and with its own words, as
the documentation of Dell's Ansible collection shows it.
"""

from __future__ import annotations

from datetime import datetime

from simulator.model.lifecycle import NEVER, Job
from simulator.wires.redfish import profile, settings
from simulator.wires.redfish.controller import CONFIGURE_MANAGER, Controller
from simulator.wires.redfish.messages import BASE, RedfishError, success
from simulator.wires.redfish.resource import ROOT, Arguments, Body, Reply, Resource, collection, head, link, missing

SERVICE = f"{ROOT}/JobService"
TASKS = f"{ROOT}/TaskService/Tasks"
ENABLED = {"State": "Enabled", "Health": "OK"}
STATES = {
    "New": "New",
    "Scheduled": "Pending",
    "RebootPending": "Pending",
    "Completed": "Completed",
    "CompletedWithErrors": "Completed",
    "RebootCompleted": "Completed",
    "Failed": "Exception",
    "RebootFailed": "Exception",
}
"""Dell's words in those of the schema Job; every other one is Running."""


def job_service(controller: Controller, arguments: Arguments) -> Body:
    """Jobs of the Lifecycle Controller."""
    return {
        **head(SERVICE, "JobService", "JobService", "Job Service"),
        "ServiceEnabled": True,
        "Jobs": link(f"{SERVICE}/Jobs"),
        "Status": ENABLED,
    }


def jobs(controller: Controller, arguments: Arguments) -> Body:
    """The job queue, under each of its three addresses."""
    path = _path(controller, arguments)
    return collection(
        path, "JobCollection", "JobQueue", [f"{path}/{job}" for job in controller.machine.lifecycle.jobs()]
    )


def _path(controller: Controller, arguments: Arguments) -> str:
    if "member" not in arguments:
        return f"{SERVICE}/Jobs"
    path = f"{ROOT}/Managers/{arguments['member']}/{'Oem/Dell/Jobs' if 'vendor' in arguments else 'Jobs'}"
    older = controller.machine.lifecycle.older
    if arguments["member"] != controller.names.manager or ("vendor" in arguments and older):
        raise missing(path)
    return path


def job(controller: Controller, arguments: Arguments) -> Body:
    """One job: Dell's own at the addresses of the manager, DMTF's at the other one."""
    path = _path(controller, arguments)
    found = controller.machine.lifecycle.jobs().get(arguments["job"])
    if found is None:
        raise missing(f"{path}/{arguments['job']}")
    if "member" in arguments:
        return {**head(f"{path}/{found.id}", "DellJob", found.id, found.name), **_of_dell(found)}
    return {
        **head(f"{path}/{found.id}", "Job", found.id, found.name),
        "JobState": STATES.get(found.state, "Running"),
        "JobStatus": found.status,
        "PercentComplete": found.percent,
        "Messages": _messages(found),
        "Oem": {"Dell": {"@odata.type": "#DellJob.v1_4_0.DellJob", **_of_dell(found)}},
    }


def _of_dell(found: Job) -> Body:
    return {
        "Description": "Job Instance",
        "JobState": found.state,
        "JobType": found.type,
        "Message": found.message,
        "MessageId": found.message_id,
        "MessageArgs": [],
        "PercentComplete": found.percent,
        "StartTime": found.start,
        "EndTime": NEVER,
        "ActualRunningStartTime": _stamp(found.began),
        "ActualRunningStopTime": _stamp(found.ended),
        "CompletionTime": _stamp(found.ended),
        "TargetSettingsURI": None,
    }


def _messages(found: Job) -> list[Body]:
    return [{"MessageId": f"IDRAC.2.8.{found.message_id}", "Message": found.message, "MessageArgs": []}]


def _stamp(moment: datetime | None) -> str | None:
    return moment.replace(microsecond=0, tzinfo=None).isoformat() if moment else None


def create_job(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Make a job of settings that wait; only below the manager, as Dell's own addition."""
    path = _path(controller, arguments)
    target = body.get("TargetSettingsURI")
    if not isinstance(target, str):
        raise RedfishError(400, f"{BASE}.PropertyMissing", "TargetSettingsURI", properties=("#/TargetSettingsURI",))
    return Reply(200, success(), {"Location": f"{path}/{settings.commit(controller, target)}"})


def delete_job(controller: Controller, arguments: Arguments) -> Reply:
    """Take a job out of the queue."""
    job(controller, arguments)
    controller.machine.lifecycle.remove_job(arguments["job"])
    return Reply(200, success())


def task_service(controller: Controller, arguments: Arguments) -> Body:
    """Tasks; the iDRAC shows its jobs here as well."""
    return {
        **head(f"{ROOT}/TaskService", "TaskService", "TaskService", "Task Service"),
        "ServiceEnabled": True,
        "CompletedTaskOverWritePolicy": "Oldest",
        "Tasks": link(TASKS),
        "Status": ENABLED,
    }


def tasks(controller: Controller, arguments: Arguments) -> Body:
    """The tasks."""
    members = [f"{TASKS}/{job}" for job in controller.machine.lifecycle.jobs()]
    return collection(TASKS, "TaskCollection", "Collection of Tasks", members)


def task(controller: Controller, arguments: Arguments) -> Body:
    """A job as a task; that of an export answers with what was exported."""
    found = controller.machine.lifecycle.jobs().get(arguments["job"])
    if found is None:
        raise missing(f"{TASKS}/{arguments['job']}")
    if found.type == profile.EXPORT:
        return profile.profile(controller)
    states = {"Completed": "Completed", "CompletedWithErrors": "Exception", "Failed": "Exception", "New": "New"}
    return {
        **head(f"{TASKS}/{found.id}", "Task", found.id, found.name),
        "TaskState": states.get(found.state, "Running"),
        "TaskStatus": found.status,
        "PercentComplete": found.percent,
        "Messages": _messages(found),
        "Oem": {"Dell": {"@odata.type": "#DellJob.v1_4_0.DellJob", **_of_dell(found)}},
    }


_OF_DELL = (f"{ROOT}/Managers/<member>/Jobs", f"{ROOT}/Managers/<member>/Oem/<any(Dell):vendor>/Jobs")
_QUEUES = (f"{SERVICE}/Jobs", *_OF_DELL)
_NEEDS = {"DELETE": CONFIGURE_MANAGER, "POST": CONFIGURE_MANAGER}
RESOURCES = (
    Resource(SERVICE, get=job_service),
    Resource(f"{ROOT}/TaskService", get=task_service),
    Resource(TASKS, get=tasks),
    Resource(f"{TASKS}/<job>", get=task),
    Resource(f"{SERVICE}/Jobs", get=jobs),
    *(Resource(queue, get=jobs, post=create_job, needs=_NEEDS) for queue in _OF_DELL),
    *(Resource(f"{queue}/<job>", get=job, delete=delete_job, needs=_NEEDS) for queue in _QUEUES),
)
