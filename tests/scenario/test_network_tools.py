# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network tools of the site Diagnostics."""

from __future__ import annotations

import pytest

from tests.scenario.bad_input_bench import A, B, Bench


def test_the_adapters_of_ipconfig(bench: Bench) -> None:
    done = bench.attempt("ipconfig_info")
    assert done["changed"] is False, done
    [one] = done["ipconfig"]["adapters"]
    assert one["name"] == "Ethernet 1"
    assert one["ipv4"] == [bench.control.state(A)["address"]]
    assert (one["subnet_mask"], one["gateway"], one["ipv6"]) == (["255.255.255.0"], [], [])
    assert one["dns"] == ["192.0.2.53", "192.0.2.54"]
    assert "Windows IP Configuration" in done["ipconfig"]["text"]
    assert bench.writes() == 0


@pytest.mark.parametrize("module", ["ipconfig_info", "notification_info"])
def test_a_passive_node_has_no_such_page(bench: Bench, module: str) -> None:
    bench.stage("synchronized")
    bench.refused(module, "This node is passive", "active node", on=B)
