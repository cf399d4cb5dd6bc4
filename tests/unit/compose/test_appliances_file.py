# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of the live inventory: what it means, and what is refused before anybody is asked."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.appliances_file import Wrong, understood

BERLIN = {"name": "berlin", "nodes": ["a", "b"]}


def test_nodes_of_a_pair_are_partners() -> None:
    found = understood(
        [{**BERLIN, "site": "east", "vars": {"x": 1}}],
        ["solo", {"name": "spare", "host": "192.0.2.1", "kind": "cold_spare", "cold_spare_of": "a", "port": "8443"}],
    )
    rows = [
        (one.name, one.address, one.kind, one.pair, one.partner, one.site, one.cold_spare_of) for one in found.entries
    ]
    assert rows == [
        ("a", "a:443", "appliance", "berlin", "b", "east", ""),
        ("b", "b:443", "appliance", "berlin", "a", "east", ""),
        ("solo", "solo:443", "appliance", "", "", "", ""),
        ("spare", "192.0.2.1:8443", "cold_spare", "", "", "", "a"),
    ]
    assert found.of_pairs == {"berlin": {"x": 1}}


@pytest.mark.parametrize(
    ("pairs", "hosts", "words"),
    [
        ([], [], "The file names no appliance. List pairs"),
        ([{"name": "berlin", "nodes": ["a"]}], [], "The pair berlin has 1 node (a); a pair has two. Add the other one"),
        ([{"name": "berlin", "nodes": []}], [], "The pair berlin has 0 nodes (none); a pair has two."),
        ([{"name": "berlin", "nodes": ["a", "b", "c"]}], [], "The pair berlin has 3 nodes (a, b, c)"),
        ([{"name": "berlin", "nodes": ["a", "a"]}], [], "a is there twice (in pair berlin). Keep one of them."),
        ([BERLIN], ["b"], "b is there twice (in pair berlin and in hosts)"),
        ([BERLIN, {"name": "bonn", "nodes": ["c", "a"]}], [], "a is there twice (in pair berlin and in pair bonn)"),
        ([BERLIN], [{"name": "c", "host": "A"}], "a and c have the same address a:443 (in pair berlin and in hosts)"),
        ([BERLIN, {"name": "Berlin", "nodes": ["c", "d"]}], [], "The pair Berlin is there twice"),
        ([], [{"name": "w", "kind": "wroker"}], "must be one of: appliance, cold_spare, worker, got: wroker"),
        ([], [{"name": "w", "knid": "worker"}], "hosts, number 1: knid is not known here; known are name, host, port"),
        ([{**BERLIN, "nods": 1}], [], "pairs, number 1: nods is not known here; known are name, site, nodes, vars."),
        ([{"nodes": ["a", "b"]}], [], "pairs, number 1: missing required arguments: name"),
        ([["a", "b"]], [], "pairs, number 1: expected a dictionary with name, site, nodes, vars, got list."),
        ([{"name": "x", "nodes": [{"host": "h"}, "b"]}], [], "pair x, node 1: missing required arguments: name"),
        ([], [{"name": "a b"}], "name is 'a b'; it needs characters, and no blank"),
        ([], [{"name": "a", "port": 0}], "a: port is 0; it is a TCP port, 1 to 65535."),
        ([], [{"name": "a", "cold_spare_of": "b"}, "b"], "a has cold_spare_of and is of kind appliance; set kind"),
        ([], [{"name": "a", "kind": "cold_spare", "cold_spare_of": "b"}], "cold_spare_of is b, which is no other"),
        ([], [{"name": "a", "kind": "cold_spare", "cold_spare_of": "a"}], "cold_spare_of is a, which is no other"),
    ],
)
def test_what_cannot_be_meant_is_refused(pairs: Any, hosts: Any, words: str) -> None:
    with pytest.raises(Wrong) as refused:
        understood(pairs, hosts)
    assert words in str(refused.value)
