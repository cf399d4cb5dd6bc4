# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""cheroot as the simulator needs it: TLS settings that change while it runs, quiet about broken clients, and
connections that can be cut in the middle."""

from __future__ import annotations

import logging
import os
import selectors
import socket
import ssl
import struct
import sys
import tempfile
import threading
import traceback as tracebacks
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cheroot import errors
from cheroot.makefile import MakeFile
from cheroot.server import HTTPConnection
from cheroot.ssl import Adapter
from cheroot.wsgi import Gateway_10, Server

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
CONNECTION = "simulator.connection"
HANDSHAKE_SECONDS = 5
TLS_VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}


def tls_context(pem: bytes, minimum: str) -> ssl.SSLContext:
    """A server's context.

    :param pem: certificate, chain and key; :param minimum: a text that holds 1.0, 1.1, 1.2 or 1.3, e.g. ``TLS 1.2``.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    lowest = next((version for text, version in TLS_VERSIONS.items() if text in minimum), ssl.TLSVersion.TLSv1_2)
    if lowest < ssl.TLSVersion.TLSv1_2:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = lowest
    with tempfile.TemporaryDirectory(prefix="useries-tls-") as folder:
        file = Path(folder) / "server.pem"
        file.touch(mode=0o600)
        file.write_bytes(pem)
        context.load_cert_chain(file)
    return context


class _Tls(Adapter):  # type: ignore[misc, unused-ignore]
    """Wraps without a handshake: that is done by the worker, so that a silent client holds nobody up."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__("", "")
        self.context = context

    def bind(self, sock: socket.socket) -> socket.socket:
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, Any]]:
        try:
            wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        except OSError as error:
            raise errors.FatalSSLAlert(*error.args) from error
        return wrapped, self.get_environ()

    def get_environ(self) -> dict[str, Any]:
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: ssl.SSLSocket, mode: str = "r", bufsize: int = -1) -> Any:
        return MakeFile(sock, mode, bufsize)


def _readable(sock: socket.socket) -> bool:
    """Whether something has arrived."""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        return bool(selector.select(0))


class Connection(HTTPConnection):  # type: ignore[misc, unused-ignore]
    """A connection that shakes hands when the client begins to, and that can be cut."""

    shaken = False
    was_cut = False
    close_after = False

    def communicate(self) -> bool:
        if not self.shaken and isinstance(self.socket, ssl.SSLSocket):
            try:
                if not _readable(self.socket):
                    return True
                self.socket.settimeout(HANDSHAKE_SECONDS)
                self.socket.do_handshake()
                self.socket.settimeout(self.server.timeout)
                self.shaken = True
                if not _readable(self.socket):  # opened in advance, as browsers do: no worker waits for its request
                    return True
            except (OSError, ValueError):
                return False
        self.shaken = True
        return bool(super().communicate()) and not self.close_after  # type: ignore[no-untyped-call]

    def cut(self) -> None:
        """Reset the TCP connection at once; raises what ends the worker's turn quietly."""
        self.was_cut = True
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.socket.detach())
        raise errors.FatalSSLAlert("cut")

    def close(self) -> None:
        if not self.was_cut:
            super().close()


class _Gateway(Gateway_10):  # type: ignore[misc, unused-ignore]
    """Tells the application its connection."""

    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
        environ[CONNECTION] = self.req.conn
        return environ


class _Server(Server):  # type: ignore[misc, unused-ignore]
    ConnectionClass = Connection

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Broken clients are none of our business; faults of an application are."""
        if level >= logging.ERROR:
            print(msg, file=sys.stderr, flush=True)
            if traceback:
                tracebacks.print_exc(file=sys.stderr)


class _Reopened(_Server):
    """A listener whose port is opened again later, while closed connections of it still linger."""

    @classmethod
    def prepare_socket(cls, *args: Any, **more: Any) -> socket.socket:
        sock: socket.socket = super().prepare_socket(*args, **more)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return sock


class WebServer:
    """One listener with its own few threads.

    :param host: address to listen on; :param port: 0 for a free one.
    :param context: TLS settings; None for plain HTTP. ``context`` may be replaced while it runs.
    """

    def __init__(
        self, app: Application, host: str, port: int, context: ssl.SSLContext | None = None, threads: int = 3
    ) -> None:
        kind = _Server if context is None else _Reopened
        self._server = kind(
            (host, port), app, numthreads=threads, timeout=30, shutdown_timeout=1, request_queue_size=64
        )
        self._server.gateway = _Gateway
        self._tls = _Tls(context) if context is not None else None
        self._server.ssl_adapter = self._tls
        self._server.prepare()
        self.port: int = self._server.bind_addr[1]
        self._thread = threading.Thread(target=self._server.serve, name=f"web {host}:{self.port}", daemon=True)
        self._thread.start()

    def use(self, context: ssl.SSLContext) -> None:
        """New connections see this context."""
        assert self._tls is not None
        self._tls.context = context

    def stop(self) -> None:
        """Close listener and connections."""
        self._server.stop()
        self._thread.join(5)
