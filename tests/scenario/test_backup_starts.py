# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""backup.yml, verify_backup.yml, prune_backups.yml and download_backup.yml begun where they cannot go on: nothing is
written, and whoever is stopped reads why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.playbook import cores
from tests.support.site import A, Site, changed, explained, site
from tests.support.workflow import run

pytestmark = pytest.mark.one_way  # the modules have tests of their own in every way

ZIP = "zip-Canary-7"
Prepare = Callable[[Site], None]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One appliance with two backups, and as it was before."""
    with ExitStack() as stack:
        pair = stack.enter_context(site(cores()[0], tmp_path_factory.mktemp("node")))
        pair.control.snapshot("none")
        for _time in range(2):
            pair.control.do(A, "backups.create", "LocalBackups", ZIP, False)
            pair.control.advance(200)
        pair.control.snapshot("two backups")
        yield pair


def as_it_is(_pair: Site) -> None:
    """Two backups, one some minutes old."""


def away(pair: Site) -> None:
    """The appliance is off."""
    pair.control.power(A, "off")


def no_backup(pair: Site) -> None:
    """Nobody ever took one."""
    pair.control.restore("none")


def old(pair: Site) -> None:
    """Nobody took one for two days."""
    pair.control.advance(2 * 86400)
    pair.control.align()


STARTS: dict[str, tuple[str, Prepare, tuple[str, ...], str]] = {
    "backup, no password": ("backup", as_it_is, ("backup_password=",), "password"),
    "backup, no such location": ("backup", as_it_is, ("backup_location=Nowhere",), "Nowhere"),
    "backup, a backslash was lost": ("backup", as_it_is, (r"backup_location_path=\nas\share",), "in single quotes"),
    "backup, appliance is off": ("backup", away, (), "does not answer"),
    "verify_backup, another password": ("verify_backup", as_it_is, ("backup_password=wrong",), "password"),
    "verify_backup, none": ("verify_backup", no_backup, (), "There is no backup"),
    "verify_backup, too old": ("verify_backup", old, (), "hours old, more than 24"),
    "verify_backup, appliance is off": ("verify_backup", away, (), "does not answer"),
    "prune_backups, not confirmed": ("prune_backups", as_it_is, ("backup_keep=1",), "confirm: 'UVM-1A'"),
    "prune_backups, newest does not open": (
        "prune_backups",
        as_it_is,
        ("backup_keep=1", "backup_confirm=UVM-1A", "backup_password=wrong"),
        "password",
    ),
    "prune_backups, none is left": ("prune_backups", no_backup, ("backup_confirm=UVM-1A",), "There is no backup"),
    "download_backup, another password": ("download_backup", as_it_is, ("backup_password=wrong",), "password"),
    "download_backup, none": ("download_backup", no_backup, (), "There is no backup"),
    "download_backup, nowhere to": ("download_backup", as_it_is, ("backup_download_directory=/nowhere",), "/nowhere"),
}


@pytest.mark.parametrize("name", STARTS)
def test_a_start_that_stops(node: Site, name: str, tmp_path: Path) -> None:
    playbook, prepare, words, says = STARTS[name]
    node.control.restore("two backups")
    prepare(node)
    node.control.reset_counts()
    given = [f"backup_password={ZIP}", "backup_location=LocalBackups", "backup_location_path="]
    given += [f"backup_download_directory={tmp_path}", *words]
    ran = run(node, playbook, "-l", A, *(word for one in given for word in ("-e", one)))
    assert ran.code != 0
    assert says in explained(ran), explained(ran)
    assert (node.writes(), changed(ran)) == (0, set())
    assert list(tmp_path.iterdir()) == []


def test_a_share_without_room(node: Site) -> None:
    """The backup fails with words and what is there stays; with room the next run takes what is missing."""
    node.control.restore("two backups")
    share = r"\\nas.example.com\full"
    node.control.set("full_shares", [share])
    variables = {
        "backup_password": ZIP,
        "backup_location": "Nas",
        "backup_location_path": share,
        "backup_location_username": "backup",
        "backup_location_password": "share-Canary-1",
    }
    words = ("-l", A, "-e", json.dumps(variables))
    ran = run(node, "backup", *words)
    assert ran.code != 0
    assert "not enough space on the disk" in explained(ran), explained(ran)
    assert len(node.backups(A)) == 2
    node.control.set("full_shares", [])
    run(node, "backup", *words).good()
    assert len(node.backups(A)) == 3
    assert changed(run(node, "backup", *words).good()) == set()
