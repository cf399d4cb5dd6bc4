# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SELECT over the catalogue: parsed by sqlglot, held against an allow-list of syntax, answered by sqlite.

Nothing outside the list is translated: some T-SQL means something else in sqlite (joined strings, FOR JSON, styled
CONVERT). What is refused is refused loudly, with error 50000.
"""

from __future__ import annotations

import decimal
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp

from simulator.wires.tds.catalogue import VIEWS, Instance, SqlLogin, load
from simulator.wires.tds.types import Column, SqlType, named

Parameters = Mapping[str, tuple[SqlType, Any]]

_INT = SqlType("int", 4)
_BIGINT = SqlType("bigint", 8)
_SYSNAME = SqlType("nvarchar", 256)
_ALLOWED = (
    (exp.Select, exp.Column, exp.Identifier, exp.Table, exp.TableAlias, exp.Alias, exp.From, exp.Join, exp.Where)
    + (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Null)
    + (exp.Paren, exp.Literal, exp.National, exp.Parameter, exp.Var, exp.Order, exp.Ordered, exp.Limit, exp.Group)
    + (exp.Count, exp.Sum, exp.Max, exp.Min, exp.Coalesce, exp.Cast, exp.DataType, exp.DataTypeParam, exp.Case)
    + (exp.If, exp.Mul, exp.Add, exp.Sub, exp.Star, exp.Anonymous)
)
_CASTS = {"BIGINT": _BIGINT, "INT": _INT, "NVARCHAR": SqlType("nvarchar", 8000)}


class SqlError(Exception):
    """An error as the server words it."""

    def __init__(self, number: int, severity: int, words: str) -> None:
        super().__init__(words)
        self.number = number
        self.severity = severity
        self.words = words


def not_modelled(what: str) -> SqlError:
    """The refusal of what the simulator cannot answer truthfully."""
    return SqlError(50000, 16, f"The simulator does not model this: {what}")


@dataclass(frozen=True)
class Result:
    """One result set."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Context:
    """Who asks, and where: what functions such as DB_NAME() answer from."""

    instance: Instance
    login: SqlLogin
    database: str
    transactions: int
    process: int

    def openable(self, name: str) -> None:
        """Refuse a database that is not there or that is a mirror's copy."""
        found = self.instance.database(name)
        if found is None:
            raise SqlError(911, 16, f"Database '{name}' does not exist. Make sure that the name is entered correctly.")
        if found.is_mirror:
            raise SqlError(954, 14, f'The database "{found.name}" cannot be opened. It is acting as a mirror database.')
        if found.restoring:
            raise SqlError(927, 14, f"Database '{found.name}' cannot be opened. It is in the middle of a restore.")


def select(text: str, parameters: Parameters, context: Context) -> Result:
    """Answer one SELECT; raises SqlError."""
    tree = parse(text)
    views = _views(tree, context)
    given = {name.lstrip("@").lower(): value for name, value in parameters.items()}
    columns = [Column(_name(each), _type(each, views, given)) for each in tree.expressions]
    bound: dict[str, Any] = {}
    final = tree.transform(lambda node: _settle(node, given, bound, context))
    connection = load(set(views.values()), context.instance, context.login)
    try:
        found = connection.execute(final.sql(dialect="sqlite"), bound).fetchall()
    except (sqlite3.Error, OverflowError) as error:
        raise not_modelled(f"{error} in {text}") from error
    finally:
        connection.close()
    return Result(columns, found)


def parse(text: str) -> exp.Select:
    """One SELECT within the allow-list."""
    try:
        trees = sqlglot.parse(text, read="tsql")
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise SqlError(102, 15, f"Incorrect syntax near '{text[:40]}'.") from error
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Select):
        raise not_modelled(text)
    for node in tree.walk():
        if type(node) not in _ALLOWED:
            raise not_modelled(f"{type(node).__name__} in {text}")
        if isinstance(node, exp.Add) and any(_is_text(part) for part in (node.left, node.right)):
            raise not_modelled(f"joining strings in {text}")
        if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
            raise not_modelled(f"* in {text}")
        if isinstance(node, exp.Cast) and node.to.this.name not in _CASTS:
            raise not_modelled(f"a cast to {node.to.this.name} in {text}")
    return tree


def _is_text(node: exp.Expression) -> bool:
    return isinstance(node, exp.National) or node.is_string


def parameter_types(text: str) -> dict[str, SqlType]:
    """The parameters of a SELECT with the types that the columns they are compared with suggest."""
    tree = parse(text)
    views = {table.alias_or_name.lower(): table.name.lower() for table in tree.find_all(exp.Table)}
    result = {}
    for node in tree.find_all(exp.Parameter):
        if isinstance(node.this, exp.Parameter) or isinstance(node.parent, exp.Parameter):
            continue
        column = next((part for part in node.parent.iter_expressions() if isinstance(part, exp.Column)), None)
        result[f"@{node.name}"] = _type(column, views, {}) if column is not None else SqlType("nvarchar", 8000)
    return result


def _views(tree: exp.Select, context: Context) -> dict[str, str]:
    result = {}
    for table in tree.find_all(exp.Table):
        context.openable(table.catalog or context.database)
        view = table.name.lower()
        if table.db.lower() != "sys" or view not in VIEWS:
            raise SqlError(208, 16, f"Invalid object name '{'.'.join(p.name for p in table.parts)}'.")
        if view.startswith("dm_os") and not context.login.may("VIEW SERVER STATE"):
            raise SqlError(300, 14, "VIEW SERVER STATE permission was denied on object 'server', database 'master'.")
        result[table.alias_or_name.lower()] = view
        table.set("catalog", None)
    for column in tree.find_all(exp.Column):
        _column(column, result)
    return result


def _column(column: exp.Column, views: Mapping[str, str]) -> SqlType:
    if column.table and column.table.lower() not in views:
        raise not_modelled(f"the name {column.table}.{column.name}")
    candidates = [views[column.table.lower()]] if column.table else list(views.values())
    found = [VIEWS[view][column.name.lower()] for view in candidates if column.name.lower() in VIEWS[view]]
    if not found:
        raise SqlError(207, 16, f"Invalid column name '{column.name}'.")
    if len(found) > 1:
        raise SqlError(209, 16, f"Ambiguous column name '{column.name}'.")
    return found[0]


def _name(node: exp.Expression) -> str:
    if isinstance(node, exp.Alias | exp.Column):
        return str(node.alias_or_name)
    return ""


def _type(node: exp.Expression, views: Mapping[str, str], given: Parameters) -> SqlType:
    node = node.unalias().unnest()
    if isinstance(node, exp.Column):
        return _column(node, views)
    if isinstance(node, exp.Cast):
        return _CASTS[node.to.this.name]
    if isinstance(node, exp.Sum | exp.Max | exp.Min | exp.Coalesce):
        return _type(node.this, views, given)
    if isinstance(node, exp.Mul | exp.Sub | exp.Add):
        sides = [_type(part, views, given) for part in (node.left, node.right)]
        return _BIGINT if _BIGINT in sides else _INT
    if isinstance(node, exp.Case):
        return _type(node.args["ifs"][0].args["true"], views, given)
    if isinstance(node, exp.Parameter) and not isinstance(node.this, exp.Parameter):
        return _given(node, given)[0]
    if isinstance(node, exp.Literal | exp.National):
        return _INT if isinstance(node, exp.Literal) and not node.is_string else SqlType("nvarchar", 8000)
    if isinstance(node, exp.Anonymous):
        return _INT if node.name.upper() in ("IS_SRVROLEMEMBER", "HAS_PERMS_BY_NAME", "DB_ID") else _SYSNAME
    if isinstance(node, exp.Parameter):
        return named("nvarchar(300)") if node.this.name.upper() in ("VERSION", "SERVERNAME") else _INT
    return _INT


def _given(node: exp.Parameter, given: Parameters) -> tuple[SqlType, Any]:
    try:
        return given[node.name.lower()]
    except KeyError:
        raise SqlError(137, 15, f'Must declare the scalar variable "@{node.name}".') from None


def _settle(node: exp.Expression, given: Parameters, bound: dict[str, Any], context: Context) -> exp.Expression:
    """Replace what sqlite cannot know: parameters, server variables, functions of the server."""
    if isinstance(node, exp.National):
        return exp.Literal.string(node.name)
    if isinstance(node, exp.Parameter) and isinstance(node.this, exp.Parameter):
        return _literal(_variable(node.this.name, context))
    if isinstance(node, exp.Anonymous):
        arguments = [_argument(part, given) for part in node.expressions]
        return _literal(_function(node.name.upper(), arguments, context))
    if isinstance(node, exp.Parameter):
        name = f"p{len(bound)}"
        value = _given(node, given)[1]
        bound[name] = _number(value) if isinstance(value, decimal.Decimal) else value
        return exp.Placeholder(this=name)
    return node


def _number(value: decimal.Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _argument(node: exp.Expression, given: Parameters) -> Any:
    if isinstance(node, exp.Parameter):
        return _given(node, given)[1]
    if isinstance(node, exp.Null):
        return None
    if isinstance(node, exp.Literal | exp.National):
        return node.name
    raise not_modelled(f"the argument {node.sql()}")


def _literal(value: str | int | None) -> exp.Expression:
    return exp.convert(value)


def _variable(name: str, context: Context) -> str | int:
    major, minor, build = context.instance.version
    answers: dict[str, str | int] = {
        "VERSION": f"Microsoft SQL Server 2017 (RTM) - {major}.{minor}.{build}.0 (X64)",
        "SERVERNAME": context.instance.server,
        "TRANCOUNT": context.transactions,
        "SPID": context.process,
    }
    if name.upper() not in answers:
        raise not_modelled(f"@@{name}")
    return answers[name.upper()]


def _function(name: str, arguments: Sequence[Any], context: Context) -> str | int | None:
    login, instance = context.login, context.instance
    if name == "DB_NAME" and not arguments:
        return context.database
    if name == "DB_ID" and len(arguments) == 1:
        found = instance.database(str(arguments[0]))
        return found.id if found else None
    if name == "ORIGINAL_LOGIN" and not arguments:
        return login.name
    if name == "IS_SRVROLEMEMBER" and len(arguments) == 1:
        return int(str(arguments[0]).lower() in login.rights)
    if name == "HAS_PERMS_BY_NAME" and len(arguments) == 3 and arguments[:2] == [None, None]:
        return int(login.may(str(arguments[2]).upper()))
    if name == "SERVERPROPERTY" and len(arguments) == 1:
        return _property(str(arguments[0]).lower(), instance)
    raise not_modelled(f"{name} with {len(arguments)} arguments")


def _property(name: str, instance: Instance) -> str | None:
    major, minor, build = instance.version
    known = {
        "productversion": f"{major}.{minor}.{build}.0",
        "servername": instance.server,
        "machinename": instance.server,
        "edition": "Standard Edition (64-bit)",
    }
    return known.get(name)
