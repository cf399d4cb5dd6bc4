# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TDS packets over a socket, with TLS inside them while the handshake lasts (MS-TDS 2.2.3, 3.3.5.1)."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct

SQL_BATCH = 0x01
RPC = 0x03
RESULT = 0x04
ATTENTION = 0x06
TRANSACTION = 0x0E
LOGIN7 = 0x10
PRELOGIN = 0x12

END_OF_MESSAGE = 0x01
RESET_CONNECTION = 0x08 | 0x10
MAX_MESSAGE = 4 * 1024 * 1024
HEADER = struct.Struct(">BBHHBB")
KINDS = (SQL_BATCH, RPC, ATTENTION, TRANSACTION, LOGIN7, PRELOGIN)


class ProtocolError(Exception):
    """What came in is not TDS, or not at this moment."""


class Closed(Exception):
    """The other side is gone."""


class Channel:
    """One connection: whole messages in and out.

    :param sock: the accepted socket; the channel closes it.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._tls: ssl.SSLObject | None = None
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._buffer = b""
        self.packet_size = 4096
        self.reset_requested = False

    def read_message(self) -> tuple[int, bytes]:
        """The next message: its kind and its payload; raises Closed or ProtocolError."""
        body = b""
        first: int | None = None
        while True:
            kind, status, length, _spid, _number, _window = HEADER.unpack(self._exactly(HEADER.size))
            if kind not in KINDS or length < HEADER.size or first not in (None, kind):
                raise ProtocolError(f"no TDS packet: kind {kind:#x}, length {length}")
            if first is None:
                self.reset_requested = bool(status & RESET_CONNECTION)
            first = kind
            body += self._exactly(length - HEADER.size)
            if len(body) > MAX_MESSAGE:
                raise ProtocolError("message too long")
            if status & END_OF_MESSAGE:
                return kind, body

    def write_message(self, body: bytes, kind: int = RESULT) -> None:
        """Send ``body`` in as many packets as it takes."""
        room = self.packet_size - HEADER.size
        pieces = [body[at : at + room] for at in range(0, len(body), room)] or [b""]
        for number, piece in enumerate(pieces, start=1):
            status = END_OF_MESSAGE if number == len(pieces) else 0
            self._send(HEADER.pack(kind, status, len(piece) + HEADER.size, 0, number % 256, 0) + piece)

    def waiting(self, seconds: float) -> bool:
        """Whether something arrives within ``seconds``."""
        if self._buffer or self._incoming.pending or (self._tls and self._tls.pending()):
            return True
        try:
            return bool(select.select([self._sock], [], [], seconds)[0])
        except (OSError, ValueError) as error:
            raise Closed(str(error)) from error

    def start_tls(self, context: ssl.SSLContext) -> None:
        """Shake hands; the records of the handshake travel inside pre-login packets."""
        tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        done = False
        while not done:
            try:
                tls.do_handshake()
                done = True
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError as error:
                raise Closed(f"TLS: {error.reason}") from error
            if flight := self._outgoing.read():
                self.write_message(flight, PRELOGIN)
            if not done:
                kind, body = self.read_message()
                if kind != PRELOGIN:
                    raise ProtocolError("the handshake was interrupted")
                self._incoming.write(body)
        self._tls = tls

    def stop_tls(self) -> None:
        """Go on in plain text: only the login was to be encrypted."""
        self._tls = None

    def close(self) -> None:
        """Close the socket; a reader in another thread wakes up with Closed."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()

    def abort(self) -> None:
        """Close with a reset instead of an orderly end."""
        with contextlib.suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()

    def _exactly(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._buffer += self._receive()
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def _receive(self) -> bytes:
        while True:
            if self._tls is not None:
                try:
                    plain = self._tls.read(65536)
                except ssl.SSLWantReadError:
                    pass
                except ssl.SSLError as error:
                    raise Closed(f"TLS: {error.reason}") from error
                else:
                    if not plain:
                        raise Closed("end of TLS")
                    return plain
            try:
                data = self._sock.recv(65536)
            except (OSError, ValueError) as error:
                raise Closed(str(error)) from error
            if not data:
                raise Closed("end of connection")
            if self._tls is None:
                return data
            self._incoming.write(data)

    def _send(self, data: bytes) -> None:
        if self._tls is not None:
            self._tls.write(data)
            data = self._outgoing.read()
        try:
            self._sock.sendall(data)
        except OSError as error:
            raise Closed(str(error)) from error
