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

from tests.support.draw import drawn
from tests.support.playbook import Core
from tests.support.site import BACKUP as BACKUP_PLAYBOOK
from tests.support.site import PAIR, PROVISION, A, B, Site, changed, explained, site

BACKUP = "A verified backup (the database of a passive node cannot be read)"
AWAY = 900  # longer than the partner failover timeout (6 minutes) and the promotion


def stopped(pair: Site, *says: str) -> None:
    """The job fails before any write, on every wire, and names what to do."""
    pair.control.reset_counts()
    ran = pair.run("--limit", f"{A},{B}")
    assert ran.code != 0
    assert pair.writes() == 0
    assert changed(ran) == set()
    for text in says:
        assert text in explained(ran), explained(ran)


def suspended(pair: Site) -> None:
    """Somebody pressed Suspend."""
    pair.pair_by_hand()
    pair.control.do(A, "ha.suspend")
    stopped(pair, "SUSPENDED", "diagnose_failover.yml", "Nothing was changed")


def suspended_by_a_failover(pair: Site) -> None:
    """The old active came back within the hour, as the passive one."""
    pair.pair_by_hand()
    pair.control.power(A, "off")
    pair.control.advance(AWAY)
    pair.control.power(A, "on")
    pair.control.advance(300)
    assert (pair.role(A), pair.role(B)) == ("Passive", "Active")
    stopped(pair, "SUSPENDED", "diagnose_failover.yml")


def exposed(pair: Site) -> None:
    """The old active came back too late: both databases went their own ways."""
    pair.pair_by_hand()
    pair.control.power(A, "off")
    pair.control.advance(AWAY + 3 * 3600)
    pair.control.power(A, "on")
    pair.control.advance(300)
    stopped(pair, "EXPOSED", "diagnose_failover.yml", "Nothing was changed")


def attempts_used_up(pair: Site) -> None:
    """Five attempts to mirror failed."""
    pair.pair_by_hand(mirrored=False)
    pair.control.set("mirror_port_blocked", True, B)
    pair.control.do(A, "ha.set_state", True, 5022)
    pair.control.advance(4 * 3600)
    stopped(pair, "EXPOSED: MAX SYNC ATTEMPTS REACHED", "diagnose_failover.yml")


def disconnected(pair: Site) -> None:
    """The nodes do not see each other; no failover yet."""
    pair.pair_by_hand()
    pair.control.do(B, "set_link", False, True)
    stopped(pair, "DISCONNECTED", "diagnose_failover.yml", "Nothing was changed")


def two_actives(pair: Site) -> None:
    """The nodes did not see each other for so long that the passive one was promoted."""
    pair.pair_by_hand()
    pair.control.do(B, "set_link", False, True)
    pair.control.advance(AWAY)
    assert (pair.role(A), pair.role(B)) == ("Active", "Active")
    stopped(pair, "DISCONNECTED", "diagnose_failover.yml")


def partner_is_off(pair: Site) -> None:
    """The passive node is off."""
    pair.pair_by_hand()
    pair.control.power(B, "off")
    stopped(pair, f"{B} useries.appliance.high_availability : Stop when it does not answer", "cannot be reached")


def auto_resync(pair: Site) -> None:
    """A drill was interrupted: Attempt Auto Resync is still on."""
    pair.pair_by_hand()
    pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})
    stopped(pair, "Attempt Auto Resync is on", "attempt_auto_resync: false")


def partner_of_another_pair(pair: Site) -> None:
    """The node was paired with one that the inventory does not name as its partner."""
    pair.pair_by_hand("UVM-1A", "UVM-2A")
    stopped(pair, "has the partner UVM-2A", "the inventory names UVM-1B", "Nothing was changed")


def both_partners_of_others(pair: Site) -> None:
    """Both nodes are healthy members of other pairs than the inventory says."""
    pair.pair_by_hand("UVM-1A", "UVM-2A")
    pair.pair_by_hand("UVM-1B", "UVM-2B")
    stopped(pair, "has the partner UVM-2A", "has the partner UVM-2B", "Nothing was changed")


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
    flag, right = "high_availability_accept_data_loss=true", "high_availability_confirm=UVM-1A+UVM-1B"
    ran = pair.run()
    assert ran.code != 0
    assert "it would be overwritten and lost" in explained(ran)
    assert "accept_data_loss: true and confirm: 'UVM-1A+UVM-1B'" in explained(ran)
    for words in (["-e", flag], ["-e", right], ["-e", flag, "-e", "high_availability_confirm=UVM-1B+UVM-1A"]):
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


STARTS: dict[str, Callable[[Site], None]] = {
    start.__name__: start
    for start in (
        suspended,
        suspended_by_a_failover,
        exposed,
        attempts_used_up,
        disconnected,
        two_actives,
        partner_is_off,
        auto_resync,
        partner_of_another_pair,
        both_partners_of_others,
        pending_changes,
        data_on_the_other_node,
        under_way,
        roles_under_way,
        exchange_under_way,
        backup_under_way,
        swapped,
    )
}


def begin(core: Core, folder: Path, name: str) -> None:
    """One start on a fresh simulation."""
    with site(core, folder, pairs=2 if "others" in name or "another" in name else 1) as pair:
        STARTS[name](pair)


def test_a_wrong_start(core: Core, tmp_path: Path) -> None:
    """One that is drawn."""
    begin(core, tmp_path, *drawn("start", STARTS))


@pytest.mark.campaign
@pytest.mark.parametrize("name", STARTS)
def test_every_wrong_start(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    begin(core, tmp_path, name)
