# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pre-login and LOGIN7 (MS-TDS 2.2.6.4, 2.2.6.5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from simulator.wires.tds.packets import ProtocolError

ENCRYPT_OFF, ENCRYPT_ON, ENCRYPT_NOT_SUPPORTED, ENCRYPT_REQUIRED = range(4)
_VERSION, _ENCRYPTION, _INSTANCE, _THREAD, _MARS = range(5)
_END = 0xFF


def client_encryption(body: bytes) -> int:
    """What the client's pre-login says about encryption."""
    at = 0
    while at < len(body) and body[at] != _END:
        if at + 5 > len(body):
            raise ProtocolError("pre-login cut off")
        token, offset, length = struct.unpack_from(">BHH", body, at)
        if token == _ENCRYPTION and length >= 1 and offset < len(body):
            return int(body[offset]) & 0x03
        at += 5
    return ENCRYPT_NOT_SUPPORTED


def prelogin_answer(encryption: int, version: tuple[int, int, int]) -> bytes:
    """The server's pre-login with its decision about encryption."""
    values = (
        (_VERSION, struct.pack(">BBHH", *version, 0)),
        (_ENCRYPTION, bytes([encryption])),
        (_INSTANCE, b"\0"),
        (_THREAD, b""),
        (_MARS, b"\0"),
    )
    offset = len(values) * 5 + 1
    head = b""
    for token, value in values:
        head += struct.pack(">BHH", token, offset, len(value))
        offset += len(value)
    return head + bytes([_END]) + b"".join(value for _token, value in values)


@dataclass(frozen=True)
class Login:
    """What a client signs in with."""

    user: str
    password: str = field(repr=False)
    database: str
    packet_size: int
    application: str
    integrated: bool


def parse_login(body: bytes) -> Login:
    """Read a LOGIN7 record; raises ProtocolError when it is cut off or older than TDS 7.2."""
    if len(body) < 94:
        raise ProtocolError("LOGIN7 cut off")
    _length, version, packet_size = struct.unpack_from("<III", body)
    if version < 0x72000000:
        raise ProtocolError(f"TDS version {version:#x} is not spoken here")
    flags2 = body[25]
    password = bytes((b ^ 0xA5) >> 4 | ((b ^ 0xA5) & 0x0F) << 4 for b in _field(body, 44))
    return Login(
        user=_text(_field(body, 40)),
        password=_text(password),
        database=_text(_field(body, 68)),
        packet_size=min(max(packet_size or 4096, 512), 32767),
        application=_text(_field(body, 48)),
        integrated=bool(flags2 & 0x80),
    )


def _field(body: bytes, at: int) -> bytes:
    offset, characters = struct.unpack_from("<HH", body, at)
    end = offset + characters * 2
    if characters and (end > len(body) or characters > 512):
        raise ProtocolError("LOGIN7 field outside the record")
    return body[offset:end]


def _text(value: bytes) -> str:
    return value.decode("utf-16-le", errors="replace")
