# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated WinRM against clients written by others: pywinrm and pypsrp."""

from __future__ import annotations

import base64
import contextlib
import socket
import time

import certifi
import pytest
import requests
import winrm
from pypsrp.exceptions import AuthenticationError, WSManFaultError
from pypsrp.powershell import RunspacePool
from pypsrp.shell import Process, SignalCode, WinRS
from pypsrp.wsman import WSMan
from winrm.exceptions import InvalidCredentialsError, WinRMOperationTimeoutError, WinRMTransportError
from winrm.exceptions import WSManFaultError as PywinrmFault
from winrm.protocol import Protocol

from simulator.windows.machine import Windows
from simulator.wires import Fault
from simulator.wires import winrm as winrm_wire
from tests.protocol.winrm_bench import IDENTIFIERS, PASSWORDS, appliance, authority, log, wire

__all__ = ["appliance", "authority", "log", "wire"]

POWERSHELL = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"


def protocol(wire, authority, transport="ntlm", password="Canary-Passw0rd", **options):
    return Protocol(
        f"https://127.0.0.1:{wire.port}/wsman",
        transport=transport,
        username="btadmin",
        password=password,
        ca_trust_path=authority.path,
        proxy=None,
        **options,
    )


@pytest.fixture(params=["ntlm", "basic"])
def pywinrm(request, wire, authority):
    return protocol(wire, authority, request.param)


def run(client, shell, program, arguments=(), **options):
    command = client.run_command(shell, program, arguments, **options)
    output = client.get_command_output(shell, command)
    client.cleanup_command(shell, command)
    return output


def test_pywinrm_runs_programs_in_one_shell(pywinrm):
    shell = pywinrm.open_shell(codepage=65001)
    for drive in ("C:", "D:"):
        stdout, stderr, code = run(pywinrm, shell, "manage-bde", ["-protectors", "-get", drive])
        assert (code, stderr) == (0, b"")
        assert PASSWORDS[drive].encode() in stdout
        assert IDENTIFIERS[drive].encode() in stdout
    pywinrm.close_shell(shell)
    with pytest.raises(PywinrmFault) as caught:
        pywinrm.run_command(shell, "manage-bde")
    assert caught.value.wsman_fault_code == 2150858843


def test_pywinrm_session_runs_powershell(wire, authority):
    session = winrm.Session(
        f"https://127.0.0.1:{wire.port}/wsman",
        auth=("btadmin", "Canary-Passw0rd"),
        transport="ntlm",
        ca_trust_path=authority.path,
    )
    answer = session.run_ps("Get-CimInstance -ClassName 'Win32_BIOS' | Select-Object -ExpandProperty 'SerialNumber'")
    assert (answer.status_code, answer.std_out) == (0, b"BCD1234\r\n")
    answer = session.run_ps("Get-Nonsense")
    assert answer.status_code == 1
    assert b"The term 'Get-Nonsense' is not recognized" in answer.std_err
    assert b"CommandNotFoundException" in answer.std_err


@pytest.mark.parametrize(
    "script",
    ["$x = 1", "Get-BitLockerVolume; Get-BitLockerVolume", 'Out-String -Width "5"', "Get-BitLockerVolume -Nope 1"],
)
def test_what_is_not_modelled_fails_loudly(wire, authority, script):
    session = winrm.Session(
        f"https://127.0.0.1:{wire.port}/wsman",
        auth=("btadmin", "Canary-Passw0rd"),
        transport="basic",
        ca_trust_path=authority.path,
    )
    answer = session.run_ps(script)
    assert answer.status_code == 1
    assert b"FullyQualifiedErrorId" in answer.std_err


@pytest.mark.parametrize("transport", ["ntlm", "basic"])
def test_pywinrm_with_a_wrong_password(wire, authority, transport, log):
    client = protocol(wire, authority, transport, password="wrong")
    with pytest.raises(InvalidCredentialsError):
        client.open_shell()
    assert log.entries() == []


def test_transports_can_be_closed(wire, authority, appliance):
    appliance.windows = Windows(transports=("ntlm",))
    with pytest.raises(InvalidCredentialsError):
        protocol(wire, authority, "basic").open_shell()
    assert protocol(wire, authority, "ntlm").open_shell()


def test_the_certificate_is_verified(wire):
    with pytest.raises(requests.exceptions.SSLError):
        Protocol(
            f"https://127.0.0.1:{wire.port}/wsman", "basic", "a", "b", ca_trust_path=certifi.where(), proxy=None
        ).open_shell()


def test_a_program_without_cmd_needs_its_full_path(wire, authority):
    client = protocol(wire, authority)
    shell = client.open_shell()
    with pytest.raises(PywinrmFault) as caught:
        client.run_command(shell, "powershell.exe", skip_cmd_shell=True)
    assert caught.value.wsman_fault_code == 2147942402
    assert run(client, shell, POWERSHELL, ["-EncodedCommand", "QQA="], skip_cmd_shell=True)[2] == 1


def test_a_line_too_long_for_cmd(wire, authority):
    client = protocol(wire, authority)
    shell = client.open_shell()
    stdout, stderr, code = run(client, shell, "powershell.exe", ["-EncodedCommand", "A" * 9000])
    assert (stdout, stderr, code) == (b"", b"The command line is too long.\r\n", 1)


def test_unknown_programs_and_special_characters_are_refused(wire, authority):
    client = protocol(wire, authority)
    shell = client.open_shell()
    for line in ("calc.exe", "manage-bde -status & calc", "manage-bde > x"):
        stdout, stderr, code = run(client, shell, line)
        assert (stdout, code) == (b"", 1)
        assert b"is not recognized as an internal or external command" in stderr


def test_operation_timeout(wire, authority, appliance):
    appliance.windows = Windows(program_seconds=1.5)
    client = protocol(wire, authority, operation_timeout_sec=1, read_timeout_sec=5)
    shell = client.open_shell()
    command = client.run_command(shell, "manage-bde", ["-status"])
    with pytest.raises(WinRMOperationTimeoutError):
        client.get_command_output_raw(shell, command)
    assert client.get_command_output(shell, command)[2] == 0


def test_restart_in_the_middle(wire, authority, appliance):
    client = protocol(wire, authority)
    shell = client.open_shell()
    appliance.reachable = False
    _until(lambda: _refused(wire.port))
    with pytest.raises(requests.exceptions.ConnectionError):
        client.run_command(shell, "manage-bde", ["-status"])
    appliance.restart()
    appliance.reachable = True
    _until(lambda: not _refused(wire.port))
    with pytest.raises(PywinrmFault) as caught:
        client.run_command(shell, "manage-bde", ["-status"])
    assert caught.value.wsman_fault_code == 2150858843
    assert run(client, client.open_shell(), "manage-bde", ["-status"])[2] == 0


def _refused(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _until(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture(params=["ntlm", "negotiate", "basic"])
def pypsrp(request, wire, authority):
    with WSMan(
        "127.0.0.1", port=wire.port, username="btadmin", password="Canary-Passw0rd", ssl=True, auth=request.param,
        cert_validation=authority.path, encryption="never" if request.param == "basic" else "auto", no_proxy=True,
    ) as client:  # fmt: skip
        yield client


def test_pypsrp_runs_programs(pypsrp):
    with WinRS(pypsrp, codepage=65001) as shell:
        process = Process(shell, "manage-bde", ["-protectors", "-get", "C:"])
        process.invoke()
        process.signal(SignalCode.TERMINATE)
        assert process.rc == 0
        assert PASSWORDS["C:"].encode() in process.stdout
        unknown = Process(shell, "powershell.exe", ["-EncodedCommand"], no_shell=True)
        with pytest.raises(WSManFaultError) as caught:
            unknown.invoke()
        assert caught.value.code == 2147942402
        assert caught.value.provider_fault == "The system cannot find the file specified."


def test_pypsrp_runs_powershell_as_a_program(pypsrp):
    script = "Get-CimInstance -ClassName 'Win32_BIOS' | Select-Object -ExpandProperty 'SerialNumber'"
    encoded = base64.b64encode(script.encode("utf-16-le")).decode()
    with WinRS(pypsrp, codepage=65001) as shell:
        process = Process(shell, POWERSHELL, ["-NoProfile", "-EncodedCommand", encoded], no_shell=True)
        process.invoke()
        process.signal(SignalCode.TERMINATE)
    assert (process.rc, process.stdout) == (0, b"BCD1234\r\n")
    assert process.stderr.startswith(b"#< CLIXML") and b'S="Error"' not in process.stderr, "progress and nothing else"


def test_pypsrp_finds_no_runspaces(pypsrp):
    with pytest.raises(WSManFaultError) as caught:
        RunspacePool(pypsrp).open()
    assert caught.value.code == 50, "ERROR_NOT_SUPPORTED"
    assert "does not model" in caught.value.reason
    with WinRS(pypsrp) as shell:
        assert shell.id, "programs still run"


def test_pypsrp_with_a_wrong_password(wire, authority):
    with WSMan(
        "127.0.0.1", port=wire.port, username="btadmin", password="wrong", ssl=True, auth="ntlm",
        cert_validation=authority.path, no_proxy=True,
    ) as client, pytest.raises(AuthenticationError):  # fmt: skip
        WinRS(client).open()


def test_garbage_ends_the_connection_and_nothing_else(wire, authority):
    for garbage in (b"GET / HTTP/1.1\r\n\r\n", b"\0" * 300, b""):
        with socket.create_connection(("127.0.0.1", wire.port)) as raw:
            raw.sendall(garbage)
            with contextlib.suppress(OSError):  # reset, or no longer connected: it may have been ended already
                raw.shutdown(socket.SHUT_WR)
                while raw.recv(4096):
                    pass
    for body in (b"", b"<a>", b"<!DOCTYPE x><a/>", b"\xff"):
        answer = requests.post(
            f"https://127.0.0.1:{wire.port}/wsman", body, auth=("btadmin", "Canary-Passw0rd"), verify=authority.path
        )
        assert answer.status_code == 400
    assert protocol(wire, authority).open_shell()


def test_faults_on_order(wire, authority, log, monkeypatch):
    finish = winrm_wire._Handler.finish  # a busy machine closes late: the answer itself has to say that it will
    monkeypatch.setattr(winrm_wire._Handler, "finish", lambda self: (time.sleep(0.3), finish(self)))
    client = protocol(wire, authority)
    shell = client.open_shell()
    log.faults.add(Fault("UVM-1A", "windows", "status", path="Command", code=503))
    with pytest.raises(WinRMTransportError) as caught:
        client.run_command(shell, "manage-bde")
    assert caught.value.code == 503
    log.faults.add(Fault("UVM-1A", "windows", "reset", path="Command"))
    with pytest.raises(requests.exceptions.ConnectionError):
        client.run_command(shell, "manage-bde")
    log.faults.add(Fault("UVM-1A", "windows", "expire_session"))
    with pytest.raises(PywinrmFault):
        client.run_command(shell, "manage-bde")


def test_the_log_names_commands_and_no_values(wire, authority, log):
    client = protocol(wire, authority)
    run(client, client.open_shell(), "manage-bde", ["-protectors", "-get", "C:"])
    assert [(entry.path, entry.kind, entry.status) for entry in log.entries()] == [
        ("shell", "login", 200),
        ("manage-bde -protectors -get", "read", 200),
        ("manage-bde -protectors -get", "read", 200),
        ("Signal", "read", 200),
    ]
