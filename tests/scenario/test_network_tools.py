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


def test_an_appliance_that_is_pinged(bench: Bench) -> None:
    address = bench.control.state(B)["address"]
    done = bench.attempt("ping", target=address)
    assert done["changed"] is False, done
    assert "ping" in done, done
    text = done["ping"].pop("text")
    assert done["ping"] == {
        "target": address, "answered": True, "sent": 4, "received": 4, "address": address, "average_ms": 2,
    }  # fmt: skip
    assert f"Pinging {address} with 32 bytes of data" in text
    assert bench.writes() == 0


def test_a_partner_that_is_off_does_not_answer(bench: Bench) -> None:
    bench.control.power(B, "off")
    address = bench.control.state(B)["address"]
    done = bench.attempt("ping", target=address)
    assert (done["ping"]["answered"], done["ping"]["sent"], done["ping"]["received"]) == (False, 4, 0)
    refused = bench.refused("ping", address, "does not answer", target=address, require_answer=True)
    assert refused["error"]["kind"] == "failed"


def test_a_name_that_nobody_has(bench: Bench) -> None:
    done = bench.attempt("ping", target="nobody.example.com")
    assert (done["ping"]["answered"], done["ping"]["sent"]) == (False, None)
    assert "could not find host nobody.example.com" in done["ping"]["text"]


@pytest.mark.parametrize("target", ["", "nas; shutdown /s", "-t", "a b", "nas\\share", "a" * 300, "80.0.8.555"])
def test_what_is_no_host_is_not_pinged(bench: Bench, target: str) -> None:
    bench.refused("ping", "target is", target=target)
    assert bench.control.count("page", A, "console") == 0
