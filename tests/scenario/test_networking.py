# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role networking: both nodes of a pair are connected, one after the other; twice is once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.playbook import Core
from tests.support.site import A, B, Site, changed, site

pytestmark = pytest.mark.one_way  # about Windows

NETWORK = [{"name": "Connect", "ansible.builtin.import_playbook": "useries.appliance.network"}]
PACE = 20.0  # simulated seconds per real second: a look at Windows takes a while
SURFACES = ("console", "endpoint", "windows")
GIVEN: dict[str, Any] = {
    "networking_teams": [{"name": "Production", "members": ["Ethernet 1", "Ethernet 2"]}],
    "networking_vlans": [{"team": "Production", "vlans": [{"id": 10, "name": "Scanners"}]}],
    "networking_addresses": [
        {"adapter": "Scanners", "dhcp": False, "ip_address": "192.0.2.110", "subnet_mask": "255.255.255.0"}
    ],
    "networking_return_after": 60,
}


def interfaces(pair: Site, host: str) -> dict[str, Any]:
    """Name -> interface, of the model."""
    found: dict[str, Any] = pair.state(host)["adapters"]["interfaces"]
    return found


@pytest.mark.long
def test_both_nodes_are_connected(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES, speed=PACE) as pair:
        given = ("-e", json.dumps(GIVEN))
        checked = pair.run("--check", *given, playbook=NETWORK).good()
        assert [len(interfaces(pair, host)) for host in (A, B)] == [4, 4]
        ran = pair.run(*given, playbook=NETWORK).good()
        assert changed(ran) == changed(checked)
        assert len(changed(ran)) == 2 * 3
        for host in (A, B):
            assert interfaces(pair, host)["Scanners"]["addresses"] == [["192.0.2.110", 24]]
            assert pair.state(host)["scheduler"]["jobs"] == {}, "nothing waits to be undone"
        again = pair.run(*given, playbook=NETWORK).good()
        assert changed(again) == set()


def test_what_is_not_given_is_left_alone(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES, speed=PACE) as pair:
        pair.run(playbook=NETWORK).good()
        assert (pair.writes(), pair.logins()) == (0, 0)


@pytest.mark.long
def test_the_second_node_is_left_alone_when_the_first_was_not_confirmed(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES, speed=PACE) as pair:
        pair.control.do(A, "adapters.set_up", "lacp", False)
        lacp = {**GIVEN, "networking_teams": [{**GIVEN["networking_teams"][0], "mode": "lacp"}]}
        failed = pair.run("-e", json.dumps({**lacp, "networking_return_after": 5}), playbook=NETWORK)
        assert failed.code != 0, failed.output
        assert "has undone it" in failed.words, failed.output
        assert [len(interfaces(pair, host)) for host in (A, B)] == [4, 4]
        assert pair.state(A)["reachable"] is True
