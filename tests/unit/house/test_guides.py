# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the guides say of the collection is so: messages exist, figures fit the evidence, pictures are there."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.support.project import ROOT, project_files, text

GUIDES = "docs/docsite/rst/"
ANYTHING = "\N{HORIZONTAL ELLIPSIS}"  # stands for what a message fills in
#: What was done in the campaign, as the page says it -> the beginnings of the names of its tests.
CAMPAIGN = {
    "killed at every point, also with all files of the controller lost": ("test_killed_at_every_point",),
    "killed after every order": ("test_killed_after_every_order",),
    "either node gone at every step": ("test_either_node_gone_at_every_step",),
    "the active node dies within every step of an upgrade": ("test_the_active_node_dies_within_every_step",),
    "every trouble and every fault of the simulator": ("test_every_trouble", "test_every_fault"),
    "every wrong start": ("test_every_wrong_start",),
    "every playbook, on twenty drawings of the console": ("test_every_playbook", "test_twenty_seeds"),
}


def of_python(path: str) -> Iterator[str]:
    """Every text of a file of Python, with a sign for each value in it."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else ANYTHING for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def of_yaml(value: Any) -> Iterator[str]:
    """Every text of a document of YAML, templates replaced by a sign."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from of_yaml(part)
    elif isinstance(value, str):
        yield re.sub(r"\{\{.*?\}\}|\{%.*?%\}", ANYTHING, value, flags=re.DOTALL)


def said() -> list[str]:
    """Every text that the collection might say."""
    found: list[str] = []
    for path in project_files():
        if path.startswith("plugins/module_utils/") and path.endswith(".py"):
            found.extend(of_python(path))
        elif path.startswith("roles/") and "/tasks/" in path and path.endswith(".yml"):
            found.extend(of_yaml(yaml.safe_load(text(path))))
    return found


def messages() -> list[str]:
    """The messages that the page about them explains."""
    return re.findall(r"^``(.+)``\n   \S", text(GUIDES + "troubleshooting.rst"), re.MULTILINE)


def pattern(message: str) -> re.Pattern[str]:
    """The message with anything in place of three dots."""
    return re.compile(re.escape(message).replace(r"\.\.\.", ".*"), re.DOTALL)


def unsaid(explained: list[str]) -> list[str]:
    """Messages that nothing in the collection says."""
    texts = said()
    return [one for one in explained if not any(pattern(one).search(part) for part in texts)]


def test_every_message_that_is_explained_exists() -> None:
    explained = messages()
    assert len(explained) > 30
    assert unsaid(explained) == []
    assert [one for one in explained if len(re.sub(r"\.\.\.|\W", "", one)) < 12] == []  # would fit nearly anything


def test_a_message_that_nobody_says_is_found() -> None:
    made_up = "The appliance ... is tired: try again after lunch"
    assert unsaid([made_up]) == [made_up]


def test_every_kind_of_error_is_explained() -> None:
    kinds = re.search(
        r"^Kind = Literal\[(.*?)^\]", text("plugins/module_utils/_net/errors.py"), re.MULTILINE | re.DOTALL
    )
    assert kinds
    page = text(GUIDES + "troubleshooting.rst").partition("Reaching it, and signing in")[0]
    assert [kind for kind in re.findall(r'^    "(\w+)",', kinds[1], re.MULTILINE) if f"``{kind}``" not in page] == []


def test_the_figures_of_the_campaign_are_those_of_the_evidence() -> None:
    evidence = json.loads(text("docs/evidence/campaign.json"))
    shown = dict(re.findall(r"^   \* - (.+)\n     - (\d+ of \d+)$", text(GUIDES + "proven.rst"), re.MULTILINE))
    expected = {}
    for what, beginnings in CAMPAIGN.items():
        counted = [row["passed"].split(" of ") for name, row in evidence.items() if name.startswith(beginnings)]
        expected[what] = f"{sum(int(good) for good, of in counted)} of {sum(int(of) for good, of in counted)}"
    assert shown == expected
    assert [name for name in evidence if not name.startswith(tuple(sum(CAMPAIGN.values(), ())))] == []


def test_every_picture_is_there_and_says_that_it_is_of_a_simulation() -> None:
    shown = set()
    for path in project_files():
        if path.startswith(GUIDES) and path.endswith(".rst"):
            for figure in re.findall(r"^\.\. figure:: (\S+)\n((?:   .*\n|\n)+)", text(path), re.MULTILINE):
                shown.add(figure[0])
                assert "simulat" in figure[1], f"{path}: the caption of {figure[0]} does not say what it shows"
                assert ":alt:" in figure[1], f"{path}: {figure[0]} has no words for those who do not see it"
    files = {path.removeprefix(GUIDES) for path in project_files() if path.endswith(".webp")}
    assert shown == files
    assert sum((ROOT / GUIDES / name).stat().st_size for name in files) < 2_000_000
