# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An appliance whose network of Windows is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures import network_change
from tests.scenario.bad_input_bench import A, Bench, benched
from tests.support.simulator import Simulated

PACE = 20.0  # simulated seconds per real second: the appliance needs real time to close its ports and to open them
GATEWAY, DNS = "127.0.0.1", ["192.0.2.53"]


@pytest.fixture
def node(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """Node A with four cards, the first of which has the address by DHCP."""
    with benched(windows_pair, tmp_path) as made:
        made.control.set_speed(PACE)
        made.inventory[A]["useries_time_scale"] = PACE
        stand(made)
        made.control.reset_counts()
        made.secrets.add(made.inventory[A]["useries_windows_password"])
        made.inventory[A].pop("useries_partner", None)
        yield made


def stand(bench: Bench, **windows: Any) -> None:
    """How its Windows differs."""
    bench.control.set("windows", windows, node=A)


def switch(bench: Bench, name: str, value: Any) -> None:
    """What the switch, or Windows, does."""
    bench.control.do(A, "adapters.set_up", name, value)


def fixed(bench: Bench, name: str = "Ethernet 1", address: str = "") -> None:
    """A card gets a fixed address, as a rule that of the appliance; there is no DHCP server any more."""
    switch(bench, "dhcp_server", False)
    bench.control.do(A, "adapters.static", name, address, 24, GATEWAY, DNS)


def network(bench: Bench) -> dict[str, Any]:
    """What the model has of it."""
    found: dict[str, Any] = bench.control.state(A)["adapters"]
    return found


def teams(bench: Bench) -> dict[str, Any]:
    """Team -> members, mode, load balancing."""
    return {
        name: (sorted(one["members"]), one["mode"], one["balancing"]) for name, one in network(bench)["teams"].items()
    }


def interfaces(bench: Bench) -> dict[str, Any]:
    """Interface -> whether by DHCP, addresses, gateway, DNS servers, VLAN."""
    return {
        name: (one["dhcp"], one["addresses"], one["gateway"], one["dns"], one["vlan"])
        for name, one in network(bench)["interfaces"].items()
    }


def connected(bench: Bench) -> bool:
    """Whether it answers."""
    return bool(bench.control.state(A)["reachable"])


def tasks(bench: Bench) -> list[str]:
    """The tasks of the task scheduler that are there."""
    return list(bench.control.state(A)["scheduler"]["jobs"])


def ran(bench: Bench) -> list[str]:
    """What its tasks have run."""
    return list(bench.control.state(A)["scheduler"]["ran"])


class Died(BaseException):
    """The run ends here, as if it were killed."""


def dies_after_the_start(bench: Bench, monkeypatch: pytest.MonkeyPatch, module: str, **given: Any) -> None:
    """A run that starts a change and never looks at it again."""

    def dead(*_details: Any) -> None:
        raise Died

    monkeypatch.setattr(network_change.NetworkChange, "effect", dead)
    with pytest.raises(Died):
        bench.attempt(module, **given)
    monkeypatch.undo()
    bench.control.advance(60)
