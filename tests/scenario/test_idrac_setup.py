# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does in the set-up menu of a server, and the proof that the iDRAC answers afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playbook import Core, Ran
from tests.support.site import A, B, Site, explained, site

pytestmark = pytest.mark.one_way  # no page of the console is operated

SETUP = [{"name": "Set up", "ansible.builtin.import_playbook": "useries.appliance.idrac_setup"}]
SURFACES = ("console", "endpoint", "windows", "idrac")
STATIC = {"idrac_setup_netmask": "255.255.255.0", "idrac_setup_gateway": "10.0.0.1"}
SILENT = {"useries_idrac_port": 9}


def setup(pair: Site, **variables: Any) -> Ran:
    """Run the playbook for node A; nothing is ever written."""
    ran = pair.run("-l", A, "-e", json.dumps(variables), playbook=SETUP)
    assert pair.writes() == 0
    return ran


def own(pair: Site, host: str) -> dict[str, Any]:
    """Variables of a host of the inventory."""
    tree = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))["useries"]
    found: dict[str, Any] = next(one["hosts"][host] for one in tree["children"].values() if host in one["hosts"])
    return found


def test_a_person_is_told_what_to_do_until_the_idrac_answers(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        address = own(pair, A)["useries_idrac_host"]
        waiting = setup(pair, **SILENT)
        assert waiting.code != 0
        steps = ("waiting for a person", "press F2", "iDRAC Settings, then Network", "Enable NIC", "Dedicated",
                 "Leave DHCP on", address, "run the playbook again")  # fmt: skip
        places = [explained(waiting).find(text) for text in steps[:-2]]
        assert places == sorted(places), explained(waiting)
        assert all(text in explained(waiting) for text in steps)
        static = explained(setup(pair, **SILENT, **STATIC, idrac_setup_nic="lom2"))
        assert all(text in static for text in (f"enter the address {address}", "255.255.255.0", "10.0.0.1", "LOM2"))
        told = setup(pair).good()
        tag = pair.control.state(A)["service_tag"]
        assert all(text in told.words for text in (address, tag, "as Windows says too", "calvin")), told.output


def test_an_idrac_of_another_server_or_with_another_password_is_no_proof(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        other = {name: value for name, value in own(pair, B).items() if name.startswith("useries_idrac_")}
        failed = setup(pair, **other)
        tags = [pair.control.state(host)["service_tag"] for host in (A, B)]
        assert failed.code != 0
        assert all(tag in explained(failed) for tag in tags), explained(failed)
        refused = setup(pair, useries_idrac_password="calvin")
        assert refused.code != 0
        assert "useries_idrac_password" in explained(refused), explained(refused)


@pytest.mark.parametrize(
    "given",
    [
        {"idrac_setup_nic": "lom9"},
        {"idrac_setup_netmask": "255.255.255.0"},
        {**STATIC, "idrac_setup_gateway": "10.0.0.256"},
        {**STATIC, "idrac_setup_netmask": "255.255.255.0.0"},
        {**STATIC, "useries_idrac_host": "idrac.example.com"},
    ],
)
def test_settings_that_make_no_sense_are_refused(core: Core, tmp_path: Path, given: dict[str, str]) -> None:
    with site(core, tmp_path, surfaces=("console", "idrac")) as pair:
        pair.control.reset_counts()
        ran = setup(pair, **given)
        assert ran.code != 0
        assert "What is asked makes sense" in str([one["task"] for one in ran.events if one["status"] == "failed"])
        assert next(iter(given.values())) in explained(ran) or given["useries_idrac_host"] in explained(ran)
        assert pair.control.count("all") == 0
