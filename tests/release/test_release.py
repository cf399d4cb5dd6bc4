# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What "make release" builds, when it refuses, and the steps of docs/releasing.md up to the publishing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tarfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.release.bench import DIST, TREE, VENVS
from tests.support.project import ROOT, project_files, text

VERSION = str(yaml.safe_load(text("galaxy.yml"))["version"])
COLLECTION, SIMULATOR = f"useries-appliance-{VERSION}", f"useries-appliance-simulator-{VERSION}"
WHEEL = f"useries_appliance_simulator-{VERSION}-py3-none-any.whl"
FOLDERS = ("plugins/", "roles/", "playbooks/", "meta/", "ee/", "docs/docsite/", "extensions/eda/", "inventories/ex")
FILES = {"README.md", "LICENSE", "SECURITY.md", "requirements.txt", "bindep.txt", "changelogs/changelog.yaml"}
WORKSHOP = ("simulator/", "tests/", "tools/", "benchmarks/", "collections/", ".", "docs/evidence/", "pyproject.toml")


def names(requirements: str) -> set[str]:
    """The packages that a file of requirements names."""
    found = re.findall(r"^([A-Za-z][\w.-]*)", text(requirements), re.M)
    return {name.lower().replace("_", "-") for name in found}


def bill(name: str) -> tuple[dict[str, Any], dict[str, str], set[str]]:
    """The described thing, every component with its version, and the components that the thing asks for itself."""
    read = json.loads((DIST / f"{name}.cdx.json").read_text())
    assert (read["bomFormat"], read["specVersion"]) == ("CycloneDX", "1.6")
    components = {one["bom-ref"]: one for one in read["components"]}
    direct = next(one["dependsOn"] for one in read["dependencies"] if one["ref"] == "root-component")
    called = {ref: one["name"].lower().replace("_", "-") for ref, one in components.items()}
    versions = {called[ref]: one["version"] for ref, one in components.items()}
    return read["metadata"]["component"], versions, {called[ref] for ref in direct}


def test_everything_is_there_and_its_sums_are_right() -> None:
    made = {f"{COLLECTION}.tar.gz", WHEEL, f"{COLLECTION}.cdx.json", f"{SIMULATOR}.cdx.json"}
    assert {path.name for path in DIST.iterdir()} == {*made, "SHA256SUMS"}
    checked = subprocess.check_output(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=DIST, text=True)
    assert {line.split(":")[0] for line in checked.splitlines()} == made


def test_the_tarball_has_what_a_user_needs_and_no_more() -> None:
    with tarfile.open(DIST / f"{COLLECTION}.tar.gz") as opened:
        content = {name for name in opened.getnames() if (member := opened.getmember(name)) and member.isfile()}
    assert sorted(name for name in content if name.startswith(WORKSHOP)) == []
    wanted = {path for path in project_files() if path.startswith(FOLDERS)}
    assert len(wanted) > 300
    assert wanted - content == set()
    assert content >= FILES


def test_the_wheel_is_the_whole_simulator() -> None:
    with zipfile.ZipFile(DIST / WHEEL) as opened:
        content = set(opened.namelist())
        (told,) = (name for name in content if name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(opened.read(told).decode())
    wanted = {path for path in project_files() if path.startswith("simulator/")}
    assert {name for name in content if ".dist-info/" not in name} == wanted
    assert (metadata["Name"], metadata["Version"]) == ("useries-appliance-simulator", VERSION)
    needed = {re.split(r"[^\w.-]", line)[0].lower() for line in metadata.get_all("Requires-Dist", [])}
    assert needed == names("requirements-simulator.txt")


def test_the_bill_of_the_collection() -> None:
    component, versions, direct = bill(COLLECTION)
    assert (component["name"], component["version"], component["type"]) == ("useries.appliance", VERSION, "library")
    assert direct == names("meta/ee-requirements.txt") | {"ansible-core"}
    assert {"urllib3", "jinja2", "pyspnego"} <= set(versions)
    assert "pip" not in versions
    assert all(re.match(r"\d", version) for version in versions.values())


def test_the_bill_of_the_simulator() -> None:
    component, versions, direct = bill(SIMULATOR)
    assert (component["name"], component["version"]) == ("useries-appliance-simulator", VERSION)
    assert direct == names("requirements-simulator.txt")
    assert not {"pip", "ansible-core"} & set(versions)


class Clone:
    """A clone of what was released, in which a release is prepared."""

    def __init__(self, place: Path) -> None:
        self.place = place
        subprocess.run(["git", "clone", "--quiet", TREE, place], check=True)

    def write(self, path: str, old: str, new: str) -> None:
        """Replace a text in a file."""
        file = self.place / path
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a program in it."""
        variables = {**os.environ, "VENVS": str(VENVS), **more}
        variables.pop("PYTHONPATH", None)
        out, both = subprocess.PIPE, subprocess.STDOUT
        return subprocess.run(words, cwd=self.place, env=variables, stdout=out, stderr=both, text=True, check=False)

    def commit(self) -> None:
        """Commit everything."""
        author = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
        for words in (("add", "--all"), (*author, "commit", "--quiet", "--message", "A change")):
            assert self.run("git", *words).returncode == 0

    def release(self, **more: str) -> subprocess.CompletedProcess[str]:
        """What "make release" calls."""
        return self.run("tools/release.sh", **more)

    def refused(self, *words: str, **more: str) -> None:
        """Assert that it is refused in these words, and nothing was built."""
        done = self.release(**more)
        assert done.returncode == 1, done.stdout
        for word in words:
            assert word in done.stdout
        assert not (self.place / "dist").exists()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A fresh clone."""
    return Clone(tmp_path / "clone")


def test_a_dirty_tree_is_refused(clone: Clone) -> None:
    clone.write("README.md", "# useries.appliance", "# Useries.appliance")
    clone.refused("changes that no commit has", "git status")


def test_a_version_that_is_none_is_refused(clone: Clone) -> None:
    clone.write("galaxy.yml", f"version: {VERSION}", "version: 1.0")
    clone.commit()
    clone.refused("'1.0'", "MAJOR.MINOR.PATCH")


def test_a_final_release_needs_its_changelog(clone: Clone) -> None:
    clone.write("galaxy.yml", f"version: {VERSION}", "version: 99.1.0")
    (clone.place / "changelogs/fragments").mkdir(exist_ok=True)
    (clone.place / "changelogs/fragments/x.yml").write_text("---\nbugfixes:\n  - x - y.\n")
    clone.commit()
    clone.refused("has no release 99.1.0", "belong to no release", "antsibull-changelog release", FINAL="1")

    made = clone.run("antsibull-changelog", "release", "--date", "2026-11-30")
    assert made.returncode == 0, made.stdout
    assert "v99.1.0" in (clone.place / "CHANGELOG.rst").read_text()
    clone.commit()
    done = clone.release(FINAL="1")
    assert done.returncode == 0, done.stdout
    assert "candidate" not in done.stdout
    assert (clone.place / "dist/useries-appliance-99.1.0.tar.gz").is_file()
    assert (clone.place / "dist/useries_appliance_simulator-99.1.0-py3-none-any.whl").is_file()


def test_what_was_built_is_this_tree() -> None:
    """The environments are not of an earlier state."""
    for path in ("tools/release.sh", "galaxy.yml", "ee/execution-environment.yml"):
        assert (TREE / path).read_text() == (ROOT / path).read_text(), "run tests/release/environment.sh again"
