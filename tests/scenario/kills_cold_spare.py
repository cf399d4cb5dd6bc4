# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An appliance that is made a cold spare, and restarted for it, for the tests in which the controller dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.scenario.spare_bench import NAME, SPARE, WANTED, backed_up, bench_of_spare, inventory_of_spare
from tests.support.kills import Flow, at_most, order, orders, state, task
from tests.support.playbook import Core, Ran
from tests.support.site import A, B, Site, explained, site
from tests.support.workflow import evidence

DATA = "data of UVM-1A"
SHARE_TEST, ROLE, APPLY = "locations.test_share", "cold_spare.role.apply_changes", "main.roles.apply_pending_changes"
DISCARD = "discard_changes"
QUESTION = 2.0  # real seconds from the press to the console's question about a restart, so that there is a between
AWAY = ("wait until it answers", f"{B} does not answer")


@contextmanager
def opened(core: Core, folder: Path, surfaces: tuple[str, ...]) -> Iterator[Site]:
    """A source with a backup on the share, and an appliance of the same name."""
    with ExitStack() as stack:
        pair = stack.enter_context(site(core, folder, surfaces=surfaces))
        (folder / "bench").mkdir()
        with bench_of_spare(pair.simulated, folder / "bench") as bench:
            backed_up(bench)
        inventory = pair.simulated.inventory
        inventory.write_text(inventory_of_spare(inventory), encoding="utf-8")
        yield pair


def deployed(pair: Site) -> tuple[str, ...]:
    """The source has data; the spare to be is as it was deployed."""
    pair.control.do(A, "database.write", DATA)
    pair.control.fault("delay", B, path=APPLY, method="POST", seconds=QUESTION, when="after")
    return ("-l", B, "-e", f"confirm={NAME}")  # so that no point is met on the source, where every task is skipped


def being_applied(pair: Site) -> bool:
    """The button was pressed, and the question has no answer yet."""
    return bool(pair.state(B)["roles"]["progress"])


def restarting(pair: Site, ran: Ran) -> bool:
    """The spare went down under the second run; it is up again now."""
    kinds = {(event["result"].get("error") or {}).get("kind") for event in ran.events}
    if not kinds & {"silent", "unreachable"} and not any(words in explained(ran) for words in AWAY):
        return False
    pair.control.advance(600)
    return True


def a_spare(pair: Site, ran: Ran) -> None:
    """It waits under its temporary name with all settings; the source was left alone.

    When the parent alone dies, its worker ends its task beside the second run. Nothing on the pages tells the two
    apart, so both can save the same role and press Apply Pending Changes for it.
    """
    spare, source = pair.state(B), pair.state(A)
    assert (spare["machine_name"], spare["cold_spare"]["waiting"], spare["roles"]["pending"]) == (SPARE, True, {})
    wanted = {"enabled": True, **WANTED}
    assert {name: spare["roles"]["applied"]["cold_spare"][name] for name in wanted} == wanted
    assert (source["machine_name"], source["powered"]) == (NAME, True)
    assert source["database"]["records"][-1] == DATA
    assert {str(one["node"]) for one in orders(pair, "")} == {"UVM-1B"}
    at_most(pair, {ROLE: 2, APPLY: 2, DISCARD: 0})
    restarts = [one for one in pair.control.log() if (one["path"], one["what"]) == ("shutdown /r", "Command")]
    assert len(restarts) == (0 if orders(pair, APPLY) else 1), restarts  # the log has APPLY where it was agreed to
    assert evidence(pair, ran)["outcome"] == "succeeded"


def never(_pair: Site, ran: Ran) -> None:
    """Everything that was done can be seen, by its pages and by its name, so it is gone on with without any file."""
    raise AssertionError(f"a spare is made to the end without the files of an earlier run: {explained(ran)}")


COLD_SPARE = Flow(
    name="cold_spare",
    prepare=deployed,
    points=(
        task("The requirements of both appliances"),
        task("Gates"),
        task("Nothing stands against it"),
        order(SHARE_TEST),
        order(ROLE),
        state("the question about a restart", being_applied),
        order(APPLY),
        task("Set the role, with the share tested first"),
        task("It is a spare now"),
        task("Write the evidence", over=True),
    ),
    ended=a_spare,
    stopped=never,
    surfaces=("console", "endpoint", "windows"),
    opened=opened,
    away=restarting,
)
