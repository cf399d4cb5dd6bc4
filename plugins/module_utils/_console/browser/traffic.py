# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a window asks of the appliance, and what came of it (Playwright's events of a page)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.once import LOOKS
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock

LONG_POLL = 1.5
"""Seconds after which a request is taken for one that waits for news; never one that brings another page."""

OWED = 3.0
"""Seconds after a click within which a posted request belongs to it: its answer is waited for."""

_MOST = 200


@dataclass
class Sent:
    """A request that is not finished.

    :param looks: whether it only reads; :param goes: whether it brings another page.
    """

    since: float
    looks: bool
    goes: bool
    answered: bool = False


class Traffic:
    """Requests of one page to one host; others do not exist for the window, and what a page wants of them fails."""

    def __init__(self, page: Any, host: str, clock: Clock) -> None:
        self._host = host.casefold()
        self._clock = clock
        self.forget()
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_failed)
        page.on("response", self._on_response)

    def forget(self) -> None:
        """What comes now belongs to the next step."""
        self._under_way: dict[Any, Sent] = {}
        self.answers: list[dict[str, Any]] = []

    # -- what it tells

    def __len__(self) -> int:
        return len(self._under_way)

    def leaving(self) -> bool:
        """Whether another page is asked for and has not answered."""
        return any(one.goes and not one.answered for one in self._under_way.values())

    def recent(self) -> bool:
        """Whether an answer may come soon."""
        now = self._clock.now()
        return self.leaving() or any(now - one.since < LONG_POLL for one in self._under_way.values())

    def owed(self, touched: float) -> int:
        """Requests without an answer that tell what came of the click at that time."""
        return sum(
            not one.answered and (one.goes or (not one.looks and 0 <= one.since - touched < OWED))
            for one in self._under_way.values()
        )

    # -- events

    def _is_ours(self, request: Any) -> bool:
        return (urlsplit(request.url).hostname or "").casefold() == self._host

    def _on_request(self, request: Any) -> None:
        if self._is_ours(request):
            self._under_way[request] = Sent(self._clock.now(), request.method in LOOKS, request.is_navigation_request())

    def _on_end(self, request: Any) -> None:
        self._under_way.pop(request, None)

    def _on_failed(self, request: Any) -> None:
        self._under_way.pop(request, None)
        reason = str(request.failure or "")
        if "ERR_ABORTED" not in reason:
            self._note(request, 0, reason)

    def _on_response(self, response: Any) -> None:
        sent = self._under_way.get(response.request)
        if sent is not None:
            sent.answered = True
        self._note(response.request, response.status, "")

    def _note(self, request: Any, status: int, reason: str) -> None:
        if self._is_ours(request):
            told = {"method": request.method, "status": status, "reason": reason, "type": request.resource_type}
            self.answers.append({**told, "path": urlsplit(request.url).path})
            del self.answers[:-_MOST]
