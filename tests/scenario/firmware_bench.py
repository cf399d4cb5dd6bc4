# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A physical appliance whose firmware is to be changed, and packages for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.support.packages import IDRAC, package
from tests.support.way import SPEED

MODULE = "dell_firmware"
OLD, NEW = "2.12.2", "2.14.2"


@pytest.fixture
def node(bench: Bench) -> Iterator[Bench]:
    """A physical appliance whose Windows and iDRAC answer."""
    bench.control.set_speed(SPEED)
    bench.control.set("windows", {}, node=A)
    bench.control.reset_counts()
    bench.secrets |= {one["recovery_password"] for one in bench.control.state(A)["volumes"]}
    bench.inventory[A].pop("useries_partner", None)
    yield bench


@pytest.fixture
def wanted(node: Bench, tmp_path: Path) -> dict[str, Any]:
    """Options for a newer BIOS."""
    made = package(tmp_path / f"BIOS_0X1Y2_WN64_{NEW}.EXE", NEW)
    return {"component": "bios", "package": str(made), "escrow_file": str(tmp_path / "keys.json")}


@pytest.fixture
def wanted_idrac(node: Bench, tmp_path: Path) -> dict[str, Any]:
    """Options for a newer iDRAC."""
    made = package(
        tmp_path / "iDRAC-with-Lifecycle-Controller_Firmware_A1_WN64_7.00.00.171_A00.EXE", "7.00.00.171", IDRAC
    )
    return {"component": "idrac", "package": str(made), "escrow_file": str(tmp_path / "keys.json")}


def state(bench: Bench) -> dict[str, Any]:
    """The node as the model has it."""
    found: dict[str, Any] = bench.control.state(A)
    return found


def drive(bench: Bench) -> tuple[bool, int]:
    """Whether the model protects the drive of Windows, and the restarts left."""
    found = next(one for one in state(bench)["volumes"] if one["mount_point"] == "C:")
    return found["protection"], found["suspended_restarts"]


def sent(bench: Bench) -> list[str]:
    """The last words of what was written to the iDRAC."""
    paths = [entry["path"] for entry in bench.control.log(A, "idrac") if entry["kind"] == "write"]
    return [path.rsplit("/", 1)[-1] for path in paths]


def well(result: dict[str, Any], changed: bool) -> dict[str, Any]:
    assert (result.get("failed"), result.get("unreachable"), result["changed"]) == (None, None, changed), result
    found: dict[str, Any] = result["firmware"]
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder that is served over HTTP."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
