# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers for the tests of trust: a small console whose certificate can change at any moment and that keeps every
request with its body, and a proxy that keeps whom it was asked for."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import ipaddress
import socket
import ssl
import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "Canary-Trust-62d1"

SIGN_IN = """<html><head><title>Sign in</title></head><body><h1>Maintenance</h1><form method=post action="{action}">
<label>Username <input name=u oninput="fetch('/typing')"></label>
<label>Password <input type=password name=p></label><button>Login</button></form></body></html>"""
INSIDE = """<html><head><title>Start</title></head><body>
<nav><ul><li><a href="/Maintenance">Maintenance</a></li></ul></nav>
<h1>Welcome</h1><a href="/out">Log Out</a></body></html>"""


@dataclass(frozen=True)
class Made:
    """A certificate for 127.0.0.1: PEM files of certificate and key, SHA-256 fingerprint in hex."""

    certificate: Path
    key: Path
    fingerprint: str

    def context(self) -> ssl.SSLContext:
        """To serve it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def make(directory: Path, name: str, key: ec.EllipticCurvePrivateKey | None = None) -> Made:
    """A self-signed certificate, of a key of its own if none is given."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    made = Made(
        directory / f"{name}.pem",
        directory / f"{name}.key",
        hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest(),
    )
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


@dataclass(frozen=True)
class Answer:
    """What a site says to one request."""

    status: int = 200
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """A console with a sign-in page and one page behind it, on loopback.

    :param made: its certificate; None: HTTP without TLS. :param address: where it listens.
    """

    def __init__(self, made: Made | None, address: str = "127.0.0.1") -> None:
        self.made = made
        self.received: list[tuple[str, str, str]] = []
        """Method, path and body of every request, in the order of their arrival."""
        self.agents: list[str] = []
        self.before: Callable[[str, str], Answer | None] = lambda method, path: None
        """Called with every request; an answer of its own is what the site says."""
        self.action = "/Maintenance"
        self.open: list[socket.socket] = []
        self.server = ThreadingHTTPServer((address, 0), _handler(self))
        self.server.daemon_threads = True
        self.server.get_request = self._accept  # type: ignore[method-assign]
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def _accept(self) -> tuple[Any, Any]:
        raw, address = self.server.socket.accept()
        raw.settimeout(20)
        self.open.append(raw)
        if self.made is not None:
            raw = self.made.context().wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
            self.open.append(raw)
        return raw, address

    def change(self, made: Made) -> None:
        """Serve another certificate, and close every connection."""
        self.made = made
        for connection in self.open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    @property
    def url(self) -> str:
        """Scheme, host and port."""
        return f"{'http' if self.made is None else 'https'}://127.0.0.1:{self.port}"

    def passwords(self) -> list[str]:
        """Requests that carried the password."""
        return [f"{method} {path}" for method, path, body in self.received if PASSWORD in body + path]

    def stop(self) -> None:
        """End the server."""
        self.server.shutdown()
        self.server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            site.received.append((self.command, self.path, urllib.parse.unquote_plus(body)))
            site.agents.append(self.headers.get("User-Agent", ""))
            said = site.before(self.command, self.path) or self._usual()
            content = said.text.encode()
            self.send_response(said.status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _usual(self) -> Answer:
            if self.command == "POST" and site.passwords():
                return Answer(303, "", {"Location": "/Maintenance", "Set-Cookie": "s=1; Path=/"})
            inside = "s=1" in (self.headers.get("Cookie") or "")
            return Answer(200, INSIDE if inside else SIGN_IN.format(action=site.action))

        def log_message(self, *_args: Any) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                super().handle()

    return Handler


class Proxy:
    """An HTTP proxy that connects to whatever is asked for, and keeps it.

    :param secret: ``user:password`` that it wants first.
    """

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.asked: list[tuple[str, str]] = []
        """What was asked for, and the header with which it was."""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        """Take no more."""
        self.listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                threading.Thread(target=self._tunnel, args=(connection,), daemon=True).start()

    def _tunnel(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), near:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = near.recv(4096)
                if not piece:
                    return
                head += piece
            word, wanted = head.decode("latin-1").split(" ")[:2]
            lines = head.decode("latin-1").split("\r\n")
            said = next((line for line in lines if line.lower().startswith("proxy-authorization:")), "")
            self.asked.append((wanted, said.partition(": ")[2]))
            if self.secret and not said:
                near.sendall(
                    b"HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n"
                    b"Connection: close\r\n\r\n"
                )
                return
            if word != "CONNECT":
                return
            host, _colon, port = wanted.rpartition(":")
            with socket.create_connection((host, int(port)), 10) as far:
                near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                threading.Thread(target=_pump, args=(far, near), daemon=True).start()
                _pump(near, far)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_RDWR)
