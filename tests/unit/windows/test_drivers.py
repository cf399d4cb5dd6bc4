# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked about devices and drivers, the two languages of pnputil, and a copy that is compared."""

from __future__ import annotations

import hashlib

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers, transfer
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Output

MODERN = "Microsoft PnP Utility\r\n\r\nPNPUTIL /add-driver <filename.inf | *.inf> [/subdirs] [/install]\r\n"
LEGACY = "Microsoft PnP Utility\r\n\r\npnputil.exe [-f | -i] [ -? | -a | -d | -e ] <INF name>\r\n"
ADDED = "Treiberpaket wird hinzugef\u00fcgt:  a.inf\r\nVer\u00f6ffentlichter Name:         oem12.inf\r\n"


class Windows:
    """A session that answers every pipeline with one list, and programs by turns."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, found=(), outputs=()):
        self.found, self.outputs, self.asked, self.written = list(found), list(outputs), [], {}

    def run(self, pipeline):
        self.asked.append(pipeline.render())
        return self.found

    def run_program(self, program, timeout=120.0):
        self.asked.append([program.name, *program.arguments])
        return self.outputs.pop(0)

    def write_file(self, path, pieces):
        self.written[path] = list(pieces)


@pytest.mark.parametrize(
    ("told", "arguments"), [(MODERN, ["/add-driver", "D:\\a.inf", "/install"]), (LEGACY, ["-i", "-a", "D:\\a.inf"])]
)
@pytest.mark.parametrize(
    ("code", "wanted"),
    [(0, ("installed", False)), (259, ("not_matching", False)), (3010, ("installed", True))],
)
def test_the_language_that_the_tool_understands(told, arguments, code, wanted):
    session = Windows(outputs=[Output(1, told, ""), Output(code, ADDED, "")])
    done = drivers.install(session, "D:\\a.inf")
    assert (done.outcome, done.restart, done.published) == (*wanted, "oem12.inf")
    assert session.asked == [["pnputil.exe", "/?"], ["pnputil.exe", *arguments]]


@pytest.mark.parametrize(
    ("code", "words", "remedy"),
    [
        (-536870334, "publisher of the package is not trusted", "TrustedPublisher"),  # 0xE0000242, signed
        (0xE000022F, "no signature", "Dell"),
        (5, "may not install drivers", "administrator"),
        (87, "does not say why", "setupapi.dev.log"),
    ],
)
def test_a_refusal_in_words(code, words, remedy):
    session = Windows(outputs=[Output(0, MODERN, ""), Output(code, "", "")])
    with pytest.raises(CommandFailed, match=words) as caught:
        drivers.install(session, "D:\\a.inf")
    assert remedy in caught.value.remedy


def test_devices_with_a_problem():
    one = {
        "Name": None,
        "DeviceID": "PCI\\X\\1",
        "HardwareID": ["PCI\\X"],
        "CompatibleID": "PCI\\C",
        "ConfigManagerErrorCode": 28,
    }
    session = Windows([one])
    assert drivers.problem_devices(session) == [drivers.Device("PCI\\X\\1", "PCI\\X\\1", ("PCI\\X", "PCI\\C"), 28)]
    assert session.asked == [
        "Get-CimInstance -ClassName 'Win32_PnPEntity' | "
        "Where-Object -Property 'ConfigManagerErrorCode' -NE:$true -Value 0 | "
        "Select-Object -Property @('Name','DeviceID','HardwareID','CompatibleID','ConfigManagerErrorCode')"
    ]
    for strange in (["text"], [{**one, "ConfigManagerErrorCode": None}], [{"Name": "x"}]):
        with pytest.raises(UseriesError, match="not understood"):
            drivers.problem_devices(Windows(strange))


def test_a_pattern_with_a_star_is_taken_as_it_stands():
    session = Windows([])
    drivers.mentions(session, "D:\\x", ["*PNP0A08", "PCI\\VEN_8086&DEV_1"])
    assert "-Pattern @('*PNP0A08','PCI\\VEN_8086&DEV_1') -SimpleMatch:$true" in session.asked[0]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("DriverVer=07/18/1968,10.1.1.44", "10.1.1.44"),
        ("driverver = 07/18/1968 , 1.2 ; x", "1.2"),
        ("DriverVer=07/18/1968", ""),
        ("", ""),
    ],
)
def test_the_version_of_a_package(text, version):
    assert drivers.version_of(text) == version


@pytest.mark.parametrize("joint", ["", " "])
def test_a_copy_is_compared(joint):
    data = bytes(range(256)) * 2048  # 512 KB
    digits = hashlib.sha256(data).hexdigest()
    digits = joint.join(digits[at : at + 2] for at in range(0, 64, 2))
    hashed = Output(0, f"SHA256-Hash der Datei C:\\t\\s\\a.cat:\r\n{digits}\r\nCertUtil: fertig\r\n", "")
    session, shown = Windows(outputs=[hashed]), []
    transfer.copy(session, "C:\\t", {"s\\a.cat": data}, shown.append)
    assert [len(piece) for piece in session.written["C:\\t\\s\\a.cat"]] == [196608, 196608, 131072]
    assert b"".join(session.written["C:\\t\\s\\a.cat"]) == data
    assert session.asked[0].startswith("New-Item -ItemType 'Directory' -Path 'C:\\t\\s' -Force:$true")
    assert session.asked[1:] == [["certutil.exe", "-hashfile", "C:\\t\\s\\a.cat", "SHA256"]]
    assert shown == ["copy to the appliance: 100 %"]


@pytest.mark.parametrize("data", [b"", b"x"])
def test_what_does_not_arrive_is_an_error(data):
    session = Windows(outputs=[Output(0, "x:\r\n" + "0" * 64, "")])
    with pytest.raises(UseriesError) as caught:
        transfer.copy(session, "C:\\t", {"a": data}, lambda line: None)
    assert (caught.value.kind, bool(caught.value.remedy)) == ("failed", True)
