# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An order leaves the browser once.

Chromium by itself sends a request again, also a posted one, when a connection that has been open for a while is reset
before any answer came (``HttpNetworkTransaction::ShouldResendRequest``): the appliance may have carried out the first
one. What was sent on a fresh connection is not sent again. So every request that is more than a look is held until all
waiting connections are closed, also those that Chromium opened in advance; it then gets one of its own.

Sources: Chrome DevTools Protocol (``Fetch``); ``chrome://net-internals/#sockets``, whose button "Close idle sockets"
sends ``closeIdleSockets``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

INSIDE = "chrome://net-internals/#sockets"
LOOKS = frozenset(("GET", "HEAD", "OPTIONS"))
_KINDS = ("Document", "XHR", "Fetch")
_CLOSE = "chrome.send('closeIdleSockets')"


class Once:
    """Watches over what one window sends.

    Where a policy of the system forbids the page inside Chromium, requests go out as Chromium sends them.

    :param context: of the window, before any other page is open in it.
    """

    def __init__(self, context: Any) -> None:
        self._inside: Any = None
        page = context.new_page()
        try:
            page.goto(INSIDE, wait_until="commit", timeout=30000)
            page.evaluate(_CLOSE)
            self._inside = page
        except Exception:  # noqa: BLE001 - a policy, or a Chromium without it
            page.close()

    def watch(self, cdp: Any, proxy: Mapping[str, str] | None) -> None:
        """Hold what the window of this session sends from now on.

        :param proxy: as Playwright takes it; who holds requests is asked for its password, too.
        """
        if self._inside is None:
            return
        told: set[str] = set()

        def asked(event: dict[str, Any]) -> None:
            mine = event["authChallenge"].get("source") == "Proxy" and bool(proxy and "username" in proxy)
            answer = {"response": "ProvideCredentials" if mine else "Default"}
            if proxy is not None and mine and event["requestId"] not in told:
                told.add(event["requestId"])
                answer |= {"username": proxy["username"], "password": proxy["password"]}
            elif mine:
                answer["response"] = "CancelAuth"  # it does not take them
            with contextlib.suppress(Exception):
                cdp.send("Fetch.continueWithAuth", {"requestId": event["requestId"], "authChallengeResponse": answer})

        def held(event: dict[str, Any]) -> None:
            if event["request"]["method"].upper() not in LOOKS:
                with contextlib.suppress(Exception):  # that page has crashed
                    self._inside.evaluate(_CLOSE)
            with contextlib.suppress(Exception):  # the window is being closed
                cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})

        cdp.on("Fetch.requestPaused", held)
        cdp.on("Fetch.authRequired", asked)
        patterns = [{"resourceType": kind} for kind in _KINDS]
        cdp.send("Fetch.enable", {"patterns": patterns, "handleAuthRequests": bool(proxy)})
