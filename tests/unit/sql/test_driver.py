# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which driver is taken, what its connection string says, and what the exceptions mean."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import Missing
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._sql import connection, driver, faults

EIGHTEEN = "ODBC Driver 18 for SQL Server"
PLAIN = Target("db.example.org", 1433)


def made(name: str, target: Target = PLAIN, **options: object) -> driver.Recipe:
    """A recipe."""
    return driver.recipe(name, target, driver.Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "installed", "taken"),
    [
        (None, ["FreeTDS", "ODBC Driver 9 for SQL Server", EIGHTEEN, "ODBC Driver 17 for SQL Server"], EIGHTEEN),
        (None, ["PostgreSQL", "FreeTDS"], "FreeTDS"),
        ("FreeTDS", ["FreeTDS", EIGHTEEN], "FreeTDS"),
        ("/opt/lib/libmsodbcsql.so", [], "/opt/lib/libmsodbcsql.so"),
    ],
)
def test_the_driver(wanted: str | None, installed: list[str], taken: str) -> None:
    assert driver.choose(wanted, installed) == taken


@pytest.mark.parametrize(("wanted", "installed"), [(None, ["SQLite3"]), ("FreeTDS", ["SQLite3"])])
def test_a_missing_driver_names_those_that_are_there(wanted: str | None, installed: list[str]) -> None:
    with pytest.raises(UseriesError) as caught:
        driver.choose(wanted, installed)
    assert (caught.value.kind, caught.value.candidates) == ("missing_library", ("SQLite3",))


def test_microsofts_driver_verifies_by_default(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("")
    recipe = made(EIGHTEEN, Target("10.0.0.5", 1433, ca_path=str(authority)), certificate_name="uvm-1a")
    assert recipe.text == (
        "DRIVER={ODBC Driver 18 for SQL Server};SERVER=tcp:10.0.0.5,1433;ConnectRetryCount=0;"
        "Encrypt=yes;TrustServerCertificate=no;HostnameInCertificate=uvm-1a;"
    )
    assert recipe.environment == {"SSL_CERT_FILE": str(authority)}


def test_freetds_verifies_by_default() -> None:
    recipe = made("FreeTDS")
    assert recipe.text == "DRIVER={FreeTDS};TDS_Version=7.4;Servername=useries;Encryption=require;"
    assert "ca file = system\ncheck certificate hostname = yes\n" in recipe.configuration
    assert "host = db.example.org\nport = 1433\n" in recipe.configuration


def test_less_protection_only_when_asked_for() -> None:
    unverified = Target("h", 1, validate_certs=False)
    assert made(EIGHTEEN, unverified).text.endswith("Encrypt=yes;TrustServerCertificate=yes;")
    assert made(EIGHTEEN, encrypt=False).text.endswith("Encrypt=no;")
    assert made("FreeTDS", unverified).text.endswith("SERVER=h;PORT=1;Encryption=require;")
    assert made("FreeTDS", encrypt=False).text.endswith("Encryption=request;")


def test_the_whole_string_ends_with_a_semicolon() -> None:
    assert driver.signed(made("FreeTDS"), "sa", "a;b=c{d").endswith(";UID={sa};PWD={a;b=c{d};")


@pytest.mark.parametrize("password", ["a}b", "a}}b", "x};SERVER=evil;", "line\nbreak", "nul\0"])
def test_a_password_that_could_end_its_braces_is_refused_without_being_shown(password: str) -> None:
    with pytest.raises(UseriesError) as caught:
        driver.signed(made("FreeTDS"), "sa", password)
    assert caught.value.kind == "invalid"
    assert password not in str(vars(caught.value))


@pytest.mark.parametrize("host", ["h;UID=x", "h}", "", "h\n[x]", "a b", "tcp,x"])
def test_a_host_that_is_more_than_a_host_is_refused(host: str) -> None:
    for name in (EIGHTEEN, "FreeTDS"):
        with pytest.raises(UseriesError, match="is no SQL host"):
            made(name, Target(host, 1433))


def test_a_ca_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    target = Target("h", 1433, ca_path=str(tmp_path / "none.pem"))
    for name in (EIGHTEEN, "FreeTDS"):
        with pytest.raises(UseriesError, match="CA file"):
            made(name, target)


def test_the_surroundings_are_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FREETDSCONF", raising=False)
    with driver.surroundings(made("FreeTDS")):
        file = Path(os.environ["FREETDSCONF"])
        assert "[useries]" in file.read_text()
        assert file.parent.stat().st_mode & 0o077 == 0
    assert "FREETDSCONF" not in os.environ
    assert not file.exists()


def test_the_surroundings_before_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FREETDSCONF", "/etc/own.conf")
    with driver.surroundings(made("FreeTDS")):
        pass
    assert os.environ["FREETDSCONF"] == "/etc/own.conf"


def test_neither_password_is_in_the_repr() -> None:
    shown = repr(connection.Connection(PLAIN, Credentials("sa", "canary-1", "canary-2")))
    assert shown == "Connection('db.example.org:1433')"


def test_without_pyodbc_the_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "pyodbc", Missing("pyodbc", "No module named 'pyodbc'"))
    with pytest.raises(UseriesError) as caught, connection.Connection(PLAIN, Credentials("sa", "x")):
        pass
    assert caught.value.kind == "missing_library"


FIRST_AND_LAST = (
    '[42000] [FreeTDS][SQL Server]Cannot open database "x" requested by the login. The login failed. (4060); '
    "[42000] [FreeTDS][SQL Server]Login failed for user 'sa'. (18456) (SQLDriverConnect)"
)


@pytest.mark.parametrize(
    ("state", "text", "kind"),
    [
        ("28000", "[28000] [M][SQL Server]Login failed for user 'sa'. (18456) (SQLDriverConnect)", "login_refused"),
        ("42000", FIRST_AND_LAST, "login_refused"),
        ("28000", "[28000] [M]something about authorization (0)", "failed"),
        ("08001", "[08001] [M]SSL Provider: [error:0A000086:certificate verify failed] (-1)", "untrusted"),
        ("08001", "[08001] [FreeTDS][SQL Server]Unable to connect to data source (0) (SQLDriverConnect)", "untrusted"),
        ("08S01", "[08S01] [FreeTDS]Unable to connect: Adaptive Server is unavailable (20009)", "unreachable"),
        ("HYT00", "[HYT00] [M]Login timeout expired (0) (SQLDriverConnect)", "unreachable"),
        ("01000", "[01000] [unixODBC]Can't open lib 'x.so' : file not found (0)", "missing_library"),
    ],
)
def test_what_a_refused_connection_means(state: str, text: str, kind: str) -> None:
    spoken = faults.Spoken.of(Exception(state, text))
    assert faults.while_connecting(spoken, "h:1433", verified=True).kind == kind


@pytest.mark.parametrize(
    ("state", "text", "writes", "kind"),
    [
        ("HYT00", "[HYT00] [M]Query timeout expired (0)", False, "timeout"),
        ("HYT00", "[HYT00] [M]Query timeout expired (0)", True, "outcome_unknown"),
        ("08S01", "[08S01] [M]TCP Provider: Error code 0x68 (104)", False, "silent"),
        ("08S01", "[08S01] [M]TCP Provider: Error code 0x68 (104)", True, "outcome_unknown"),
        ("HY000", "[HY000] [FreeTDS]Unknown error (0) (SQLExecDirectW)", False, "silent"),
        ("01000", "[01000] [FreeTDS]Unexpected EOF from the server (20017)", False, "silent"),
        ("42000", "[42000] [M][SQL Server]statement not allowed within (226)", True, "failed"),
    ],
)
def test_what_a_failed_statement_means(state: str, text: str, writes: bool, kind: str) -> None:
    spoken = faults.Spoken.of(Exception(state, text))
    assert faults.while_executing(spoken, "h:1433", "read something", writes).kind == kind


def test_words_of_the_server_without_the_drivers_names_and_without_secrets() -> None:
    error = Exception("42000", "[42000] [FreeTDS][SQL Server]No canary-1 here. (50000) (SQLExecDirectW)")
    assert faults.Spoken.of(error, ("canary-1", "")).words == "No ******** here. (50000)"


def test_words_in_brackets_stay() -> None:
    tls = Exception("08001", "[08001] [Microsoft][ODBC Driver 18 for SQL Server]SSL Provider: [error:0A:verify] (-1)")
    assert faults.Spoken.of(tls).words == "SSL Provider: [error:0A:verify] (-1)"
    assert faults.Spoken.of(Exception("42000", FIRST_AND_LAST)).words == (
        'Cannot open database "x" requested by the login. The login failed. (4060); '
        "Login failed for user 'sa'. (18456)"
    )
