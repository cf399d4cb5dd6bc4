# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private files: modes, links, owners, damage, atomicity."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory, private_file

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


def mode(path: Path | str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.mark.usefixtures("open_umask")
def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    directory = StateDirectory(str(tmp_path / "a" / "b"))
    directory.write("one", "test/1", {"x": 1})
    os.close(directory.open_lock("one.lock"))
    private_file(str(tmp_path / "key.txt"), "123456-234567")

    assert [mode(tmp_path / "a"), mode(tmp_path / "a/b")] == [0o700, 0o700]
    assert [mode(directory.where(name)) for name in ("one", "one.lock")] == [0o600, 0o600]
    assert mode(tmp_path / "key.txt") == 0o600
    assert sorted(os.listdir(directory.path)) == ["one", "one.lock"]


@pytest.mark.parametrize("bits", [0o777, 0o770, 0o702, 0o755, 0o1777])
def test_a_directory_that_is_open_to_others_is_refused(tmp_path: Path, bits: int) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(bits)
    with pytest.raises(UseriesError) as caught:
        StateDirectory(str(tmp_path / "state"))
    assert caught.value.kind == "invalid"
    assert f"chmod 700 {tmp_path}/state" in caught.value.remedy
    assert f"{bits:04o}" in caught.value.message


def test_a_directory_that_is_opened_to_others_later_is_refused_too(directory: StateDirectory) -> None:
    directory.write("one", "test/1", {})
    os.chmod(directory.path, 0o777)
    for order in (
        lambda: directory.read("one", "test/1"),
        lambda: directory.write("one", "test/1", {}),
        directory.list,
    ):
        with pytest.raises(UseriesError, match="Other users may write to"):
            order()


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_directory_that_is_a_link_is_refused(tmp_path: Path, ending: str) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "state").symlink_to(tmp_path / "real")
    with pytest.raises(UseriesError, match="is a symbolic link") as caught:
        StateDirectory(f"{tmp_path}/state{ending}")
    assert caught.value.remedy
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    with pytest.raises(UseriesError, match="is a symbolic link"):
        StateDirectory(str(tmp_path / "nowhere"))
    assert not (tmp_path / "gone").exists()


def test_what_belongs_to_someone_else_is_refused(
    directory: StateDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = os.geteuid()
    private_file(str(tmp_path / "key"), "x")
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    with pytest.raises(UseriesError, match=f"belongs to the user with id {mine}, not to {mine + 1}") as caught:
        StateDirectory(directory.path)
    assert caught.value.kind == "invalid"
    with pytest.raises(UseriesError, match="it is not replaced"):
        private_file(str(tmp_path / "key"), "y")
    monkeypatch.setattr(os, "geteuid", lambda: mine)
    directory.write("one", "test/1", {})
    real = os.fstat

    def given_away(descriptor: int) -> os.stat_result:
        status = list(real(descriptor))
        if stat.S_ISREG(status[0]):
            status[4] = mine + 1
        return os.stat_result(status)

    monkeypatch.setattr(os, "fstat", given_away)
    with pytest.raises(UseriesError, match=f"belongs to the user with id {mine + 1}"):
        directory.read("one", "test/1")


def test_a_file_in_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(UseriesError, match="Not a directory") as caught:
        StateDirectory(str(tmp_path / "state"))
    assert caught.value.kind == "failed"


def test_links_are_neither_read_nor_written_through(directory: StateDirectory, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    victim.chmod(0o600)
    os.symlink(victim, directory.where("one"))
    with pytest.raises(UseriesError, match="is a symbolic link"):
        directory.read_bytes("one")
    with pytest.raises(UseriesError, match="is a symbolic link"):
        directory.open_lock("one")
    directory.write_bytes("one", b"ours")
    assert victim.read_text() == "precious"
    assert directory.read_bytes("one") == b"ours"
    os.unlink(directory.where("one"))
    os.symlink(victim, directory.where("one"))
    assert directory.delete("one")
    assert victim.read_text() == "precious"


def test_what_is_no_plain_private_file_is_not_read(directory: StateDirectory, tmp_path: Path) -> None:
    os.mkfifo(directory.where("pipe"), 0o600)  # must not hang either
    with pytest.raises(UseriesError, match="not a plain file"):
        directory.read_bytes("pipe")
    (tmp_path / "other").write_text("x")
    (tmp_path / "other").chmod(0o600)
    os.link(tmp_path / "other", directory.where("second-name"))
    with pytest.raises(UseriesError, match="not a plain file"):
        directory.read_bytes("second-name")
    directory.write("one", "test/1", {})
    os.chmod(directory.where("one"), 0o644)
    with pytest.raises(UseriesError, match="0644") as caught:
        directory.read("one", "test/1")
    assert caught.value.kind == "unexpected"


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", "..", "a\n"])
def test_names_stay_in_the_directory(directory: StateDirectory, name: str) -> None:
    for order in (directory.read_bytes, directory.delete, directory.open_lock):
        with pytest.raises(ValueError, match="not a name"):
            order(name)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: b"",
        lambda text: b"null",
        lambda text: b"[" * 200_000,
        lambda text: b'{"schema": 7}',
        lambda text: text.replace(b'"x": 1', b'"x": 2'),
        lambda text: text.replace(b'"x": 1', b'"x": NaN'),
        lambda text: b"\xff\xfe" + text,
        lambda text: b" " * (17 * 1024 * 1024) + text,
    ],
)
def test_a_damaged_document_is_refused(directory: StateDirectory, damage: Callable[[bytes], bytes]) -> None:
    directory.write("one", "test/1", {"x": 1})
    directory.write_bytes("one", damage(Path(directory.where("one")).read_bytes()))
    with pytest.raises(UseriesError, match="is damaged") as caught:
        directory.read("one", "test/1")
    assert caught.value.kind == "unexpected"
    assert "remove it" in caught.value.remedy


def test_a_document_of_another_schema_is_refused(directory: StateDirectory) -> None:
    directory.write("one", "test/2", {"x": 1})
    with pytest.raises(UseriesError, match="'useries.appliance/test/2', expected 'useries.appliance/test/1'"):
        directory.read("one", "test/1")
    directory.write_bytes("two", json.dumps({"schema": "somebody.else/1"}).encode())
    with pytest.raises(UseriesError, match="somebody.else/1"):
        directory.read("two", "test/1")


def test_missing_listing_and_deleting(directory: StateDirectory) -> None:
    assert directory.read("one", "test/1") is None
    assert directory.delete("one") is False
    for name in ("b.lease", "a.lease", "c.lock"):
        directory.write_bytes(name, b"")
    Path(directory.where(".useries-1.tmp")).write_text("left behind by a kill")
    assert directory.list() == ("a.lease", "b.lease", "c.lock")
    assert directory.list(".lease") == ("a.lease", "b.lease")
    assert directory.delete("a.lease") is True
    assert directory.list(".lease") == ("b.lease",)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.text(), VALUES, max_size=5))
def test_any_json_comes_back_as_it_was(directory: StateDirectory, body: dict[str, Any]) -> None:
    directory.write("one", "test/1", body)
    found = directory.read("one", "test/1")
    assert found == body
    assert json.dumps(found, sort_keys=True) == json.dumps(body, sort_keys=True)


def test_a_failed_write_leaves_the_old_content_and_nothing_else(directory: StateDirectory) -> None:
    directory.write("one", "test/1", {"x": 1})
    with pytest.raises(TypeError):
        directory.write("one", "test/1", {"x": object()})
    os.mkdir(directory.where("two"))
    with pytest.raises(UseriesError, match="Could not write a state file"):
        directory.write("two", "test/1", {})
    assert directory.read("one", "test/1") == {"x": 1}
    assert sorted(os.listdir(directory.path)) == ["one", "two"]


def test_a_reader_sees_whole_documents_while_two_processes_write(
    directory: StateDirectory, start: Callable[[], Any]
) -> None:
    writers = [start(), start()]
    for writer, letter in zip(writers, "ab", strict=True):
        writer("write", name="one", letter=letter, times=1)
        writer.tell("write", name="one", letter=letter, times=60)
    seen = set()
    for _turn in range(150):
        body = directory.read("one", "test/1")
        assert body is not None
        seen.add(body["text"])
    for writer in writers:
        assert writer.answer() == {}
    assert seen <= {"a" * 50_000, "b" * 50_000}
    assert os.listdir(directory.path) == ["one"]


def test_a_private_file_replaces_only_a_plain_file_of_ours(tmp_path: Path) -> None:
    target = tmp_path / "key"
    target.write_text("old")
    target.chmod(0o644)
    private_file(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert mode(target) == 0o600
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(UseriesError, match="symbolic link"):
        private_file(str(tmp_path / "link"), "x")
    with pytest.raises(UseriesError, match="not a plain file"):
        (tmp_path / "folder").mkdir()
        private_file(str(tmp_path / "folder"), "x")
    with pytest.raises(UseriesError, match="does not exist"):
        private_file(str(tmp_path / "none" / "key"), "x")
    assert target.read_bytes() == b"new"


def test_a_private_file_is_refused_where_everybody_may_swap_it(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(UseriesError, match="Everybody may write") as caught:
        private_file(str(tmp_path / "open" / "key"), "canary")
    assert "canary" not in str(caught.value) + caught.value.remedy
    assert not list((tmp_path / "open").iterdir())
    (tmp_path / "open").chmod(0o1777)
    private_file(str(tmp_path / "open" / "key"), "x")
    assert (tmp_path / "open" / "key").read_text() == "x"
