# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""WinRM of one appliance: WS-Management over HTTPS, enough of it for real clients to run commands (MS-WSMV).

The port is closed while the appliance does not answer, so a restart looks as it does in a network: refused, then there
again with another boot time, and every shell gone.
"""

from __future__ import annotations

import contextlib
import http.server
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from simulator.windows.machine import Machine
from simulator.wires import Fault, RequestLog
from simulator.wires.winrm import soap
from simulator.wires.winrm.shells import Reply, Shells
from simulator.wires.winrm.sign_in import SignIn

WIRE = "windows"
LOOK = 0.05
LARGEST = 512 * 1024


class Winrm:
    """The running wire."""

    def __init__(self, appliance: Any, host: str, port: int, log: RequestLog) -> None:
        self.machine = Machine(appliance)
        self.log = log
        self.shells = Shells(self.machine)
        self._host = host
        self._stopping = threading.Event()
        self._server: _Server | None = None
        self._certificate: tuple[int, ssl.SSLContext, bytes] | None = None
        self.port = port
        if port == 0 or self._up():
            self._listen()
        self._thread = threading.Thread(target=self._watch, name=f"winrm {appliance.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the listener and every connection; returns when the port is free."""
        self._stopping.set()
        self._thread.join()
        self._close()

    def context(self) -> tuple[ssl.SSLContext, bytes]:
        """TLS with the certificate that the appliance has now, and that certificate as DER."""
        store = self.machine.appliance.certificates
        if self._certificate is None or self._certificate[0] != store.version:
            pem: bytes = store.current_pem()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            with tempfile.NamedTemporaryFile(suffix=".pem") as file:
                file.write(pem)
                file.flush()
                context.load_cert_chain(file.name)
            first = pem[: pem.index(b"-----END CERTIFICATE-----")] + b"-----END CERTIFICATE-----\n"
            self._certificate = store.version, context, ssl.PEM_cert_to_DER_cert(first.decode("ascii"))
        return self._certificate[1], self._certificate[2]

    def _up(self) -> bool:
        appliance = self.machine.appliance
        return appliance.reachable and not self.log.faults.refused(appliance.name, WIRE)

    def _listen(self) -> None:
        self._server = _Server(self, (self._host, self.port))
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(LOOK,), daemon=True).start()

    def _close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
            server.drop()

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK):
            up = self._up()
            if up and self._server is None:
                with contextlib.suppress(OSError):  # the port is taken for a moment: look again
                    self._listen()
            elif not up and self._server is not None:
                self._close()
                if not self.machine.appliance.reachable:
                    self.shells.clear()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, wire: Winrm, address: tuple[str, int]) -> None:
        self.wire = wire
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Without the look-up of the host's name that ``http.server`` does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """TLS first, in the thread of the connection; garbage ends the connection."""
        request.settimeout(60)
        try:
            secured = self.wire.context()[0].wrap_socket(request, server_side=True)
        except (OSError, ValueError):
            self.shutdown_request(request)
            return
        self._open.add(secured)
        try:
            super().process_request_thread(secured, client_address)
        finally:
            self._open.discard(secured)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks off is everyday life."""

    def drop(self) -> None:
        """Cut every connection."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Microsoft-HTTPAPI/2.0", ""
    server: _Server

    def setup(self) -> None:
        super().setup()
        wire = self.server.wire
        self.sign_in = SignIn(wire.machine, wire.context()[1])

    def log_message(self, format: str, *args: Any) -> None:
        """Requests go to the simulator's own log."""

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            self.close_connection = True
            self._send(HTTPStatus.BAD_REQUEST, b"")
            return
        data = self.rfile.read(int(length))
        if self.path.rstrip("/").lower() != "/wsman":
            self._send(HTTPStatus.NOT_FOUND, b"")
            return
        verdict = self.sign_in.check(self.headers.get("Authorization"))
        if not verdict.accepted:
            self._send(HTTPStatus.UNAUTHORIZED, b"", verdict.challenges)
            return
        try:
            request = soap.read(data)
        except ValueError:
            self._send(HTTPStatus.BAD_REQUEST, b"")
            return
        self._answer(request)

    def _answer(self, request: soap.Request) -> None:
        wire = self.server.wire
        name = wire.machine.appliance.name
        misbehave = wire.log.faults.take(name, WIRE, "POST", "/wsman", f"{request.action} {wire.shells.meant(request)}")
        with _delayed(misbehave, "before"):
            if misbehave is not None and misbehave.when == "before" and self._misbehave(misbehave, request):
                return
        reply = Reply("", "")
        try:
            reply = wire.shells.handle(request)
            status, body = HTTPStatus.OK, soap.answer(request, reply.action, reply.body)
        except soap.WsmanFault as error:
            machine = wire.machine.appliance.machine_name
            status, body = HTTPStatus.INTERNAL_SERVER_ERROR, soap.fault(request.message_id, error, machine)
        if misbehave is not None and misbehave.when == "after":
            with _delayed(misbehave, "after"):
                if self._misbehave(misbehave, request, body):
                    return
        wire.log.record(name, WIRE, "POST", reply.what or request.action, reply.kind, int(status), request.action)
        self._send(status, body)

    def _misbehave(self, fault: Fault, request: soap.Request, body: bytes = b"") -> bool:
        """Whether the request is answered (or not) by the fault alone."""
        wire = self.server.wire
        if fault.kind == "expire_session":
            wire.shells.clear()
            return False
        if fault.kind == "delay":
            return False
        name, status = wire.machine.appliance.name, fault.code if fault.kind == "status" else 0
        wire.log.record(name, WIRE, "POST", request.action, "read", status, request.action)
        self.close_connection = True
        if fault.kind == "status":
            self._send(fault.code, b"")
        elif fault.kind == "truncate":
            self._send(HTTPStatus.OK, body or b"<s:Envelope", promised=len(body) + 100)
        else:
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
        return True

    def _send(self, status: int, body: bytes, challenges: tuple[str, ...] = (), promised: int | None = None) -> None:
        self.send_response(status)
        for challenge in challenges:
            self.send_header("WWW-Authenticate", challenge)
        if body:
            self.send_header("Content-Type", "application/soap+xml;charset=UTF-8")
        self.send_header("Content-Length", str(len(body) if promised is None else promised))
        if self.close_connection:  # unsaid, a client may send its next request into the connection that just ends
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def _delayed(fault: Fault | None, when: str) -> Iterator[None]:
    if fault is not None and fault.kind == "delay" and fault.when == when:
        time.sleep(fault.seconds)
    yield


def serve(world: Any, appliance: Any, host: str, port: int, log: RequestLog) -> Winrm:
    """Open WinRM of an appliance over HTTPS; ``port`` 0 takes a free one (see ``.port``)."""
    return Winrm(appliance, host, port, log)
