# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens of a server's answer (MS-TDS 2.2.7)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from simulator.wires.tds.types import COLLATION, Column, SqlType, type_info, value_bytes

DONE, DONE_PROC, DONE_IN_PROC = 0xFD, 0xFE, 0xFF
MORE, ERROR, IN_TRANSACTION, COUNT, ATTENTION = 0x01, 0x02, 0x04, 0x10, 0x20
_NULLABLE = 0x0001
_SELECT = 0x00C1
ENV_DATABASE, ENV_LANGUAGE, ENV_PACKET_SIZE, ENV_COLLATION = 1, 2, 4, 7
ENV_BEGIN, ENV_COMMIT, ENV_ROLLBACK = 8, 9, 10


def text(value: str, prefix: str = "<B") -> bytes:
    """Characters with their count before them."""
    return struct.pack(prefix, len(value)) + value.encode("utf-16-le")


def done(status: int = 0, rows: int | None = None, token: int = DONE) -> bytes:
    """The end of a statement; ``rows`` is its row count."""
    if rows is not None:
        status |= COUNT
    return struct.pack("<BHHQ", token, status, _SELECT if rows is not None else 0, rows or 0)


def message(number: int, severity: int, words: str, server: str, state: int = 1) -> bytes:
    """An error (severity above 10) or a message of information."""
    body = struct.pack("<IBB", number, state, severity)
    body += text(words, "<H") + text(server) + text("") + struct.pack("<I", 1)
    return struct.pack("<BH", 0xAA if severity > 10 else 0xAB, len(body)) + body


def environment(kind: int, new: str = "", old: str = "") -> bytes:
    """A change of database, language or packet size."""
    body = bytes((kind,)) + text(new) + text(old)
    return struct.pack("<BH", 0xE3, len(body)) + body


def environment_bytes(kind: int, new: bytes = b"", old: bytes = b"") -> bytes:
    """A change of collation or of the transaction."""
    body = bytes((kind, len(new))) + new + bytes((len(old),)) + old
    return struct.pack("<BH", 0xE3, len(body)) + body


def collation() -> bytes:
    """The server's collation."""
    return environment_bytes(ENV_COLLATION, COLLATION)


def login_accepted(program: str, version: tuple[int, int, int]) -> bytes:
    """LOGINACK of TDS 7.4."""
    body = b"\x01" + struct.pack(">I", 0x74000004) + text(program) + struct.pack(">BBH", *version)
    return struct.pack("<BH", 0xAD, len(body)) + body


def columns(described: Sequence[Column]) -> bytes:
    """COLMETADATA."""
    result = struct.pack("<BH", 0x81, len(described))
    for column in described:
        result += struct.pack("<IH", 0, _NULLABLE) + type_info(column.type) + text(column.name)
    return result


def row(described: Sequence[Column], values: Sequence[Any]) -> bytes:
    """ROW."""
    return b"\xd1" + b"".join(value_bytes(c.type, v) for c, v in zip(described, values, strict=True))


def return_status(value: int = 0) -> bytes:
    """The status that a procedure returns."""
    return struct.pack("<Bi", 0x79, value)


def return_value(name: str, value: int) -> bytes:
    """An output parameter of type int."""
    kind = SqlType("int", 4)
    head = struct.pack("<BH", 0xAC, 0) + text(name) + struct.pack("<BIH", 1, 0, 0)
    return head + type_info(kind) + value_bytes(kind, value)
