# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The definitions in ee/: ansible-builder makes a build context of each, and what the image would run is run here where
it needs no image: the installation of the collection, the packages of Debian, and the steps behind the switches.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.release.bench import DIST, TOOLS, TREE, good, run
from tests.support.project import ROOT, text

GALAXY, TARBALL = "ee/execution-environment.yml", "ee/from-tarball.yml"
DRIVER = "ODBC Driver 18 for SQL Server"


def created(definition: str, folder: Path) -> tuple[list[str], Path]:
    """The lines of the Containerfile, and the folder of the files beside it, as ansible-builder writes them."""
    words = ["create", "--file", TREE / definition, "--context", folder / "context"]
    good([TOOLS / "ansible-builder", *words, "--output-filename", "Containerfile"], folder)
    return (folder / "context/Containerfile").read_text().splitlines(), folder / "context/_build"


def after(lines: list[str], first: str, *others: str) -> None:
    """Assert that lines stand in this order."""
    place = lines.index(first)
    for other in others:
        place = lines.index(other, place + 1)


@pytest.mark.parametrize("definition", [GALAXY, TARBALL])
def test_the_context_has_all_steps(definition: str, tmp_path: Path) -> None:
    lines, files = created(definition, tmp_path)
    assert lines[0] == 'ARG EE_BASE_IMAGE="python:3.11-slim-bookworm"'
    assert 'ARG ANSIBLE_INSTALL_REFS="ansible-core>=2.19,<2.20 ansible-runner>=2.4"' in lines
    after(lines, "FROM $EE_BASE_IMAGE AS base", "RUN $PYCMD -m pip install --no-cache-dir $ANSIBLE_INSTALL_REFS")
    after(lines, "RUN apt-get update", "RUN /output/scripts/assemble")
    after(
        lines,
        "FROM base AS final",
        "RUN /output/scripts/install-from-bindep && rm -rf /output/wheels",
        "ARG CHROMIUM=no",
        "ARG MICROSOFT_ODBC=no",
        "COPY _build/steps /output/steps",
        'RUN PYCMD=$PYCMD sh /output/steps/chromium.sh "$CHROMIUM"',
        'RUN PYCMD=$PYCMD sh /output/steps/microsoft-odbc.sh "$MICROSOFT_ODBC"',
        "RUN apt-get clean && rm -rf /var/lib/apt/lists/*",
        "USER 1000",
    )
    for step in ("chromium.sh", "microsoft-odbc.sh"):
        assert (files / "steps" / step).read_text() == text(f"ee/steps/{step}")


def test_the_default_takes_the_collection_from_galaxy(tmp_path: Path) -> None:
    lines, files = created(GALAXY, tmp_path)
    assert yaml.safe_load((files / "requirements.yml").read_text()) == {"collections": [{"name": "useries.appliance"}]}
    assert not [line for line in lines if "tar.gz" in line]


def test_the_tarball_is_installed_as_the_requirements_say(tmp_path: Path) -> None:
    lines, files = created(TARBALL, tmp_path)
    after(
        lines, "FROM base AS galaxy", "COPY _build/collection/useries-appliance-*.tar.gz /tmp/useries-appliance.tar.gz",
        "RUN /output/scripts/check_galaxy",
    )  # fmt: skip
    (copied,) = (files / "collection").iterdir()
    (built,) = DIST.glob("*.tar.gz")
    assert copied.read_bytes() == built.read_bytes()
    asked = (files / "requirements.yml").read_text()
    assert yaml.safe_load(asked) == {"collections": [{"name": "/tmp/useries-appliance.tar.gz", "type": "file"}]}
    here = tmp_path / "requirements.yml"
    here.write_text(asked.replace("/tmp/useries-appliance.tar.gz", str(copied)))
    there = tmp_path / "collections"
    words = ["collection", "install", "--offline", "-r", here, "--collections-path", there]
    good([TOOLS / "ansible-galaxy", *words], tmp_path, ANSIBLE_COLLECTIONS_PATH=str(there))
    assert (there / "ansible_collections/useries/appliance/playbooks/site.yml").is_file()


def test_the_two_definitions_differ_in_the_collection_alone() -> None:
    def rest(definition: str) -> dict[str, Any]:
        read: dict[str, Any] = yaml.safe_load(text(definition))
        del read["dependencies"]["galaxy"]
        read["additional_build_steps"].pop("prepend_galaxy", None)
        read["additional_build_files"] = [one for one in read["additional_build_files"] if one["dest"] != "collection"]
        return read

    assert rest(GALAXY) == rest(TARBALL)


def test_what_debian_needs_is_here(tmp_path: Path) -> None:
    """bindep of what ansible-builder found in the installed collection: FreeTDS; nothing is missing on this machine."""
    bindep = [TOOLS / "bindep", "--file", TREE.parent / "bindep.txt"]
    listed = good([*bindep, "--list_all", "newline"], tmp_path).split()
    assert {"unixodbc", "tdsodbc", "libkrb5-3", "libgssapi-krb5-2"} <= set(listed)
    if run(["dpkg-query", "--version"], tmp_path).returncode:
        pytest.skip("not a relative of Debian")
    assert good([*bindep, "--brief"], tmp_path).strip() == ""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an empty environment, in place of the image's."""
    folder = tmp_path_factory.mktemp("image")
    good([sys.executable, "-m", "venv", folder / "image"], folder)
    return folder / "image/bin/python"


def step(name: str, word: str) -> list[str | Path]:
    """A step as the Containerfile calls it."""
    return ["sh", ROOT / f"ee/steps/{name}.sh", word]


def test_without_a_switch_a_step_does_nothing(tmp_path: Path) -> None:
    for name in ("chromium", "microsoft-odbc"):
        assert good(step(name, "no"), tmp_path, PYCMD="/nowhere/python", ODBCSYSINI=str(tmp_path)) == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("chromium", "it is yes or no"), ("microsoft-odbc", "accept-license: the driver comes under Microsoft's licence")],
)
def test_another_word_is_refused(name: str, words: str, tmp_path: Path) -> None:
    done = run(step(name, "true"), tmp_path, PYCMD="/nowhere/python", ODBCSYSINI=str(tmp_path))
    assert done.returncode == 1
    assert "is 'true'" in done.stdout
    assert words in done.stdout


def test_the_switch_for_chromium(empty: Path, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("installs a package of Debian, as root")
    good(step("chromium", "yes"), tmp_path, PYCMD=str(empty))
    opened = "from playwright.sync_api import sync_playwright as p; import shutil\nwith p() as on:\n"
    opened += " b = on.chromium.launch(executable_path=shutil.which('chromium'), args=['--no-sandbox'])\n"
    opened += " print(b.version)"
    assert int(good([empty, "-c", opened], tmp_path).split(".")[0]) >= 105


def test_the_switch_for_microsofts_driver(empty: Path, tmp_path: Path) -> None:
    good(step("microsoft-odbc", "accept-license"), tmp_path, PYCMD=str(empty), ODBCSYSINI=str(tmp_path))
    good([empty, "-m", "pip", "install", "--quiet", "pyodbc>=5.0"], tmp_path)
    listed = good([empty, "-c", "import pyodbc; print(pyodbc.drivers())"], tmp_path, ODBCSYSINI=str(tmp_path))
    assert listed.strip() == f"['{DRIVER}']"
    knocked = f"import pyodbc; pyodbc.connect('DRIVER={{{DRIVER}}};SERVER=127.0.0.1,1', timeout=1)"
    done = run([empty, "-c", knocked], tmp_path, ODBCSYSINI=str(tmp_path))
    assert f"[Microsoft][{DRIVER}]" in done.stdout
