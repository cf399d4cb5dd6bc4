# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of the database while an upgrade has mirroring suspended, read from a SQL Server (design, section 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.test_upgrade import STEPS, prepared, said
from tests.support.playbook import Core
from tests.support.site import A, explained, site
from tests.support.workflow import evidence, outcomes, refused, run

SURFACES = ("console", "endpoint", "sql")
BY_HAND = ("-e", "upgrade_updater_by_hand=true")
GROWTH = 2.5  # MB in a simulated minute


def limit(size: float) -> tuple[str, ...]:
    """GB that the log may take; no limit in minutes."""
    return (*BY_HAND, "-e", f"upgrade_max_log_gb={size}")


def test_a_log_that_grows_too_far_stops_before_the_next_package(core: Core, tmp_path: Path) -> None:
    """No limit in minutes is needed; a higher one goes on, and the end is reached."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        prepared(pair)
        waits = run(pair, "upgrade", *limit(1))
        assert outcomes(evidence(pair, waits))["log_growth"] == "passed"
        assert f"waiting for a person: {STEPS[0]}" in explained(waits)
        pair.control.advance(2048 / GROWTH * 60)
        pair.control.reset_counts()
        full = run(pair, "upgrade", *limit(1), *said(STEPS[0]))
        told = explained(full)
        assert "GB in use; the limit, upgrade_max_log_gb, is 1" in told, told
        assert "there is no failover until it is resumed" in told, told
        assert pair.orders("schedule_updates") == []
        pair.control.set("sql_free", True, A)
        silent = run(pair, "upgrade", *limit(9))
        assert "cannot be read any more over SQL" in explained(silent), explained(silent)
        pair.control.set("sql_free", False, A)
        run(pair, "upgrade", *limit(9), *said(*STEPS)).good()
        assert pair.state(A)["ha"]["mirror_state"] == "SYNCHRONIZED"


@pytest.mark.long
def test_a_limit_that_the_log_cannot_keep_is_refused(core: Core, tmp_path: Path) -> None:
    """It is too small, too large for the file, or nobody can read the log."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        prepared(pair)
        refused(pair, run(pair, "upgrade", *limit(0.05)), "upgrade", ("0.06 GB in use", "upgrade_max_log_gb is 0.05"))
        refused(pair, run(pair, "upgrade", *limit(21)), "upgrade", ("its file may have 20.0 GB", "have room for"))
        unset = run(pair, "upgrade", *limit(1), "-e", "useries_sql_host=")
        refused(pair, unset, "upgrade", ("cannot be read over SQL", "useries_sql_host"))
