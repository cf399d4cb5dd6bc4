# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``--tags gates`` only checks, and ``--skip-tags gates`` leads nowhere: every playbook that has gates.

Where everything is fit, a run of the gates alone ends well; where it is not, it fails with the reason; a run without
the gates says that they were not checked. None of the three writes anything. Two playbooks are drawn in ``make test``,
the campaign takes them all. The other playbooks have no gates, and say so instead of ending well.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenario import test_dr_readiness, test_recover
from tests.scenario.spare_bench import (
    NAME,
    SPARE,
    backed_up,
    bench_of_spare,
    inventory_of_spare,
    make_spare,
)
from tests.scenario.test_upgrade_starts import LIMIT
from tests.scenario.test_upgrade_starts import fit as with_a_backup_on_a_share
from tests.support.draw import drawn
from tests.support.packages import package
from tests.support.playbook import Core
from tests.support.project import ROOT
from tests.support.simulator import DEFAULT_SURFACES
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.starts import passive_is_off, suspended
from tests.support.workflow import reports, run

pytestmark = pytest.mark.one_way

ONLY, WITHOUT = ("--tags", "gates"), ("--skip-tags", "gates")
ZIP = "zip-Canary-7"
BACKUPS = ("-e", f"backup_password={ZIP}", "-e", "backup_location=LocalBackups", "-e", "backup_location_path=")
Words = tuple[str, ...]
Opened = Callable[[Core, Path, Words], AbstractContextManager[Site]]


@contextmanager
def pair_of(core: Core, folder: Path, surfaces: Words) -> Iterator[Site]:
    """Two appliances."""
    with ExitStack() as stack:
        yield stack.enter_context(site(core, folder, surfaces=surfaces))


def spare_of(waiting: bool) -> Opened:
    """A source with a backup on a share, and an appliance of its name that is to be its spare, or waits as one."""

    @contextmanager
    def opened(core: Core, folder: Path, surfaces: Words) -> Iterator[Site]:
        with ExitStack() as stack:
            pair = stack.enter_context(site(core, folder, surfaces=surfaces))
            (folder / "bench").mkdir()
            with bench_of_spare(pair.simulated, folder / "bench") as bench:
                backed_up(bench)
                if waiting:
                    make_spare(bench)
            inventory = pair.simulated.inventory
            inventory.write_text(inventory_of_spare(inventory), encoding="utf-8")
            yield pair

    return opened


# -- fit ---------------------------------------------------------------------------------------------------------------
def fresh(_pair: Site) -> Words:
    """As they were delivered."""
    return ()


def paired(*words: str) -> Callable[[Site], Words]:
    """A synchronized pair."""

    def fit(pair: Site) -> Words:
        pair.pair_by_hand()
        return words

    return fit


def with_backups(*words: str) -> Callable[[Site], Words]:
    """A single appliance with a backup."""

    def fit(pair: Site) -> Words:
        pair.control.do(A, "backups.create", "LocalBackups", ZIP, False)
        pair.control.advance(200)
        pair.control.align()
        return ("-l", A, *BACKUPS, "-e", f"backup_download_directory={pair.folder}", *words)

    return fit


def active_is_dead(pair: Site) -> Words:
    """In medium failover mode, for half an hour; a person has looked."""
    pair.pair_by_hand()
    for host in (A, B):
        pair.control.do(host, "ha.update_settings", {"medium_failover_mode": True})
    pair.control.power(A, "off")
    pair.control.advance(1800)
    return (*sure(f"{B_NAME}+{NAME}"), "-e", f"failover_to={B}", "-e", "accept_data_loss=true", *person(pair))


def to_be_upgraded(pair: Site) -> Words:
    """With a backup on a share."""
    with_a_backup_on_a_share(pair)
    return LIMIT


def with_newer_firmware(pair: Site) -> Words:
    """A BIOS for both nodes, and a place for the keys."""
    made = package(pair.folder / "BIOS_0X1Y2_WN64_2.14.2.EXE", "2.14.2")
    given = {"hardware_firmware": [{"component": "bios", "package": str(made)}], "hardware_restart": True}
    return paired("-e", json.dumps({**given, "escrow_directory": str(pair.folder)}))(pair)


def source_is_dead(name: str) -> Callable[[Site], Words]:
    """A person has switched it off. :param name: of the spare at the moment."""

    def fit(pair: Site) -> Words:
        pair.control.power(A, "off")
        return (*sure(name), *person(pair), "-e", "cold_spare_accept_no_backup=true", *LATER)

    return fit


B_NAME = "UVM-1B"
LATER = ("-e", "workflow_clock_skew_limit=1000000")  # time was moved


def sure(name: str) -> Words:
    """The confirmation."""
    return ("-e", f"confirm={name}")


def person(pair: Site) -> Words:
    """What a person says who has looked at the first node."""
    return ("-e", f"primary_is_off={NAME}@{pair.simulated.nodes[A].address}")


# -- unfit -------------------------------------------------------------------------------------------------------------
def back(pair: Site) -> None:
    """The first one is on again."""
    pair.control.power(A, "on")
    pair.control.advance(1800)


def switched_off(pair: Site) -> None:
    """The first one."""
    pair.control.power(A, "off")


def another_name(pair: Site) -> None:
    """The spare to be is not called like its source."""
    pair.control.do(B, "take_name", "UVM-OTHER")


def nothing(_pair: Site) -> None:
    """The appliances are fit, the words are not."""


@dataclass(frozen=True)
class Case:
    """One playbook.

    :param fit: makes the appliances fit; the words of each run. :param unfit: and then unfit. :param words: further
        words of that run; :param told: what it says. :param check: end of the name of a task which shows that it was
        looked. :param skipped: what a run without the gates says.
    """

    fit: Callable[[Site], Words]
    unfit: Callable[[Site], None]
    told: str
    words: Words = ()
    check: str = "workflow : Gates"
    skipped: str = "were not checked in this run"
    surfaces: Words = DEFAULT_SURFACES
    opened: Opened = pair_of


WINDOW = ("-e", '{"high_availability_settings": {"reboot_blackout_window": 77}}')
RESTORE = (
    *("-l", A, *sure(NAME), "-e", "accept_data_loss=true"),
    *("-e", "backup_restore_name=x.zip", "-e", "backup_acknowledge_high_availability=true"),
)
WINDOWS = ("console", "endpoint", "windows")
CASES: dict[str, Case] = {
    "ha_settings": Case(paired(*WINDOW), suspended, "SUSPENDED"),
    "suspend_mirroring": Case(paired(), passive_is_off, "does not answer"),
    "resume_mirroring": Case(paired(), passive_is_off, "does not answer"),
    "failback": Case(paired(), suspended, "SUSPENDED"),
    "failover": Case(active_is_dead, back, "expects DISCONNECTED"),
    "failover_drill": Case(paired(*sure(f"{NAME}+{B_NAME}")), suspended, "SUSPENDED"),
    "shutdown_active": Case(paired(*sure(f"{NAME}+{B_NAME}")), suspended, "SUSPENDED"),
    "unpair": Case(paired(*sure(f"{NAME}+{B_NAME}")), passive_is_off, "does not answer"),
    "upgrade": Case(to_be_upgraded, suspended, "since when cannot be known"),
    "firmware": Case(with_newer_firmware, suspended, "SUSPENDED", surfaces=(*WINDOWS, "idrac")),
    "rotate": Case(paired("-e", "rotate_administrator_password=Wanted-Canary-1"), passive_is_off, "does not answer"),
    "restore": Case(paired(*RESTORE), suspended, "SUSPENDED"),
    "recover": Case(
        test_recover.ready,
        nothing,
        "password",
        words=("-e", "recovery_backup_password=wrong"),
        surfaces=test_recover.SURFACES,
    ),
    "dr_readiness": Case(
        test_dr_readiness.ready,
        suspended,
        "SUSPENDED",
        check="Judge it, with the roles, the mirroring, the heartbeat and the settings of both nodes",
        skipped="Run the playbook without --skip-tags gates",
        surfaces=test_dr_readiness.SURFACES,
    ),
    "cold_spare": Case(
        lambda _pair: sure(NAME),
        another_name,
        "must have the name of its source",
        surfaces=WINDOWS,
        opened=spare_of(waiting=False),
    ),
    "activate_cold_spare": Case(
        source_is_dead(SPARE), back, "sign of life", surfaces=WINDOWS, opened=spare_of(waiting=True)
    ),
    "return_cold_spare": Case(
        source_is_dead(NAME), back, "useries-1a answers", surfaces=WINDOWS, opened=spare_of(waiting=False)
    ),
    "pair": Case(paired(), suspended, "diagnose_failover.yml", check="No drill was left half done"),
    "site": Case(fresh, switched_off, "cannot be reached", check="A backup can be taken"),
    "backup": Case(
        with_backups(),
        nothing,
        "Nowhere",
        words=("-e", "backup_location=Nowhere"),
        check="A backup can be taken",
    ),
    "verify_backup": Case(
        with_backups(),
        nothing,
        "less than 99999999",
        words=("-e", "backup_min_size=99999999"),
        check="The newest backup is good (a passive node takes none)",
        skipped="the gates were not checked, and nothing was verified",
    ),
    "prune_backups": Case(
        with_backups(*sure(NAME), "-e", "backup_keep=1"),
        nothing,
        "password",
        words=("-e", "backup_password=wrong"),
        check="The newest backup is good before older ones go",
    ),
    "download_backup": Case(
        with_backups(),
        nothing,
        "/nowhere",
        words=("-e", "backup_download_directory=/nowhere"),
        check="There is one, and a place for it",
    ),
}
NO_GATES = "There are no gates here"


def judged(core: Core, folder: Path, name: str) -> None:
    """Three runs: the gates alone, all but the gates, and the gates alone where something is not as it must be."""
    case = CASES[name]
    with case.opened(core, folder, case.surfaces) as pair:
        words = case.fit(pair)
        pair.control.reset_counts()
        fit = run(pair, name, *words, *ONLY).good()
        assert [one for one in fit.events if one["task"].endswith(case.check) and one["status"] == "ok"], fit.output
        assert (changed(fit), pair.writes(), reports(pair).exists()) == (set(), 0, False)

        without = run(pair, name, *words, *WITHOUT)
        assert without.code != 0, without.output
        assert case.skipped in explained(without), explained(without)
        assert " is undefined" not in without.output, without.output
        assert (changed(without), pair.writes()) == (set(), 0)

        case.unfit(pair)
        pair.control.reset_counts()
        unfit = run(pair, name, *words, *case.words, *ONLY)
        assert unfit.code != 0, unfit.output
        assert case.told in explained(unfit), explained(unfit)
        assert " is undefined" not in unfit.output, unfit.output
        assert (changed(unfit), pair.writes()) == (set(), 0)


def test_some_playbooks(core: Core, tmp_path: Path) -> None:
    """Two that are drawn."""
    for name in drawn("gates only", CASES, 2):
        (tmp_path / name).mkdir()
        judged(core, tmp_path / name, name)


@pytest.mark.campaign
@pytest.mark.parametrize("name", CASES)
def test_every_playbook(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    judged(core, tmp_path, name)


def listed(core: Core, inventory: Path, folder: Path) -> dict[str, list[str]]:
    """Of every playbook the tasks that ``--tags gates`` asks for, by ansible-playbook's own list."""
    books = sorted((ROOT / "playbooks").glob("*.yml"))
    command = [str(core.bin / "ansible-playbook"), "-i", str(inventory), "--list-tasks", *ONLY, *map(str, books)]
    environment = {"HOME": str(folder), "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"), "LC_ALL": "C.UTF-8"}
    answer = subprocess.run(command, env=environment, text=True, capture_output=True, check=True).stdout
    found: dict[str, list[str]] = {}
    for line in answer.splitlines():
        if line.startswith("playbook: "):
            found[Path(line.removeprefix("playbook: ")).stem] = []
        elif (task := re.match(r"\s+(.+?)\s+TAGS: \[(.*)\]$", line)) and "gates" in task[2].split(", "):
            found[list(found)[-1]].append(task[1])
    assert set(found) == {path.stem for path in books}
    return found


def test_no_playbook_ends_well_having_checked_nothing(core: Core, tmp_path: Path) -> None:
    """Each has gates, which the table above knows, or a task that says that it has none."""
    inventory = tmp_path / "hosts.yml"
    inventory.write_text("useries: {hosts: {useries-1a: {}, useries-1b: {}}}\n", encoding="utf-8")
    tasks = listed(core, inventory, tmp_path)
    assert [name for name, found in tasks.items() if not found] == []
    without = {name for name, found in tasks.items() if found[0].endswith(NO_GATES)}
    assert set(tasks) - without == set(CASES)


@pytest.mark.parametrize("name", ["provision", "diagnose_failover"])
def test_a_playbook_without_gates_names_the_check(core: Core, tmp_path: Path, name: str) -> None:
    with site(core, tmp_path) as pair:
        ran = run(pair, name, *ONLY)
        assert ran.code != 0, ran.output
        assert "has no gates" in explained(ran) and "--check" in explained(ran), explained(ran)
        assert pair.control.log() == []
