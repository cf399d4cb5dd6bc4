# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a synchronized pair comes to be one that a workflow has to refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from tests.support.site import A, B, Site
from tests.support.workflow import refused, run

AWAY = 900  # longer than the partner failover timeout (6 minutes) and the promotion
#: For a run of the role backup: the weekly backup is three days away, whatever the day of the test.
NO_BACKUP_SOON = ("-e", f"backup_schedule_day={datetime.now(timezone.utc) + timedelta(days=3):%A}")

#: A wrong start: what was done to the pair before, further words of the run, and what is told.
Start = tuple[Callable[[Site], None], tuple[str, ...], tuple[str, ...]]


def as_it_is(pair: Site) -> None:
    """The pair is fit, but the order is not."""


def suspended(pair: Site) -> None:
    """Somebody pressed Suspend."""
    pair.control.do(A, "ha.suspend")


def suspended_by_a_failover(pair: Site) -> None:
    """The old active came back within the hour, as the passive one."""
    pair.control.power(A, "off")
    pair.control.advance(AWAY)
    pair.control.power(A, "on")
    pair.control.advance(300)
    assert (pair.role(A), pair.role(B)) == ("Passive", "Active")
    assert pair.state(A)["ha"]["mirror_state"] == "SUSPENDED"


def exposed(pair: Site) -> None:
    """The old active came back too late."""
    pair.control.power(A, "off")
    pair.control.advance(AWAY + 3 * 3600)
    pair.control.power(A, "on")
    pair.control.advance(300)
    assert pair.state(B)["ha"]["mirror_state"] == "EXPOSED"


def two_actives(pair: Site) -> None:
    """The nodes did not see each other for so long that the passive one was promoted."""
    pair.control.do(B, "set_link", False, True)
    pair.control.advance(AWAY)
    assert (pair.role(A), pair.role(B)) == ("Active", "Active")


def disconnected(pair: Site) -> None:
    """The nodes do not see each other; no failover yet."""
    pair.control.do(B, "set_link", False, True)


def passive_is_off(pair: Site) -> None:
    """The passive node is off."""
    pair.control.power(B, "off")


def drill_half_done(pair: Site) -> None:
    """Attempt Auto Resync is still on."""
    pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})


def begun_wrongly(pair: Site, name: str, start: Start, *words: str) -> None:
    """On a pair that is fit but for the start it ends as :func:`refused` says."""
    spoil, more, told = start
    spoil(pair)
    pair.control.reset_counts()
    refused(pair, run(pair, name, *words, *more), name, told)
