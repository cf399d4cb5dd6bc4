# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The version stands in galaxy.yml alone; whatever names one agrees with it."""

from __future__ import annotations

import re

import pytest
import tomllib
import yaml

from tests.support.modules import constants
from tests.support.project import project_files, text

Number = tuple[int, ...]


def number(words: str) -> Number:
    """1.2.3 as numbers."""
    return tuple(int(part) for part in words.split("-")[0].split("."))


@pytest.fixture
def version() -> str:
    """The version of the collection."""
    return str(yaml.safe_load(text("galaxy.yml"))["version"])


def test_it_is_a_semantic_version(version: str) -> None:
    assert re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z.-]+)?", version)


def test_the_wheel_reads_it_from_there(version: str) -> None:
    read = tomllib.loads(text("pyproject.toml"))
    assert "version" not in read["project"]
    assert read["tool"]["hatch"]["version"]["path"] == "galaxy.yml"
    found = re.search(read["tool"]["hatch"]["version"]["pattern"], text("galaxy.yml"))
    assert found
    assert found["version"] == version


def test_nothing_was_added_after_it(version: str) -> None:
    """version_added of modules and options: none of a later version."""
    later = []
    for path in project_files():
        if path.startswith("plugins/") and path.endswith(".py"):
            source = constants(text(path)).get("DOCUMENTATION", "")
            added = re.findall(r"version_added: *[\"']?([\d.]+)", source)
            later += [f"{path}: {one}" for one in added if number(one) > number(version)]
    assert later == []


def test_the_newest_release_of_the_changelog_is_not_later(version: str) -> None:
    """Equal after "antsibull-changelog release", earlier while the next one is made."""
    releases = yaml.safe_load(text("changelogs/changelog.yaml"))["releases"]
    assert [release for release in releases if number(release) > number(version)] == []


def test_the_readme_asks_for_one_that_there_is(version: str) -> None:
    asked = re.findall(r'version: ">=([\d.]+)"', text("README.md"))
    assert asked
    assert [one for one in asked if number(one) > number(version)] == []
