# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pair whose iDRACs, and whose Windows, answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ansible_collections.useries.appliance.plugins.module_utils._compose.ending import end_of_run
from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.support.simulator import Simulated


@pytest.fixture(scope="module")
def with_idrac() -> Iterator[Simulated]:
    """A pair whose iDRACs answer."""
    with Simulated(surfaces=("console", "endpoint", "windows", "idrac")) as running:
        yield running


@pytest.fixture
def bench(with_idrac: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """The same, at its start."""
    with benched(with_idrac, tmp_path) as made:
        for surface in ("idrac", "windows"):
            made.secrets |= {made.inventory[host][f"useries_{surface}_password"] for host in (A, B)}
        yield made
        made.control.clear_faults()
        end_of_run(tmp_path, "bad-input")  # an iDRAC has eight sessions


def account(bench: Bench, role: str) -> dict[str, Any]:
    """Another user of the iDRAC, in its third slot: the options that sign in with it."""
    own = bench.inventory[A]
    user = {"UserName": "reader", "Password": "Canary-reader-1", "RoleId": role, "Enabled": True}
    answer = requests.patch(
        f"https://{own['useries_idrac_host']}:{own['useries_idrac_port']}/redfish/v1/AccountService/Accounts/3",
        json=user,
        auth=(own["useries_idrac_username"], own["useries_idrac_password"]),
        verify=own["useries_idrac_ca_path"],
        timeout=10,
    )
    assert answer.status_code == 200, answer.text
    bench.secrets.add(user["Password"])
    bench.control.reset_counts()
    return {"idrac_username": user["UserName"], "idrac_password": user["Password"]}
