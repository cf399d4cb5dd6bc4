# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A source (A) and its cold spare (B) to be: no partners, one name, a share with backups that asks for an account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.support.simulator import Simulated

NAME, SPARE = "UVM-1A", "UVM-SPARE"
SHARE, ACCOUNT, SHARE_SECRET = r"\\nas\useries", r"NAS\backup", "Share-Canary-1"
RESTORE = "Restore-Canary-1"
WANTED = {
    "locations.restore_location": SHARE,
    "locations.username": ACCOUNT,
    "locations.password": SHARE_SECRET,
    "schedule.day": "Monday",
    "schedule.time": "04:00",
    "restore_password.password": RESTORE,
    "restore_password.confirm": RESTORE,
    "temporary_machine_name.name": SPARE,
}
"""What the model has of a spare that was set up with :func:`settings`."""
VARIABLES = {
    "cold_spare_restore_location": SHARE,
    "cold_spare_share_username": ACCOUNT,
    "cold_spare_share_password": SHARE_SECRET,
    "cold_spare_restore_password": RESTORE,
    "cold_spare_day": "Monday",
    "cold_spare_temporary_name": SPARE,
}
"""The same for the playbooks."""


@pytest.fixture(scope="module")
def with_spare() -> Iterator[Simulated]:
    """Two appliances on which WinRM is open."""
    with Simulated(surfaces=("console", "endpoint", "windows")) as running:
        yield running


@pytest.fixture
def spare(with_spare: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """The same, B being named as A."""
    with bench_of_spare(with_spare, tmp_path) as made:
        yield made


@contextmanager
def bench_of_spare(pair: Simulated, folder: Path) -> Iterator[Bench]:
    """A bench on which B is named as A and is to be, or is, its spare."""
    with benched(pair, folder) as made:
        made.secrets |= {made.inventory[host]["useries_windows_password"] for host in (A, B)}
        made.secrets |= {SHARE_SECRET, RESTORE}
        for own in made.inventory.values():
            own.pop("useries_partner", None)
        made.inventory[B]["useries_cold_spare_of"] = A
        made.control.do(B, "take_name", NAME)
        made.control.set("share_credentials", {SHARE: [ACCOUNT, SHARE_SECRET]})
        made.control.reset_counts()
        yield made


def inventory_of_spare(inventory: Path) -> str:
    """The simulator's inventory as the playbooks need it: no partners, and B is A's spare."""
    tree = yaml.safe_load(inventory.read_text(encoding="utf-8"))
    for group in tree["useries"]["children"].values():
        for host, own in group["hosts"].items():
            own.pop("useries_partner", None)
            if host == B:
                own.update({**VARIABLES, "useries_cold_spare_of": A})
    return str(yaml.safe_dump(tree))


def settings(**other: Any) -> dict[str, Any]:
    """The options of the module cold_spare, without the words that it needs for the first time."""
    given = {
        "restore_location": SHARE,
        "share_username": ACCOUNT,
        "share_password": SHARE_SECRET,
        "day": "Monday",
        "time": "04:00",
        "restore_password": RESTORE,
        "temporary_name": SPARE,
    }
    return {**given, **other}


def make_spare(bench: Bench, restore_password: str = RESTORE) -> None:
    """B waits as a spare, as a person would have made it."""
    values = {**WANTED, "enabled": True}
    values.update(dict.fromkeys(("restore_password.password", "restore_password.confirm"), restore_password))
    bench.control.do(B, "roles.change", "cold_spare", values)
    bench.control.do(B, "roles.apply")
    bench.control.advance(60)
    bench.control.power(B, "restart")
    bench.control.advance(400)
    assert bench.control.state(B)["cold_spare"]["waiting"] is True
    bench.control.reset_counts()


def backed_up(bench: Bench) -> str:
    """A has a backup on the share; its file name."""
    given = {"name": "nas", "path": SHARE, "share_username": ACCOUNT, "share_password": SHARE_SECRET}
    assert bench.attempt("backup_location", A, **given)["changed"] is True
    bench.control.do(A, "backups.create", "nas", RESTORE, False)
    bench.control.advance(200)
    name: str = bench.control.state(A)["backups"]["entries"][-1]["name"]
    return name


def has(bench: Bench, wanted: dict[str, Any]) -> None:
    """Assert what the model of B has of the role."""
    role = bench.control.state(B)["roles"]["applied"]["cold_spare"]
    assert {name: role[name] for name in wanted} == wanted
