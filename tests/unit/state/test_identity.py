# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who an appliance is, which process lives, and whether a directory outlives its container."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._state import volatile
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Appliance, Pair
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

NAMES = st.text(min_size=1).filter(str.strip)


@given(first=NAMES, second=NAMES)
def test_a_key_is_a_file_name_and_knows_no_order(first: str, second: str) -> None:
    pair, turned = Pair.of(Appliance(first), Appliance(second)), Pair.of(Appliance(second), Appliance(first))
    assert pair.key == turned.key or first.casefold() == second.casefold()
    assert set(pair.key) <= set("abcdefghijklmnopqrstuvwxyz0123456789+-_")
    assert pair.key[0] not in "+-_"
    assert len(pair.key) <= 80
    assert Pair.from_data(pair.to_data()) == pair  # type: ignore[arg-type]


def test_keys_of_different_pairs_differ() -> None:
    keys = {
        Pair.of(Appliance("a"), Appliance("b")).key,
        Pair.of(Appliance("a+b")).key,
        Pair.of(Appliance("a b")).key,
        Pair.of(Appliance("a_b")).key,
    }
    assert len(keys) == 4
    assert Pair.of(Appliance("A", serial="1")).key == Pair.of(Appliance("a", fingerprint="2")).key


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (Appliance("N", "s1", "f1"), Appliance("N", "S1", "f2"), "same"),
        (Appliance("N", "s1", "f1"), Appliance("N", "s2", "f1"), "other"),
        (Appliance("N", "", "AB:CD"), Appliance("n", "s2", "abcd"), "same"),
        (Appliance("N", "", "f1"), Appliance("N", "", "f2"), "other"),
        (Appliance("N", "s1"), Appliance("N", "", "f2"), "unknown"),
        (Appliance("N"), Appliance("M"), "other"),
        (Appliance("N", "s1"), Appliance("M", "s1"), "same"),
    ],
)
def test_comparing_appliances(one: Appliance, two: Appliance, expected: str) -> None:
    assert one.compare(two) == two.compare(one) == expected


def test_what_no_pair_is() -> None:
    with pytest.raises(ValueError, match="network name"):
        Appliance("  ")
    with pytest.raises(ValueError, match="one or two"):
        Pair.of()
    with pytest.raises(ValueError, match="one or two"):
        Pair.of(Appliance("a"), Appliance("b"), Appliance("c"))
    single, double = Pair.of(Appliance("a", "1")), Pair.of(Appliance("a", "1"), Appliance("b", "2"))
    assert single.compare(double) == "other"


def test_a_source_and_its_cold_spare_share_a_name_and_are_told_apart() -> None:
    source, spare = Appliance("UVM-1", serial="1"), Appliance("UVM-1", serial="2")
    both = Pair.of(source, spare)
    assert both.compare(Pair.of(spare, source)) == "same"
    assert both.compare(Pair.of(source, Appliance("UVM-1", serial="3"))) == "other"
    assert both.updated(Pair.of(source, Appliance("UVM-1", serial="2", fingerprint="f"))).appliances[1].serial == "2"


def test_what_cannot_be_read_now_keeps_its_recorded_value() -> None:
    known = Pair.of(Appliance("A", serial="1", fingerprint="f"), Appliance("B", serial="2", fingerprint="g"))
    now = Pair.of(Appliance("A", fingerprint="f-new", serial="1"), Appliance("B"))
    assert known.updated(now) == Pair.of(
        Appliance("A", serial="1", fingerprint="f-new"), Appliance("B", serial="2", fingerprint="g")
    )


def test_a_process_lives_until_it_ends_also_as_a_zombie() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    mark = ProcessMark.of(process.pid)
    assert mark.alive() is True
    assert replace(mark, started=mark.started + 1).alive() is False
    assert replace(mark, host="elsewhere").alive() is None
    assert replace(mark, scope="another container").alive() is None
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # ended, and still in the table of processes
    assert mark.alive() is False
    assert process.stdin
    process.stdin.close()
    process.wait()
    assert mark.alive() is False
    assert ProcessMark.of(process.pid).alive() is False


def test_without_proc_the_process_id_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    monkeypatch.setattr(os.path, "exists", lambda path: not str(path).startswith("/proc"))
    mark = replace(ProcessMark.of(process.pid), started=0)
    assert mark.alive() is True
    assert ProcessMark.parent().alive() is True
    assert process.stdin
    process.stdin.close()
    process.wait()
    assert mark.alive() is False


MOUNTS = r"""
22 1 0:20 / / rw - overlay overlay rw,lowerdir=/x
23 22 0:21 / /proc rw - proc proc rw
30 22 8:1 /host/data /runner rw shared:1 - ext4 /dev/sda1 rw
31 22 8:1 /host/my\040data /mnt/my\040data rw - xfs /dev/sda1 rw
32 22 0:40 / /tmp rw - tmpfs tmpfs rw
33 30 0:41 / /runner/cache rw - tmpfs tmpfs rw
""".lstrip()


@pytest.mark.parametrize(
    ("path", "lost"),
    [
        ("/home/runner/.useries", True),
        ("/runner", False),
        ("/runner/project/state", False),
        ("/runner/cache/state", True),
        ("/runnerx/state", True),
        ("/mnt/my data/state", False),
        ("/tmp/state", True),
    ],
)
def test_in_a_container_only_a_volume_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, lost: bool
) -> None:
    mounts, marker = tmp_path / "mountinfo", tmp_path / ".containerenv"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr(volatile, "MOUNTS", str(mounts))
    monkeypatch.setattr(volatile, "MARKERS", [str(marker)])
    assert (volatile.is_volatile(path), volatile.container_only(path)) == (False, "")
    marker.write_text("")
    assert volatile.is_volatile(path) is lost
    assert (path in volatile.container_only(path)) is lost
    mounts.write_text(MOUNTS.replace("overlay overlay", "ext4 /dev/vda"))  # a machine made from an image
    assert volatile.is_volatile(path) is False


def test_without_a_list_of_mounts_the_mount_point_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = tmp_path / "marker"
    marker.write_text("")
    monkeypatch.setattr(volatile, "MOUNTS", str(tmp_path / "none"))
    monkeypatch.setattr(volatile, "MARKERS", [str(marker)])
    assert volatile.is_volatile("/proc/self/fd") is False
    assert volatile.is_volatile("/no-such-place/x") is True
