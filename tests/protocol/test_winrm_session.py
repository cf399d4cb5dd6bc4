# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's Windows session from end to end, against the simulated WinRM."""

from __future__ import annotations

import base64
import dataclasses
import traceback
from types import SimpleNamespace

import pytest
from winrm.exceptions import WinRMOperationTimeoutError, WSManFaultError

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker import recovery_passwords
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.registry import read_value
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import LARGEST_PIECE, Output, Session
from simulator.windows.machine import Windows, windows_2008_r2
from simulator.wires import Fault
from tests.protocol.winrm_bench import IDENTIFIERS, PASSWORDS, appliance, authority, log, wire

__all__ = ["appliance", "authority", "log", "wire"]

GOOD = Credentials("btadmin", "Canary-Passw0rd")
LSA = "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy"


@pytest.fixture
def target(wire, authority):
    return Target("127.0.0.1", wire.port, ca_path=authority.path, timeout=10)


def connect(target, credentials=GOOD, **options):
    return Session(target, credentials, clock=Clock(), **options)


def refusal(action):
    """The error of an action; no text of it holds a secret."""
    with pytest.raises(UseriesError) as caught:
        action()
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(vars(error))
    assert error.surface == "windows" and error.operation and error.target
    assert not any(secret in told for secret in (*PASSWORDS.values(), "Canary-Passw0rd", "Canary-0ld"))
    return error


@pytest.fixture(params=["ntlm", "basic"])
def session(request, target):
    with connect(target, transport=request.param) as session:
        yield session


def test_recovery_passwords(session, log):
    assert recovery_passwords(session) == [
        {
            "mount_point": "C:",
            "key_protector_id": IDENTIFIERS["C:"],
            "recovery_password": PASSWORDS["C:"],
            "protection": "on",
            "encryption": 100,
        },
        {
            "mount_point": "D:",
            "key_protector_id": IDENTIFIERS["D:"],
            "recovery_password": PASSWORDS["D:"],
            "protection": "off",
            "encryption": 100,
        },
    ]
    assert log.counts()["UVM-1A"]["windows"]["login"] == 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_recovery_passwords_where_the_command_is_missing(target, appliance, language):
    with connect(target) as session:
        expected = recovery_passwords(session)
        appliance.windows = dataclasses.replace(windows_2008_r2(), language=language)
        assert recovery_passwords(session) == expected
        appliance.windows = dataclasses.replace(appliance.windows, encryption=57)
        assert [found["encryption"] for found in recovery_passwords(session)] == [57, 57]


def test_one_volume_and_none(session, appliance):
    for count in (1, 0):
        del appliance.volumes[count:]
        appliance.windows = Windows()
        assert [found["mount_point"] for found in recovery_passwords(session)] == ["C:"][:count]
        appliance.windows = windows_2008_r2()
        assert [found["mount_point"] for found in recovery_passwords(session)] == ["C:"][:count]


def test_a_time_comes_as_iso_8601(session):
    command = Command("Get-CimInstance", ClassName="Win32_OperatingSystem")
    assert session.run(command | Command("Select-Object", Property=["CSName", "LastBootUpTime"])) == [
        {"CSName": "UVM-1A", "LastBootUpTime": "2026-01-02T03:04:05.678Z"}
    ]


def test_registry_values(session, appliance):
    values = {
        "Text": "it's \u2018quoted\u2019 \u00fc",
        "List": ["a", "b"],
        "Binary": [0, 255],
        "(default)": "x",
        "One": ["a"],
    }
    appliance.windows = Windows(registry={"HKLM:\\SOFTWARE\\IT\u2019S \u00dc": values})
    for name, value in values.items():
        assert read_value(session, "HKLM:\\SOFTWARE\\It\u2019s \u00fc", name) == value
    assert read_value(session, LSA, "Enabled") == 0
    assert read_value(session, LSA, "Absent") is None
    assert read_value(session, "HKLM:\\SOFTWARE\\Absent", "Enabled") is None
    for key in ("HKLM:\\SOFTWARE\\a/b", "SOFTWARE\\a", "HKLM:\\SOFTWARE\\a\nb", "HKLM:\\"):
        assert refusal(lambda key=key: read_value(session, key, "x")).kind == "invalid"


def test_an_error_record_becomes_the_message(session):
    error = refusal(lambda: session.run(Command("Get-ItemProperty", LiteralPath="HKLM:\\SOFTWARE\\Absent")))
    assert isinstance(error, CommandFailed)
    assert "Cannot find path 'HKLM:\\SOFTWARE\\Absent' because it does not exist." in str(error)
    assert "At line" not in str(error)
    assert (error.kind, error.missing) == ("failed", False)


def test_a_missing_command(session):
    error = refusal(lambda: session.run(Command("Get-Nonsense", Value="x")))
    assert isinstance(error, CommandFailed) and error.missing


def test_secrets_in_the_complaints_of_windows_are_masked(session):
    path = f"HKLM:\\SOFTWARE\\{PASSWORDS['C:']}"
    refusal(lambda: session.run(Command("Get-ItemProperty", LiteralPath=path)))
    error = refusal(lambda: session.run(Command("Get-ItemProperty", LiteralPath="HKLM:\\hunter2"), secrets=["hunter2"]))
    assert "hunter2" not in str(error)


def test_a_program_and_its_exit_code(session):
    done = session.run_program(Program("manage-bde.exe", ["-protectors", "-get", "C:"]))
    assert done.exit_code == 0 and PASSWORDS["C:"] in done.stdout
    assert PASSWORDS["C:"] not in repr(done)
    assert session.run_program(Program("manage-bde.exe", ["-nonsense"])).exit_code != 0
    assert refusal(lambda: session.run_program(Program("calc.exe"))).kind == "failed"


def test_a_line_that_would_be_cut_off_is_not_sent(session, log):
    before = len(log.entries())
    error = refusal(lambda: session.run(Command("Get-ItemProperty", LiteralPath="HKLM:\\" + "a" * 4000)))
    assert (error.kind, len(log.entries())) == ("invalid", before)


@pytest.mark.parametrize("transport", ["ntlm", "basic"])
def test_sign_in(target, transport, appliance):
    wrong = Credentials("btadmin", "Canary-0ld")
    assert refusal(lambda: connect(target, wrong, transport=transport).__enter__()).kind == "login_refused"
    assert refusal(lambda: connect(target, Credentials("", "x")).__enter__()).kind == "login_refused"
    rotated = Credentials("btadmin", "Canary-n3w", previous_password="Canary-Passw0rd")
    with connect(target, rotated, transport=transport) as session:
        assert read_value(session, LSA, "Enabled") == 0
    both = Credentials("btadmin", "Canary-0ld", previous_password="Canary-n3w")
    assert refusal(lambda: connect(target, both, transport=transport).__enter__()).kind == "login_refused"


def test_a_transport_that_is_closed(target, appliance):
    for offered, used in (("basic", "ntlm"), ("ntlm", "basic")):
        appliance.windows = Windows(transports=(offered,))
        assert refusal(lambda used=used: connect(target, transport=used).__enter__()).kind == "login_refused"


def test_certificates(target, appliance, log):
    pin = appliance.certificates.current().sha256
    by_pin = dataclasses.replace(target, ca_path=None, fingerprints=("00" * 32, pin))
    with connect(by_pin) as session:
        assert read_value(session, LSA, "Enabled") == 0
    with connect(dataclasses.replace(target, ca_path=None, validate_certs=False)) as session:
        assert read_value(session, LSA, "Enabled") == 0
    before = len(log.entries())
    for wrong in ({"ca_path": None}, {"ca_path": None, "fingerprints": ("00" * 32,)}):
        error = refusal(lambda wrong=wrong: connect(dataclasses.replace(target, **wrong)).__enter__())
        assert (error.kind, len(log.entries())) == ("untrusted", before)


def test_environment_proxies_are_not_used(target, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    with connect(target) as session:
        assert read_value(session, LSA, "Enabled") == 0


def test_nobody_there(target, wire):
    wire.stop()
    assert refusal(lambda: connect(target).__enter__()).kind == "unreachable"


def test_a_restart_ends_the_session(target, appliance):
    with connect(target) as session:
        appliance.restart()
        error = refusal(lambda: read_value(session, LSA, "Enabled"))
        assert error.kind == "silent" and "restarted" in str(error)


@pytest.mark.parametrize("kind", ["reset", "truncate"])
@pytest.mark.parametrize(("action", "when"), [("Command", "before"), ("Receive", "after")])
def test_a_lost_answer_is_silent(target, log, kind, action, when):
    with connect(target) as session:
        log.faults.add(Fault("UVM-1A", "windows", kind, path=action, when=when))
        assert refusal(lambda: recovery_passwords(session)).kind in ("silent", "unexpected")


def test_an_answer_of_another_server(target, log):
    with connect(target) as session:
        log.faults.add(Fault("UVM-1A", "windows", "status", path="Command", code=404))
        assert refusal(lambda: recovery_passwords(session)).kind == "unexpected"


def test_a_command_that_does_not_end(target, appliance):
    appliance.windows = Windows(program_seconds=30)
    with connect(dataclasses.replace(target, timeout=3)) as session:
        error = refusal(lambda: session.run(Command("Get-BitLockerVolume"), timeout=0.5))
        assert error.kind == "timeout"


TEMP = "C:\\Windows\\Temp"
DATA = bytes(range(256)) * 2000 + b"the end"


@pytest.fixture
def disk(appliance):
    appliance.disk.folders.append(TEMP)
    return appliance.disk.files


def pieces(data, size=LARGEST_PIECE):
    return [data[at : at + size] for at in range(0, len(data), size)]


def test_a_file_arrives_whole_in_three_requests(session, disk, log):
    disk[f"{TEMP}\\it's.exe"] = b"an older and longer one" * 100000
    session.write_file(f"{TEMP}\\it's.exe", pieces(DATA))
    assert disk == {f"{TEMP}\\it's.exe": DATA}
    assert [entry.what for entry in log.entries()].count("Send") == 4  # the last one says that it was the last one


@pytest.mark.parametrize("data", [b"", b"x"])
def test_a_small_file_arrives_too(session, disk, data):
    session.write_file(f"{TEMP}\\a", [data])
    assert disk == {f"{TEMP}\\a": data}


def test_a_folder_that_is_missing(session, disk):
    error = refusal(lambda: session.write_file("C:\\nowhere\\a", pieces(DATA)))
    assert error.kind == "failed" and "Could not find a part of the path 'C:\\nowhere\\a'" in str(error)


def test_a_full_drive_is_told_in_the_words_of_windows(session, appliance, disk):
    appliance.next_faults["drive_full"] = "x"
    error = refusal(lambda: session.write_file(f"{TEMP}\\a", pieces(DATA)))
    assert error.kind == "failed" and "There is not enough space on the disk" in str(error)
    assert session.run(Command("Get-BitLockerVolume", MountPoint="C:")), "the session still works"


@pytest.mark.parametrize("kind", ["reset", "expire_session"])
def test_a_connection_that_breaks_in_the_middle_of_a_file(session, disk, log, kind):
    def broken():
        first, *rest = pieces(DATA)
        yield first
        log.faults.add(Fault("UVM-1A", "windows", kind, path="Send"))
        yield from rest

    assert refusal(lambda: session.write_file(f"{TEMP}\\a", broken())).kind == "silent"
    assert disk[f"{TEMP}\\a"] == DATA[:LARGEST_PIECE], "half a file"


def test_a_piece_that_winrm_does_not_take(session, disk):
    error = refusal(lambda: session.write_file(f"{TEMP}\\a", [DATA * 2]))
    assert error.kind in ("silent", "unexpected")


@pytest.mark.parametrize("busy", [2, 3])
def test_a_busy_windows_is_asked_again(session, disk, monkeypatch, busy):
    """Error 170 (ERROR_BUSY), which Ansible's own connection meets too; and once an answer that comes too late."""
    send, calls, slept = session._protocol.send_command_input, [], []

    def refusing(*given, **options):
        calls.append(given)
        if len(calls) <= busy:
            raise WSManFaultError(500, "busy", "x", "The requested resource is in use.", wsman_fault_code=170)
        send(*given, **options)
        if len(calls) == busy + 1:
            raise WinRMOperationTimeoutError

    monkeypatch.setattr(session._protocol, "send_command_input", refusing)
    monkeypatch.setattr(session._clock, "sleep", slept.append)
    monkeypatch.setattr(session, "_receive", lambda *_given: Output(0, "", ""))
    if busy == 2:
        session.write_file(f"{TEMP}\\a", pieces(DATA))
        assert disk[f"{TEMP}\\a"] == DATA
    else:
        error = refusal(lambda: session.write_file(f"{TEMP}\\a", pieces(DATA)))
        assert error.kind == "failed" and "in use" in str(error)
    assert slept == [5.0, 5.0]


def test_objects_that_are_not_understood(target):
    protectors = [{"RecoveryPassword": PASSWORDS["C:"]}]
    stub = SimpleNamespace(target=target, run=lambda _command: [{"KeyProtector": protectors}])
    assert refusal(lambda: recovery_passwords(stub)).kind == "unexpected"


def test_the_session_must_be_open(target):
    with pytest.raises(RuntimeError):
        connect(target).run(Command("Get-BitLockerVolume"))


def test_what_is_sent_is_an_encoded_command(target, monkeypatch):
    with connect(target) as session:
        sent = []
        run_command = session._protocol.run_command
        monkeypatch.setattr(
            session._protocol,
            "run_command",
            lambda *given, **options: sent.append((given, options)) or run_command(*given, **options),
        )
        session.run(Command("Get-BitLockerVolume", MountPoint="C:"))
    ((_shell, program, arguments), options) = sent[0]
    assert program == "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"
    assert options == {"skip_cmd_shell": True}
    assert base64.b64decode(arguments[-1]).decode("utf-16-le") == (
        "Get-BitLockerVolume -MountPoint 'C:' | ConvertTo-Json -Depth 4 -Compress:$true"
    )
