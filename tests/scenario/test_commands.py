# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that README and guides show: each playbook and variable exists, and the first hour is run as written."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.support.playbook import Core
from tests.support.project import ROOT, project_files, text
from tests.support.site import A, site

pytestmark = pytest.mark.one_way  # about what is written; the pages have tests of their own in every way

NAME = "useries.appliance."
BLOCKS = {
    ".md": r"^```(?:console|bash|sh)\n(?P<block>(?:.*\n)*?)^```",
    ".rst": r"^(?P<margin> *)\.\. code-block:: console\n\n(?P<block>(?:(?:(?P=margin) {3,}.*)?\n)+)",
}
#: Programs besides Ansible's that a page shows; what else is no command is a mistake of the page.
OTHERS = {
    "apt-get", "export", "git", "ln", "make", "mkdir", "molecule", "pip", "podman", "pytest", "python", "python3",
    "read", "tests/sanity.sh", "ansible-inventory", "ansible-vault", "ansible-galaxy", "ansible-rulebook",
    "ansible-runner", "ansible-navigator", "ansible-builder", "STRANGERS_EVIDENCE=docs/evidence",
}  # fmt: skip
READ = (".py", ".yml", ".yaml", ".j2")


def commands(path: str) -> Iterator[list[str]]:
    """The commands of a page, in words."""
    for found in re.finditer(BLOCKS[Path(path).suffix], text(path), re.MULTILINE):
        for line in found["block"].replace("\\\n", " ").splitlines():
            words = shlex.split(line.strip().removeprefix("$ ").removeprefix("sudo "), comments=True)
            if words:
                yield words


def shown() -> Iterator[tuple[str, list[str]]]:
    """Page and command, of README, guides and roles."""
    for path in project_files():
        if path.endswith(tuple(BLOCKS)) and not path.startswith(("changelogs/", "tests/", "LICENSES/")):
            for words in commands(path):
                yield path, words


def known() -> str:
    """All that may use a variable, as one text."""
    folders = ("plugins/", "roles/", "playbooks/", "inventories/")
    return "\n".join(text(path) for path in project_files() if path.startswith(folders) and path.endswith(READ))


def wrong(words: list[str], playbooks: set[str], used: str) -> str:
    """What is wrong with a command; empty when nothing is."""
    program = words[0]
    if program == "ansible-playbook":
        named = [word for word in words[1:] if word.startswith((NAME, "playbooks/")) or word == "banner.yml"]
        if len(named) != 1:
            return "does not name one playbook"
        playbook = named[0].removeprefix(NAME).removeprefix("playbooks/").removesuffix(".yml")
        if playbook not in playbooks | {"banner"}:
            return f"there is no playbook {playbook}"
        given = [words[number + 1] for number, word in enumerate(words) if word == "-e"]
        for variable in (one.partition("=")[0] for one in given if not one.startswith("@")):
            if not re.search(rf"\b{re.escape(variable)}\b", used):
                return f"nothing reads the variable {variable}"
        return ""
    if program == "ansible":
        module = words[words.index("-m") + 1]
        return "" if (ROOT / f"plugins/modules/{module.removeprefix(NAME)}.py").is_file() else f"no module {module}"
    return "" if {program, Path(program).name} & OTHERS else f"{program} is no command that a page should show"


def test_every_command_names_what_there_is() -> None:
    playbooks = {Path(path).stem for path in project_files() if re.fullmatch(r"playbooks/\w+\.yml", path)}
    used, listed = known(), list(shown())
    assert len(listed) > 60
    found = [(path, " ".join(words), wrong(words, playbooks, used)) for path, words in listed]
    assert [line for line in found if line[2]] == []


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("ansible-playbook -i hosts.yml useries.appliance.no_such", "there is no playbook no_such"),
        ("ansible-playbook useries.appliance.site -e no_such_thing=1", "nothing reads the variable no_such_thing"),
        ("ansible -i hosts.yml useries -m useries.appliance.no_such", "no module useries.appliance.no_such"),
        ("rm -rf everything", "rm is no command that a page should show"),
    ],
)
def test_a_wrong_command_is_found(line: str, complaint: str) -> None:
    assert wrong(shlex.split(line), {"site"}, "site") == complaint


def test_the_first_hour(core: Core, tmp_path: Path) -> None:
    """Every command of the six steps, in order, against a simulated pair, and the change is seen at the end."""
    page = "docs/docsite/rst/first_hour.rst"
    banner = re.search(r"^\.\. code-block:: yaml\n\n((?:(?: {4}.*)?\n)+)", text(page), re.MULTILINE)
    assert banner
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        play = yaml.safe_load(banner[1])
        ended: dict[str, str] = {}
        hour = [words for words in commands(page) if "hosts.yml" in words]
        assert len(hour) == 9
        for words in hour:
            if words[0] == "ansible":
                line = [str(core.bin / "ansible"), "-i", str(pair.simulated.inventory), *words[3:]]
                done = subprocess.run(
                    line, env=pair.playbooks.base_environment, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, done.stdout + done.stderr
                continue
            rest = [uvm.replace("uvm-1a", A).replace("$PWD", str(tmp_path)) for uvm in words[4:]]
            if words[3] == "banner.yml":
                ran = pair.run(*rest, playbook=play)
                assert ran.code == 0, ran.output
                ended[f"banner {len(ended)}"] = ran.result("A banner before the sign-in")["changed"]
            else:
                ran = pair.run(*rest, playbook=[{"name": "Run", "ansible.builtin.import_playbook": words[3]}])
                assert (ran.code == 0) is not words[3].endswith("dr_readiness"), ran.output
        assert list(ended.values()) == [True, True, False]
        for made in ("settings", "calibration/calibration.html", "health/health.html", "readiness", "snapshot"):
            assert (tmp_path / "hour" / made).exists(), made
