# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All simulated appliances of one process, with their clock, authority, shares and switches."""

from __future__ import annotations

import base64
import io
import pickle
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.model.appliance import Appliance
from simulator.model.certificates import Authority
from simulator.model.clock import SimClock
from simulator.model.sql_servers import first_servers
from simulator.model.twins import resemble

SNAPSHOT_FORMAT = 1
#: Of the world itself: what is no state, or kept elsewhere.
NO_STATE = ("lock", "clock", "appliances", "directory", "authority", "_first", "_addresses", "_twins")


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, world: World) -> None:
        super().__init__(file, protocol=4)
        self._world = world

    def persistent_id(self, obj: Any) -> Any:
        if isinstance(obj, Appliance):
            return ("appliance", obj.name)
        if obj is self._world:
            return ("world", "")
        return ("clock", "") if obj is self._world.clock else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, world: World) -> None:
        super().__init__(file)
        self._world = world

    def persistent_load(self, pid: Any) -> Any:
        kind, name = pid
        if kind == "appliance":
            return self._world.appliances[name]
        return self._world if kind == "world" else self._world.clock


class World:
    """Pairs of appliances.

    :param pairs: number of pairs; network names are UVM-<n>A and UVM-<n>B. The A of a pair holds data, the B is empty.
    :param speed: simulated seconds per real second; :param seed: draws passwords, keys and durations.
    :param directory: where ``ca.pem`` is written.
    :param twins: instead of these pairs, the appliances of a snapshot (:class:`simulator.twins.Twin`); they become like
        their originals in :meth:`ready`.

    Take ``lock`` around everything; call ``tick`` before looking. ``hidden`` and ``duplicated`` hold label keys
    ("page.section.field") that the renderer leaves out or shows twice. Switches: ``blank_keeps_secret`` (saving an
    empty password field keeps the stored one), ``settings_follow`` (high-availability settings are copied to a
    reachable partner), ``abandon_takes_both`` (Abandon Configuration also resets a reachable partner),
    ``warn_before_danger`` (a dialog comes before destructive buttons), ``radius_challenges`` (with RADIUS on, a
    second factor is asked for), ``confirms_passwords`` (Update Credentials has a field to repeat the password),
    ``one_apply_button`` (one button saves all of the page Notifications), ``users_on_demand`` (its users are shown when
    their type's button is pressed), ``restart_asked_first`` (the question about the restart of a new cold spare
    comes before its role is applied).
    ``shares`` maps a folder key to file name -> bytes; ``unreachable_shares`` holds host names that do not answer;
    ``full_shares`` holds beginnings of paths where a backup has no room; with ``restore_restarts`` an appliance
    restarts at the end of a restore;
    ``share_credentials`` maps a path prefix (lower case) to (user, password) that it demands.
    ``sql_servers``: other SQL Servers, see :mod:`simulator.model.sql_servers`.
    """

    def __init__(
        self,
        pairs: int = 1,
        speed: float = 1.0,
        seed: int = 0,
        directory: Path | None = None,
        twins: Sequence[Any] = (),
    ) -> None:
        self.lock = threading.RLock()
        self.seed, self.pairs, self.directory = seed, pairs, directory
        self.clock = SimClock(speed)
        self.authority = Authority()
        self.hidden: set[str] = set()
        self.duplicated: set[str] = set()
        self.blank_keeps_secret = False
        self.settings_follow = self.abandon_takes_both = True
        self.warn_before_danger = self.radius_challenges = self.confirms_passwords = False
        self.one_apply_button = self.users_on_demand = self.restart_asked_first = False
        self.shares: dict[str, dict[str, bytes]] = {}
        self.unreachable_shares: set[str] = set()
        self.full_shares: set[str] = set()
        self.restore_restarts = False
        self.share_credentials: dict[str, tuple[str, str]] = {}
        self.sql_servers = first_servers()
        self.appliances: dict[str, Appliance] = {}
        self._twins = tuple(twins)
        if twins:
            self._populate()
        for pair in range(1, pairs + 1) if not twins else ():
            for letter, other in (("A", "B"), ("B", "A")):
                name = f"UVM-{pair}{letter}"
                self.appliances[name] = Appliance(self, name, f"UVM-{pair}{other}", str(pair), data=letter == "A")
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
            (directory / "ca.pem").write_bytes(self.ca_pem)
        self._first: dict[str, Any] | None = None
        self._addresses: dict[str, str] = {}

    def _populate(self) -> None:
        keys = {twin.host: twin.key for twin in self._twins}
        for twin in self._twins:
            partner = keys.get(twin.partner, "")
            self.appliances[twin.key] = Appliance(self, twin.key, partner, twin.pair.removeprefix("pair_"), data=True)
            self.appliances[twin.key].host = twin.host

    @property
    def ca_pem(self) -> bytes:
        """The certificate of the world's authority."""
        return self.authority.pem

    def appliance(self, name: str) -> Appliance:
        """The appliance with this network name; KeyError names the known ones."""
        try:
            return self.appliances[name]
        except KeyError:
            raise KeyError(f"no appliance {name!r}; there are {', '.join(self.appliances)}") from None

    def find(self, host: str) -> Appliance | None:
        """The appliance that a host name (short or full) or an address means on the simulated network."""
        short = host.strip().split(".")[0].casefold()
        for appliance in self.appliances.values():
            if host.strip() == appliance.address or short == appliance.machine_name.casefold():
                return appliance
        return None

    def tick(self) -> int:
        """Run what is due; returns the number of events."""
        with self.lock:
            return self.clock.tick()

    def advance(self, seconds: float) -> int:
        """Jump forward by simulated seconds and run what came due."""
        with self.lock:
            self.clock.tick()
            self.clock.advance(seconds)
            return self.clock.tick()

    def hide_label(self, key: str) -> None:
        """Fault: the renderer leaves out the label "page.section.field"."""
        self.hidden.add(key)

    def duplicate_label(self, key: str) -> None:
        """Fault: the renderer shows the control "page.section.field" twice."""
        self.duplicated.add(key)

    def ready(self) -> None:
        """Addresses are set: issue missing certificates, let twins become like their originals, and remember this state
        for ``reset``."""
        with self.lock:
            for appliance in self.appliances.values():
                if not appliance.certificates.bound:
                    appliance.issue_certificate()
            resemble(self, self._twins)
            self._addresses = {name: appliance.address for name, appliance in self.appliances.items()}
            self._first = self.snapshot()

    def snapshot(self) -> dict[str, Any]:
        """The whole state, fit for JSON."""
        with self.lock:
            self.clock.tick()
            state = {
                "clock": self.clock.state(),
                "appliances": {
                    name: {key: value for key, value in vars(appliance).items() if key != "world"}
                    for name, appliance in self.appliances.items()
                },
                "world": {
                    key: value
                    for key, value in vars(self).items()
                    if key not in NO_STATE
                },
            }
            file = io.BytesIO()
            _Pickler(file, self).dump(state)
            return {"format": SNAPSHOT_FORMAT, "pairs": self.pairs, "state": base64.b64encode(file.getvalue()).decode()}

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Back to a snapshot of a world with the same number of pairs; it is unpickled, so it must be trusted.

        Appliance objects stay the same ones and keep the addresses and ports of this process; a changed certificate
        counts as a new version.
        """
        with self.lock:
            if snapshot.get("format") != SNAPSHOT_FORMAT or snapshot.get("pairs") != self.pairs:
                raise ValueError("the snapshot is of another format or of another number of pairs")
            state = _Unpickler(io.BytesIO(base64.b64decode(snapshot["state"])), self).load()
            self.clock.set_state(state["clock"])
            vars(self).update(state["world"])
            for name, values in state["appliances"].items():
                appliance = self.appliances[name]
                kept = {"address": self._addresses.get(name, appliance.address), "ports": appliance.ports}
                version = appliance.certificates.version
                vars(appliance).update(values | kept)
                if appliance.idrac_network.answers:
                    appliance.idrac_network.place(appliance.address)
                appliance.certificates.version = max(version, appliance.certificates.version) + 1
                if not self.authority.accepts(appliance.certificates):
                    appliance.issue_certificate()

    def reset(self) -> None:
        """Back to the state of ``ready`` (the first call remembers the present state when ``ready`` was not called)."""
        with self.lock:
            if self._first is None:
                raise RuntimeError("reset needs ready() first")
            self.restore(self._first)

    def stop(self) -> None:
        """Nothing runs on: the clock has no thread. Pending events are dropped."""
        with self.lock:
            for _due, event, _callback in list(self.clock.state()["events"]):
                self.clock.cancel(event)
