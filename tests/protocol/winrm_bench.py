# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for the model, and WinRM served from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from simulator.model.certificates import Authority, CertificateStore
from simulator.model.clock import SimClock
from simulator.model.devices import Disk
from simulator.windows.machine import Windows
from simulator.wires import RequestLog
from simulator.wires.winrm import serve

PASSWORDS = {
    "C:": "111111-222222-333333-444444-555555-666666-111111-222222",
    "D:": "011011-022022-033033-044044-055055-066066-077077-088088",
}
IDENTIFIERS = {"C:": "{8A3F0C1E-0000-4111-8222-00000000000C}", "D:": "{8A3F0C1E-0000-4111-8222-00000000000D}"}


@dataclass
class StandIn:
    """The part of an appliance that Windows needs."""

    authority: Authority
    name: str = "UVM-1A"
    machine_name: str = "UVM-1A"
    service_tag: str = "BCD1234"
    bios_version: str = "2.12.2"
    fips: bool = False
    reachable: bool = True
    boot_time: datetime = datetime(2026, 1, 2, 3, 4, 5, 678000, timezone.utc)
    windows: Windows = field(default_factory=Windows)
    clock: SimClock = field(default_factory=SimClock)
    clock_offset: float = 0.0

    disk: Disk = field(default_factory=Disk)
    next_faults: dict[str, str] = field(default_factory=dict)

    def take_fault(self, name: str) -> str:
        return self.next_faults.pop(name, "")

    def __post_init__(self) -> None:
        self.users = {"windows": SimpleNamespace(username="btadmin", password="Canary-Passw0rd")}
        self.volumes = [
            SimpleNamespace(
                mount_point=drive,
                key_protector_id=IDENTIFIERS[drive],
                recovery_password=text,
                protection=drive == "C:",
                locked=False,
                more_protectors={},
            )
            for drive, text in PASSWORDS.items()
        ]
        self.certificates = CertificateStore()
        self.certificates.add(self.authority.issue(self.machine_name, "127.0.0.1"), bind=True)

    def restart(self) -> None:
        self.boot_time += timedelta(hours=1)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    authority = Authority()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    path.write_bytes(authority.pem)
    return SimpleNamespace(authority=authority, path=str(path))


@pytest.fixture
def appliance(authority):
    return StandIn(authority.authority)


@pytest.fixture
def log():
    return RequestLog()


@pytest.fixture
def wire(appliance, log):
    server = serve(None, appliance, "127.0.0.1", 0, log)
    yield server
    server.stop()
