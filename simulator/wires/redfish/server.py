# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listening iDRAC: HTTPS by cheroot with a certificate of its own from the world's authority."""

from __future__ import annotations

import contextlib
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cheroot.errors
import cheroot.ssl.builtin
import cheroot.wsgi

from simulator.model.appliance import Appliance
from simulator.model.certificates import Certificate
from simulator.model.world import World
from simulator.wires import RequestLog
from simulator.wires.redfish.controller import Controller, MemberNames
from simulator.wires.redfish.machine import Machine
from simulator.wires.redfish.service import RESET_CONNECTION, Service


class _Adapter(cheroot.ssl.builtin.BuiltinSSLAdapter):
    """TLS 1.2 or newer; hangs up at once while connections are refused on order."""

    refusing: Callable[[], bool]

    def wrap(self, sock: socket.socket) -> Any:
        if self.refusing():
            sock.close()
            raise cheroot.errors.FatalSSLAlert("refused on order")
        return super().wrap(sock)  # type: ignore[no-untyped-call]


class _Gateway(cheroot.wsgi.Gateway_10):
    """Gives the application a way to break the connection off."""

    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
        environ[RESET_CONNECTION] = lambda: _hang_up(self.req.conn.socket)
        return environ


def _hang_up(sock: socket.socket) -> None:
    """End the connection under the feet of both sides; cheroot closes what is left of it."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


class Server:
    """The iDRAC of one appliance, listening.

    :ivar port: TCP port; :ivar controller: accounts, sessions and jobs; :ivar certificate: what TLS shows.
    """

    def __init__(
        self, controller: Controller, service: Service, certificate: Certificate, host: str, port: int
    ) -> None:
        self.controller = controller
        self.certificate = certificate
        self._server = cheroot.wsgi.Server((host, port), service, numthreads=4, timeout=30, shutdown_timeout=1)
        self._server.gateway = _Gateway
        self._server.error_log = _quiet  # type: ignore[method-assign]
        self._server.ssl_adapter = _adapter(certificate, lambda: service.log.faults.refused(service.node, "idrac"))
        self._server.prepare()
        self.port: int = self._server.bind_addr[1]
        self._thread = threading.Thread(target=self._server.serve, name=f"idrac-{service.node}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the listener and every connection; returns when the port is free."""
        self._server.stop()
        self._thread.join(timeout=10)


def _quiet(msg: str = "", level: int = 20, traceback: bool = False) -> None:
    """Clients that hang up or speak no TLS are no news."""


def _adapter(certificate: Certificate, refusing: Callable[[], bool]) -> _Adapter:
    with tempfile.TemporaryDirectory() as name:
        chain, key = Path(name, "certificate.pem"), Path(name, "key.pem")
        chain.write_bytes(certificate.certificate_pem + certificate.chain)
        key.touch(mode=0o600)
        key.write_bytes(certificate.key_pem)
        adapter = _Adapter(str(chain), str(key))
    adapter.refusing = refusing
    adapter.context.minimum_version = ssl.TLSVersion.TLSv1_2
    return adapter


def serve(
    world: World,
    appliance: Appliance,
    host: str,
    port: int,
    log: RequestLog | None,
    *,
    names: MemberNames | None = None,
) -> Server:
    """Start the iDRAC of an appliance.

    :param host: loopback address to listen at (also in the certificate); :param port: 0 for a free one.
    :param log: where requests are counted and faults are ordered; None keeps a log of its own.
    :param names: other ids for the members, to see who spells them.
    """
    machine = Machine(world, appliance)
    controller = Controller(machine, host, names or MemberNames())
    certificate = world.authority.issue(f"idrac-{appliance.service_tag}", host)
    return Server(controller, Service(controller, appliance.name, log), certificate, host, port)
