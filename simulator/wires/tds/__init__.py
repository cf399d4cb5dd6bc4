# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL Server's wire (MS-TDS 7.4) of one appliance, for pyodbc with Microsoft's driver and with FreeTDS.

It listens while the appliance answers and its SQL Server runs; otherwise connections are refused.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.wires import RequestLog
from simulator.wires.tds import model
from simulator.wires.tds.packets import Channel
from simulator.wires.tds.session import Service, Session

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance
    from simulator.model.world import World

_TURN = 0.1
_IDLE = 600.0


class Server:
    """A listening SQL Server.

    :param up: whether it answers now; :param service: what its connections need.
    :ivar port: TCP port, the same for the life of this object.
    """

    def __init__(self, host: str, port: int, service: Service, up: Callable[[], bool]) -> None:
        self._host, self.port = host, port
        self._service, self._up = service, up
        self._stopping = threading.Event()
        self._channels: set[Channel] = set()
        self._lock = threading.Lock()
        self._numbers = itertools.count(51)
        listener = self._listen()
        self.port = listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, args=(listener,), name=f"sql-{service.node}", daemon=True)
        self._thread.start()

    @property
    def connections(self) -> int:
        """How many clients are connected."""
        with self._lock:
            return len(self._channels)

    def stop(self) -> None:
        """Close the listener and every connection; returns when the port is free."""
        self._stopping.set()
        self._thread.join(timeout=10)

    def _listen(self) -> socket.socket:
        listener = socket.socket(socket.AF_INET6 if ":" in self._host else socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self.port))
            listener.listen(16)
        except OSError:
            listener.close()
            raise
        listener.settimeout(_TURN)
        return listener

    def _run(self, first: socket.socket) -> None:
        listener: socket.socket | None = first
        while not self._stopping.is_set():
            if not self._answers():
                if listener is not None:
                    listener.close()
                    listener = None
                self._drop_all()
                time.sleep(_TURN)
            elif listener is None:
                with contextlib.suppress(OSError):
                    listener = self._listen()
            else:
                self._accept(listener)
        if listener is not None:
            listener.close()
        self._drop_all()

    def _answers(self) -> bool:
        return self._up() and not self._service.log.faults.refused(self._service.node, "sql")

    def _accept(self, listener: socket.socket) -> None:
        try:
            accepted, _address = listener.accept()
        except OSError:
            return
        accepted.settimeout(_IDLE)
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        channel = Channel(accepted)
        with self._lock:
            self._channels.add(channel)
        threading.Thread(target=self._serve, args=(channel,), name=f"sql-{self._service.node}", daemon=True).start()

    def _serve(self, channel: Channel) -> None:
        try:
            Session(channel, self._service, next(self._numbers)).run()
        finally:
            with self._lock:
                self._channels.discard(channel)

    def _drop_all(self) -> None:
        with self._lock:
            channels = list(self._channels)
        for channel in channels:
            channel.close()


def tls_context(pem: bytes) -> ssl.SSLContext:
    """A server's TLS settings from certificate and key; 1.2 at most, as TLS inside TDS packets ends there."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "certificate.pem")
        file.touch(mode=0o600)
        file.write_bytes(pem)
        context.load_cert_chain(file)
    return context


class _Certificate:
    """The TLS settings of an appliance's present certificate."""

    def __init__(self, world: World, appliance: Appliance) -> None:
        self._world, self._appliance = world, appliance
        self._lock = threading.Lock()
        self._made: tuple[int, ssl.SSLContext] | None = None

    def __call__(self) -> ssl.SSLContext:
        with self._lock:
            with self._world.lock:
                version = self._appliance.certificates.version
                pem = self._appliance.certificates.current_pem()
            if self._made is None or self._made[0] != version:
                self._made = (version, tls_context(pem))
            return self._made[1]


def serve(world: World, appliance: Appliance, host: str, port: int, log: RequestLog | None) -> Server:
    """Start the SQL Server of an appliance.

    :param host: loopback address to listen at; :param port: 0 for a free one.
    :param log: where requests are counted and faults are ordered; None keeps a log of its own.
    """
    service = Service(
        node=appliance.name,
        instance=lambda: model.instance(world, appliance),
        create=lambda name: model.create(world, appliance, name),
        context=_Certificate(world, appliance),
        log=log if log is not None else RequestLog(),
    )
    return Server(host, port, service, lambda: model.is_up(world, appliance))
