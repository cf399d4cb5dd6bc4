# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leases: real processes contend, are killed, lose their parent, break and renew."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Appliance, Pair
from ansible_collections.useries.appliance.plugins.module_utils._state.lease import Lease, leases, release_all
from ansible_collections.useries.appliance.plugins.module_utils._state.lease_record import LeaseRecord, write_record
from ansible_collections.useries.appliance.plugins.module_utils._state.locks import FileLock, mutex
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

NAMES = ["UVM-1A", "UVM-1B"]
PAIR = Pair.of(Appliance("UVM-1A", serial="S-UVM-1A"), Appliance("UVM-1B", serial="S-UVM-1B"))
HERE = ProcessMark.current()
Start = Callable[[], Any]


class HandClock(Clock):
    """A wall clock that is moved by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1_800_000_000.0

    def wall(self) -> float:
        return self.time


def take(
    directory: StateDirectory, run_id: str, pair: Pair = PAIR, clock: Clock | None = None, **options: Any
) -> Lease:
    options = {"task": "a task", "parent": HERE, **options}
    return Lease.acquire(directory, pair, run_id=run_id, version="1.0.0", clock=clock or Clock(), **options)


def elsewhere(directory: StateDirectory, renewed: float) -> None:
    """A lease that a process of another host wrote into a shared directory."""
    there = ProcessMark("other-host", "another boot", 4711, 1)
    write_record(
        directory,
        LeaseRecord("run-far", PAIR, "upgrade", "Wait", "anna", "1.0.0", renewed - 60, renewed, there, there),
    )


def test_of_two_processes_one_gets_the_lease(start: Start) -> None:
    first, second = start(), start()
    orders = {"names": NAMES, "task": "Write", "workflow": "upgrade"}
    first.tell("acquire", run_id="run-1", **orders)
    second.tell("acquire", run_id="run-2", **orders)
    answers = [first.answer(), second.answer()]
    assert sorted(answer.get("error", "") for answer in answers) == ["", "busy"]
    winner = 1 if "error" not in answers[0] else 2
    refused = next(answer for answer in answers if "error" in answer)
    assert f"run run-{winner} of " in refused["message"]
    assert "upgrade, task 'Write'; since 20" in refused["message"]
    assert "last sign of life 20" in refused["message"]
    assert f"-e break_lock=run-{winner}" in refused["remedy"]


def test_many_processes_never_hold_it_at_once(start: Start) -> None:
    actors = [start() for _actor in range(4)]
    for number, actor in enumerate(actors):
        actor.tell("acquire", names=NAMES, run_id=f"run-{number}", task="t")
    assert [actor.answer().get("error") for actor in actors].count("busy") == 3


def test_the_order_of_the_two_nodes_does_not_matter(start: Start) -> None:
    first, second = start(), start()
    assert first("acquire", names=NAMES, run_id="run-1", task="t") == {"warnings": []}
    assert second("acquire", names=NAMES[::-1], run_id="run-2", task="t")["error"] == "busy"


def test_between_two_tasks_the_run_keeps_the_pair(start: Start) -> None:
    first, second = start(), start()
    first("acquire", names=NAMES, run_id="run-1", task="one")
    first("release")
    assert second("acquire", names=NAMES, run_id="run-2", task="t")["error"] == "busy"
    assert first("acquire", names=NAMES, run_id="run-1", task="two") == {"warnings": []}
    first("release")
    assert first("release_all", run_id="run-1") == {"released": ["UVM-1A+UVM-1B"]}
    assert second("acquire", names=NAMES, run_id="run-2", task="t") == {"warnings": []}


def test_a_second_task_of_the_same_run_waits_for_the_first(start: Start, directory: StateDirectory) -> None:
    first, second = start(), start()
    first("acquire", names=NAMES, run_id="run-1", task="long one")
    refused = second("acquire", names=NAMES, run_id="run-1", task="short", wait=0)
    assert refused["error"] == "busy"
    assert "the task 'long one', run run-1" in refused["message"]
    assert f"process {first.pid} on" in refused["message"]
    second.tell("acquire", names=NAMES, run_id="run-1", task="short", wait=30)
    first("release")
    assert second.answer() == {"warnings": []}
    [record] = leases(directory)
    assert record.task == "short"
    assert record.started < record.renewed


def test_after_a_sigkill_of_everything_the_lease_is_stale_and_taken_over(start: Start) -> None:
    first, second = start(), start()
    first("acquire", names=NAMES, run_id="run-1", task="Switch")
    first.kill_parent()
    os.kill(first.pid, 9)
    answer = second("acquire", names=NAMES, run_id="run-2", task="t", wait=30)
    [warning] = answer["warnings"]
    assert "run-1" in warning
    assert "its ansible process is gone" in warning
    assert second("before_write") == {}


def test_a_killed_worker_alone_gives_back_the_lock_but_not_the_run(start: Start, directory: StateDirectory) -> None:
    first = start()
    first("acquire", names=NAMES, run_id="run-1", task="t")
    first.kill_both()
    lease = take(directory, "run-1")
    assert lease.warnings == []
    assert lease.still_ours()
    with pytest.raises(UseriesError, match="run-1"):
        take(directory, "run-2")
    lease.release()


def test_an_orphaned_worker_stops_before_its_next_write_and_the_next_run_waits(start: Start) -> None:
    first, second = start(), start()
    first("acquire", names=NAMES, run_id="run-1", task="Back up")
    assert first("before_write") == {}
    assert first("parent_alive") == {"alive": True}
    first.kill_parent()
    assert first("parent_alive") == {"alive": False}
    stopped = first("before_write")
    assert stopped["error"] == "precondition"
    assert "run-1 was ended" in stopped["message"]

    refused = second("acquire", names=NAMES, run_id="run-2", task="t", wait=0)
    assert refused["error"] == "busy"
    assert "still writes" in refused["message"]
    assert f"process {first.pid} on" in refused["message"]
    second.tell("acquire", names=NAMES, run_id="run-2", task="t", wait=30)
    first("release")
    assert "taken over" in second.answer()["warnings"][0]


def test_breaking_needs_the_right_run_id(start: Start) -> None:
    first, second = start(), start()
    first("acquire", names=NAMES, run_id="run-1", task="t")
    first("release")
    wrong = second("acquire", names=NAMES, run_id="run-2", task="t", break_run_id="run-9")
    assert wrong["error"] == "busy"
    assert "break_lock=run-1 (break_lock=run-9 names another run)" in wrong["remedy"]
    [warning] = second("acquire", names=NAMES, run_id="run-2", task="t", break_run_id="run-1")["warnings"]
    assert "broken as ordered" in warning
    assert first("acquire", names=NAMES, run_id="run-1", task="next")["error"] == "busy"


def test_a_broken_run_stops_before_its_next_write_and_only_then_the_other_goes_on(start: Start) -> None:
    first, second = start(), start()
    first("acquire", names=NAMES, run_id="run-1", task="t")
    assert first("still_ours") == {"ours": True}
    second.tell("acquire", names=NAMES, run_id="run-2", task="t", break_run_id="run-1", wait=30)
    assert any(not first("still_ours")["ours"] for _turn in range(20_000))
    stopped = first("before_write")
    assert stopped["error"] == "busy"
    assert "in the hands of the run run-2" in stopped["message"]
    first("release")
    assert "broken as ordered" in second.answer()["warnings"][0]
    assert second("before_write") == {}


def test_a_live_run_on_another_host_is_busy_until_it_was_silent_for_long(directory: StateDirectory) -> None:
    clock = HandClock()
    elsewhere(directory, clock.time)
    for age in (-3600, 0, 14 * 60):  # its clock may be ahead of ours
        clock.time = 1_800_000_000.0 + age
        with pytest.raises(UseriesError, match="run-far of anna on other-host") as caught:
            take(directory, "run-2", clock=clock)
        assert caught.value.kind == "busy"
    clock.time = 1_800_000_000.0 + 16 * 60
    lease = take(directory, "run-2", clock=clock)
    assert "was not renewed any more" in lease.warnings[0]
    lease.release()


def test_a_live_run_of_this_host_is_busy_however_long_it_was_silent(directory: StateDirectory) -> None:
    clock = HandClock()
    take(directory, "run-1", clock=clock).release()
    clock.time += 7 * 24 * 3600  # between two tasks of ours a run may do something else for long
    with pytest.raises(UseriesError, match="run-1") as caught:
        take(directory, "run-2", clock=clock)
    assert caught.value.kind == "busy"


def test_the_next_task_of_a_run_finds_the_lock_free_and_keeps_when_the_run_began(directory: StateDirectory) -> None:
    clock = HandClock()
    with take(directory, "run-1", clock=clock):
        pass
    clock.time += 60
    with take(directory, "run-1", clock=clock):
        [record] = leases(directory)
    assert (record.started, record.renewed) == (1_800_000_000.0, 1_800_000_060.0)


def test_a_lock_that_is_held_outweighs_a_silent_host(directory: StateDirectory) -> None:
    clock = HandClock()
    holder = take(directory, "run-1", clock=clock)  # a container on the same kernel shares the lock, not the ids
    elsewhere(directory, clock.time)
    clock.time += 3600
    with pytest.raises(UseriesError, match="run-far"):
        take(directory, "run-2", clock=clock)
    holder.release()


def test_a_process_id_that_was_used_again_is_not_the_run(directory: StateDirectory) -> None:
    take(directory, "run-1", parent=replace(HERE, started=HERE.started - 1)).release()
    lease = take(directory, "run-2")
    assert "its ansible process is gone" in lease.warnings[0]
    lease.release()


def test_renewing_is_cheap_and_seen_by_others(directory: StateDirectory) -> None:
    clock = HandClock()
    with take(directory, "run-1", clock=clock) as lease:
        before = os.stat(directory.where(f"{PAIR.key}.lease")).st_ino
        clock.time += 29
        lease.renew()
        assert os.stat(directory.where(f"{PAIR.key}.lease")).st_ino == before
        clock.time += 2
        lease.renew()
        [record] = leases(directory)
        assert (record.started, record.renewed) == (1_800_000_000.0, 1_800_000_031.0)
        elsewhere(directory, clock.time)
        clock.time += 31
        with pytest.raises(UseriesError, match="not ours any more; it is now in the hands of the run run-far"):
            lease.renew()
        assert not lease.still_ours()
        with pytest.raises(UseriesError, match="not ours any more"):
            lease.before_write()


def test_a_lease_is_not_ours_after_its_release_or_removal(directory: StateDirectory) -> None:
    lease = take(directory, "run-1")
    directory.delete(f"{PAIR.key}.lease")
    assert not lease.still_ours()
    lease.release()
    lease = take(directory, "run-1")
    directory.delete(f"{PAIR.key}.lock")
    assert not lease.still_ours()
    lease.release()
    lease = take(directory, "run-1")
    lease.release()
    lease.release()
    assert not lease.still_ours()


def test_a_forked_child_cannot_give_the_lock_back(directory: StateDirectory) -> None:
    lease = take(directory, "run-1")
    child = os.fork()
    if child == 0:
        wrong = lease.still_ours()
        lease.release()
        os._exit(int(wrong))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert lease.still_ours()
    with pytest.raises(UseriesError, match="still writes"):
        take(directory, "run-1")
    lease.release()


def test_the_same_appliance_in_another_pair_is_busy_too(directory: StateDirectory) -> None:
    first = take(directory, "run-1")
    others = (
        Pair.of(Appliance("uvm-1b"), Appliance("UVM-7")),
        Pair.of(Appliance("UVM-1A", fingerprint="ab")),
        Pair.of(Appliance("RENAMED", serial="s-uvm-1b"), Appliance("UVM-6")),
    )
    for other in others:
        with pytest.raises(UseriesError, match="run-1") as caught:
            take(directory, "run-2", other)
        assert caught.value.kind == "busy"
        take(directory, "run-1", other).release()
    take(directory, "run-3", Pair.of(Appliance("UVM-8"), Appliance("UVM-9"))).release()
    with pytest.raises(UseriesError, match="run-1") as caught:
        take(directory, "run-2", others[0], break_run_id="run-1")
    assert "still writing" in caught.value.remedy
    first.release()
    assert "broken as ordered" in take(directory, "run-2", others[0], break_run_id="run-1").warnings[0]


def test_a_pair_that_shares_an_appliance_with_a_dead_run_is_taken_over(directory: StateDirectory) -> None:
    gone = replace(HERE, started=HERE.started - 1)
    orphan = take(directory, "run-1", parent=gone)
    single = Pair.of(Appliance("UVM-1A"))
    with pytest.raises(UseriesError, match="run-1") as caught:
        take(directory, "run-2", single)
    assert "still writing" in caught.value.remedy
    orphan.release()
    lease = take(directory, "run-2", single)
    assert "taken over" in lease.warnings[0]
    assert [record.run_id for record in leases(directory)] == ["run-2"]
    lease.release()


def test_the_end_of_a_run_frees_its_pairs_and_no_other(directory: StateDirectory) -> None:
    pairs = [Pair.of(Appliance(f"N{number}")) for number in range(3)]
    for pair, run_id in zip(pairs, ("run-1", "run-2", "run-1"), strict=True):
        take(directory, run_id, pair).release()
    assert release_all(directory, "run-1", Clock()) == ("N0", "N2")
    assert [record.run_id for record in leases(directory)] == ["run-2"]
    assert release_all(directory, "run-1", Clock()) == ()


def test_a_damaged_lease_is_refused_and_one_of_another_pair_is_reported(directory: StateDirectory) -> None:
    directory.write_bytes(f"{PAIR.key}.lease", b"{}")
    with pytest.raises(UseriesError, match="is damaged") as caught:
        take(directory, "run-1")
    assert caught.value.kind == "unexpected"
    other = take(directory, "run-1", Pair.of(Appliance("N1")))
    assert "A lease of another pair was ignored" in other.warnings[0]
    other.release()
    directory.write(f"{PAIR.key}.lease", "lease/1", {"run_id": "run-1"})
    with pytest.raises(UseriesError, match="is no lease of this collection"):
        take(directory, "run-1")
    assert release_all(directory, "run-1", Clock()) == ("N1",)


def test_a_link_in_place_of_lease_or_lock_is_refused(directory: StateDirectory, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    for ending in (".lease", ".lock"):
        directory.delete(PAIR.key + ending)
        os.symlink(victim, directory.where(PAIR.key + ending))
        with pytest.raises(UseriesError, match="is a symbolic link"):
            take(directory, "run-1")
        os.unlink(directory.where(PAIR.key + ending))
    assert victim.read_text() == "precious"


def test_a_hanging_process_is_named(directory: StateDirectory) -> None:
    lock = FileLock(directory, "leases.mutex")
    assert lock.take("process 4711")
    with (
        pytest.raises(UseriesError, match="locked for 0 seconds by process 4711") as caught,
        mutex(directory, "leases.mutex", Clock(), seconds=0),
    ):
        pass
    assert caught.value.kind == "busy"
    lock.drop()
