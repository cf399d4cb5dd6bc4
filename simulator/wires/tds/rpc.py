# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remote procedure calls: their wire format, and the system procedures that ODBC drivers call (MS-TDS 2.2.6.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from simulator.wires.tds.queries import Parameters, Result, SqlError, not_modelled, parameter_types
from simulator.wires.tds.types import Column, Reader, SqlType, named

_BY_NUMBER = {
    10: "sp_executesql",
    11: "sp_prepare",
    12: "sp_execute",
    13: "sp_prepexec",
    15: "sp_unprepare",
}
_BY_REFERENCE = 0x01


@dataclass(frozen=True)
class Argument:
    """One argument of a call."""

    name: str
    output: bool
    type: SqlType
    value: Any


@dataclass(frozen=True)
class Call:
    """A call of a procedure."""

    procedure: str
    arguments: tuple[Argument, ...]

    def value(self, at: int) -> Any:
        """The value of the argument at a position; None beyond the last."""
        return self.arguments[at].value if at < len(self.arguments) else None


def parse_call(body: bytes) -> Call:
    """Read an RPC request; raises ProtocolError when it is cut off, SqlError for what is not modelled."""
    reader = Reader(body)
    reader.all_headers()
    length = reader.number(2)
    if length == 0xFFFF:
        number = reader.number(2)
        if number not in _BY_NUMBER:
            raise not_modelled(f"the procedure with number {number}")
        procedure = _BY_NUMBER[number]
    else:
        procedure = reader.take(2 * length).decode("utf-16-le", errors="replace").lower()
        procedure = procedure.removeprefix("[sys].").removeprefix("sys.").strip("[]")
    reader.take(2)
    arguments = []
    while reader.left:
        name = reader.text(1)
        status = reader.number(1)
        kind, value = reader.typed_value()
        arguments.append(Argument(name, bool(status & _BY_REFERENCE), kind, value))
    return Call(procedure, tuple(arguments))


def bind(declarations: str | None, arguments: tuple[Argument, ...]) -> Parameters:
    """Values for the parameters that a statement declares, by name or by position."""
    declared = _declared(str(declarations or ""))
    names = list(declared)
    if len(arguments) < len(names):
        missing = names[len(arguments)]
        raise SqlError(
            8178,
            16,
            f"The parameterized query '({declarations})' expects the parameter '{missing}', which was not supplied.",
        )
    result: dict[str, tuple[SqlType, Any]] = {}
    for position, argument in enumerate(arguments[: len(names)]):
        name = argument.name if argument.name in declared else names[position]
        result[name] = (declared[name], argument.value)
    return result


def _declared(declarations: str) -> dict[str, SqlType]:
    result = {}
    for each in re.findall(r"(@\w+)\s+(\w+(?:\s*\([^)]*\))?)", declarations):
        try:
            result[each[0]] = named(each[1])
        except (KeyError, ValueError):
            raise not_modelled(f"a parameter of type {each[1]}") from None
    return result


_TYPE_COLUMNS = (
    ("TYPE_NAME", "sysname"),
    ("DATA_TYPE", "smallint"),
    ("PRECISION", "int"),
    ("LITERAL_PREFIX", "nvarchar(32)"),
    ("LITERAL_SUFFIX", "nvarchar(32)"),
    ("CREATE_PARAMS", "nvarchar(32)"),
    ("NULLABLE", "smallint"),
    ("CASE_SENSITIVE", "smallint"),
    ("SEARCHABLE", "smallint"),
    ("UNSIGNED_ATTRIBUTE", "smallint"),
    ("MONEY", "smallint"),
    ("AUTO_INCREMENT", "smallint"),
    ("LOCAL_TYPE_NAME", "sysname"),
    ("MINIMUM_SCALE", "smallint"),
    ("MAXIMUM_SCALE", "smallint"),
    ("SQL_DATA_TYPE", "smallint"),
    ("SQL_DATETIME_SUB", "smallint"),
    ("NUM_PREC_RADIX", "int"),
    ("INTERVAL_PRECISION", "smallint"),
    ("USERTYPE", "smallint"),
)
_TYPES = (
    ("bit", -7, 1, None, None),
    ("tinyint", -6, 3, None, None),
    ("bigint", -5, 19, None, None),
    ("varbinary", -3, 8000, "0x", None),
    ("binary", -2, 8000, "0x", None),
    ("char", 1, 8000, "'", "'"),
    ("int", 4, 10, None, None),
    ("smallint", 5, 5, None, None),
    ("float", 6, 53, None, None),
    ("nvarchar", -9, 4000, "N'", "'"),
    ("nchar", -8, 4000, "N'", "'"),
    ("varchar", 12, 8000, "'", "'"),
)


def datatype_info(wanted: int | None) -> Result:
    """sp_datatype_info: the types with their sizes; ``wanted`` is an ODBC type or 0 for all."""
    rows = []
    for name, code, precision, prefix, suffix in _TYPES:
        if wanted not in (None, 0, code):
            continue
        text = suffix is not None
        head = (name, code, precision, prefix, suffix, None, 1, 0, 3 if text else 2)
        rows.append((*head, None, 0, None, name, None, None, code, None, None if text else 10, None, 0))
    return Result([Column(name, named(kind)) for name, kind in _TYPE_COLUMNS], rows)


_DESCRIBED = (
    ("parameter_ordinal", "int"),
    ("name", "sysname"),
    ("suggested_system_type_id", "int"),
    ("suggested_system_type_name", "nvarchar(256)"),
    ("suggested_max_length", "smallint"),
    ("suggested_precision", "tinyint"),
    ("suggested_scale", "tinyint"),
    ("suggested_user_type_id", "int"),
    ("suggested_user_type_database", "sysname"),
    ("suggested_user_type_schema", "sysname"),
    ("suggested_user_type_name", "sysname"),
    ("suggested_assembly_qualified_type_name", "nvarchar(4000)"),
    ("suggested_xml_collection_id", "int"),
    ("suggested_xml_collection_database", "sysname"),
    ("suggested_xml_collection_schema", "sysname"),
    ("suggested_xml_collection_name", "sysname"),
    ("suggested_is_xml_document", "bit"),
    ("suggested_is_case_sensitive", "bit"),
    ("suggested_is_fixed_length_clr_type", "bit"),
    ("suggested_is_input", "bit"),
    ("suggested_is_output", "bit"),
    ("formal_parameter_name", "sysname"),
    ("suggested_tds_type_id", "int"),
    ("suggested_tds_length", "int"),
)
_SYSTEM_TYPES = {
    "bit": (104, 0x68),
    "tinyint": (48, 0x26),
    "smallint": (52, 0x26),
    "int": (56, 0x26),
    "bigint": (127, 0x26),
    "nvarchar": (231, 0xE7),
    "uniqueidentifier": (36, 0x24),
    "datetime": (61, 0x6F),
}
_PRECISIONS = {"bit": 1, "tinyint": 3, "smallint": 5, "int": 10, "bigint": 19, "datetime": 23}


def describe_parameters(statement: str) -> Result:
    """sp_describe_undeclared_parameters: what the columns beside the parameters suggest."""
    rows = []
    for position, (name, kind) in enumerate(parameter_types(statement).items(), start=1):
        system, tds = _SYSTEM_TYPES[kind.name]
        words = f"nvarchar({kind.size // 2})" if kind.name == "nvarchar" else kind.name
        head = (position, name, system, words, kind.size, _PRECISIONS.get(kind.name, 0), kind.scale)
        rows.append((*head, *(None,) * 9, 0, 0, 0, 1, 0, None, tds, kind.size))
    return Result([Column(name, named(kind)) for name, kind in _DESCRIBED], rows)
