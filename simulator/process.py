# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One process with any number of simulated pairs: model, wires, control port, and the files about them."""

from __future__ import annotations

import importlib
import json
import os
import random
import secrets
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.console.style import Style
from simulator.console.updater import root as updater_root
from simulator.control import Control
from simulator.inventory import inventory, label_file, label_overrides, shadow, write_inventory, write_private
from simulator.model.world import World
from simulator.pages import connectors, updater
from simulator.pages.later import navigation
from simulator.pages.relabel import relabelled
from simulator.twins import MOST, Twin
from simulator.wires import RequestLog, Server
from simulator.wires.https import HttpsServer, Node

SURFACES = ("console", "endpoint", "windows", "sql", "idrac")
MODULES = {"windows": "simulator.wires.winrm", "sql": "simulator.wires.tds", "idrac": "simulator.wires.redfish"}
LOOK_EVERY = 0.05


@dataclass(frozen=True)
class Options:
    """What ``python -m simulator`` was told.

    :param navigation: menus and pages of the console (``simulator.pages.later``).
    :param port_base: first of the fixed ports (console, windows, sql, idrac, control in this order); None: free ports.
    :param labels: dotted id -> other words on the console, of which the inventory knows nothing.
    :param twins: appliances of a snapshot, which are simulated instead of ``pairs``.
    :param rendering: of the console: html (server-rendered forms) or script (a single page drawn in the browser).
    """

    directory: Path
    pairs: int = 1
    seed: int = 0
    speed: float = 1.0
    port_base: int | None = None
    surfaces: tuple[str, ...] = SURFACES
    labels: Mapping[str, str] = field(default_factory=dict)
    rendering: str = "html"
    navigation: str = "3.3"
    twins: tuple[Twin, ...] = ()

    def port(self, offset: int) -> int:
        """The port of a wire, 0 for a free one."""
        return 0 if self.port_base is None else self.port_base + offset


class Slot:
    """A further wire of one node, open while the node can be reached; the iDRAC has a network of its own."""

    def __init__(self, surface: str, serve: Callable[..., Server], world: Any, appliance: Any, log: RequestLog) -> None:
        self.surface, self._serve, self._world, self._appliance, self._log = surface, serve, world, appliance, log
        self._server: Server | None = None
        self._port = 0
        self._address = ""
        self._lock = threading.Lock()  # the keeper and the control port both look

    def open(self, port: int) -> int:
        """Start it; returns the port, which is kept from then on."""
        self._address = self._wanted
        self._server = self._serve(self._world, self._appliance, self._address, port, self._log)
        self._port = self._server.port
        return self._port

    def look(self) -> None:
        """Open or close as the appliance and the faults are."""
        with self._world.lock:
            network = self._appliance.idrac_network
            up = network.answers if self.surface == "idrac" else self._appliance.reachable
        wanted = up and not self._log.faults.refused(self._appliance.name, self.surface)
        with self._lock:
            if not wanted or self._address != self._wanted:
                self.stop()
            if wanted and self._server is None:
                self.open(self._port)

    @property
    def _wanted(self) -> str:
        """Where it shall listen now."""
        own = self._appliance.idrac_network if self.surface == "idrac" else self._appliance
        return str(own.address)

    def stop(self) -> None:
        """Close it."""
        if self._server is not None:
            self._server.stop()
            self._server = None


class Simulation:
    """Everything that runs. ``start`` returns when all wires answer; ``stop`` ends them.

    :param options: see :class:`Options`.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.log = RequestLog()
        self.style = Style(options.seed)
        self.navigation = navigation(options.navigation)
        self.pages = relabelled(self.navigation.pages, options.labels)
        self.world = World(options.pairs, options.speed, options.seed, options.directory, options.twins)
        self.token = secrets.token_urlsafe(24)
        self.nodes: dict[str, HttpsServer] = {}
        self.slots: list[Slot] = []
        self.control: Control | None = None
        self._ended = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)

    @property
    def ca_path(self) -> str:
        """Where the certificate of the authority lies."""
        return str((self.options.directory / "ca.pem").resolve())

    def start(self) -> None:
        """Open every wire and write the files."""
        self._place()
        for appliance in self.world.appliances.values():
            node = Node(
                self.world,
                appliance,
                self.log,
                self.style,
                self.pages,
                self.options.surfaces,
                rendering=self.options.rendering,
                entrance=self.navigation.entrance,
                sidebar=self.navigation.sidebar,
            )
            server = HttpsServer(node, appliance.address, self.options.port(0))
            self.nodes[appliance.name] = server
            appliance.ports["console"] = appliance.ports["endpoint"] = server.port
            self._further(appliance)
        self.control = Control(self, self.token, self.options.port(4))
        self._write()
        self._keeper.start()

    def _place(self) -> None:
        draw = random.SystemRandom()
        network = f"127.{draw.randrange(1, 255)}.{draw.randrange(1, 255)}"
        if len(self.world.appliances) > MOST:
            raise ValueError(f"at most {MOST} appliances fit into one network of the simulator")
        for number, appliance in enumerate(self.world.appliances.values(), start=2):
            appliance.address = f"{network}.{number}"
            appliance.idrac_network.place(appliance.address)
        self.world.ready()

    def _further(self, appliance: Any) -> None:
        for offset, (surface, module) in enumerate(MODULES.items(), start=1):
            if surface not in self.options.surfaces:
                continue
            try:
                serve = importlib.import_module(module).serve
            except ModuleNotFoundError as error:
                if error.name != module:
                    raise
                continue
            slot = Slot(surface, serve, self.world, appliance, self.log)
            appliance.ports[surface] = slot.open(self.options.port(offset))
            self.slots.append(slot)

    def _keep(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            try:
                self.look()
            except Exception:  # noqa: BLE001 - one wire that fails must not stop the time of the others
                traceback.print_exc()

    def look(self) -> None:
        """Let time pass and every wire follow its appliance."""
        self.world.tick()
        for server in self.nodes.values():
            server.look()
        for slot in self.slots:
            slot.look()

    def forget_sessions(self) -> None:
        """Sign everybody out of every console."""
        with self.world.lock:
            for server in self.nodes.values():
                server.node.console.sessions.clear()

    def describe(self) -> dict[str, Any]:
        """What simulator.json holds."""
        assert self.control is not None
        nodes = {
            appliance.host: {
                "name": appliance.name,
                "address": appliance.address,
                "ports": dict(appliance.ports),
                "accounts": {
                    key: {"username": u.username, "password": u.password} for key, u in appliance.users.items()
                },
            }
            for appliance in self.world.appliances.values()
        }
        return {
            "pid": os.getpid(),
            "seed": self.options.seed,
            "speed": self.options.speed,
            "ca": self.ca_path,
            "inventory": str((self.options.directory / "inventory.yml").resolve()),
            "labels": label_overrides(self.style, self.pages),
            "control": {"host": "127.0.0.1", "port": self.control.port, "token": self.token},
            "nodes": nodes,
        }

    def _write(self) -> None:
        labels = label_file(label_overrides(self.style, (*self.pages, *connectors.PAGES, *updater.PAGES)))
        address = updater_root(self.style)
        data = inventory(self.world, self.options.surfaces, labels, self.ca_path, self.options.speed, address)
        if self.options.twins:
            data = shadow(data, self.options.twins, str((self.options.directory / "state").resolve()))
        write_inventory(self.options.directory / "inventory.yml", data)
        write_private(self.options.directory / "simulator.json", json.dumps(self.describe(), indent=2) + "\n")

    def stop(self) -> None:
        """End everything; the file with the process id goes."""
        self._ended.set()
        if self._keeper.is_alive():
            self._keeper.join(5)
        closing: Sequence[Any] = (*self.nodes.values(), *self.slots, *([self.control] if self.control else []))
        threads = [threading.Thread(target=one.stop) for one in closing]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(5)
        (self.options.directory / "simulator.json").unlink(missing_ok=True)
