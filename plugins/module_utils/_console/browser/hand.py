# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a hand does in one browser window: go, look, click, type. Plain values in and out, so that it can be at work in
another process (``keeper.py``).

Sources: Playwright for Python (sync API), Chrome DevTools Protocol (``Network.getCertificate``).
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.chromium import (
    NOWHERE,
    Launch,
    flags,
    proxy_settings,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.fingers import (
    QUIET,
    Fingers,
    HandError,
    first_line,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.once import Once
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.scripts import STATE, WATCH
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.seeing import SNAPSHOT
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.traffic import Traffic
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

RESTLESS = 5.0
"""Seconds after which a page that changes all the time is taken as it is, when nothing tells that it loads."""

TURNING = 3.0
"""Seconds after which a spinner is taken for decoration: nothing changes and nothing is under way."""

SETS_OUT = 0.25
"""Seconds that a click may take until another page is asked for."""

LOOK_EVERY = 0.04

_NO_CONNECTION = (
    "ERR_CONNECTION_REFUSED",
    "ERR_ADDRESS_UNREACHABLE",
    "ERR_CONNECTION_TIMED_OUT",
    "ERR_PROXY_CONNECTION_FAILED",
)


_GOING = {"still": 0.0, "moving": False, "busy": False, "ready": False, "inert": False}
"""The state of a page that is being left."""


class Hand(Fingers):
    """One window of one browser; closed with :meth:`end`."""

    VERBS = frozenset(
        (
            "start",
            "go",
            "settle",
            "look",
            "click",
            "write",
            "type",
            "choose",
            "flip",
            "upload",
            "keys",
            "held",
            "scroll",
            "search",
            "aside",
        )
        + ("certificate", "cookies", "put_cookies", "answer_next", "fetched", "forget", "downloaded", "discard")
        + ("renew", "asked")
    )

    def __init__(self) -> None:
        self._playwright: Any = None
        self._browser: Any = None
        self._launched: Launch | None = None
        self._page: Any = None
        self._cdp: Any = None
        self._handles: list[Any] = []
        self._looks = 0
        self._traffic: Any = None
        self._clock = Clock()
        self._fresh()

    def _fresh(self) -> None:
        self._asked: list[dict[str, str]] = []
        self._agree = False
        self._download: Any = None

    # -- the browser

    def start(self, launch: Mapping[str, Any]) -> dict[str, Any]:
        """Start the browser, or keep the one that runs with the same settings.

        :returns: ``version`` and whether it is ``new``.
        """
        wanted = Launch(**launch)
        if self._browser is not None and self._browser.is_connected() and self._launched == wanted:
            return {"version": self._browser.version, "new": False}
        self.end()
        sync_api = optional("playwright.sync_api")
        if not sync_api:
            raise HandError("missing_library", "playwright")
        self._playwright = sync_api.sync_playwright().start()
        self._browser = self._launch(wanted)
        self._launched = wanted
        self._open_window()
        return {"version": self._browser.version, "new": True}

    def _launch(self, wanted: Launch) -> Any:
        proxy = NOWHERE if wanted.proxy else None  # the window has the real one
        problem: Exception | None = None
        for sandbox in (True, False) if wanted.sandbox else (False,):  # containers often forbid what the sandbox needs
            try:
                return self._playwright.chromium.launch(
                    executable_path=wanted.program,
                    args=flags(wanted),
                    chromium_sandbox=sandbox,
                    timeout=30000,
                    proxy=proxy,
                )
            except Exception as error:  # noqa: BLE001 - Playwright's own; told in words below
                problem = error
        self.end()
        raise HandError("precondition", first_line(problem))

    def _open_window(self) -> None:
        context = self._browser.new_context(
            accept_downloads=True,
            viewport={"width": 1600, "height": 1200},
            service_workers="block",
            proxy=proxy_settings(self._launched),
        )
        context.add_init_script(WATCH)
        once = Once(context)
        page = self._page = context.new_page()
        self._handles = []
        self._fresh()
        self._cdp = context.new_cdp_session(page)
        self._cdp.send("Network.enable")
        once.watch(self._cdp, proxy_settings(self._launched))
        self._traffic = Traffic(page, self._launched.host if self._launched else "", self._clock)
        page.on("dialog", self._on_dialog)
        page.on("download", self._on_download)
        context.on("page", self._on_window)

    def end(self) -> None:
        """Close the browser; nothing of it is left."""
        for close in (self._browser and self._browser.close, self._playwright and self._playwright.stop):
            with contextlib.suppress(Exception):
                if close:
                    close()
        self._playwright = self._browser = self._page = self._cdp = self._launched = None
        self._handles = []
        self._fresh()

    # -- what the page does meanwhile

    def _on_dialog(self, dialog: Any) -> None:
        if not self._agree:
            self._asked.append({"type": dialog.type, "message": dialog.message})
        if dialog.type in ("alert", "beforeunload") or self._agree:
            dialog.accept()
        else:
            dialog.dismiss()

    def _on_download(self, download: Any) -> None:
        self._download = download

    def _on_window(self, page: Any) -> None:
        """A page that opens a window of its own: its address is shown in ours, as there is one hand only."""
        if page is self._page:
            return
        with contextlib.suppress(Exception):
            page.wait_for_load_state("commit", timeout=3000)
            url = page.url
            page.close()
            if url.startswith("http"):
                self._page.goto(url, wait_until="commit", timeout=10000)

    # -- going and looking

    def go(self, url: str, timeout: float) -> dict[str, Any]:
        """Open an address; waits until the page is at rest.

        :param timeout: seconds; :returns: ``status``, ``url``, and what :meth:`settle` tells.
        """
        status = 0
        for attempt in range(3):
            self.forget()
            try:
                answer = self._page.goto(url, wait_until="commit", timeout=timeout * 1000)
                status = answer.status if answer is not None else 0
                break
            except Exception as error:
                text = first_line(error)
                if attempt == 2 or "interrupted by another navigation" not in text:  # a late answer to an earlier step
                    raise net_error(text) from error
                self._page.wait_for_timeout(500)  # until that page is there
        return {"status": status, "url": self._page.url, **self.settle(timeout)}

    def settle(self, timeout: float, least: float = 0.0) -> dict[str, Any]:
        """Wait until the page is at rest.

        :param least: seconds without a change that are asked for; where no script could change the page none are.
        :returns: ``rest``: whether it came to rest;
            ``still``: seconds since its last change, or since the last click; ``under_way``: requests that are not
            finished; ``owed``: those without an answer that the last click sent, or that bring another page.
        """
        begin = self._clock.now()
        while True:
            traffic = self._traffic
            now = self._clock.now()
            # Chromium answers nothing about a page while it waits for the next one, which a click may ask for
            going = traffic.leaving() or now - self.touched < SETS_OUT
            state = _GOING if going else self._state()
            now = self._clock.now()
            still = min(state["still"], now - self.touched)
            wanted = QUIET if state["inert"] and not len(traffic) else max(QUIET, least)
            at_rest = state["ready"] and not state["moving"] and still >= wanted and not traffic.recent()
            if state["busy"]:
                at_rest = at_rest and still >= TURNING and not len(traffic)
            elif state["ready"] and not traffic.leaving() and now - begin > RESTLESS + least:
                at_rest = True
            if at_rest or now - begin > timeout:
                owed = traffic.owed(self.touched)
                return {"rest": at_rest, "still": still, "under_way": len(traffic), "owed": owed}
            self._page.wait_for_timeout(LOOK_EVERY * 1000)

    def _state(self) -> dict[str, Any]:
        states = []
        for frame in self._page.frames:
            with contextlib.suppress(Exception):  # a frame on its way to another page has none
                states.append(frame.evaluate(STATE))
        if not states:
            return _GOING
        return {
            "still": min(one["still"] for one in states) / 1000,
            **{name: any(one[name] for one in states) for name in ("moving", "busy")},
            **{name: all(one[name] for one in states) for name in ("ready", "inert")},
        }

    def look(self) -> dict[str, Any]:
        """The page as it is: ``frames`` (``html``, ``inner``: frame numbers by mark, ``said``), ``url``, and the number
        of the look: what was found in an earlier one can no longer be clicked."""
        for handle in self._handles:
            with contextlib.suppress(Exception):
                handle.dispose()
        self._handles = []
        self._looks += 1
        frames: list[dict[str, Any]] = []
        self._look_at(self._page.main_frame, frames)
        return {"frames": frames, "url": self._page.url, "look": self._looks}

    def _look_at(self, frame: Any, frames: list[dict[str, Any]]) -> int | None:
        try:
            seen = frame.evaluate_handle(SNAPSHOT)
            shot = seen.evaluate("shot => ({html: shot.html, said: shot.said})")
        except Exception as error:  # it went to another page at this very moment
            if frame.parent_frame is not None:
                return None
            raise HandError("stale", first_line(error)) from error
        number = len(frames)
        frames.append({**shot, "inner": {}})
        self._handles.append(seen)
        if "data-u-frame=" in shot["html"]:
            for inner in frame.child_frames:
                mark = self._mark_of(seen, inner)
                below = None if mark is None else self._look_at(inner, frames)
                if below is not None:
                    frames[number]["inner"][str(mark)] = below
        return number

    @staticmethod
    def _mark_of(seen: Any, frame: Any) -> int | None:
        try:
            mark: int = seen.evaluate("(shot, element) => shot.nodes.indexOf(element)", frame.frame_element())
        except Exception:  # noqa: BLE001 - the frame is gone
            return None
        return mark if mark >= 0 else None

    def _element(self, mark: str) -> Any:
        look, number, index = mark.split("-")
        if int(look) != self._looks:
            raise HandError("stale", "it was found before the page was looked at again")
        try:
            handle = self._handles[int(number)].evaluate_handle("(shot, index) => shot.nodes[index]", int(index))
            element = handle.as_element()
        except Exception as error:
            raise HandError("stale", first_line(error)) from error
        if element is None:
            raise HandError("stale", "it is no longer on the page")
        return element

    # -- the rest

    def forget(self) -> None:
        """Forget what was said, asked, answered and sent so far: what comes now belongs to the next step."""
        self._asked, self._download = [], None
        self._traffic.forget()
        for frame in self._page.frames:
            with contextlib.suppress(Exception):
                frame.evaluate("() => { if (window.__useries) window.__useries.said = []; }")

    def asked(self) -> list[dict[str, str]]:
        """What the browser asked or said since :meth:`forget`: ``type`` (confirm, prompt, alert) and ``message``."""
        return [one for one in self._asked if one["type"] in ("confirm", "prompt", "alert")]

    def fetched(self) -> list[dict[str, Any]]:
        """Answers since :meth:`forget`: ``method``, ``path``, ``status`` (0: none came), ``reason``, ``type``."""
        return list(self._traffic.answers)

    def downloaded(self, timeout: float) -> dict[str, str] | None:
        """The file that came since :meth:`forget`, whole: ``path`` and ``filename``; None when none comes."""
        if self._download is None:
            return None
        failure = None
        with contextlib.suppress(Exception):
            self._page.wait_for_timeout(1)
            failure = self._download.failure()
        if failure:
            raise HandError("silent", f"the file broke off ({failure})")
        return {"path": str(self._download.path()), "filename": self._download.suggested_filename}

    def discard(self) -> None:
        """Remove the file that came."""
        if self._download is not None:
            with contextlib.suppress(Exception):
                self._download.delete()
            self._download = None

    def certificate(self, origin: str) -> list[str]:
        """DER certificates, base64, that the browser has of ``https://host:port``; the server's own first."""
        answer = self._cdp.send("Network.getCertificate", {"origin": origin})
        return [str(one) for one in answer["tableNames"]]

    def cookies(self) -> dict[str, str]:
        """Cookies of the window, by name."""
        return {one["name"]: one["value"] for one in self._page.context.cookies()}

    def put_cookies(self, url: str, cookies: Mapping[str, str]) -> None:
        """Take over a session."""
        self._page.context.clear_cookies()
        self._page.context.add_cookies([{"name": name, "value": text, "url": url} for name, text in cookies.items()])

    def idle(self) -> None:
        """Take notice of what the page does while nobody gives orders."""
        if self._page is not None:
            with contextlib.suppress(Exception):
                self._page.wait_for_timeout(1)

    def renew(self) -> None:
        """A new window that knows nothing of the session before."""
        before = self._page.context
        self._open_window()
        with contextlib.suppress(Exception):
            before.close()


def net_error(text: str) -> HandError:
    """Why a page did not come, from Chromium's words (``net::ERR_...``)."""
    code = text.partition("net::")[2].split(" ")[0] or ""
    if code.startswith(("ERR_CERT", "ERR_SSL", "ERR_BAD_SSL")):
        return HandError("untrusted", code)
    if code == "ERR_NAME_NOT_RESOLVED":
        return HandError("elsewhere", code)
    if code in _NO_CONNECTION:
        return HandError("unreachable", code)
    return HandError("silent", code or ("no answer in time" if "Timeout" in text else text))
