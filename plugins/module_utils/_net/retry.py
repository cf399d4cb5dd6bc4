# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one rule of what may be sent again (RFC 9110 section 9.2.2: only what is idempotent, or was never sent)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

PAUSES = (0.5, 2.0)
"""Seconds before the second and the third try; there is no fourth."""

LONGEST_PAUSE = 10.0
"""Seconds at most, whatever Retry-After says."""

Answer = TypeVar("Answer")


class Quick(UseriesError):
    """Unreachable within a moment (refused, reset): worth another try. A time-out is not: it has taken long enough."""


def pause_of(status: int, headers: Mapping[str, str], default: float) -> float | None:
    """Seconds to wait when an answer means `later` (429, 503), else None; Retry-After counts when given in seconds."""
    if status not in (429, 503):
        return None
    try:
        wanted = float(headers.get("Retry-After", default))
    except ValueError:
        wanted = default
    return min(max(wanted, 0.0), LONGEST_PAUSE)


def persist(
    send: Callable[[], Answer], *, clock: Clock, repeat: bool, later: Callable[[Answer, float], float | None]
) -> Answer:
    """Send, and send again where that is safe.

    Nothing was sent and refused at once: again, whatever it is. Sent, but no answer, or an answer that says `later`
    (:func:`pause_of`): again only when ``repeat``.
    """
    for pause in PAUSES:
        try:
            answer = send()
        except UseriesError as error:
            if not (isinstance(error, Quick) or (repeat and error.kind == "silent")):
                raise
            clock.sleep(pause)
            continue
        wait = later(answer, pause) if repeat else None
        if wait is None:
            return answer
        clock.sleep(wait)
    return send()
