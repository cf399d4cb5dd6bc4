# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job begun on a pair that is not as it expects: nothing is built upon a broken pair, nothing is overwritten
unasked, and whoever is stopped reads what to do.

One start is drawn in ``make test``, the campaign takes them all.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import starts
from tests.support.draw import drawn
from tests.support.playbook import Core, Playbook
from tests.support.site import BACKUP as BACKUP_PLAYBOOK
from tests.support.site import PAIR, PROVISION, SITE, A, B, Site, changed, explained, site

BACKUP = "A verified backup (the database of a passive node cannot be read)"


def attempts_used_up(pair: Site) -> None:
    """Five attempts to mirror failed."""
    pair.pair_by_hand(mirrored=False)
    pair.control.set("mirror_port_blocked", True, B)
    pair.control.do(A, "ha.set_state", True, 5022)
    pair.control.advance(4 * 3600)


def partner_of_another_pair(pair: Site) -> None:
    """The node was paired with one that the inventory does not name as its partner."""
    pair.pair_by_hand("UVM-1A", "UVM-2A")


def both_partners_of_others(pair: Site) -> None:
    """Both nodes are healthy members of other pairs than the inventory says."""
    pair.pair_by_hand("UVM-1A", "UVM-2A")
    pair.pair_by_hand("UVM-1B", "UVM-2B")


def paired(spoil: Callable[[Site], None]) -> Callable[[Site], None]:
    """The nodes are a synchronized pair before."""

    def start(pair: Site) -> None:
        pair.pair_by_hand()
        spoil(pair)

    return start


DIAGNOSE, NOTHING = "diagnose_failover.yml", "Nothing was changed"
#: Pairs on which nothing is built: what was done to them, and what is told.
REFUSED: dict[str, tuple[Callable[[Site], None], tuple[str, ...]]] = {
    "suspended": (paired(starts.suspended), ("SUSPENDED", DIAGNOSE, NOTHING)),
    "suspended_by_a_failover": (paired(starts.suspended_by_a_failover), ("SUSPENDED", DIAGNOSE)),
    "exposed": (paired(starts.exposed), ("EXPOSED", DIAGNOSE, NOTHING)),
    "attempts_used_up": (attempts_used_up, ("EXPOSED: MAX SYNC ATTEMPTS REACHED", DIAGNOSE)),
    "disconnected": (paired(starts.disconnected), ("DISCONNECTED", DIAGNOSE, NOTHING)),
    "two_actives": (paired(starts.two_actives), ("DISCONNECTED", DIAGNOSE)),
    "partner_is_off": (
        paired(starts.passive_is_off),
        (f"{B} useries.appliance.high_availability : Stop when it does not answer", "cannot be reached"),
    ),
    "auto_resync": (paired(starts.drill_half_done), ("Attempt Auto Resync is on", "attempt_auto_resync: false")),
    "partner_of_another_pair": (
        partner_of_another_pair,
        ("has the partner UVM-2A", "the inventory names UVM-1B", NOTHING),
    ),
    "both_partners_of_others": (
        both_partners_of_others,
        ("has the partner UVM-2A", "has the partner UVM-2B", NOTHING),
    ),
}


def refused(pair: Site, name: str, playbook: Playbook) -> None:
    """The job fails before any write, on every wire, and names what to do."""
    spoil, says = REFUSED[name]
    spoil(pair)
    pair.control.reset_counts()
    ran = pair.run("--limit", f"{A},{B}", playbook=playbook)
    assert ran.code != 0
    assert pair.writes() == 0
    assert changed(ran) == set()
    for text in says:
        assert text in explained(ran), explained(ran)


def pending_changes(pair: Site) -> None:
    """Somebody left a change in the Roles Editor: it is not applied along with ours."""
    pair.control.do(A, "roles.change", "analysis_services", {"enabled": True})
    ran = pair.run()
    assert ran.code != 0
    assert "pending changes that are not of this task: Analysis Services" in explained(ran)
    assert "adopt_pending" in explained(ran)
    assert pair.orders("roles.apply_pending_changes") == []
    roles = pair.state(A)["roles"]
    assert roles["pending"] == {"analysis_services": {"enabled": True}}
    assert roles["applied"]["high_availability"]["enabled"] is False
    assert pair.orders("initial_setup") == []


def data_on_the_other_node(pair: Site) -> None:
    """The partner's database holds data: refused without both flags, overwritten with both."""
    pair.control.do(B, "database.write", "two years of passwords")
    flag, right = "accept_data_loss=true", "confirm=UVM-1A+UVM-1B"
    ran = pair.run()
    assert ran.code != 0
    assert "it would be overwritten and lost" in explained(ran)
    assert "accept_data_loss: true and confirm: 'UVM-1A+UVM-1B'" in explained(ran)
    for words in (["-e", flag], ["-e", right], ["-e", flag, "-e", "confirm=UVM-1B+UVM-1A"]):
        assert pair.run(*words).code != 0
    assert pair.orders("set_high_availability") == []
    assert pair.state(B)["database"]["records"] == ["two years of passwords"]
    pair.run("-e", flag, "-e", right).good()
    pair.finished()
    assert pair.state(B)["database"]["records"] == ["data of UVM-1A"]


def under_way(pair: Site) -> None:
    """High availability was turned on a moment ago: the job waits for it and orders nothing twice."""
    pair.pair_by_hand(mirrored=False)
    pair.control.do(A, "ha.set_state", True, 5022)
    ran = pair.run().good()
    assert (A, "Turn high availability on and wait for SYNCHRONIZED") not in changed(ran)
    assert (A, "A synchronization that is under way is awaited") not in changed(ran)
    assert pair.orders("set_high_availability") == []
    assert pair.orders("initial_setup") == []
    pair.finished()


def roles_under_way(pair: Site) -> None:
    """Role changes are being applied."""
    words = pair.slowly(1.0)
    pair.control.do(A, "roles.change", "high_availability", {"enabled": True})
    pair.control.do(A, "roles.apply")
    pair.run(*words, "--limit", A, playbook=PROVISION).good()
    assert pair.orders("high_availability.role.apply_changes") == []
    assert pair.state(A)["roles"]["applied"]["high_availability"]["enabled"] is True
    assert pair.state(A)["roles"]["pending"] == {}


def exchange_under_way(pair: Site) -> None:
    """Somebody pressed Apply on Initial Setup a moment ago: the job waits for the exchange and starts none."""
    for node in (A, B):
        pair.control.do(node, "roles.change", "high_availability", {"enabled": True})
        pair.control.do(node, "roles.apply")
    pair.control.advance(60)
    words = pair.slowly()
    pair.exchange_by_hand("UVM-1A", "UVM-1B")
    pair.run(*words, playbook=PAIR).good()
    assert pair.orders("initial_setup.partner.apply") == []
    assert pair.state(B)["ha"]["mirror_state"] == "SYNCHRONIZED"


def backup_under_way(pair: Site) -> None:
    """A backup was ordered a moment ago: the job waits for it and orders none."""
    words = ("-e", "backup_location=LocalBackups", "-e", "backup_location_path=", *pair.slowly(2.0))
    pair.control.do(A, "backups.create", "LocalBackups", "simulated-backup-password", False)
    pair.run(*words, "--limit", A, playbook=BACKUP_PLAYBOOK).good()
    assert pair.orders("backup_now.create_backup") == []
    assert len(pair.backups(A)) == 1


def swapped(pair: Site) -> None:
    """A healthy pair whose roles were switched is as described; only its new active node has no backup yet."""
    pair.run().good()
    for host, others in ((B, {(B, BACKUP)}), (A, set())):
        pair.control.do(A, "ha.switch_roles")
        pair.control.advance(120)
        assert pair.role(host) == "Active"
        assert changed(pair.run().good()) == others
    pair.unchanged()


TAKEN: dict[str, Callable[[Site], None]] = {
    start.__name__: start
    for start in (
        pending_changes,
        data_on_the_other_node,
        under_way,
        roles_under_way,
        exchange_under_way,
        backup_under_way,
        swapped,
    )
}
STARTS = [*REFUSED, *TAKEN]


def begin(core: Core, folder: Path, name: str, playbook: Playbook = SITE) -> None:
    """One start on a fresh simulation."""
    with site(core, folder, pairs=2 if "others" in name or "another" in name else 1) as pair:
        if name in REFUSED:
            refused(pair, name, playbook)
        else:
            TAKEN[name](pair)


def test_a_wrong_start(core: Core, tmp_path: Path) -> None:
    """One that is drawn."""
    begin(core, tmp_path, *drawn("start", STARTS))


def test_a_wrong_start_of_the_pairing_alone(core: Core, tmp_path: Path) -> None:
    """One that is drawn."""
    begin(core, tmp_path, *drawn("pair", REFUSED), PAIR)


@pytest.mark.campaign
@pytest.mark.parametrize("name", STARTS)
def test_every_wrong_start(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    begin(core, tmp_path, name)


@pytest.mark.campaign
@pytest.mark.parametrize("name", REFUSED)
def test_every_wrong_start_of_the_pairing_alone(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    begin(core, tmp_path, name, PAIR)


def test_the_words_of_a_pairing_by_either_name(core: Core, tmp_path: Path) -> None:
    """As every playbook takes them, and by the names of the role's variables, which may stand in an inventory."""
    right = "UVM-1A+UVM-1B"
    with site(core, tmp_path) as pair:
        pair.pair_by_hand(mirrored=False)
        pair.control.do(B, "database.write", "two years of passwords")
        pair.control.reset_counts()
        for words in ((), ("confirm=UVM-1B+UVM-1A", "accept_data_loss=true"), (f"confirm={right}",)):
            ran = pair.run(*(part for word in words for part in ("-e", word)), "--check", playbook=PAIR)
            assert f"accept_data_loss: true and confirm: '{right}'" in explained(ran), explained(ran)
        given = ("-e", f"confirm={right}", "-e", "accept_data_loss=true", "--check")
        wanted = changed(pair.run(*given, playbook=PAIR).good())
        assert (A, "Turn high availability on and wait for SYNCHRONIZED") in wanted
        variables = pair.simulated.directory / "group_vars/useries"
        variables.with_suffix(".yml").rename(variables.with_suffix(".was"))
        variables.mkdir()
        variables.with_suffix(".was").rename(variables / "variables.yml")
        (variables / "words.yml").write_text(
            f"high_availability_confirm: {right}\nhigh_availability_accept_data_loss: true\n", encoding="utf-8"
        )
        assert changed(pair.run("--check", playbook=PAIR).good()) == wanted
        assert pair.writes() == 0
