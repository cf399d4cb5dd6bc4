# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges from outside: the Redfish modules of Dell (dellemc.openmanage) and of the community (community.general)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.protocol.judges_bench import COMMUNITY, DELL, REDFISH, Plays, bench, good, judges, plays, restart
from tests.protocol.redfish_bench import SERVICE_TAG, Bench

__all__ = ["bench", "judges", "plays"]

pytestmark = pytest.mark.judges

CARD = {"network_adapter_id": "NIC.Integrated.1", "network_device_function_id": "NIC.Integrated.1-1-1"}

KNOWN_FAILURES: dict[str, tuple[dict[str, Any], str]] = {
    # it reads processors, memory, disks, fans and sensors, which nothing of this collection does: not modelled
    "inventory": ({"dellemc.openmanage.idrac_system_info": DELL}, "404"),
    # of the apply times only OnReset is modelled, and so only that one is offered
    "window": (
        {
            "dellemc.openmanage.idrac_bios": {
                **DELL,
                "attributes": {"AcPwrRcvry": "On"},
                "apply_time": "AtMaintenanceWindowStart",
                "maintenance_window": {"start_time": "2099-01-01T00:00:00+00:00", "duration": 600},
            }
        },
        "Apply time AtMaintenanceWindowStart is not supported",
    ),
}
"""By name: a task, and words of its failure. One that no longer fails must be taken out."""


def community(module: str, category: str, *commands: str, **more: object) -> dict[str, Any]:
    """A task with a module ``community.general.redfish_*``."""
    return {f"community.general.{module}": {**COMMUNITY, "category": category, "command": list(commands), **more}}


def test_what_there_is_to_know(bench: Bench, plays: Plays) -> None:
    bench.appliance.lifecycle.add_job("BIOSConfiguration", "Configure: BIOS.Setup.1-1")
    seen = plays(
        system=community("redfish_info", "Systems", "GetSystemInventory", "GetBiosAttributes"),
        chassis=community("redfish_info", "Chassis", "GetChassisInventory"),
        manager=community("redfish_info", "Manager", "GetManagerInventory", "GetNetworkProtocols"),
        accounts=community("redfish_info", "Accounts", "ListUsers"),
        sessions=community("redfish_info", "Sessions", "GetSessions"),
        update=community("redfish_info", "Update", "GetFirmwareInventory"),
        attributes=community("idrac_redfish_info", "Manager", "GetManagerAttributes"),
        as_they_are={"dellemc.openmanage.idrac_attributes": {**DELL, "idrac_attributes": {"NIC.1.Enable": "Enabled"}}},
        firmware={"dellemc.openmanage.idrac_firmware_info": DELL},
        ready={"dellemc.openmanage.idrac_lifecycle_controller_status_info": DELL},
        users={"dellemc.openmanage.idrac_user_info": DELL},
    )
    facts = {name: good(answer).get("redfish_facts", {}) for name, answer in seen.items()}
    system = facts["system"]["system"]["entries"][0][1]
    assert (system["SKU"], system["PowerState"], system["Model"]) == (SERVICE_TAG, "On", "PowerEdge R740")
    assert facts["system"]["bios_attribute"]["entries"][0][1]["SystemServiceTag"] == SERVICE_TAG
    assert facts["chassis"]["chassis"]["entries"][0]["SerialNumber"] == f"CNFCP00{SERVICE_TAG}"
    assert facts["manager"]["manager"]["entries"][0][1]["FirmwareVersion"] == "7.00.00.171"
    assert facts["accounts"]["user"]["entries"][0]["UserName"] == "root"
    versions = {entry["Name"]: entry["Version"] for entry in facts["update"]["firmware"]["entries"]}
    assert versions["System CPLD"] == "1.1.4"
    assert facts["attributes"]["entries"][0]["Attributes"]["Info.1.HWModel"] == "iDRAC 9"
    assert seen["as_they_are"]["changed"] is False
    installed = [item for item in seen["firmware"]["firmware_info"]["Firmware"] if item["Status"] == "Installed"]
    versions = {item["ElementName"]: item["VersionString"] for item in installed}
    assert (versions["BIOS"], versions["System CPLD"]) == ("2.19.1", "1.1.4")
    assert seen["ready"]["lc_status_info"] == {"LCReady": True, "LCStatus": "Ready"}
    assert [(user["Id"], user["UserName"], user["RoleId"]) for user in seen["users"]["user_info"]] == [
        ("2", "root", "Administrator")
    ]
    assert bench.server.controller.sessions.all() == [], "who signed in has signed out"


def test_power(bench: Bench, plays: Plays) -> None:
    off = {"dellemc.openmanage.redfish_powerstate": {**REDFISH, "reset_type": "ForceOff"}}
    seen = plays(first=off, second=off, on=community("redfish_command", "Systems", "PowerOn"), again=off)
    assert [good(answer)["changed"] for answer in seen.values()] == [True, False, True, True]
    assert bench.appliance.powered is False


def test_users(bench: Bench, plays: Plays) -> None:
    wanted = {**DELL, "user_name": "monitor", "privilege": "ReadOnly", "enable": True}
    user = {"dellemc.openmanage.idrac_user": wanted}
    absent = {"dellemc.openmanage.idrac_user": {**DELL, "user_name": "monitor", "state": "absent"}}
    account = {"account_username": "second", "account_password": "Another-1", "account_roleid": "Operator"}
    seen = plays(
        created={"dellemc.openmanage.idrac_user": {**wanted, "user_password": "Another-1"}},
        unchanged=user,
        added=community("redfish_command", "Accounts", "AddUser", "EnableUser", **account),
        listed={"dellemc.openmanage.idrac_user_info": DELL},
        absent=absent,
        gone=absent,
        deleted=community("redfish_command", "Accounts", "DeleteUser", account_username="second"),
    )
    changed = {name: good(answer)["changed"] for name, answer in seen.items() if name != "listed"}
    assert changed == {
        "created": True,
        "unchanged": False,
        "added": True,
        "absent": True,
        "gone": False,
        "deleted": True,
    }
    assert [(user["UserName"], user["RoleId"], user["Enabled"]) for user in seen["listed"]["user_info"]] == [
        ("root", "Administrator", True),
        ("monitor", "ReadOnly", True),
        ("second", "Operator", True),
    ]
    assert [account.username for account in bench.server.controller.accounts.values() if account.username] == ["root"]


def test_settings_of_the_bios(bench: Bench, plays: Plays) -> None:
    dell = {"dellemc.openmanage.idrac_bios": {**DELL, "attributes": {"AcPwrRcvry": "On"}, "apply_time": "OnReset"}}
    clear = {"dellemc.openmanage.idrac_bios": {**DELL, "clear_pending": True}}
    theirs = community("redfish_config", "Systems", "SetBiosAttributes", bios_attributes={"BootMode": "Bios"})
    seen = plays(staged=dell, cleared=clear, nothing=clear, theirs=theirs)
    assert [good(answer)["changed"] for answer in seen.values()] == [True, True, False, True]
    restart(bench)
    seen = plays(theirs=theirs, staged=dell)
    assert [good(answer)["changed"] for answer in seen.values()] == [False, True]
    restart(bench)
    assert good(plays(staged=dell)["staged"])["changed"] is False
    current = bench.appliance.lifecycle.staged.group("BIOS.Setup.1-1").current
    assert (current["AcPwrRcvry"], current["BootMode"]) == ("On", "Bios")


def test_settings_of_a_network_card(bench: Bench, plays: Plays) -> None:
    module = "dellemc.openmanage.idrac_network_attributes"
    common = {**DELL, **CARD, "apply_time": "OnReset"}
    vlan = {module: {**common, "network_attributes": {"Ethernet": {"VLAN": {"VLANEnable": True, "VLANId": 30}}}}}
    wake = {module: {**common, "oem_network_attributes": {"WakeOnLan": "Disabled"}}}
    seen = plays(vlan=vlan)
    assert good(seen["vlan"])["changed"] is True
    assert seen["vlan"]["job_status"]["JobType"] == "NICConfiguration"
    restart(bench)
    seen = plays(vlan=vlan, wake=wake, cleared={module: {**common, "clear_pending": True}})
    assert [good(answer)["changed"] for answer in seen.values()] == [False, True, True]
    restart(bench)
    current = bench.appliance.lifecycle.staged.group(CARD["network_device_function_id"]).current
    assert (current["VLanMode"], current["VLanId"], current["WakeOnLan"]) == ("Enabled", 30, "Enabled")


def test_attributes_of_the_idrac(bench: Bench, plays: Plays) -> None:
    def wanted(**values: str) -> dict[str, Any]:
        named = {name.replace("_", ".1."): value for name, value in values.items()}
        return {"dellemc.openmanage.idrac_attributes": {**DELL, "idrac_attributes": named}}

    shared = wanted(NIC_Selection="LOM1")
    seen = plays(first=shared, wrong=wanted(NIC_Selection="LOM9"), unknown=wanted(NIC_Colour="red"))
    assert good(seen["first"])["changed"] is True
    assert seen["wrong"]["invalid_attributes"] == {"NIC.1.Selection": "Invalid value for Enumeration."}
    assert seen["unknown"]["invalid_attributes"] == {"NIC.1.Colour": "Attribute does not exist."}
    assert bench.appliance.idrac_network.selection == "LOM1"
    assert good(plays(again=shared)["again"])["changed"] is False


def test_jobs(bench: Bench, plays: Plays) -> None:
    lifecycle = bench.appliance.lifecycle
    one, two, three = (lifecycle.add_job("BIOSConfiguration", f"Configure: {number}") for number in range(3))
    asked = {"dellemc.openmanage.idrac_lifecycle_controller_job_status_info": {**DELL, "job_id": two}}
    delete = "dellemc.openmanage.idrac_lifecycle_controller_jobs"
    seen = plays(waits=asked, deleted={delete: {**DELL, "job_id": one}}, wrong={delete: {**DELL, "job_id": one}})
    assert good(seen["waits"])["job_info"]["JobStatus"] == "Scheduled"
    assert good(seen["deleted"])["status"]["MessageID"] == "SUP020"
    assert seen["wrong"]["failed"] is True, "it is gone"
    assert list(lifecycle.jobs()) == [two, three]
    restart(bench)
    seen = plays(done=asked, all={delete: DELL})
    assert good(seen["done"])["job_info"]["JobStatus"] == "Completed"
    assert good(seen["all"])["changed"] is True
    assert lifecycle.jobs() == {}


def test_no_room_for_another_session(bench: Bench, plays: Plays) -> None:
    assert [bench.sign_in().status_code for _turn in range(8)] == [201] * 8
    refused = plays(users={"dellemc.openmanage.idrac_user_info": DELL})["users"]
    assert refused["failed"] is True and "RAC0218" in str(refused["msg"]), refused


def test_the_known_failures_are_still_some(bench: Bench, plays: Plays) -> None:
    seen = plays(**{name: task for name, (task, _words) in KNOWN_FAILURES.items()})
    for name, (_task, words) in KNOWN_FAILURES.items():
        assert seen[name].get("failed") is True and words in str(seen[name]), seen[name]
