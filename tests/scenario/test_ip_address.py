# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The address of an appliance: the change cuts the connection over which it is made."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import CHANGE, asked, unchanged
from tests.support.way import WAY

PAIR = 1  # a look for the pair's page, from impact "service" up


def old(bench: Bench, on: str = A) -> str:
    """The address that the inventory knows."""
    return str(bench.inventory[on]["useries_host"])


def beside(bench: Bench, last: int) -> str:
    """Another address of the loopback network of the pair."""
    return f"{old(bench).rsplit('.', 1)[0]}.{last}"


def static(bench: Bench, last: int = 200, **more: Any) -> dict[str, Any]:
    """A task that gives the first card a static address."""
    return {
        "network_card": "Ethernet 1",
        "dhcp": False,
        "ip_address": beside(bench, last),
        "subnet_mask": "255.255.255.0",
        "gateway": beside(bench, 1),
        "dns": ["192.0.2.53", "192.0.2.54"],
        **more,
    }


def test_the_appliance_is_met_again_at_its_new_address(bench: Bench) -> None:
    given, new = static(bench), beside(bench, 200)
    checked = bench.attempt("ip_address", check_mode=True, **given)
    assert (checked["changed"], checked["moved"], bench.writes()) == (True, False, 0)
    bench.control.reset_counts()
    done = bench.attempt("ip_address", **given)
    assert (done.get("failed"), done["changed"], done["moved"], done["address"]) == (None, True, True, new), done
    assert done["settings"]["ip_address"] == new
    assert done["settings"]["dns"] == ["192.0.2.53", "192.0.2.54"]
    assert bench.writes() == 1
    assert done["diff"] == checked["diff"]
    assert any(f"useries_host: {new}" in text and old(bench) in text for text in done["warnings"])
    assert bench.control.state(A)["address"] == new
    # the rest of the run: the new address, and the certificate that was made for the old one
    untold = bench.attempt("network_info", host=new)
    assert untold["error"]["kind"] == "untrusted"
    told = bench.attempt("network_info", host=new, fingerprints=done["fingerprints"])
    assert told["network"]["ip_address"]["ip_address"] == new
    bench.silent(done)


def test_the_second_run_at_the_new_address_changes_nothing(bench: Bench) -> None:
    done = bench.attempt("ip_address", **static(bench))
    assert done["moved"] is True, done
    given = {**static(bench), "host": beside(bench, 200), "fingerprints": done["fingerprints"]}
    assert bench.attempt("ip_address", **given)["changed"] is False  # signs in
    again = unchanged(bench, "ip_address", given)
    assert (again["moved"], again["address"]) == (False, beside(bench, 200))


def test_a_change_that_cuts_nothing_is_read_again_where_it_was_made(bench: Bench) -> None:
    """Static, but the same address."""
    given = static(bench, int(old(bench).rsplit(".", 1)[1]))
    card = {
        "dhcp": False,
        "ip_address": old(bench),
        "subnet_mask": "255.255.255.0",
        "gateway": beside(bench, 1),
        "dns": "192.0.2.53, 192.0.2.54",
    }
    assert bench.attempt("ip_address", **given)["moved"] is False
    bench.control.reset_counts()
    done = bench.attempt("ip_address", **{**given, "dns": ["192.0.2.53"]})
    assert (done["changed"], done["moved"], bench.writes()) == (True, False, 1), done
    assert WAY != "html" or asked(bench) <= CHANGE + PAIR, bench.control.log()
    assert bench.control.state(A)["network"]["cards"]["Ethernet 1"] == {**card, "dns": "192.0.2.53"}
    unchanged(bench, "ip_address", {**given, "dns": ["192.0.2.53"]})


def test_another_card_is_set_without_moving(bench: Bench) -> None:
    given = static(bench, network_card="Ethernet 2", ip_address="192.0.2.20", gateway="192.0.2.1")
    bench.attempt("network_info")  # signs in
    bench.control.reset_counts()
    done = bench.attempt("ip_address", **given)
    assert (done["changed"], done["moved"]) == (True, False), done
    assert any("can be read only after" in text for text in done["warnings"])
    assert bench.control.state(A)["network"]["cards"]["Ethernet 2"]["ip_address"] == "192.0.2.20"
    assert WAY != "html" or asked(bench) <= CHANGE + PAIR, bench.control.log()
    unchanged(bench, "ip_address", given)


# -- DHCP --------------------------------------------------------------------------------------------------------------


def test_dhcp_gives_an_address_that_is_expected(bench: Bench) -> None:
    assert bench.attempt("ip_address", **static(bench, int(old(bench).rsplit(".", 1)[1])))["changed"] is True
    new = beside(bench, 201)
    bench.control.do(A, "network.offer", new)
    done = bench.attempt("ip_address", dhcp=True, expected_address=new)
    assert (done["moved"], done["address"], done["settings"]["dhcp"]) == (True, new, True), done


def test_dhcp_that_gives_another_address_is_found_out(bench: Bench) -> None:
    assert bench.attempt("ip_address", **static(bench, int(old(bench).rsplit(".", 1)[1])))["changed"] is True
    bench.control.do(A, "network.offer", beside(bench, 202))
    lost = bench.attempt("ip_address", dhcp=True, wait_timeout=90, timeout=3)
    bench.helps(lost, f"nobody answers at {old(bench)} any more", "expected_address", kind="outcome_unknown")


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def test_a_new_address_that_never_answers_names_both(bench: Bench) -> None:
    bench.control.do(A, "network.lose_next_address")
    lost = bench.attempt("ip_address", **static(bench), wait_timeout=60, timeout=3)
    words = f"neither the old address {old(bench)} nor the new one {beside(bench, 200)} answers", "iDRAC"
    bench.helps(lost, *words, kind="outcome_unknown")


def test_a_change_that_is_not_carried_out_is_told_apart(bench: Bench) -> None:
    bench.control.do(A, "network.ignore_next_address")
    kept = bench.attempt("ip_address", **static(bench), wait_timeout=60, timeout=3)
    words = f"still answers at its old address {old(bench)}", f"nobody at {beside(bench, 200)}"
    bench.helps(kept, *words, kind="outcome_unknown")


def test_another_certificate_at_the_new_address_is_not_trusted(bench: Bench) -> None:
    """Nobody who stands at the new address is given the password."""
    bench.control.do(A, "network.regenerate_at_next_address")
    lost = bench.attempt("ip_address", **static(bench), wait_timeout=60)
    words = f"somebody answers at the new address {beside(bench, 200)}", "was not let in", "compare the certificate"
    bench.helps(lost, *words, kind="outcome_unknown")


def test_a_lost_answer_is_decided_at_the_new_address(bench: Bench) -> None:
    bench.control.fault("reset", A, when="after", path="network_and_rdp_settings.ip.update_ip")
    done = bench.attempt("ip_address", **static(bench))
    assert (done.get("failed"), done["moved"]) == (None, True), done
    assert any("the new address decides" in text for text in done["warnings"])


@pytest.mark.parametrize("check_mode", [False, True])
def test_an_address_at_which_somebody_answers_is_not_taken(bench: Bench, check_mode: bool) -> None:
    given = static(bench, 210, check_mode=check_mode)
    with socket.create_server((given["ip_address"], bench.inventory[A]["useries_port"])):
        bench.refused("ip_address", f"Somebody answers at {given['ip_address']} already", kind="precondition", **given)


# -- the pair ----------------------------------------------------------------------------------------------------------


def test_the_pair_is_respected_and_warned_about(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    bench.refused("ip_address", "SUSPENDED", "accept_pair_state", kind="precondition", **static(bench))
    bench.control.do(A, "ha.resume")
    bench.control.advance(3600)
    done = bench.attempt("ip_address", check_mode=True, **static(bench))
    assert done["changed"] is True, done
    assert any("partner knows this appliance by its address" in text for text in done["warnings"])
