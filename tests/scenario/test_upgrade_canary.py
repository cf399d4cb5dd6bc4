# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many pairs are upgraded one after the other, the named one first, and none after one that failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.playbook import Core, Ran
from tests.support.site import BACKUP, A, explained, site
from tests.support.starts import NO_BACKUP_SOON
from tests.support.workflow import run

C, D = "useries-2a", "useries-2b"
LIMIT = ("-e", "upgrade_max_suspended_minutes=600", "-e", "upgrade_updater_by_hand=true")


def looked_at(ran: Ran) -> list[str]:
    """The hosts whose gates were checked, in turn."""
    ended = ("ok", "failed")
    found = [one["host"] for one in ran.events if one["task"].endswith(": Gates") and one["status"] in ended]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("words", "first"), [((), A), (("-e", f"upgrade_canary={D}"), D)])
def test_a_first_pair_that_fails_is_the_only_one(
    core: Core, tmp_path: Path, words: tuple[str, ...], first: str
) -> None:
    """It is not even paired."""
    with site(core, tmp_path, pairs=2) as pair:
        ran = run(pair, "upgrade", *LIMIT, *words)
        assert ran.code != 0
        assert looked_at(ran) == [first]
        assert {event["host"] for event in ran.events} == {first}
        assert pair.writes() == 0


@pytest.mark.long
def test_the_canary_goes_first_and_then_the_others(core: Core, tmp_path: Path) -> None:
    """Each pair once, also when the canary is not its first node; one that is not there stops everything."""
    with site(core, tmp_path, pairs=2) as pair:
        pair.pair_by_hand()
        pair.pair_by_hand("UVM-2A", "UVM-2B")
        pair.run(*NO_BACKUP_SOON, playbook=BACKUP).good()
        pair.control.reset_counts()
        gates = run(pair, "upgrade", *LIMIT, "-e", f"upgrade_canary={D}", "--tags", "gates").good()
        assert looked_at(gates) == [D, A]
        wrong = run(pair, "upgrade", *LIMIT, "-e", "upgrade_canary=useries-9z")
        assert "upgrade_canary is useries-9z, which is neither a host nor a group of this run" in explained(wrong)
        left_out = run(pair, "upgrade", *LIMIT, "-e", f"upgrade_canary={C}", "--limit", A)
        assert "leave it out" in explained(left_out)
        assert pair.writes() == 0
