# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small workflows of a pair: ha_settings, suspend_mirroring, resume_mirroring, failback, failover and unpair.

From a clean start each reaches its end once, and a second run changes nothing. From a wrong one it stops with a message
that names the next step, writes nothing, and leaves evidence. One wrong start of each playbook is drawn in
``make test``, the campaign takes them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.support.draw import drawn
from tests.support.playbook import Core, Ran
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.starts import (
    as_it_is,
    disconnected,
    drill_half_done,
    exposed,
    passive_is_off,
    suspended,
    suspended_by_a_failover,
    two_actives,
)
from tests.support.workflow import evidence, power_tasks, refused, run

SURE = ("-e", "confirm=UVM-1A+UVM-1B")
FAILOVER = ("-e", f"failover_to={B}", "-e", "confirm=UVM-1B+UVM-1A", "-e", "accept_data_loss=true")
LOST = {"failover"}  # playbooks for a pair whose active node is dead


@contextmanager
def paired(core: Core, folder: Path, playbook: str = "") -> Iterator[Site]:
    """A synchronized pair; for a failover by hand in medium failover mode, its active node dead for half an hour."""
    with ExitStack() as stack:
        pair = stack.enter_context(site(core, folder))
        pair.pair_by_hand()
        if playbook in LOST:
            for host in (A, B):
                pair.control.do(host, "ha.update_settings", {"medium_failover_mode": True})
            pair.control.power(A, "off")
            pair.control.advance(1800)
            pair.control.reset_counts()
        yield pair


def word(pair: Site) -> tuple[str, str]:
    """What a person says who has looked at the old node."""
    return "-e", f"primary_is_off=UVM-1A@{pair.simulated.nodes[A].address}"


def mirror(pair: Site, host: str = A) -> str:
    """The mirror state in the model."""
    return str(pair.state(host)["ha"]["mirror_state"])


def once(pair: Site, playbook: str, *words: str) -> Ran:
    """It changes the pair and says so in its evidence; a checked run before writes nothing, a second one neither."""
    checked = run(pair, playbook, *words, "--check").good()
    assert changed(checked), checked.output
    assert pair.writes() == 0
    ran = run(pair, playbook, *words).good()
    assert changed(ran) == changed(checked)
    report = evidence(pair, ran)
    assert (report["outcome"], report["workflow"]) == ("succeeded", playbook)
    writes = pair.writes()
    assert writes > 0
    assert changed(run(pair, playbook, *words).good()) == set()
    assert pair.writes() == writes
    return ran


# -- clean starts ------------------------------------------------------------------------------------------------------


def test_mirroring_is_suspended_and_resumed(core: Core, tmp_path: Path) -> None:
    with paired(core, tmp_path) as pair:
        suspended = once(pair, "suspend_mirroring")
        assert mirror(pair) == mirror(pair, B) == "SUSPENDED"
        assert "there is no failover" in suspended.words
        pair.control.reset_counts()
        once(pair, "resume_mirroring")
        assert mirror(pair) == mirror(pair, B) == "SYNCHRONIZED"
        assert (pair.role(A), pair.role(B)) == ("Active", "Passive")


def test_the_usual_node_becomes_the_active_one_again(core: Core, tmp_path: Path) -> None:
    with paired(core, tmp_path) as pair:
        pair.control.do(A, "ha.switch_roles")
        pair.control.advance(120)
        assert pair.role(B) == "Active"
        pair.control.reset_counts()
        once(pair, "failback")
        assert (pair.role(A), pair.role(B), mirror(pair)) == ("Active", "Passive", "SYNCHRONIZED")
        assert len(pair.orders("switch_roles")) == 1


def test_the_passive_node_takes_over_from_a_dead_one(core: Core, tmp_path: Path) -> None:
    with paired(core, tmp_path, "failover") as pair:
        ran = once(pair, "failover", *FAILOVER, *word(pair))
        assert pair.role(B) == "Active"
        assert len(pair.orders("failover_to_this")) == 1
        assert "primary_is_off is UVM-1A@" in str(ran.events)
        views = {one["what"]: one["value"] for one in evidence(pair, ran)["states"] if one["what"].startswith("fence")}
        assert "off: " in views["fence: a person"], views
        assert "silent: " in views["fence: this controller"], views


def test_power_tasks_of_ones_own_say_whether_the_old_node_is_off(core: Core, tmp_path: Path) -> None:
    """Where there is no iDRAC; asked by the gates as well, and nobody's word is needed then."""
    with paired(core, tmp_path, "failover") as pair:
        words = (*FAILOVER, *power_tasks(tmp_path, A, "on"))
        only = run(pair, "failover", *words, "--tags", "gates")
        assert "power_state is on" in explained(only), explained(only)
        refused(pair, run(pair, "failover", *words), "failover", ("shows a sign of life", "power_state is on"))
        words = (*FAILOVER, *power_tasks(tmp_path, A, "off"))
        run(pair, "failover", *words, "--tags", "gates").good()
        assert (pair.writes(), pair.role(B)) == (0, "Passive")
        ran = run(pair, "failover", *words).good()
        assert pair.role(B) == "Active"
        assert "power_state is off" in str(ran.events)


def test_a_pair_is_given_up(core: Core, tmp_path: Path) -> None:
    with paired(core, tmp_path) as pair:
        once(pair, "unpair", *SURE)
        for host in (A, B):
            assert (pair.role(host), pair.state(host)["ha"]["phase"]) == ("Off", "initial_setup")


# -- wrong starts ------------------------------------------------------------------------------------------------------


def wrong_clock(pair: Site) -> None:
    """The passive node's clock is a quarter of an hour off."""
    pair.control.set("clock_offset", 900.0, B)


def alive(pair: Site) -> None:
    """The old node is up, and only the network between the two is cut."""
    pair.control.do(B, "set_link", False, True)
    pair.control.power(A, "on")
    pair.control.advance(600)


def back(pair: Site) -> None:
    """The old node came back and both are synchronized."""
    pair.control.power(A, "on")
    pair.control.advance(1800)
    assert mirror(pair) == "SYNCHRONIZED"


Start = tuple[str, Callable[[Site], None], tuple[str, ...], tuple[str, ...]]
DIAGNOSE = "diagnose_failover.yml"
#: Playbook, start, words of the run (PERSON stands for the right word of a person), and what is told.
STARTS: dict[str, Start] = {
    "settings: suspended": ("ha_settings", suspended, (), ("SUSPENDED", DIAGNOSE)),
    "settings: drill": ("ha_settings", drill_half_done, (), ("Attempt Auto Resync is on", "failover_drill.yml")),
    "settings: clock": ("ha_settings", wrong_clock, (), ("The clock of", "date_time")),
    "settings: two actives": ("ha_settings", two_actives, (), ("Both nodes are Active", "Stop the clients")),
    "suspend: exposed": ("suspend_mirroring", exposed, (), ("EXPOSED", DIAGNOSE)),
    "suspend: disconnected": ("suspend_mirroring", disconnected, (), ("DISCONNECTED", DIAGNOSE)),
    "suspend: passive off": ("suspend_mirroring", passive_is_off, (), ("does not answer", "its power")),
    "suspend: drill": ("suspend_mirroring", drill_half_done, (), ("Attempt Auto Resync is on", "failover_drill.yml")),
    "resume: failover": ("resume_mirroring", suspended_by_a_failover, (), ("A failover has taken place", "cause")),
    "resume: exposed": ("resume_mirroring", exposed, (), ("EXPOSED", DIAGNOSE)),
    "resume: two actives": ("resume_mirroring", two_actives, (), ("Both nodes are Active", "Stop the clients")),
    "resume: passive off": ("resume_mirroring", passive_is_off, (), ("does not answer", "its power")),
    "failback: suspended": ("failback", suspended, (), ("SUSPENDED", DIAGNOSE)),
    "failback: passive off": ("failback", passive_is_off, (), ("does not answer", "its power")),
    "failback: clock": ("failback", wrong_clock, (), ("The clock of", "date_time")),
    "failback: stranger": (
        "failback",
        as_it_is,
        ("-e", "high_availability_primary=useries-9z"),
        ("active is 'useries-9z'", f"{A} and {B}"),
    ),
    "failover: alive": ("failover", alive, (*FAILOVER, "PERSON"), ("shows a sign of life", "Nothing overrules")),
    "failover: back": ("failover", back, (*FAILOVER, "PERSON"), ("SYNCHRONIZED", "expects DISCONNECTED")),
    "failover: nobody knows": ("failover", as_it_is, FAILOVER, ("no proof", "-e primary_is_off=UVM-1A@")),
    "failover: another node": (
        "failover",
        as_it_is,
        (*FAILOVER, "-e", "primary_is_off=UVM-1B@192.0.2.1"),
        ("not the node that must be off", "-e primary_is_off=UVM-1A@"),
    ),
    "failover: not confirmed": (
        "failover",
        as_it_is,
        ("-e", f"failover_to={B}", "PERSON"),
        ("confirm: 'UVM-1B+UVM-1A'", "accept_data_loss: true"),
    ),
    "failover: nobody named": ("failover", as_it_is, ("PERSON",), ("-e failover_to=",)),
    "failover: out of the run": (
        "failover",
        as_it_is,
        (*FAILOVER, "PERSON", "--limit", A),
        ("-e failover_to=", "this run is for useries-1a"),
    ),
    "unpair: not confirmed": ("unpair", as_it_is, (), ("confirm: 'UVM-1A+UVM-1B'", "verified backup")),
    "unpair: another pair": (
        "unpair",
        as_it_is,
        ("-e", "confirm=UVM-2A+UVM-2B"),
        ("confirm: 'UVM-1A+UVM-1B'", "overwrites the database"),
    ),
    "unpair: passive off": ("unpair", passive_is_off, SURE, ("does not answer", "its power")),
    "unpair: drill": ("unpair", drill_half_done, SURE, ("Attempt Auto Resync is on", "failover_drill.yml")),
}


def stopped(core: Core, folder: Path, name: str) -> None:
    """It ends with advice; nothing was written, and the evidence says that it failed and why."""
    playbook, start, given, told = STARTS[name]
    with paired(core, folder, playbook) as pair:
        start(pair)
        pair.control.reset_counts()
        words = [part for one in given for part in (word(pair) if one == "PERSON" else (one,))]
        ran = run(pair, playbook, *words)
        refused(pair, ran, playbook, told)


@pytest.mark.parametrize("playbook", sorted({one[0] for one in STARTS.values()}))
def test_a_wrong_start(core: Core, tmp_path: Path, playbook: str) -> None:
    """One of each playbook that is drawn."""
    stopped(core, tmp_path, *drawn(playbook, [name for name, one in STARTS.items() if one[0] == playbook]))


@pytest.mark.campaign
@pytest.mark.parametrize("name", STARTS)
def test_every_wrong_start(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    stopped(core, tmp_path, name)
