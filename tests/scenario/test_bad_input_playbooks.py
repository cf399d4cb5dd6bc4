# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input as a user meets it: through ansible-playbook, one run per state of the pair, many refused tasks in each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.runner_bench import inventory
from tests.support.playbook import Playbooks, play, task

pytestmark = pytest.mark.one_way

ZIP, SHARE = "zip-Canary-5", "share-Canary-5"
Refused = tuple[str, dict[str, Any], tuple[str, ...]]


def _all_refused(bench: Bench, playbooks: Playbooks, host: str, cases: list[Refused], **more: Any) -> None:
    """Each task fails with its words and a next step; nothing was written, and no secret printed."""
    bench.secrets |= {ZIP, SHARE}
    before = bench.look()
    bench.control.reset_counts()
    names = [f"case {number} {module}" for number, (module, _given, _words) in enumerate(cases)]
    tasks = [
        task(name, module, given, ignore_errors=True)
        for name, (module, given, _words) in zip(names, cases, strict=True)
    ]
    hidden = playbooks.directory / "hidden.yml"  # ansible-core 2.19 prints lines of the playbook beside errors
    hidden.write_text(f"zip_password: {ZIP}\nshare_password: {SHARE}\n", encoding="utf-8")
    ran = playbooks.run(play(*tasks, hosts=host), "-e", f"@{hidden}", **more).good()
    for name, (_module, _given, words) in zip(names, cases, strict=True):
        failed = ran.failure(name)
        assert not failed.get("changed"), failed
        for word in words:
            assert word in failed["msg"], failed["msg"]
    assert bench.writes() == 0
    assert bench.look() == before
    bench.silent(ran.output)
    bench.silent(ran.events)


def test_a_fresh_appliance(bench: Bench, playbooks: Playbooks) -> None:
    share = {
        "name": "Nas",
        "path": "\\\\nas\\b",
        "nfs": True,
        "share_username": "u",
        "share_password": "{{ share_password }}",
    }
    cases: list[Refused] = [
        ("appliance_role", {"name": "web_portal"}, ("web_portal", "password_safe_web_portal")),
        ("appliance_role", {"name": "biul", "mirroring": "services_only"}, ("mirroring", "high_availability")),
        ("api_key", {"maximum_age": 0}, ("maximum_age is 0", "1 or more")),
        (
            "backup",
            {"location": "Nowhere", "backup_password": "{{ zip_password }}"},
            ("no backup location Nowhere", "LocalBackups"),
        ),
        ("backup_location", {"name": "N", "path": "\\\\nas"}, ("\\\\nas", "\\\\host\\share")),
        ("backup_location", share, ("NFS", "share_password")),
        (
            "backup_schedule",
            {"day": "Monday", "time": "2 am", "backup_password": "{{ zip_password }}"},
            ("'2 am'", "HH:MM"),
        ),
        ("backup_schedule", {"location": "LocalBackups", "day": "Monday"}, ("backup_password is needed",)),
        ("certificate", {"path": "/absent.pfx", "passphrase": "{{ share_password }}"}, ("/absent.pfx", "No such file")),
        ("date_time", {"time_zone": "Centrel Time"}, ("Centrel Time", "Central Standard Time")),
        ("date_time", {"date": "2030-13-01", "time": "10:00"}, ("2030-13-01", "YYYY-MM-DD")),
        ("login_banner", {"title": "Only a title", "text": ""}, ("a title and a text, or neither",)),
        ("login_banner", {"titel": "x", "text": "y"}, ("titel", "title")),
        ("backup_info", {"query": "]["}, ("JMESPath",)),
        ("high_availability", {"primary": A}, ("no partner yet", "ha_partner")),
        ("ha_settings", {"partner_contact_timeout": 4}, ("no partner yet", "ha_partner")),
    ]
    _all_refused(bench, playbooks, A, cases)


def test_partners_of_which_the_wrong_one_is_named(bench: Bench, playbooks: Playbooks) -> None:
    bench.stage("partners")
    lost = "UVM-1A holds a database of 1.44 GB", "overwritten and lost"
    cases: list[Refused] = [
        ("high_availability", {"primary": A}, (f"primary is {A}", f"runs for {B}")),
        ("high_availability", {"primary": B}, (*lost, "accept_data_loss: true")),
        ("high_availability", {"primary": B, "confirm": "UVM-1B+UVM-1A"}, (*lost, "accept_data_loss: true")),
        ("high_availability", {"primary": B, "accept_data_loss": True, "confirm": "UVM-1A+UVM-1B"}, lost),
        ("high_availability", {"primary": B, "mirroring_port": 70000}, ("mirroring_port is 70000",)),
        ("ha_partner", {"partner_host_name": B}, ("is this node itself",)),
        ("ha_partner", {"partner_host_name": "UVM-9Z"}, ("already has the partner UVM-1A",)),
    ]
    _all_refused(bench, playbooks, B, cases)


def test_a_pair_whose_mirroring_is_suspended(bench: Bench, playbooks: Playbooks) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    word = ("SUSPENDED", "diagnose_failover.yml")
    override = (*word, "accept_pair_state: ['SUSPENDED']")
    cases: list[Refused] = [
        ("high_availability", {"primary": A}, word),
        ("ha_settings", {"partner_contact_timeout": 9}, override),
        ("appliance_role", {"name": "patch_management"}, override),
    ]
    _all_refused(bench, playbooks, A, cases)


def test_a_host_without_credentials_is_told_the_variable(bench: Bench, playbooks: Playbooks, tmp_path: Path) -> None:
    def without(_everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        hosts[A].pop("useries_password")

    bare = inventory(bench.pair, tmp_path / "bare.yml", without)
    word = ("No password is known", "useries_password", "USERIES_PASSWORD")
    cases: list[Refused] = [("appliance_info", {}, word), ("login_banner", {"title": "a", "text": "b"}, word)]
    _all_refused(bench, playbooks, A, cases, inventory=bare)
    assert bench.control.log() == []
