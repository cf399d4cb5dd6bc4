# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Dell adds to Redfish, in the simulated iDRAC: accounts as attributes and in profiles, services, an inventory."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.protocol.judges_bench import bench
from tests.protocol.redfish_bench import PASSWORD, SERVICE_TAG, Bench

__all__ = ["bench"]

MANAGER = "/redfish/v1/Managers/iDRAC.Embedded.1"
EXPORT = f"{MANAGER}/Actions/Oem/EID_674_Manager.ExportSystemConfiguration"
IMPORT = f"{MANAGER}/Actions/Oem/EID_674_Manager.ImportSystemConfiguration"
AS_JSON = {"ExportFormat": "JSON", "ExportUse": "Default", "ShareParameters": {"Target": ["IDRAC"]}}
MONITOR = {
    "Users.3.UserName": "monitor",
    "Users.3.Password": "Another-1",
    "Users.3.Privilege": 1,
    "Users.3.Enable": "Enabled",
}


def message_id(response: requests.Response) -> str:
    return str(response.json()["error"]["@Message.ExtendedInfo"][0]["MessageId"])


def set_attributes(bench: Bench, attributes: dict[str, object]) -> requests.Response:
    return bench.send("PATCH", f"{MANAGER}/Attributes/", json={"Attributes": attributes})


def brought_in(bench: Bench, attributes: str, component: str = "iDRAC.Embedded.1") -> requests.Response:
    text = f'<SystemConfiguration><Component FQDD="{component}">{attributes}</Component></SystemConfiguration>'
    return bench.send("POST", IMPORT, json={"ImportBuffer": text, "ShareParameters": {"Target": ["ALL"]}})


def names(bench: Bench) -> list[str]:
    return [account.username for account in bench.server.controller.accounts.values() if account.username]


def test_an_account_by_attributes_can_sign_in(bench: Bench) -> None:
    assert set_attributes(bench, MONITOR).status_code == 200
    assert bench.send("GET", MANAGER, auth=("monitor", "Another-1")).status_code == 200
    account = bench.send("GET", "/redfish/v1/AccountService/Accounts/3").json()
    assert (account["UserName"], account["RoleId"], account["Enabled"]) == ("monitor", "ReadOnly", True)


def test_the_password_of_root_is_the_one_that_the_model_knows(bench: Bench) -> None:
    assert set_attributes(bench, {"Users.2.Password": "New-1"}).status_code == 200
    assert bench.appliance.users["idrac"].password == "New-1"


def test_an_export_is_a_task_that_answers_with_the_profile(bench: Bench) -> None:
    set_attributes(bench, MONITOR)
    started = bench.send("POST", EXPORT, json=AS_JSON)
    assert (started.status_code, started.content) == (202, b"")
    answer = bench.send("GET", started.headers["Location"])
    profile: dict[str, Any] = answer.json()["SystemConfiguration"]
    assert profile["ServiceTag"] == SERVICE_TAG
    (component,) = profile["Components"]
    told = {attribute["Name"]: attribute["Value"] for attribute in component["Attributes"]}
    assert (told["Users.3#UserName"], told["Users.3#Privilege"], told["Users.2#Privilege"]) == ("monitor", "1", "511")
    assert PASSWORD not in answer.text and "Another-1" not in answer.text


def test_an_import_is_a_task_that_says_how_it_went(bench: Bench) -> None:
    set_attributes(bench, MONITOR)
    started = brought_in(
        bench, '<Attribute Name="Users.3#UserName"></Attribute><Attribute Name="Users.3#Enable">Disabled</Attribute>'
    )
    task = bench.send("GET", started.headers["Location"]).json()
    assert (task["TaskState"], task["Oem"]["Dell"]["MessageId"]) == ("Completed", "SYS053")
    assert names(bench) == ["root"]
    assert bench.send("GET", MANAGER, auth=("monitor", "Another-1")).status_code == 401


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"Users.3.Colour": "red"}, "PropertyUnknown"),
        ({"Users.1.UserName": "x"}, "PropertyUnknown"),
        ({"Users.17.UserName": "x"}, "PropertyUnknown"),
        ({"NIC.1.Enable": "Enabled"}, "PropertyUnknown"),
        ({"Users.3.Privilege": 500}, "PropertyValueNotInList"),
        ({"Users.3.Enable": "yes"}, "PropertyValueNotInList"),
        ({"Users.3.SolEnable": "Enabled"}, "PropertyValueNotInList"),
    ],
)
def test_attributes_that_are_refused_change_nothing_at_all(
    bench: Bench, attributes: dict[str, object], said: str
) -> None:
    refused = set_attributes(bench, {"Users.4.UserName": "first", **attributes})
    assert (refused.status_code, message_id(refused)) == (400, f"Base.1.12.{said}")
    assert names(bench) == ["root"]


@pytest.mark.parametrize(
    "order",
    [
        lambda bench: bench.send("POST", EXPORT, json={**AS_JSON, "ExportFormat": "XML"}),
        lambda bench: bench.send("POST", EXPORT, json={**AS_JSON, "ShareParameters": {"Target": ["ALL"]}}),
        lambda bench: bench.send("POST", IMPORT, json={"ImportBuffer": "<broken"}),
        lambda bench: bench.send("POST", IMPORT, json={}),
        lambda bench: brought_in(bench, "", component="BIOS.Setup.1-1"),
        lambda bench: brought_in(bench, '<Attribute Name="NIC.1#Enable">Enabled</Attribute>'),
        lambda bench: bench.send("PATCH", f"{MANAGER}/Attributes", json={"Attributes": []}),
    ],
)
def test_what_of_profiles_is_not_modelled_is_refused(bench: Bench, order: Any) -> None:
    assert order(bench).status_code == 400
    assert bench.appliance.lifecycle.jobs() == {}


def test_who_may_only_read_changes_no_account(bench: Bench) -> None:
    set_attributes(bench, MONITOR)
    for method, path in (("PATCH", f"{MANAGER}/Attributes"), ("POST", EXPORT), ("POST", IMPORT)):
        assert bench.send(method, path, json={}, auth=("monitor", "Another-1")).status_code == 403


@pytest.mark.parametrize(("powered", "server"), [(True, "OutOfPOST"), (False, "PoweredOff")])
def test_whether_the_lifecycle_controller_is_ready(bench: Bench, powered: bool, server: str) -> None:
    if not powered:
        bench.appliance.power_off(graceful=False)
    service = bench.send("GET", MANAGER).json()["Links"]["Oem"]["Dell"]["DellLCService"]["@odata.id"]
    actions = bench.send("GET", service).json()["Actions"]
    told = bench.send("POST", actions["#DellLCService.GetRemoteServicesAPIStatus"]["target"], json={}).json()
    assert (told["LCStatus"], told["ServerStatus"]) == ("Ready", server)


def test_dells_inventory_shows_its_members_whole(bench: Bench) -> None:
    found = bench.send("GET", "/redfish/v1/UpdateService/Oem/Dell/DellSoftwareInventory").json()
    bios = [item for item in found["Members"] if (item["ElementName"], item["Status"]) == ("BIOS", "Installed")]
    assert [item["VersionString"] for item in bios] == ["2.19.1"]
    assert bench.send("GET", bios[0]["@odata.id"]).json()["ElementName"] == "BIOS"
