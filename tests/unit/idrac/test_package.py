# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package tells what it is, or is refused; nothing of a hostile one is believed or grows."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._idrac.package import (
    newer,
    read_package,
    same_version,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.support.packages import BIOS, CHIPSET, IDRAC, INTEGRATION, R730, R740, STUB, described, package


def test_what_a_package_says(tmp_path: Path) -> None:
    made = package(tmp_path / "BIOS_0X1Y2_WN64_2.14.2.EXE", "2.14.2", systems=(R740, ("0717", "R740xd")))
    found = read_package(str(made))
    assert (found.name, found.version, found.component) == ("BIOS_0X1Y2_WN64_2.14.2.EXE", "2.14.2", "bios")
    assert (found.title, found.devices) == ("Dell Server BIOS R740", ("159",))
    assert [(one.id, one.model) for one in found.systems] == [(0x716, "R740"), (0x717, "R740xd")]
    assert found.for_models == "R740, R740xd"
    assert found.sha256 == hashlib.sha256(made.read_bytes()).hexdigest()
    assert found.size == made.stat().st_size


@pytest.mark.parametrize(
    ("what", "component"),
    [
        (BIOS, "bios"),
        (IDRAC, "idrac"),
        ({**IDRAC, "device": "0", "category": "iDRAC with Lifecycle Controller"}, "idrac"),
        (CHIPSET, "chipset"),
        (INTEGRATION, None),
        ({**IDRAC, "title": "iDRAC Service Module"}, None),
        ({**BIOS, "kind": "FRMW"}, None),
        ({**CHIPSET, "title": "Network", "category": "Network"}, None),
    ],
)
def test_what_it_is_for(tmp_path: Path, what: dict[str, str], component: str | None) -> None:
    assert read_package(str(package(tmp_path / "a.exe", "1.0", what))).component == component


@pytest.mark.parametrize(
    ("system_id", "model", "fits"),
    [
        (0x716, "PowerEdge R740", True),
        (0x716, "U-Series 50", True),  # the id decides
        (0x600, "PowerEdge R740", False),
        (None, "PowerEdge R740", True),
        (None, "PowerEdge R740xd", False),
        (None, "r740", True),
        (None, None, None),
    ],
)
def test_which_server_it_is_for(tmp_path: Path, system_id: int | None, model: str | None, fits: bool | None) -> None:
    assert read_package(str(package(tmp_path / "a.exe", "1.0"))).is_for(system_id, model) is fits


def test_a_package_for_no_server_fits_none(tmp_path: Path) -> None:
    found = read_package(str(package(tmp_path / "a.exe", "1.0", systems=())))
    assert (found.is_for(0x716, "PowerEdge R740"), found.for_models) == (None, "no server")
    by_name = read_package(str(package(tmp_path / "b.exe", "1.0", systems=(("", "R730"),))))
    assert (by_name.is_for(0x600, "PowerEdge R730"), by_name.is_for(0x716, "PowerEdge R740")) == (True, False)


def test_namespaces_and_utf_16_are_read(tmp_path: Path) -> None:
    text = described("3.1", BIOS, (R730,)).replace(
        "<SoftwareComponent ", '<SoftwareComponent xmlns="openmanage/cm/dm" '
    )
    found = read_package(
        str(package(tmp_path / "a.exe", "", description=text.replace("utf-8", "utf-16").encode("utf-16")))
    )
    assert (found.version, found.component, found.for_models) == ("3.1", "bios", "R730")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.BIN", b"x", "is not named like"),
        ("a b.exe", b"x", "is not named like"),
        ('a".exe', b"x", "is not named like"),
        ("a.exe", None, "There is no file"),
        ("a.exe", b"", "is empty"),
        ("a.exe", b"#!/bin/sh", "no program for Windows"),
        ("a.exe", STUB, "is no Dell Update Package"),
    ],
)
def test_what_is_no_package(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UseriesError, match=words) as caught:
        read_package(str(path))
    assert (caught.value.kind, caught.value.surface) == ("invalid", "local")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "description",
    [
        b"",
        b"<SoftwareComponent",
        b"<Other/>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><SoftwareComponent vendorVersion="&a;"/>',
        "<!DOCTYPE x><SoftwareComponent/>".encode("utf-16"),
        b"<SoftwareComponent/>",
        b'<SoftwareComponent vendorVersion=" "/>',
    ],
)
def test_a_description_that_is_none(tmp_path: Path, description: bytes) -> None:
    with pytest.raises(UseriesError) as caught:
        read_package(str(package(tmp_path / "a.exe", "", description=description)))
    assert caught.value.kind == "invalid"


def test_a_description_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(UseriesError, match=r"no package\.xml"):
        read_package(str(package(tmp_path / "a.exe", "", description=b" " * (5 * 1024 * 1024))))


@given(st.binary(max_size=400))
def test_any_file_is_refused_or_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.exe"
    path.write_bytes(b"MZ" + content)
    with pytest.raises(UseriesError):
        read_package(str(path))


@pytest.mark.parametrize(
    ("one", "two", "is_newer", "same"),
    [
        ("2.14.2", "2.12.2", True, False),
        ("2.9.1", "2.12.2", False, False),
        ("2.1", "2.1.0", False, True),
        ("7.00.00.171", "7.0.0.171", False, True),
        ("A07", "a07", None, True),
        ("A07", "2.1", None, False),
    ],
)
def test_versions(one: str, two: str, is_newer: bool | None, same: bool) -> None:
    assert (newer(one, two), same_version(one, two)) == (is_newer, same)
