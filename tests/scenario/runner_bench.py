# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the in-process runner share: inventories that differ from the simulator's, and small waits."""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tests.support.playbook import Playbooks, Running
from tests.support.simulator import Simulated, SimulatedNode

A, B = "useries-1a", "useries-1b"
Edit = Callable[[dict[str, Any], dict[str, dict[str, Any]]], None]


def inventory(simulated: Simulated, path: Path, edit: Edit) -> Path:
    """The simulator's inventory after ``edit(variables of all, variables by host)``."""
    data = yaml.safe_load(simulated.inventory.read_text(encoding="utf-8"))
    everybody = data["useries"]
    edit(everybody["vars"], everybody["children"]["pair_1"]["hosts"])
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def fingerprint(node: SimulatedNode) -> str:
    """SHA-256 of the certificate that the node serves, as a person reads it in a browser."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((node.address, node.ports["console"]), 5) as raw, context.wrap_socket(raw) as wrapped:
        digest = hashlib.sha256(wrapped.getpeercert(binary_form=True) or b"").hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def until(condition: Callable[[], bool], running: Running | None = None, seconds: float = 30) -> None:
    """Wait until something holds; a run that ended meanwhile is told."""
    end = time.monotonic() + seconds
    while not condition():
        if running is not None and running.process.poll() is not None:
            raise AssertionError(f"the run ended first:\n{running.ended().output}")
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def events(running: Running) -> int:
    """How many tasks have ended so far."""
    return len(running.record.read_text(encoding="utf-8").splitlines()) if running.record.exists() else 0


def processes(playbooks: Playbooks) -> list[str]:
    """Processes whose environment says that they belong to this test."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment = path.read_bytes()
        except OSError:
            continue
        if f"HOME={playbooks.directory}\0".encode() in environment:
            found.append(path.parent.name)
    return found
