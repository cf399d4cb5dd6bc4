# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions handed from task to task: private, salted, and forgotten when told."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import Saved, SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target

TARGET = Target("10.0.0.5", 443)
WHO = Credentials("admin", "canary-password")


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "run" if request.param == "file" else None, Clock(100))


def saved(created: float = 5.0) -> Saved:
    return Saved("console", TARGET, {"SID": "canary-cookie"}, created, "/logout")


def test_what_is_saved_comes_back(store):
    key = store.key(TARGET, WHO, surface="console")
    assert store.load(key) is None
    with store.locked(key):
        store.save(key, saved())
    assert store.load(key) == saved()
    assert store.all() == [saved()]
    store.drop(key)
    assert store.load(key) is None
    assert store.all() == []


def test_a_refusal_is_remembered_until_a_sign_in_succeeds(store):
    store.refuse("k", "Wrong password.")
    assert store.refused("k") == "Wrong password."
    store.save("k", saved())
    assert store.refused("k") is None


@pytest.mark.parametrize(
    ("target", "who"),
    [
        (replace(TARGET, host="10.0.0.6"), WHO),
        (replace(TARGET, port=444), WHO),
        (replace(TARGET, validate_certs=False), WHO),
        (replace(TARGET, fingerprints=("a" * 64,)), WHO),
        (TARGET, Credentials("other", "canary-password")),
        (TARGET, Credentials("admin", "another")),
    ],
)
def test_everything_that_matters_makes_another_key(store, target, who):
    assert store.key(target, who, surface="console") != store.key(TARGET, WHO, surface="console")


def test_the_salt_belongs_to_the_run(tmp_path):
    first, again = (SessionStore(tmp_path / "a", Clock()) for _copy in range(2))
    other = SessionStore(tmp_path / "b", Clock())
    key = first.key(TARGET, WHO, surface="console")
    assert key == again.key(TARGET, WHO, surface="console")
    assert key != other.key(TARGET, WHO, surface="console")


def test_files_are_private_and_hold_no_password(tmp_path):
    store = SessionStore(tmp_path / "run", Clock())
    key = store.key(TARGET, WHO, surface="console")
    with store.locked(key):
        store.save(key, saved())
        store.refuse(key, "no")
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700
    for path in (tmp_path / "run").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "canary-password" not in path.read_text()
    assert "canary" not in repr(saved())


@pytest.mark.parametrize("name", ["k.session", "k.refused", "salt"])
def test_links_are_not_followed(tmp_path, name):
    store = SessionStore(tmp_path / "run", Clock())
    (tmp_path / "elsewhere").write_text(json.dumps({}))
    (tmp_path / "run" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UseriesError) as caught:
        {"k.session": store.load, "k.refused": store.refused, "salt": lambda _k: store.key(TARGET, WHO, surface="sql")}[
            name
        ]("k")
    assert caught.value.kind == "precondition"


def test_a_directory_open_to_others_is_refused(tmp_path):
    (tmp_path / "run").mkdir(mode=0o755)
    os.chmod(tmp_path / "run", 0o755)
    with pytest.raises(UseriesError) as caught:
        SessionStore(tmp_path / "run", Clock())
    assert caught.value.kind == "precondition"


def test_a_directory_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "run").symlink_to(tmp_path / "real")
    with pytest.raises(UseriesError):
        SessionStore(tmp_path / "run", Clock())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_session_that_others_may_touch_is_refused(tmp_path, mode):
    store = SessionStore(tmp_path / "run", Clock())
    store.save("k", saved())
    os.chmod(tmp_path / "run" / "k.session", mode)
    with pytest.raises(UseriesError, match="others may read or write it") as caught:
        store.load("k")
    assert caught.value.kind == "precondition"


def test_a_salt_that_another_task_made_first_is_kept(tmp_path):
    store = SessionStore(tmp_path / "run", Clock())
    key = store.key(TARGET, WHO, surface="console")
    store._write("salt", "another", exclusive=True)
    assert SessionStore(tmp_path / "run", Clock()).key(TARGET, WHO, surface="console") == key
    assert not list((tmp_path / "run").glob(".new-*"))


def test_notes_are_read_by_the_tasks_that_follow(store):
    assert store.noted("k", "menu") is None
    store.note("k", "menu", "/a")
    store.note("k", "menu", "/b")
    assert (store.noted("k", "menu"), store.noted("k", "other"), store.noted("l", "menu")) == ("/b", None, None)
    assert store.all() == []


def test_a_damaged_file_counts_as_none(tmp_path):
    store = SessionStore(tmp_path / "run", Clock())
    store.save("k", saved())
    os.truncate(tmp_path / "run" / "k.session", 10)
    assert store.load("k") is None


def test_the_lock_holds_between_processes(tmp_path):
    store = SessionStore(tmp_path / "run", Clock())
    script = (
        "import fcntl, os, sys\n"
        "handle = os.open(sys.argv[1], os.O_RDWR)\n"
        "fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
    )
    path = tmp_path / "run" / "k.lock"
    other = [sys.executable, "-c", script, path]
    with store.locked("k"):
        assert subprocess.run(other, capture_output=True, check=False).returncode != 0
    assert subprocess.run(other, capture_output=True, check=False).returncode == 0
