# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL types on the wire: TYPE_INFO and values, both ways (MS-TDS 2.2.5.4, 2.2.5.5)."""

from __future__ import annotations

import datetime
import decimal
import struct
import uuid
from dataclasses import dataclass
from typing import Any

from simulator.wires.tds.packets import ProtocolError

COLLATION = bytes((0x09, 0x04, 0xD0, 0x00, 0x34))  # SQL_Latin1_General_CP1_CI_AS
_INTEGERS = {"tinyint": 1, "smallint": 2, "int": 4, "bigint": 8}
_SIZED = {1: "tinyint", 2: "smallint", 4: "int", 8: "bigint"}
_FIXED = {0x30: ("tinyint", 1), 0x32: ("bit", 1), 0x34: ("smallint", 2), 0x38: ("int", 4), 0x7F: ("bigint", 8)}
_FIXED_OTHER = {0x3B: ("float", 4), 0x3E: ("float", 8), 0x3D: ("datetime", 8)}
_NULL_TYPE = 0x1F
_UNSIGNED = 1
_PLP_NULL = 0xFFFFFFFFFFFFFFFF
_EPOCH = datetime.datetime(1900, 1, 1)


@dataclass(frozen=True)
class SqlType:
    """A type as the simulator uses it.

    :param name: bit, tinyint, smallint, int, bigint, float, decimal, nvarchar, varbinary, uniqueidentifier, datetime.
    :param size: bytes (nvarchar: 2 per character); 0 for nvarchar and varbinary: max.
    """

    name: str
    size: int = 0
    precision: int = 0
    scale: int = 0


@dataclass(frozen=True)
class Column:
    """A column of a result."""

    name: str
    type: SqlType


def named(declaration: str) -> SqlType:
    """The type of a declaration such as ``nvarchar(60)``; sysname is nvarchar(128)."""
    name, _bracket, size = declaration.strip().lower().rstrip(")").partition("(")
    name = name.strip()
    if name == "sysname":
        return SqlType("nvarchar", 256)
    if name in _INTEGERS:
        return SqlType(name, _INTEGERS[name])
    if name in ("nvarchar", "nchar", "varchar", "char"):
        return SqlType("nvarchar", 0 if size == "max" else 2 * int(size or 1))
    if name in ("varbinary", "binary"):
        return SqlType("varbinary", 0 if size == "max" else int(size or 1))
    if name in ("decimal", "numeric"):
        precision, _comma, scale = size.partition(",")
        return SqlType("decimal", 17, int(precision or 18), int(scale or 0))
    if name in ("float", "real"):
        return SqlType("float", 8)
    if name in ("bit", "uniqueidentifier", "datetime"):
        return SqlType(name, {"bit": 1, "uniqueidentifier": 16, "datetime": 8}[name])
    raise KeyError(declaration)


def type_info(kind: SqlType) -> bytes:
    """TYPE_INFO of a nullable column."""
    if kind.name in _INTEGERS:
        return bytes((0x26, kind.size))
    if kind.name == "nvarchar":
        return b"\xe7" + struct.pack("<H", kind.size or 0xFFFF) + COLLATION
    if kind.name == "varbinary":
        return b"\xa5" + struct.pack("<H", kind.size or 0xFFFF)
    if kind.name == "decimal":
        return bytes((0x6A, 17, kind.precision, kind.scale))
    code = {"bit": 0x68, "float": 0x6D, "uniqueidentifier": 0x24, "datetime": 0x6F}[kind.name]
    return bytes((code, kind.size))


def value_bytes(kind: SqlType, value: Any) -> bytes:
    """A value after its TYPE_INFO; None is NULL."""
    if kind.name in ("nvarchar", "varbinary"):
        return _variable(kind, value)
    if value is None:
        return b"\0"
    if kind.name in _INTEGERS:
        raw = int(value).to_bytes(kind.size, "little", signed=kind.size != _UNSIGNED)
    elif kind.name == "bit":
        raw = b"\1" if value else b"\0"
    elif kind.name == "float":
        raw = struct.pack("<d", float(value))
    elif kind.name == "uniqueidentifier":
        raw = uuid.UUID(str(value)).bytes_le
    elif kind.name == "datetime":
        raw = _datetime(value)
    else:
        number = decimal.Decimal(str(value)).scaleb(kind.scale).to_integral_value()
        raw = (b"\1" if number >= 0 else b"\0") + abs(int(number)).to_bytes(16, "little")
    return bytes((len(raw),)) + raw


def _variable(kind: SqlType, value: Any) -> bytes:
    if value is None:
        return struct.pack("<Q", _PLP_NULL) if kind.size == 0 else struct.pack("<H", 0xFFFF)
    raw = str(value).encode("utf-16-le") if kind.name == "nvarchar" else bytes(value)
    if kind.size:
        return struct.pack("<H", len(raw)) + raw
    chunk = struct.pack("<I", len(raw)) + raw if raw else b""
    return struct.pack("<Q", len(raw)) + chunk + struct.pack("<I", 0)


def _datetime(value: Any) -> bytes:
    moment = datetime.datetime.fromisoformat(str(value)).replace(tzinfo=None)
    past = moment - _EPOCH
    ticks = round((past.seconds + past.microseconds / 1e6) * 300)
    return struct.pack("<iI", past.days, ticks)


class Reader:
    """Reads little-endian fields; raises ProtocolError when they are cut off."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        if count < 0 or count > self.left:
            raise ProtocolError("request cut off")
        self._at += count
        return self._data[self._at - count : self._at]

    def number(self, count: int) -> int:
        """An unsigned number of ``count`` bytes."""
        return int.from_bytes(self.take(count), "little")

    def text(self, prefix: int) -> str:
        """Characters with a count of ``prefix`` bytes before them."""
        return self.take(2 * self.number(prefix)).decode("utf-16-le", errors="replace")

    def all_headers(self) -> None:
        """Skip ALL_HEADERS (MS-TDS 2.2.5.3)."""
        self.take(self.number(4) - 4)

    def typed_value(self) -> tuple[SqlType, Any]:
        """A TYPE_INFO and the value after it (a parameter of a remote call)."""
        code = self.number(1)
        if code == _NULL_TYPE:
            return SqlType("nvarchar", 2), None
        if code in _FIXED:
            name, size = _FIXED[code]
            return SqlType(name, size), _integer(name, self.take(size))
        if code in _FIXED_OTHER:
            name, size = _FIXED_OTHER[code]
            return SqlType(name, 8), _other(name, self.take(size))
        if code in (0x26, 0x68, 0x6D, 0x6F, 0x24):
            return self._nullable(code)
        if code in (0xE7, 0xEF, 0xA7, 0xAF, 0xA5, 0xAD):
            return self._characters(code)
        if code in (0x6A, 0x6C):
            return self._decimal()
        if code in (0x63, 0x23, 0x22):
            return self._long(code)
        raise ProtocolError(f"a parameter of type {code:#x} is not modelled")

    def _nullable(self, code: int) -> tuple[SqlType, Any]:
        size = self.number(1)
        raw = self.take(self.number(1))
        name = {0x68: "bit", 0x6D: "float", 0x6F: "datetime", 0x24: "uniqueidentifier"}.get(code) or _SIZED[size]
        if not raw:
            return SqlType(name, size), None
        value = _integer(name, raw) if name in _INTEGERS or name == "bit" else _other(name, raw)
        return SqlType(name, 8 if name == "float" else size), value

    def _characters(self, code: int) -> tuple[SqlType, Any]:
        size = self.number(2)
        text = code in (0xE7, 0xEF, 0xA7, 0xAF)
        if text:
            self.take(len(COLLATION))
        if size == 0xFFFF:
            raw = self._plp()
        else:
            length = self.number(2)
            raw = None if length == 0xFFFF else self.take(length)
        wide = code in (0xE7, 0xEF)
        name = "nvarchar" if text else "varbinary"
        bytes_wide = 0 if size == 0xFFFF else size if wide or not text else 2 * size
        kind = SqlType(name, bytes_wide if bytes_wide <= 8000 else 0)
        if raw is None or not text:
            return kind, raw
        return kind, raw.decode("utf-16-le" if wide else "cp1252", errors="replace")

    def _plp(self) -> bytes | None:
        if self.number(8) == _PLP_NULL:
            return None
        result = b""
        while length := self.number(4):
            result += self.take(length)
        return result

    def _long(self, code: int) -> tuple[SqlType, Any]:
        self.number(4)
        if code != 0x22:
            self.take(len(COLLATION))
        length = self.number(4)
        raw = None if length == 0xFFFFFFFF else self.take(length)
        kind = SqlType("varbinary" if code == 0x22 else "nvarchar")
        if raw is None or code == 0x22:
            return kind, raw
        return kind, raw.decode("utf-16-le" if code == 0x63 else "cp1252", errors="replace")

    def _decimal(self) -> tuple[SqlType, Any]:
        _size, precision, scale = self.number(1), self.number(1), self.number(1)
        raw = self.take(self.number(1))
        kind = SqlType("decimal", 17, precision, scale)
        if not raw:
            return kind, None
        number = decimal.Decimal(int.from_bytes(raw[1:], "little")).scaleb(-scale)
        return kind, number if raw[0] else -number


def _integer(name: str, raw: bytes) -> int | bool:
    if name == "bit":
        return raw != b"\0"
    return int.from_bytes(raw, "little", signed=name != "tinyint")


def _other(name: str, raw: bytes) -> Any:
    if name == "float":
        return struct.unpack("<f" if len(raw) == 4 else "<d", raw)[0]
    if name == "uniqueidentifier":
        return str(uuid.UUID(bytes_le=raw)).upper()
    days, ticks = struct.unpack("<iI", raw)
    return (_EPOCH + datetime.timedelta(days=days, seconds=ticks / 300)).isoformat(sep=" ")
