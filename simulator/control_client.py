# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small client of the control port, for tests and for people at a Python prompt.

A node is named by its network name (``UVM-1A``) or its inventory name (``useries-1a``).
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class ControlError(Exception):
    """The control port refused the order; the text says why."""


class ControlClient:
    """Orders to a running simulator.

    :param host, port, token: as simulator.json tells them under ``control``.
    """

    def __init__(self, host: str, port: int, token: str) -> None:
        self._base, self._token = f"http://{host}:{port}", token
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @classmethod
    def of(cls, directory: Path) -> ControlClient:
        """The client of the simulator that runs with this directory."""
        return cls(**json.loads((directory / "simulator.json").read_text(encoding="utf-8"))["control"])

    def call(self, method: str, path: str, order: Mapping[str, Any] | None = None) -> Any:
        """One order; returns its answer as data."""
        headers = {"X-Simulator-Token": self._token, "Content-Type": "application/json"}
        data = json.dumps(order or {}).encode() if method == "POST" else None
        if method == "GET" and order:
            path += "?" + urllib.parse.urlencode(order)
        request = urllib.request.Request(self._base + path, data=data, headers=headers, method=method)
        try:
            with self._opener.open(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            answer = error.read().decode()
            raise ControlError(
                json.loads(answer)["error"] if answer.startswith("{") else f"{error}: {answer}"
            ) from None

    def log(self, node: str = "", wire: str = "") -> list[dict[str, Any]]:
        """Requests so far: at, node, wire, method, path, kind (login, logout, read, write), status, what."""
        wanted = {key: value for key, value in (("node", node), ("wire", wire)) if value}
        result: list[dict[str, Any]] = self.call("GET", "/log", wanted)
        return result

    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        """Network name -> wire -> kind (and ``all``) -> number of requests."""
        result: dict[str, dict[str, dict[str, int]]] = self.call("GET", "/counts")
        return result

    def count(self, kind: str = "write", node: str = "", wire: str = "") -> int:
        """How many requests of a kind, over all nodes and wires or the ones named."""
        return sum(1 for entry in self.log(node, wire) if kind in (entry["kind"], "all"))

    def reset_counts(self) -> None:
        """Forget the requests so far."""
        self.call("POST", "/counts/reset")

    def fault(self, kind: str, node: str = "*", surface: str = "console", **more: Any) -> None:
        """Misbehave: kind refuse, reset, delay, status, truncate or expire_session.

        More: count (1; below 0: until cleared), path (part of the address or of ``what`` in the log, e.g. a page id),
        method, seconds (real), code (503), when (before or after the action is carried out). A browser that meets a
        reset on a connection it used before sends the request once more, by itself, a post too.
        """
        self.call("POST", "/fault", {"kind": kind, "node": node, "surface": surface, **more})

    def clear_faults(self) -> None:
        """Forget all faults."""
        self.call("POST", "/faults/clear")

    def advance(self, seconds: float) -> None:
        """Jump forward by simulated seconds (long processes)."""
        self.call("POST", "/clock", {"advance": seconds})

    def advance_real(self, seconds: float) -> None:
        """Move the time that sessions, certificates and the date page go by."""
        self.call("POST", "/clock", {"advance_real": seconds})

    def align(self) -> None:
        """Move the time of sessions, certificates and the date page to where the simulated clock is now."""
        self.call("POST", "/clock", {"align": True})

    def set_speed(self, speed: float) -> None:
        """Simulated seconds per real second from now on."""
        self.call("POST", "/clock", {"speed": speed})

    def snapshot(self, name: str = "default") -> None:
        """Remember the whole state."""
        self.call("POST", "/snapshot", {"name": name})

    def restore(self, name: str = "default") -> None:
        """Back to a snapshot; everybody is signed out."""
        self.call("POST", "/restore", {"name": name})

    def reset(self) -> None:
        """Back to the state of the start; log and faults are empty, everybody is signed out."""
        self.call("POST", "/reset")

    def power(self, node: str, power: str, graceful: bool | None = None) -> dict[str, Any]:
        """on, off or restart; off is a pulled plug unless ``graceful``."""
        order: dict[str, Any] = {"name": node, "power": power}
        if graceful is not None:
            order["graceful"] = graceful
        result: dict[str, Any] = self.call("POST", "/node", order)
        return result

    def labels(self, hide: list[str] | None = None, duplicate: list[str] | None = None) -> None:
        """Labels (or dotted ids) that vanish or stand twice from now on; None leaves a list as it is."""
        order = {"hide": hide, "duplicate": duplicate}
        self.call("POST", "/labels", {key: value for key, value in order.items() if value is not None})

    def oddity(self, name: str | None = None, host: str | None = None) -> str:
        """Let the consoles (or that of ``host``) behave oddly from now on; None: as usual again.

        captcha: the sign-in page asks for the characters of a picture; second_factor: a verification code is asked
        after the right password; cover: something lies over every page, once per sign-in; endless: what a page
        needs never ends. Returns what a person would type for the first two.
        """
        result: dict[str, str] = self.call("POST", "/oddity", {"name": name or "", "node": host or ""})
        return result["answer"]

    def set(self, attribute: str, value: Any, node: str = "") -> None:
        """Set a switch of the world, or with ``node`` of an appliance."""
        self.call("POST", "/set", {"node": node, "attribute": attribute, "value": value})

    def do(self, node: str, call: str, *args: Any) -> Any:
        """Call a method of an appliance: ``fail_next`` with action and message, ``ha.suspend`` as a person would."""
        return self.call("POST", "/set", {"node": node, "call": call, "args": list(args)})

    def state(self, node: str = "") -> dict[str, Any]:
        """Everything the model holds (no passwords), of all nodes under ``nodes``, or of one node."""
        result: dict[str, Any] = self.call("GET", "/state")
        if not node:
            return result
        name = node.upper().replace("USERIES-", "UVM-")
        found: dict[str, Any] = result["nodes"][name]
        return found
