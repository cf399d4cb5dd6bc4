# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checkpoints: what a re-run finds, and what it refuses to believe."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.checkpoint import (
    ANY_CERTIFICATE,
    BECOMES,
    Checkpoint,
)
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Appliance, Pair

A = Appliance("UVM-1A", serial="AAA", fingerprint="AA:01")
B = Appliance("UVM-1B", serial="BBB", fingerprint="BB:01")
PAIR = Pair.of(A, B)


def begin(directory: StateDirectory, run_id: str = "run-1", pair: Pair = PAIR, **options: Any) -> Checkpoint:
    options = {"workflow": "upgrade", "version": "1.2.0", **options}
    return Checkpoint.open(directory, pair, run_id=run_id, clock=Clock(), **options)


def test_nothing_is_written_before_the_first_record(directory: StateDirectory) -> None:
    checkpoint = begin(directory)
    assert not checkpoint.resumed
    assert checkpoint.steps() == ()
    assert checkpoint.status("backup") is None
    assert directory.list() == ()


def test_a_rerun_finds_every_step_in_order_with_data_and_history(directory: StateDirectory) -> None:
    first = begin(directory)
    first.record("suspend", "intended")
    first.record("backup", "intended", {"location": "share"})
    first.record("backup", "done", {"file": "b.zip", "size": 7})
    first.record("plug", "waiting for a person")

    second = begin(directory, "run-2")
    assert second.resumed
    assert not second.adopted
    assert [(step.name, step.status) for step in second.steps()] == [
        ("suspend", "intended"),
        ("backup", "done"),
        ("plug", "waiting for a person"),
    ]
    assert second.waiting() == ("plug",)
    backup = second.step("backup")
    assert backup is not None
    assert backup.data == {"location": "share", "file": "b.zip", "size": 7}
    second.record("backup", "undone")
    third = begin(directory, "run-3")
    backup = third.step("backup")
    assert backup is not None
    assert [(status, run) for status, _at, run in backup.history] == [
        ("intended", "run-1"),
        ("done", "run-1"),
        ("undone", "run-2"),
    ]
    assert third.runs == ("run-1", "run-2", "run-3")
    assert third.run_id == "run-3"
    assert third.started == first.started


def test_done_is_not_intended_again_without_a_look_at_reality(directory: StateDirectory) -> None:
    checkpoint = begin(directory)
    checkpoint.record("switch", "done")  # derived from the appliances, without any file
    with pytest.raises(ValueError, match="'done'; 'intended' cannot follow"):
        checkpoint.record("switch", "intended")
    checkpoint.record("switch", "undone")
    checkpoint.record("switch", "intended")
    checkpoint.record("switch", "intended")
    assert begin(directory).status("switch") == "intended"
    with pytest.raises(ValueError, match="not a status"):
        checkpoint.record("switch", "finished")  # type: ignore[arg-type]


def test_the_first_original_value_counts(directory: StateDirectory) -> None:
    first = begin(directory)
    assert first.remember("auto_resync", {"node": [True, None]}) == {"node": [True, None]}
    second = begin(directory, "run-2")
    assert second.remember("auto_resync", "changed by run-1") == {"node": [True, None]}
    second.values()["auto_resync"]["node"].clear()
    assert second.values() == {"auto_resync": {"node": [True, None]}}
    second.forget("auto_resync")
    second.forget("auto_resync")
    assert begin(directory).values() == {}


def test_a_finished_workflow_starts_anew_whatever_its_version_or_pair(directory: StateDirectory) -> None:
    checkpoint = begin(directory)
    checkpoint.record("backup", "intended")
    checkpoint.remember("window", 5)
    with pytest.raises(ValueError, match=r"steps \['backup'\], values to put back \['window'\]"):
        checkpoint.finish()
    checkpoint.record("backup", "done")
    checkpoint.forget("window")
    assert not checkpoint.finished()
    checkpoint.finish()
    assert checkpoint.finished()
    again = begin(directory, "run-2", Pair.of(Appliance("UVM-1A", "X"), Appliance("UVM-1B", "Y")), version="9.0.0")
    assert not again.resumed
    assert not again.finished()
    assert again.steps() == ()


@pytest.mark.parametrize(
    "data",
    [
        {"password": "c"},
        {"a": [{"Zip Password": "c"}]},
        {"api_token": "c"},
        {"partner_key": "c"},
        {"b": {"private_key": "c"}},
    ],
)
def test_secrets_are_refused(directory: StateDirectory, data: dict[str, Any]) -> None:
    checkpoint = begin(directory)
    with pytest.raises(ValueError, match="sounds like a secret"):
        checkpoint.record("s", "intended", data)
    for name, value in data.items():
        with pytest.raises(ValueError, match="sounds like a secret"):
            checkpoint.remember(name, value)
    assert directory.list() == ()
    checkpoint.record("s", "intended", {"monkey": 1, "keyboard": "de"})


def test_the_file_of_another_pair_is_refused(directory: StateDirectory) -> None:
    begin(directory).record("backup", "intended")
    other = Pair.of(A, Appliance("UVM-1B", serial="CCC", fingerprint="BB:01"))
    with pytest.raises(UseriesError, match="belongs to another pair named UVM-1A\\+UVM-1B") as caught:
        begin(directory, "run-2", other)
    assert caught.value.kind == "precondition"
    assert "inventory" in caught.value.remedy
    assert not begin(directory, "run-2", Pair.of(A, Appliance("UVM-2B", "BBB"))).resumed
    assert not begin(directory, "run-2", workflow="drill").resumed


@pytest.mark.parametrize(
    ("recorded", "now"),
    [
        (PAIR, Pair.of(B, A)),
        (PAIR, Pair.of(A, Appliance("UVM-1B"))),  # one node is down
        (PAIR, Pair.of(Appliance("uvm-1a", fingerprint="aa01"), Appliance("UVM-1B"))),  # no serial without Windows
        (PAIR, Pair.of(Appliance("UVM-1A", "AAA", "FF"), B)),  # new certificate, same serial number
    ],
)
def test_the_same_pair_is_recognised(directory: StateDirectory, recorded: Pair, now: Pair) -> None:
    begin(directory, pair=recorded).record("backup", "intended")
    second = begin(directory, "run-2", now)
    assert second.resumed
    second.record("backup", "done")
    assert begin(directory, "run-3", recorded if now.appliances[0].fingerprint != "ff" else now).resumed


def test_a_node_that_is_down_for_one_run_is_not_forgotten(directory: StateDirectory) -> None:
    begin(directory).record("backup", "intended")
    begin(directory, "run-2", Pair.of(A, Appliance("UVM-1B"))).record("backup", "done")
    with pytest.raises(UseriesError, match="another pair"):
        begin(directory, "run-3", Pair.of(A, Appliance("UVM-1B", serial="CCC")))


def test_what_cannot_be_matched_is_refused(directory: StateDirectory) -> None:
    begin(directory).record("backup", "intended")
    with pytest.raises(UseriesError, match="Neither a serial number nor a certificate") as caught:
        begin(directory, pair=Pair.of(Appliance("UVM-1A"), Appliance("UVM-1B")))
    assert caught.value.kind == "invalid"
    assert "An earlier run began backup on 20" in caught.value.message
    assert "wait until it answers" in caught.value.remedy
    certificates = [Appliance("UVM-2A", fingerprint="1"), Appliance("UVM-2B")]
    begin(directory, pair=Pair.of(*certificates)).record("backup", "intended")
    with pytest.raises(UseriesError, match="cannot be matched"):
        begin(directory, pair=Pair.of(Appliance("UVM-2A"), Appliance("UVM-2B", fingerprint="2")))


def test_a_step_that_replaces_the_certificate_binds_it_anew(directory: StateDirectory) -> None:
    old, new = Appliance("N", fingerprint="01"), Appliance("N", fingerprint="02")
    checkpoint = begin(directory, pair=Pair.of(old))
    checkpoint.record("certificate", "intended")
    checkpoint.rebind(Pair.of(new))
    assert begin(directory, pair=Pair.of(new)).resumed
    with pytest.raises(UseriesError, match="another pair"):
        begin(directory, pair=Pair.of(old))
    checkpoint.rebind(Pair.of(Appliance("RENAMED", fingerprint="02")))
    assert len(directory.list(".checkpoint")) == 1
    assert begin(directory, pair=Pair.of(Appliance("RENAMED", fingerprint="02"))).status("certificate") == "intended"


def test_a_certificate_that_a_step_was_about_to_put_there_is_known_until_the_step_is_done(
    directory: StateDirectory,
) -> None:
    old, new = Appliance("UVM-1A", fingerprint="01"), Appliance("UVM-1A", fingerprint="02")
    partner = Appliance("UVM-1B", fingerprint="11")
    checkpoint = begin(directory, pair=Pair.of(old, partner))
    checkpoint.record("certificate", "intended", {BECOMES: ["UVM-1A", "02"]})
    assert begin(directory, "run-2", Pair.of(new, partner)).status("certificate") == "intended"
    assert begin(directory, "run-2", Pair.of(old, partner)).resumed
    with pytest.raises(UseriesError, match="another pair"):
        begin(directory, "run-2", Pair.of(Appliance("UVM-1A", fingerprint="03"), partner))
    checkpoint.record("certificate", "done")
    with pytest.raises(UseriesError, match="another pair"):
        begin(directory, "run-2", Pair.of(new, partner))


def test_an_appliance_that_is_imaged_is_known_by_its_name(directory: StateDirectory) -> None:
    """Silent or with any certificate, from the announcement on until the step is done; the others are as before."""
    old, partner = Appliance("UVM-1A", fingerprint="01"), Appliance("UVM-1B", fingerprint="09")
    fresh = Appliance("UVM-1A", fingerprint="02")
    checkpoint = begin(directory, pair=Pair.of(old))
    checkpoint.record("backup", "done")
    with pytest.raises(UseriesError, match="another pair"):
        begin(directory, "run-2", Pair.of(fresh))
    with pytest.raises(UseriesError, match="cannot be bound"):
        begin(directory, "run-2", Pair.of(Appliance("UVM-1A")))
    checkpoint.record("imaging", "intended", {BECOMES: ["UVM-1A", ANY_CERTIFICATE]})
    assert begin(directory, "run-2", Pair.of(Appliance("UVM-1A"))).status("backup") == "done"
    assert begin(directory, "run-2", Pair.of(fresh)).resumed
    checkpoint.record("imaging", "done")
    with pytest.raises(UseriesError, match="cannot be bound"):
        begin(directory, "run-2", Pair.of(Appliance("UVM-1A")))

    both = begin(directory, pair=Pair.of(old, partner))
    both.record("imaging", "intended", {BECOMES: ["UVM-1A", ANY_CERTIFICATE]})
    assert begin(directory, "run-2", Pair.of(fresh, partner)).resumed
    with pytest.raises(UseriesError, match="another pair"):
        begin(directory, "run-2", Pair.of(fresh, Appliance("UVM-1B", fingerprint="08")))


@pytest.mark.parametrize("older", ["1.1.9", "1.2.0-rc.1", "0.10.0"])
def test_an_older_version_is_adopted_by_its_run_id_only(directory: StateDirectory, older: str) -> None:
    begin(directory, version=older).record("backup", "done")
    with pytest.raises(UseriesError, match=f"written by version {older} of the collection by the run run-1") as caught:
        begin(directory, "run-2")
    assert caught.value.kind == "precondition"
    assert "-e adopt_run=run-1" in caught.value.remedy
    with pytest.raises(UseriesError, match="run run-1") as caught:
        begin(directory, "run-2", adopt_run="run-7")
    assert "adopt_run=run-7 names another run" in caught.value.remedy
    adopted = begin(directory, "run-2", adopt_run="run-1")
    assert adopted.adopted
    assert adopted.resumed
    assert adopted.status("backup") == "done"
    adopted.record("switch", "intended")
    third = begin(directory, "run-3")
    assert third.resumed
    assert not third.adopted


@pytest.mark.parametrize("newer", ["1.2.1", "1.10.0", "2.0.0-rc.1", "something"])
def test_a_newer_version_is_never_adopted(directory: StateDirectory, newer: str) -> None:
    begin(directory, version=newer).record("backup", "done")
    with pytest.raises(UseriesError, match="is not older than this one") as caught:
        begin(directory, "run-2", adopt_run="run-1")
    assert f"Install version {newer}" in caught.value.remedy


def test_release_candidates_are_ordered(directory: StateDirectory) -> None:
    begin(directory, version="1.2.0-rc.9").record("backup", "done")
    assert begin(directory, "run-2", version="1.2.0-rc.10", adopt_run="run-1").adopted


def test_damaged_copied_and_foreign_files_are_refused_each_with_its_own_sentence(directory: StateDirectory) -> None:
    checkpoint = begin(directory)
    checkpoint.record("backup", "intended")
    path = Path(checkpoint.path)
    whole = path.read_bytes()

    shutil.copy(path, path.with_name(path.name.replace("upgrade.", "drill.")))
    with pytest.raises(UseriesError, match="is the checkpoint of upgrade on .* under a wrong name"):
        begin(directory, workflow="drill")
    path.write_bytes(whole[:-40])
    with pytest.raises(UseriesError, match="is damaged: it is not the JSON text"):
        begin(directory)
    path.write_bytes(whole.replace(b'"status": "intended"', b'"status": "done"'))
    with pytest.raises(UseriesError, match="is damaged: its checksum is wrong"):
        begin(directory)
    directory.write(path.name, "lease/1", {})
    with pytest.raises(UseriesError, match="of the schema 'useries.appliance/lease/1'"):
        begin(directory)
    for body in ({}, {"steps": [{}]}, {"steps": 7}):
        directory.write(path.name, "checkpoint/1", body)
        with pytest.raises(UseriesError, match="is no checkpoint of this collection"):
            begin(directory)
    os.unlink(path)
    os.symlink("/etc/passwd", path)
    with pytest.raises(UseriesError, match="is a symbolic link"):
        begin(directory)


def test_a_record_is_on_the_disk_when_it_returns_and_can_be_removed(directory: StateDirectory) -> None:
    checkpoint = begin(directory)
    child = os.fork()
    if child == 0:
        checkpoint.record("switch", "intended")
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    found = begin(directory, "run-2")
    assert found.status("switch") == "intended"
    assert found.delete()
    assert not begin(directory).resumed


@pytest.mark.parametrize("workflow", ["", "Upgrade", "../x", "a b"])
def test_names_of_workflows(directory: StateDirectory, workflow: str) -> None:
    with pytest.raises(ValueError, match="not a name of a workflow"):
        begin(directory, workflow=workflow)
