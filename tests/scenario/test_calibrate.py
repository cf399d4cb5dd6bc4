# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/calibrate.yml on consoles that word things differently: what it proposes makes the main job pass."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.scenario.test_captures import captures
from tests.support.playbook import Core, Ran, play, task
from tests.support.project import ROOT
from tests.support.site import A, Site, failures, site

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
    """A third of the labels in other words."""
    draw = random.Random(f"third {seed}")
    labels = sorted(every_label())
    return {key: reworded(label, draw) for key, label in draw.sample(labels, len(labels) // 3)}


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


def test_the_main_job_passes_with_what_calibration_proposes(core: Core, tmp_path: Path) -> None:
    """A third of the labels are renamed; pages that come into being under way are calibrated when they are there."""
    seed = random.SystemRandom().randrange(1, 2**31)
    labels = a_third(seed)
    print(f"seed {seed}: {labels}")
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
