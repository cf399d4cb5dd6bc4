# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/calibrate.yml on consoles that word things differently: what it proposes makes the main job pass."""

from __future__ import annotations

import random
import stat
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.bad_input_bench import Bench, benched
from tests.scenario.test_captures import captures
from tests.support.draw import drawn_seed
from tests.support.playbook import Core, Playbooks, Ran, play, task
from tests.support.project import ROOT
from tests.support.simulator import Simulated
from tests.support.site import A, B, Site, failures, site

CALIBRATE = [{"name": "Calibrate", "ansible.builtin.import_playbook": "useries.appliance.calibrate"}]
#: What a page of a fresh appliance does not show: see ``when`` of these labels in the report.
ROUNDS = 6


def calibrate(pair: Site, *words: str) -> tuple[Ran, Path]:
    """Run the playbook; the directory of the report."""
    place = pair.folder / "report"
    return pair.run("-e", f"calibrate_directory={place}", *words, playbook=CALIBRATE), place


def every_label() -> Iterator[tuple[str, str]]:
    """Key and words of every label that a label file may hold and that a console may word differently."""
    known = set(yaml.safe_load((ROOT / "simulator/label_keys.yml").read_text(encoding="utf-8")))
    for page in yaml.safe_load((ROOT / "tests/data/console_pages.yml").read_text(encoding="utf-8")):
        found = [(page["id"], page["menu"][-1])] if len(page["menu"]) > 1 else []
        for section in page["sections"]:
            own = f"{page['id']}.{section['id']}"
            found.append((own, section["title"]))
            controls = [one for one in section.get("controls", ()) if one["kind"] != "list"]  # tables have no label
            for one in (*controls, *section.get("buttons", ())):
                found.append((f"{own}.{one['id']}", one["label"][0]))
        yield from ((key, label) for key, label in found if key in known)


def reworded(label: str, draw: random.Random) -> str:
    """Other words for the same, as another version of a console might have them."""
    words = label.split()
    if len(label) < 10:
        return f"{label}s"
    return draw.choice([f"The {label}", " ".join([*words[1:], words[0]]), f"My {label}", f"{label} Now"])


def a_third(seed: int) -> dict[str, str]:
    """A third of the labels in other words; a page, its section and its switch that are worded alike stay alike."""
    draw = random.Random(f"third {seed}")
    alike: dict[tuple[str, str], list[str]] = {}
    for key, label in sorted(every_label()):
        alike.setdefault((key.partition(".")[0], label), []).append(key)
    drawn = draw.sample(sorted(alike), len(alike) // 3)
    return {key: words for one in drawn for words in [reworded(one[1], draw)] for key in alike[one]}


def paste(pair: Site, labels: dict[str, Any]) -> None:
    """Put the variable into group_vars, as a person would."""
    path = pair.simulated.directory / "group_vars/useries.yml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    values["useries_console_labels"] = {**values.get("useries_console_labels", {}), **labels}
    path.write_text(yaml.safe_dump(values), encoding="utf-8")


def mend(pair: Site) -> dict[str, str]:
    """Calibrate and paste; status by key, as the report of both nodes has it."""
    ran, place = calibrate(pair)
    ran.good()
    text = (place / "console_labels.yml").read_text(encoding="utf-8")
    paste(pair, yaml.safe_load(text)["useries_console_labels"])
    return {
        one["key"]: one["status"]
        for event in ran.events
        if event["task"].endswith("Compare the labels")
        for page in event["result"]["calibration"]["pages"]
        for one in (page, *page["sections"], *(label for part in page["sections"] for label in part["labels"]))
    }


def mend_from_captures(pair: Site) -> None:
    """What a task met on a page that only it opens: read from the pages it kept."""
    for path in captures(pair.folder / ".ansible/useries"):
        ran = pair.run(playbook=play(task("read", "console_info", {"capture": str(path)}), hosts=A)).good()
        paste(pair, ran.result("read")["calibration"]["labels"])
        path.unlink()


@pytest.mark.long
def test_the_main_job_passes_with_what_calibration_proposes(core: Core, tmp_path: Path) -> None:
    """A third of the labels are renamed; pages that come into being under way are calibrated when they are there."""
    seed = drawn_seed("calibrate")
    labels = a_third(seed)
    with site(core, tmp_path, seed=seed, labels=labels) as pair:
        told = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))
        assert set(labels) & set(told["useries"]["vars"]["useries_console_labels"]) == set()
        for number in range(1, ROUNDS):
            print(f"round {number}")
            seen = mend(pair)
            ran = pair.run()
            if ran.code == 0:
                break
            kinds = {event["result"]["error"]["kind"] for event in failures(ran) if "error" in event["result"]}
            assert kinds <= {"label_missing", "label_ambiguous"}, f"seed {seed}:\n{ran.output}"
            assert "not_there" in seen.values()
            mend_from_captures(pair)
        assert ran.code == 0, f"seed {seed}:\n{ran.output}"
        pair.finished()
        pair.unchanged()


# -- what it costs, and what it leaves


@pytest.mark.one_way
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_round_costs_one_request_a_page_besides_the_sign_in(tmp_path: Path, seed: int) -> None:
    with Simulated(seed=seed) as running, benched(running, tmp_path) as bench:
        report = bench.attempt("console_info")["calibration"]
        log = bench.control.log()
        sign_in = [one for one in log if one["kind"] == "login" or one["what"] in ("entrance", "login")]
        pages = [one for one in log if one not in sign_in and one["status"] == 200]
        assert len(pages) <= report["summary"]["pages"], f"seed {seed}: {[one['what'] for one in log]}"
        assert len(log) - len(pages) <= 4, "the sign-in alone"
        assert {one["kind"] for one in log} <= {"read", "login"}
        assert report["summary"]["missed"] == 0, f"seed {seed}"
        assert report["summary"]["pages"] - report["summary"]["reached"] == 3  # a role that is not there, and a pair


@pytest.mark.one_way
def test_what_stands_in_a_region_that_is_named_by_its_title_is_proposed(tmp_path: Path) -> None:
    """A region is no title, so what stands in it is no part of one; this console has the section in one."""
    key = "security_settings.api_key.api_key"
    with Simulated(seed=1354544083, labels={key: "API keys"}) as running, benched(running, tmp_path) as bench:
        proposed = bench.attempt("console_info")["calibration"]["labels"]
    assert proposed.get(key) == "API keys", f"it proposes: {proposed}"


@pytest.mark.one_way
def test_a_label_may_be_called_like_its_section(tmp_path: Path) -> None:
    section = "security_settings.api_key"
    labels = {section: "API Keys", f"{section}.api_key": "API keys"}
    with Simulated(seed=1374248537, labels=labels) as running, benched(running, tmp_path) as bench:
        proposed = bench.attempt("console_info")["calibration"]["labels"]
    assert str(proposed.get(f"{section}.api_key")).casefold() == "api keys", f"it proposes: {proposed}"


def test_a_paired_node_shows_the_configuration_instead_of_the_setup(bench: Bench) -> None:
    bench.stage("synchronized")
    pages = {one["key"]: one for one in bench.attempt("console_info")["calibration"]["pages"]}
    assert (pages["configuration"]["status"], pages["initial_setup"]["status"]) == ("met", "not_there")
    assert "no partner yet" in pages["initial_setup"]["reason"]
    assert all(one["status"] == "met" for part in pages["configuration"]["sections"] for one in part["labels"])


def test_a_page_is_missed_when_the_role_that_brings_it_is_on(bench: Bench) -> None:
    bench.stage("roles")
    bench.control.labels(hide=["initial_setup"])
    pages = {one["key"]: one for one in bench.attempt("console_info")["calibration"]["pages"]}
    bench.control.labels(hide=[])
    assert pages["initial_setup"]["status"] == "missed"


class Reader(HTMLParser):
    """Elements and words of a report."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


@pytest.mark.one_way
@pytest.mark.long
def test_the_report_is_private_stands_alone_and_shows_words_as_words(core: Core, tmp_path: Path) -> None:
    title = "general_settings.pre_login_banner"
    evil = {title: "Pre-Login <script>alert(1)</script> Banner & 'co'", f"{title}.update_banner": 'Update <b>"it"</b>'}
    with site(core, tmp_path, seed=1, labels=evil) as pair:
        ran, place = calibrate(pair)
        ran.good()
        assert "labels met" in ran.output and "General Settings" in ran.output
        assert pair.writes() == 0
        for path in (place / "calibration.html", place / "console_labels.yml"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        text = (place / "calibration.html").read_text(encoding="utf-8")
        reader = Reader()
        reader.feed(text)
        assert "script" not in reader.tags
        assert reader.links == []
        assert "&lt;script&gt;alert(1)" in text
        assert all(f"<h2>{host}</h2>" in text for host in (A, B))
        proposed = yaml.safe_load((place / "console_labels.yml").read_text(encoding="utf-8"))["useries_console_labels"]
        assert "<script>" in proposed[title].casefold()
        place.chmod(0o755)
        calibrate(pair)[0].good()
        assert stat.S_IMODE(place.stat().st_mode) == 0o755, "a directory of the user stays as it is"


def test_a_capture_is_reported_on_without_an_appliance(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.labels(hide=["general_settings.pre_login_banner.title"])
    playbooks.run(play(task("banner", "login_banner", {"title": "a", "text": "b"})))
    [path] = captures(playbooks.directory / ".ansible/useries")
    simulated.control.reset_counts()
    place = playbooks.directory / "report"
    playbooks.run(
        CALIBRATE, "--limit", A, "-e", f"calibrate_directory={place}", "-e", f"calibrate_capture={path}"
    ).good()
    assert simulated.control.count("all") == 0
    assert "Read from a page that was kept: useries-1a" in (place / "calibration.html").read_text(encoding="utf-8")


@pytest.mark.one_way
def test_the_directory_has_to_be_named(playbooks: Playbooks, simulated: Simulated) -> None:
    ran = playbooks.run(CALIBRATE)
    assert ran.code != 0
    assert "calibrate_directory" in ran.output
    assert simulated.control.count("all") == 0


def test_a_form_that_is_not_open_is_not_taken_for_something_of_a_like_name(tmp_path: Path) -> None:
    """'location backup' is near enough to 'Edit Backup Location', but it has none of the form's labels."""
    with Simulated(seed=4, labels=a_third(4)) as running, benched(running, tmp_path) as bench:
        pages = bench.attempt("console_info")["calibration"]["pages"]
    [form] = [
        part for page in pages for part in page["sections"] if part["key"] == "backup_and_restore.backup_location_form"
    ]
    assert (form["status"], form["proposal"]) == ("not_there", None)
    assert {one["status"] for one in form["labels"]} == {"not_there"}
