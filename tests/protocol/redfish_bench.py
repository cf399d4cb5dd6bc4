# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated iDRAC on loopback for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from simulator.model.appliance import Appliance
from simulator.model.world import World
from simulator.wires import Fault, RequestLog
from simulator.wires.redfish import MemberNames, Server, serve

SERVICE_TAG = "4XK7Q13"
PASSWORD = "Canary-7f3a-idrac"
NODE = "UVM-1A"
HOST = "127.0.0.1"
SESSIONS = "/redfish/v1/SessionService/Sessions"


@dataclass
class Bench:
    """One iDRAC, and everything a test wants to see or to disturb."""

    world: World
    appliance: Appliance
    log: RequestLog
    server: Server
    ca_path: Path

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"https://{HOST}:{self.server.port}"

    def disturb(self, **order: object) -> None:
        """Order a fault, see simulator.wires.Fault."""
        self.log.faults.add(Fault(node=NODE, surface="idrac", **order))  # type: ignore[arg-type]

    def count(self, kind: str) -> int:
        """How many requests of a kind (login, logout, read, write, all) have been answered."""
        return dict(self.log.counts().get(NODE, {}).get("idrac", {})).get(kind, 0)

    def send(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        data: bytes | None = None,
        token: str | None = None,
        auth: tuple[str, str] | None = ("root", PASSWORD),
        headers: dict[str, str] | None = None,
    ) -> requests.Response:
        """A plain request without any client of ours; a token replaces the sign-in."""
        given = {**(headers or {}), **({"X-Auth-Token": token} if token is not None else {})}
        auth = None if token is not None else auth
        url = self.url + path
        return requests.request(
            method, url, json=json, data=data, auth=auth, headers=given, verify=str(self.ca_path), timeout=10
        )

    def sign_in(self) -> requests.Response:
        """Open a session."""
        return self.send("POST", SESSIONS, json={"UserName": "root", "Password": PASSWORD}, auth=None)


@contextmanager
def idrac(directory: Path, names: MemberNames | None = None) -> Iterator[Bench]:
    """Start it; the simulated clock stands still until a test moves it."""
    world = World(pairs=1, speed=0.0, seed=1, directory=directory)
    appliance = world.appliance(NODE)
    appliance.service_tag, appliance.bios_version, appliance.idrac_version = SERVICE_TAG, "2.19.1", "7.00.00.171"
    appliance.users["idrac"].username, appliance.users["idrac"].password = "root", PASSWORD
    log = RequestLog()
    bench = Bench(world, appliance, log, serve(world, appliance, HOST, 0, log, names=names), directory / "ca.pem")
    try:
        yield bench
    finally:
        bench.server.stop()
