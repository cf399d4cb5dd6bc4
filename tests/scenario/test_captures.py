# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A page on which a label was missed is kept without its values, and read back without an appliance."""

from __future__ import annotations

import base64
import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.support.playbook import Playbooks, play, task
from tests.support.simulator import Simulated
from tests.support.way import WAY

BANNER = {"title": "Notice", "text": "Authorized use only."}
TITLE = "general_settings.pre_login_banner.title"


def captures(directory: Path) -> list[Path]:
    """The captures in a state directory, oldest first."""
    return sorted((directory / "captures").glob("*"))


def about(path: Path) -> dict[str, Any]:
    """The first line of a capture."""
    found = re.fullmatch(r"<!-- (\{.*\}) -->", path.read_text(encoding="utf-8").splitlines()[0])
    assert found is not None
    told: dict[str, Any] = json.loads(found.group(1))
    return told


def miss(bench: Bench, key: str = TITLE, module: str = "login_banner", **given: Any) -> tuple[dict[str, Any], Path]:
    """A task that misses a label, and its capture."""
    bench.control.labels(hide=[key])
    result = bench.attempt(module, **(given or BANNER))
    bench.control.labels(hide=[])
    assert result["error"]["kind"] == "label_missing", result
    return result, captures(bench.directory / "state")[-1]


@pytest.mark.parametrize("fault", ["hide", "duplicate"])
def test_the_page_is_kept_and_the_message_names_the_file(bench: Bench, fault: str) -> None:
    bench.control.labels(**{fault: [TITLE]})
    result = bench.attempt("login_banner", **BANNER)
    [path] = captures(bench.directory / "state")
    assert str(path) in result["msg"] and "support case" in result["msg"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    told = about(path)
    assert told["host"] == A
    assert told["looked_for"] == TITLE
    assert told["page"] == "general_settings"
    assert "Pre-Login Banner" in told["operation"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["time"])


def test_check_mode_keeps_it_as_well(bench: Bench) -> None:
    bench.control.labels(hide=[TITLE])
    bench.attempt("login_banner", check_mode=True, **BANNER)
    assert len(captures(bench.directory / "state")) == 1


def test_looking_whether_something_is_there_keeps_nothing(bench: Bench) -> None:
    result = bench.attempt("ha_info")  # the node is not paired: its site is looked for and not there
    assert "failed" not in result
    bench.attempt("security_protocol", minimum_protocols="TLS 1.2")
    assert captures(bench.directory / "state") == []


@pytest.mark.one_way
def test_other_errors_keep_nothing(bench: Bench) -> None:
    bench.attempt("login_banner", password="wrong", **BANNER)
    assert captures(bench.directory / "state") == []


@pytest.mark.one_way
def test_twenty_are_kept_and_the_oldest_make_room(bench: Bench) -> None:
    folder = bench.directory / "state" / "captures"
    folder.mkdir(mode=0o700, parents=True)
    folder.parent.chmod(0o700)
    for number in range(25):
        (folder / f"20200101T0000{number:02}.000000Z-x.html").write_text("old")
    _result, path = miss(bench)
    kept = captures(bench.directory / "state")
    assert len(kept) == 20
    assert kept[-1] == path
    assert kept[0].name.startswith("20200101T000006")


@pytest.mark.one_way
@pytest.mark.parametrize("what", ["state", "captures"])
def test_no_link_is_followed_and_the_error_stays_what_it_is(bench: Bench, what: str) -> None:
    elsewhere = bench.directory / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    state = bench.directory / "state"
    if what == "captures":
        state.mkdir(mode=0o700)
        (state / "captures").symlink_to(elsewhere)
    else:
        state.symlink_to(elsewhere)
    bench.control.labels(hide=[TITLE])
    result = bench.attempt("login_banner", **BANNER)
    assert result["error"]["kind"] == "label_missing"
    assert "could not be kept" in result["msg"] and "symbolic link" in result["msg"]
    assert list(elsewhere.iterdir()) == []


@pytest.mark.one_way
def test_the_default_is_the_state_directory_of_everything(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.labels(hide=[TITLE])
    failed = playbooks.run(play(task("banner", "login_banner", BANNER))).failure("banner")
    [path] = captures(playbooks.directory / ".ansible/useries")
    assert str(path) in failed["msg"]


# -- reading it back


def found(report: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Key -> what a report says of it."""
    return {
        one["key"]: (one["status"], one["found"] and one["found"].casefold(), one["proposal"], tuple(one["near"]))
        for page in report["pages"]
        for section in page["sections"]
        for one in (section, *section["labels"])
    }


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_capture_is_reported_on_as_the_page_was(tmp_path: Path, seed: int) -> None:
    with Simulated(seed=seed) as running, benched(running, tmp_path) as bench:
        for key, module, given in (
            (TITLE, "login_banner", BANNER),
            ("security_settings.api_key.maximum_age", "api_key", {"maximum_age": 5}),
            ("backup_and_restore.schedule.schedule_backup", "backup_schedule",
             {"location": "LocalBackups", "day": "Sunday", "time": "01:00", "backup_password": "zip-Canary"}),
            ("patch_management.role.apply_changes", "appliance_role", {"name": "patch_management"}),
        ):  # fmt: skip
            bench.control.labels(hide=[key])
            if bench.attempt(module, **given).get("failed") is None:
                continue  # this seed words it so that it is told by its kind
            page = key.split(".", maxsplit=1)[0]
            told = bench.attempt("console_info")
            assert "calibration" in told, told
            whole = told["calibration"]
            path = captures(tmp_path / "state")[-1]
            bench.control.labels(hide=[])
            bench.control.reset_counts()
            read = bench.attempt("console_info", capture=str(path))
            assert bench.control.log() == []
            mine = [one for one in whole["pages"] if one["key"] == page]
            kept, live = found(read["calibration"]), found({"pages": mine})
            if WAY != "html":  # of tabs and headers it holds those that were opened while the label was looked for
                section = key.rpartition(".")[0]
                kept, live = ({one: some[one] for one in some if one.startswith(section)} for some in (kept, live))
            assert kept == live, f"seed {seed}, {key}"
            assert read["calibration"]["capture"]["looked_for"].startswith(page)


def test_a_missed_menu_entry_is_reported_from_its_capture(bench: Bench) -> None:
    bench.control.labels(hide=["general_settings"])
    bench.attempt("login_banner", **BANNER)
    path = captures(bench.directory / "state")[-1]
    [page] = bench.attempt("console_info", capture=str(path))["calibration"]["pages"]
    assert (page["key"], page["status"], page["reached"]) == ("general_settings", "missed", False)


DAMAGE = {
    "nothing": (lambda text: "", "is no capture"),
    "another file": (lambda text: "<html><body>hello</body></html>", "is no capture"),
    "cut": (lambda text: text[:-40], "damaged"),
    "edited": (lambda text: text.replace("</body>", "<p>x</p></body>"), "damaged"),
    "first line": (lambda text: "<!-- {broken} -->\n" + text.split("\n", 1)[1], "is no capture"),
    "another schema": (lambda text: text.replace("capture/1", "capture/2", 1), "another kind"),
    "another page": (lambda text: text.replace('"general_settings"', '"zzz"', 1), "does not know"),
}


@pytest.mark.one_way
@pytest.mark.parametrize("damage", sorted(DAMAGE))
def test_a_capture_that_is_none_is_refused_by_name(bench: Bench, damage: str) -> None:
    _result, path = miss(bench)
    spoil, words = DAMAGE[damage]
    other = bench.directory / "other.html"
    other.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    bench.refused("console_info", str(other), words, kind="invalid", capture=str(other))


@pytest.mark.one_way
def test_a_capture_that_is_not_there_or_no_text_is_refused(bench: Bench, tmp_path: Path) -> None:
    bench.refused("console_info", "No such file", kind="invalid", capture=str(tmp_path / "none"))
    bench.refused("console_info", "Is a directory", kind="invalid", capture=str(tmp_path))
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    bench.refused("console_info", "it is no text", kind="invalid", capture=str(tmp_path / "binary"))


# -- nothing of a value

CANARIES = {
    "message": "Canary Message 7f3a of a banner",
    "title": "Canary Title 91c4",
    "location": "CanaryLocation5d20",
    "path": "\\\\nas\\canary-e8b6",
    "user": "NAS\\canary44aa",
    "share": "Canary-Share-0b1c2d",
    "backup": "Canary-Zip-3e4f5a",
    "network": "CANARY-NODE-66",
}


def forms(text: str) -> set[bytes]:
    """A text as it might be written down."""
    raw = text.encode()
    return {raw, raw.replace(b"\\", b"\\\\"), base64.b64encode(raw).rstrip(b"="), raw.hex().encode()}


MISSES = {
    TITLE: ("login_banner", BANNER),
    "general_settings.date_and_time.set_date_and_time": ("date_time", {"time_zone": "Tokyo Standard Time"}),
    "backup_and_restore.schedule.schedule_backup": (
        "backup_schedule",
        {"location": "LocalBackups", "day": "Sunday", "time": "01:00", "backup_password": CANARIES["backup"]},
    ),
    "backup_and_restore.backup_location_form.path": (
        "backup_location",
        {"name": CANARIES["location"], "path": "\\\\other\\x", "share_password": CANARIES["share"]},
    ),
    "security_settings.api_key.update_maximum_age": ("api_key", {"maximum_age": 77}),
    "beyondtrust_updates.versions": ("appliance_info", {"gather": ["versions"]}),
}


@pytest.mark.parametrize("seed", [1, 3])
def test_no_value_of_a_page_is_in_its_capture(playbooks: Playbooks, tmp_path: Path, seed: int) -> None:
    with Simulated(seed=seed) as running:
        share = {"share_username": CANARIES["user"], "share_password": CANARIES["share"], "retention": 3}
        playbooks.run(
            play(
                task("banner", "login_banner", {"title": CANARIES["title"], "text": CANARIES["message"]}),
                task("share", "backup_location", {"name": CANARIES["location"], "path": CANARIES["path"], **share}),
            ),
            inventory=running.inventory,
        ).good()
        tasks = []
        for key, (module, given) in MISSES.items():
            running.control.labels(hide=[key])
            ran = playbooks.run(play(task(key, module, given)), "-vvv", "--diff", inventory=running.inventory)
            tasks.append((key, ran))
            assert ran.code != 0, f"{key} was not missed (seed {seed})"
        state = running.control.state(A)
        node = running.nodes[A]
        kept = captures(playbooks.directory / ".ansible/useries")
        assert len(kept) == len(MISSES), [about(path)["looked_for"] for path in kept]
        secret = {**CANARIES, "key": state["api_key"], "password": node.password, "name": node.name}
        secret |= {f"version {name}": text for name, text in state["versions"] if len(text) > 5}
        inside = [
            (about(path)["looked_for"], name)
            for path in kept
            for name, text in secret.items()
            for form in forms(text)
            if form in path.read_bytes()
        ]
        assert inside == []
        for path in kept:
            content = path.read_text(encoding="utf-8")
            assert not re.search(r"<script|<input[^>]*value=\"(?!\u2588)[^\"]*\d|\?|Set-Cookie", content), path
            assert 'type="hidden" name' not in content or "value" not in content.split('type="hidden"')[1].split(">")[0]
        hidden = [CANARIES["share"], CANARIES["backup"], node.password, state["api_key"]]
        for key, ran in tasks:
            assert [text for text in hidden if text in ran.output] == [], key
