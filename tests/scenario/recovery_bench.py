# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An appliance that was imaged afresh, whose Windows can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.support.simulator import Simulated
from tests.support.way import SPEED

DESKTOP = "C:\\Users\\Public\\Desktop"
UPDATE, PREPARE = f"{DESKTOP}\\Update Appliance.bat", f"{DESKTOP}\\Prepare For Shipping.bat"
ENCRYPTED = 7300.0  # seconds after which the model has encrypted everything


def recovery(bench: Bench) -> dict[str, Any]:
    """What the model has of the recovery."""
    found: dict[str, Any] = bench.control.state(A)["recovery"]
    return found


def model(bench: Bench, name: str, value: Any) -> None:
    """Set something of the model."""
    bench.control.do(A, "recovery.set_up", name, value)


@pytest.fixture(scope="session")
def windows_pair() -> Iterator[Simulated]:
    """One pair for all tests of a file that uses it."""
    with Simulated(surfaces=("console", "endpoint", "windows")) as pair:
        yield pair


@pytest.fixture
def imaged(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """Node A after its two reboots; BitLocker has begun."""
    with benched(windows_pair, tmp_path) as made:
        made.control.set_speed(SPEED)
        made.control.set("windows", {}, node=A)
        made.control.do(A, "recovery.imaged")
        made.control.reset_counts()
        made.secrets.add(made.inventory[A]["useries_windows_password"])
        made.inventory[A].pop("useries_partner", None)
        yield made


@pytest.fixture
def encrypted(imaged: Bench) -> Bench:
    """The same when everything is encrypted."""
    imaged.control.advance(ENCRYPTED)
    return imaged
