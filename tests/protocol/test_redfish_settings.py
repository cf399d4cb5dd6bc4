# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the simulated iDRAC that wait for a restart, and the orders that its job queue takes."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.protocol.judges_bench import bench, restart
from tests.protocol.redfish_bench import Bench

__all__ = ["bench"]

BIOS = "/redfish/v1/Systems/System.Embedded.1/Bios"
PORT = (
    "/redfish/v1/Chassis/System.Embedded.1/NetworkAdapters/NIC.Integrated.1/NetworkDeviceFunctions/NIC.Integrated.1-1-1"
)
OF_DELL = f"{PORT}/Oem/Dell/DellNetworkAttributes/NIC.Integrated.1-1-1"
MANAGER = "/redfish/v1/Managers/iDRAC.Embedded.1"
QUEUE = f"{MANAGER}/Oem/Dell/Jobs"
SERVICE = f"{MANAGER}/Oem/Dell/DellJobService"
ON_RESET = {"@Redfish.SettingsApplyTime": {"ApplyTime": "OnReset"}}


def message_id(response: requests.Response) -> str:
    return str(response.json()["error"]["@Message.ExtendedInfo"][0]["MessageId"])


def attributes(bench: Bench, path: str) -> dict[str, Any]:
    found: dict[str, Any] = bench.send("GET", path).json()["Attributes"]
    return found


def job_types(bench: Bench) -> list[str]:
    return [job["JobType"] for job in bench.send("GET", f"{QUEUE}?$expand=*($levels=1)").json()["Members"]]


@pytest.mark.parametrize(
    ("current", "wanted", "kind"),
    [(BIOS, {"AcPwrRcvry": "On"}, "BIOSConfiguration"), (OF_DELL, {"VLanId": 7}, "NICConfiguration")],
)
def test_a_setting_waits_for_its_job_and_the_job_for_a_restart(
    bench: Bench, current: str, wanted: dict[str, object], kind: str
) -> None:
    (name,) = wanted
    before = attributes(bench, current)[name]
    taken = bench.send("PATCH", f"{current}/Settings", json={"Attributes": wanted, **ON_RESET})
    assert (taken.status_code, taken.content) == (202, b"")
    assert bench.send("GET", taken.headers["Location"]).json()["TaskState"] == "Running"
    assert (attributes(bench, current)[name], attributes(bench, f"{current}/Settings")) == (before, wanted)
    assert job_types(bench) == [kind]
    again = bench.send("PATCH", f"{current}/Settings", json={"Attributes": wanted})
    assert (again.status_code, message_id(again)) == (400, "IDRAC.2.8.SYS011")
    restart(bench)
    assert (attributes(bench, current)[name], attributes(bench, f"{current}/Settings")) == (wanted[name], {})


@pytest.mark.parametrize("how", ["delete", "queue", "all"])
def test_a_deleted_job_takes_along_what_waited(bench: Bench, how: str) -> None:
    taken = bench.send("PATCH", f"{BIOS}/Settings", json={"Attributes": {"BootMode": "Bios"}, **ON_RESET})
    job = taken.headers["Location"].rsplit("/", maxsplit=1)[-1]
    if how == "delete":
        assert bench.send("DELETE", f"{QUEUE}/{job}").status_code == 200
    else:
        given = {"JobID": job if how == "queue" else "JID_CLEARALL"}
        done = bench.send("POST", f"{SERVICE}/Actions/DellJobService.DeleteJobQueue", json=given).json()
        assert [item["MessageId"] for item in done["@Message.ExtendedInfo"]] == [
            "Base.1.12.Success",
            "IDRAC.2.8.SUP020",
        ]
    assert job_types(bench) == []
    restart(bench)
    assert (attributes(bench, BIOS)["BootMode"], attributes(bench, f"{BIOS}/Settings")) == ("Uefi", {})


def test_what_a_job_has_done_stays_when_the_job_is_deleted(bench: Bench) -> None:
    taken = bench.send("PATCH", f"{BIOS}/Settings", json={"Attributes": {"BootMode": "Bios"}, **ON_RESET})
    restart(bench)
    job = taken.headers["Location"].rsplit("/", maxsplit=1)[-1]
    assert bench.send("DELETE", f"{QUEUE}/{job}").status_code == 200
    assert attributes(bench, BIOS)["BootMode"] == "Bios"


def test_without_an_apply_time_it_only_waits_until_a_job_is_made_or_it_is_cleared(bench: Bench) -> None:
    wanted = {"Attributes": {"AcPwrRcvryUserDelay": 120}}
    make = {"TargetSettingsURI": f"{BIOS}/Settings"}
    assert bench.send("POST", QUEUE, json=make).status_code == 400, "nothing waits"
    assert bench.send("PATCH", f"{BIOS}/Settings", json=wanted).status_code == 200
    cleared = bench.send("POST", f"{BIOS}/Settings/Actions/Oem/DellManager.ClearPending", json={})
    assert (cleared.status_code, attributes(bench, f"{BIOS}/Settings")) == (200, {})
    assert bench.send("PATCH", f"{BIOS}/Settings", json=wanted).status_code == 200
    restart(bench)
    assert attributes(bench, BIOS)["AcPwrRcvryUserDelay"] == 60
    made = bench.send("POST", QUEUE, json=make)
    assert made.headers["Location"].startswith(f"{QUEUE}/JID_")
    assert message_id(bench.send("POST", QUEUE, json=make)) == "IDRAC.2.8.SYS011"
    restart(bench)
    assert attributes(bench, BIOS)["AcPwrRcvryUserDelay"] == 120


def test_the_vlan_of_a_port_is_the_same_in_both_words(bench: Bench) -> None:
    vlan = {"VLANEnable": True, "VLANId": 30}
    wanted = {"Ethernet": {"VLAN": vlan}, **ON_RESET}
    assert bench.send("PATCH", f"{PORT}/Settings", json=wanted).status_code == 202
    assert bench.send("GET", f"{PORT}/Settings").json()["Ethernet"] == {"VLAN": vlan}
    assert attributes(bench, f"{OF_DELL}/Settings") == {"VLanMode": "Enabled", "VLanId": 30}
    restart(bench)
    assert bench.send("GET", PORT).json()["Ethernet"]["VLAN"] == vlan


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        (f"{BIOS}/Settings", {"Attributes": {"Colour": "red"}}, "PropertyUnknown"),
        (f"{BIOS}/Settings", {"Colour": "red"}, "PropertyUnknown"),
        (f"{BIOS}/Settings", {"Attributes": {"SystemServiceTag": "X"}}, "PropertyNotWritable"),
        (f"{BIOS}/Settings", {"Attributes": {"BootMode": "Legacy"}}, "PropertyValueNotInList"),
        (f"{BIOS}/Settings", {"Attributes": {"AcPwrRcvryUserDelay": 601}}, "PropertyValueNotInList"),
        (f"{BIOS}/Settings", {"Attributes": []}, "PropertyValueTypeError"),
        (
            f"{BIOS}/Settings",
            {"Attributes": {}, "@Redfish.SettingsApplyTime": {"ApplyTime": "Immediate"}},
            "PropertyValueNotInList",
        ),
        (f"{OF_DELL}/Settings", {"Attributes": {"VLanId": 4095}}, "PropertyValueNotInList"),
        (f"{PORT}/Settings", {"Ethernet": {"VLAN": {"VLANId": 0}}}, "PropertyValueNotInList"),
        (f"{PORT}/Settings", {"Ethernet": {"MTUSize": 9000}}, "PropertyUnknown"),
        (f"{PORT}/Settings", {"Ethernet": {"VLAN": {"VLANPriority": 1}}}, "PropertyUnknown"),
        (f"{PORT}/Settings", {"Ethernet": []}, "PropertyUnknown"),
        (f"{PORT}/Settings", {"Ethernet": {"VLAN": 3}}, "PropertyValueTypeError"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_waits(
    bench: Bench, path: str, body: dict[str, object], said: str
) -> None:
    refused = bench.send("PATCH", path, json=body)
    assert (refused.status_code, message_id(refused)) == (400, f"Base.1.12.{said}")
    assert bench.send("GET", path).json().get("Attributes", {}) == {}
    assert job_types(bench) == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (QUEUE, {}, 400),
        (QUEUE, {"TargetSettingsURI": "/redfish/v1/Systems"}, 404),
        ("/redfish/v1/JobService/Jobs", {"TargetSettingsURI": f"{BIOS}/Settings"}, 405),
        (f"{SERVICE}/Actions/DellJobService.DeleteJobQueue", {}, 400),
        (f"{SERVICE}/Actions/DellJobService.DeleteJobQueue", {"JobID": "JID_1"}, 400),
        (f"{BIOS}/Actions/Bios.ResetBios", {}, 400),
    ],
)
def test_orders_that_are_refused(bench: Bench, path: str, body: dict[str, object], status: int) -> None:
    assert bench.send("POST", path, json=body).status_code == status


def test_who_may_only_read_sets_nothing(bench: Bench) -> None:
    new = {"UserName": "monitor", "Password": "Another-1", "RoleId": "ReadOnly", "Enabled": True}
    bench.send("PATCH", "/redfish/v1/AccountService/Accounts/3", json=new)
    body = {"Attributes": {"BootMode": "Bios"}}
    assert bench.send("PATCH", f"{BIOS}/Settings", json=body, auth=("monitor", "Another-1")).status_code == 403
    assert attributes(bench, f"{BIOS}/Settings") == {}


def test_an_older_idrac_has_nothing_of_dells(bench: Bench) -> None:
    bench.appliance.lifecycle.older = True
    assert bench.send("GET", PORT).json()["Links"] == {}
    assert [bench.send("GET", path).status_code for path in (OF_DELL, SERVICE)] == [404, 404]
    assert bench.send("POST", f"{MANAGER}/Jobs", json={}).status_code == 400, "but a queue that takes orders"
