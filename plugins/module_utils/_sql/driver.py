# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which ODBC driver is used, and the connection string for it.

Facts: FreeTDS user guide (odbc.ini and freetds.conf attributes), Microsoft's "DSN and connection string keywords".
FreeTDS does not unescape ``}}`` in a braced value, ignores Encrypt= and knows a CA from freetds.conf only; Microsoft's
driver takes the CA from OpenSSL's store, which SSL_CERT_FILE names.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target

_MICROSOFT = re.compile(r"ODBC Driver (\d+) for SQL Server")
_HOST = re.compile(r"[A-Za-z0-9_.:\\-]{1,255}")
_SECTION = "useries"
_ENVIRONMENT = threading.Lock()


@dataclass(frozen=True)
class Options:
    """How to connect.

    :param encrypt: False encrypts the login only.
    :param certificate_name: the DNS name in the server's certificate, for Microsoft's driver where the host is an
        address, which it does not match; FreeTDS matches the host itself, name or address.
    """

    driver: str | None = None
    encrypt: bool = True
    certificate_name: str | None = None


@dataclass(frozen=True)
class Recipe:
    """A connection string without the password, and the environment and freetds.conf it needs."""

    text: str
    environment: Mapping[str, str] = field(default_factory=dict)
    configuration: str = ""


def choose(wanted: str | None, installed: Sequence[str]) -> str:
    """The name or path of the driver: the wanted one, else Microsoft's newest, else FreeTDS."""
    if wanted:
        if wanted.startswith("/") or wanted in installed:
            return wanted
        raise problem(
            f"The ODBC driver {wanted} is not installed on the controller.",
            "missing_library",
            "Install it, or set useries_sql_driver to one that is there.",
            candidates=installed,
        )
    microsoft = sorted((int(m[1]), m[0]) for m in map(_MICROSOFT.fullmatch, installed) if m)
    if microsoft:
        return microsoft[-1][1]
    if "FreeTDS" in installed:
        return "FreeTDS"
    raise problem(
        "No ODBC driver for SQL Server is installed on the controller.",
        "missing_library",
        "Install FreeTDS (Debian and Ubuntu: tdsodbc; Red Hat: freetds) or Microsoft's ODBC Driver 18 for SQL Server.",
        candidates=installed,
    )


def is_freetds(driver: str) -> bool:
    """Whether a name or path means FreeTDS."""
    return "freetds" in driver.lower() or "tdsodbc" in driver.lower()


def braced(value: str, what: str) -> str:
    """A value that no character of it can end; raises ``invalid`` for what the drivers cannot carry."""
    if "}" in value:
        raise problem(
            f"The {what} contains a closing brace, which FreeTDS cannot read inside a connection string.",
            "invalid",
            f"Choose a {what} without }} for the SQL login.",
        )
    if not value.isprintable() or any("\ud800" <= character <= "\udfff" for character in value):
        raise problem(f"The {what} contains a character that cannot be sent.", "invalid")
    return "{" + value + "}"


def recipe(driver: str, target: Target, options: Options) -> Recipe:
    """What to hand to the driver manager; the login is added by :func:`signed`."""
    for value, what in ((target.host, "SQL host"), (options.certificate_name or "x", "certificate name")):
        if not _HOST.fullmatch(value):
            raise problem(f"{value!r} is no {what}.", "invalid", "Give a name or an address.")
    make = _freetds if is_freetds(driver) else _microsoft
    return make(f"DRIVER={braced(driver, 'driver name')};", target, options)


def signed(made: Recipe, username: str, password: str) -> str:
    """The whole connection string; it ends with ``;`` because FreeTDS takes a last brace for part of the value."""
    return f"{made.text}UID={braced(username, 'SQL user name')};PWD={braced(password, 'SQL password')};"


@contextlib.contextmanager
def surroundings(made: Recipe) -> Iterator[None]:
    """The environment and the freetds.conf that the driver reads while it connects; both gone afterwards."""
    with _ENVIRONMENT, contextlib.ExitStack() as stack:
        wanted = dict(made.environment)
        if made.configuration:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="useries-sql-"))
            file = Path(folder, "freetds.conf")
            file.write_text(made.configuration, encoding="utf-8")
            wanted["FREETDSCONF"] = str(file)
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def _microsoft(head: str, target: Target, options: Options) -> Recipe:
    text = head + f"SERVER=tcp:{target.host},{target.port};ConnectRetryCount=0;"
    if not options.encrypt:
        return Recipe(text + "Encrypt=no;")
    if not target.validate_certs:
        return Recipe(text + "Encrypt=yes;TrustServerCertificate=yes;")
    text += "Encrypt=yes;TrustServerCertificate=no;"
    if options.certificate_name:
        text += f"HostnameInCertificate={options.certificate_name};"
    return Recipe(text, {"SSL_CERT_FILE": _ca(target)} if target.ca_path else {})


def _freetds(head: str, target: Target, options: Options) -> Recipe:
    head += "TDS_Version=7.4;"
    if not (options.encrypt and target.validate_certs):
        level = "require" if options.encrypt else "request"
        return Recipe(head + f"SERVER={target.host};PORT={target.port};Encryption={level};")
    lines = [
        f"[{_SECTION}]",
        f"host = {target.host}",
        f"port = {target.port}",
        "tds version = 7.4",
        "encryption = require",
        f"ca file = {_ca(target) if target.ca_path else 'system'}",
        "check certificate hostname = yes",
    ]
    return Recipe(head + f"Servername={_SECTION};Encryption=require;", configuration="\n".join(lines) + "\n")


def _ca(target: Target) -> str:
    path = str(target.ca_path)
    if not path.isprintable() or not os.access(path, os.R_OK):
        raise problem(f"The CA file {path!r} cannot be read.", "invalid", "Check useries_sql_ca_path.")
    return os.path.abspath(path)


def problem(message: str, kind: Kind, remedy: str = "", candidates: Sequence[str] = ()) -> UseriesError:
    """An error from before the first byte was sent."""
    return UseriesError(
        message, surface="sql", operation="connect to SQL Server", kind=kind, remedy=remedy, candidates=candidates
    )
