# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every refusal sends people to: it names state and decision, and writes nothing, whatever the pair is like."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.playbook import Core
from tests.support.site import A, B, Site, site

DIAGNOSE = [{"name": "Diagnose", "ansible.builtin.import_playbook": "useries.appliance.diagnose_failover"}]


def said(pair: Site) -> str:
    """What the playbook says about both nodes."""
    pair.control.reset_counts()
    ran = pair.run(playbook=DIAGNOSE)
    assert ran.code == 0, ran.stdout
    assert pair.writes() == 0
    return " ".join(ran.stdout.split())


@pytest.mark.long
def test_a_pair_is_diagnosed_and_left_alone(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        assert "High availability is not on at this node." in said(pair)
        pair.pair_by_hand()
        assert "The databases are mirrored." in said(pair)
        pair.control.do(A, "ha.suspend")
        assert "There is no failover while mirroring is suspended." in said(pair)
        pair.control.do(A, "ha.show", "SYNC PENDING: SET MIRROR CALLED")
        assert "Synchronization is under way: wait." in said(pair)
        pair.control.do(A, "ha.show", "RECONCILING")
        words = said(pair)
        assert "Synchronization is under way" not in words
        assert "The guide decides nothing for the mirror state 'RECONCILING'" in words
        pair.control.power(A, "off")
        words = said(pair)
        assert f"{A}: does not answer" in words
        assert "do not promote the other node before this one is known to be off" in words


@pytest.mark.long
def test_a_failover_and_a_silent_pair_are_named(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.control.power(A, "off")
        pair.control.advance(900)
        words = said(pair)
        assert f"{A}: does not answer" in words
        assert f"{B}: Active, mirror state DISCONNECTED, a failover is recognised" in words
        assert "Turn high availability off, and on again only when that node is cleared" in words
        pair.control.power(A, "on")
        pair.control.advance(600)
        assert f"{A}: Passive, mirror state SUSPENDED, a failover is recognised" in said(pair)
        for host in (A, B):
            pair.control.power(host, "off")
        words = said(pair)
        assert f"{A}: does not answer" in words
        assert f"{B}: does not answer" in words


def test_two_active_nodes_are_an_alarm(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "set_link", False, True)
        pair.control.advance(900)
        assert "BOTH NODES ARE ACTIVE." in said(pair)
