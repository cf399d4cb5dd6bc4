# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password of the iDRACs is rotated one after the other, each proven before the next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.support.playbook import Core, Ran
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.workflow import run

pytestmark = pytest.mark.one_way  # no page of the console is operated

FLOW = "rotate_idrac"
WANTED, LOST = "Wanted-Canary-7", "Nobody-knows-8"
ROTATED = "The iDRAC has the new password, proven by a fresh sign-in"


@pytest.fixture
def pair(core: Core, tmp_path: Path) -> Iterator[Site]:
    """A pair whose iDRACs answer."""
    with ExitStack() as stack:
        yield stack.enter_context(site(core, tmp_path, surfaces=("console", "endpoint", "idrac")))


def old(pair: Site, host: str) -> str:
    """The password of the inventory."""
    return str(pair.simulated.nodes[host].accounts["idrac"]["password"])


def variables(pair: Site, host: str) -> dict[str, Any]:
    """Of a host, in the inventory of the simulator."""
    tree = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))["useries"]
    (own,) = [group["hosts"][host] for group in tree["children"].values() if host in group["hosts"]]
    return {**tree["vars"], **own}


def asked(pair: Site, host: str, method: str, password: str, path: str, body: Any = None) -> int:
    """The status of a request to an iDRAC by somebody else."""
    own = variables(pair, host)
    place = f"https://{own['useries_idrac_host']}:{own['useries_idrac_port']}/redfish/v1/{path}"
    authority = own["useries_idrac_ca_path"]
    return requests.request(method, place, json=body, auth=("root", password), verify=authority, timeout=10).status_code


def let_in(pair: Site, password: str | None = None) -> list[str]:
    """The hosts whose iDRAC lets root in with a password (None: with that of the inventory)."""
    return [one for one in (A, B) if asked(pair, one, "GET", password or old(pair, one), "Systems") == 200]


def rotate(pair: Site, *words: str, **given: Any) -> Ran:
    """A run of the playbook."""
    return run(pair, FLOW, "-vvv", "--diff", *words, "-e", json.dumps(given or {"rotate_idrac_password": WANTED}))


def silent(pair: Site, *rans: Ran) -> None:
    """No password was printed, or is in a result."""
    for ran in rans:
        text = ran.output + json.dumps(ran.events)
        for secret in (WANTED, LOST, old(pair, A), old(pair, B)):
            assert secret not in text


def test_one_after_the_other_and_the_second_run_changes_nothing(pair: Site) -> None:
    checked = rotate(pair, "--check").good()
    assert (changed(checked), pair.writes()) == ({(A, ROTATED), (B, ROTATED)}, 0)
    pair.control.reset_counts()
    ran = rotate(pair).good()
    assert changed(ran) == {(A, ROTATED), (B, ROTATED)}
    log = [(one["node"], one["kind"]) for one in pair.control.log(wire="idrac") if one["kind"] in ("write", "login")]
    first, second = (log.index((name, "write")) for name in ("UVM-1A", "UVM-1B"))
    assert log[first + 1 : second] == [("UVM-1A", "login")], "proven before the next is changed"
    assert (let_in(pair, WANTED), let_in(pair)) == ([A, B], [])
    pair.control.reset_counts()
    again = rotate(pair).good()
    assert (changed(again), pair.writes()) == (set(), 0)
    silent(pair, checked, ran, again)


def test_each_may_have_its_own(pair: Site) -> None:
    for host in (A, B):
        place = pair.simulated.directory / "host_vars" / host
        place.mkdir(parents=True)
        (place / "idrac.yml").write_text(json.dumps({"rotate_idrac_password": f"{WANTED}-{host}"}), encoding="utf-8")
    ran = rotate(pair, nothing=True).good()
    assert [asked(pair, host, "GET", f"{WANTED}-{host}", "Systems") for host in (A, B)] == [200, 200]
    silent(pair, ran)


@pytest.mark.parametrize("bad", ["", "calvin", "short-A1", "all-small-letters"])
def test_a_weak_password_touches_nothing(pair: Site, bad: str) -> None:
    weak = rotate(pair, rotate_idrac_password=bad if bad != "short-A1" else "Sh-A1")
    assert weak.code != 0 and "is missing or weak" in explained(weak), weak.output
    assert (pair.control.count("all"), let_in(pair)) == (0, [A, B])


def test_the_second_is_looked_at_before_the_first_is_changed(pair: Site) -> None:
    assert asked(pair, B, "PATCH", old(pair, B), "AccountService/Accounts/2", {"Password": LOST}) == 200
    pair.control.reset_counts()
    ran = rotate(pair)
    assert ran.code != 0 and "refuses the sign-in of root" in explained(ran), ran.output
    assert (pair.writes(), let_in(pair, old(pair, A))[:1]) == (0, [A])
    silent(pair, ran)


def test_an_idrac_that_does_not_answer_stops_it_before_the_first_is_changed(pair: Site) -> None:
    pair.control.fault("refuse", B, surface="idrac", count=-1)
    ran = rotate(pair)
    assert (ran.code != 0, pair.writes()) == (True, 0), ran.output
    pair.control.clear_faults()
    assert let_in(pair) == [A, B]


def test_one_that_is_not_proven_stops_it_and_is_gone_on_with(pair: Site) -> None:
    pair.control.do(A, "fail_next", "idrac_password", "accepted, and not done")
    ran = rotate(pair)
    assert ran.code != 0 and "does not let in the wanted password" in explained(ran), ran.output
    assert (let_in(pair), let_in(pair, WANTED)) == ([A, B], []), "the second was not touched"
    assert changed(rotate(pair).good()) == {(A, ROTATED), (B, ROTATED)}
    assert let_in(pair, WANTED) == [A, B]
    silent(pair, ran)


def test_an_appliance_without_an_idrac_is_left_out(pair: Site) -> None:
    tree = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))
    for group in tree["useries"]["children"].values():
        group["hosts"].get(B, {}).pop("useries_idrac_host", None)
    path = pair.folder / "without.yml"
    path.write_text(yaml.safe_dump(tree), encoding="utf-8")
    words = ("-e", json.dumps({"rotate_idrac_password": WANTED}))
    assert changed(run(pair, FLOW, *words, inventory=path).good()) == {(A, ROTATED)}
    only = run(pair, FLOW, "--limit", B, *words, inventory=path)
    assert only.code != 0 and f"None of {B} has useries_idrac_host" in explained(only), only.output
