# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pipelines for users: every shell line of them, in its order, with the artifact, against a simulated "production".

The lines are those of the files; what the service puts around them (checkout, variables, secrets) is done here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playbook import Core
from tests.support.project import ROOT, text
from tests.support.simulator import Simulated
from tests.support.site import A, B, Site
from tests.support.way import QUICK

pytestmark = pytest.mark.one_way

GITHUB, GITLAB = "extensions/pipelines/github-actions.yml", "extensions/pipelines/gitlab-ci.yml"
OWN = (".github/workflows/ci.yml", ".gitlab-ci.yml")
JOBS = ("lint", "rehearsal", "check", "run")
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


@dataclass
class Step:
    """Lines of one shell.

    :param always: it runs after a failure, too.
    """

    lines: str
    always: bool = False


@dataclass
class Job:
    """Its variables, and its steps in order."""

    variables: dict[str, str]
    steps: list[Step] = field(default_factory=list)


def github(values: dict[str, str]) -> dict[str, Job]:
    """The jobs of the workflow; expressions by their names in ``values``."""
    flow = yaml.safe_load(text(GITHUB))
    found = {}
    for name, job in flow["jobs"].items():
        given = {**flow["env"], **job.get("env", {})}
        variables = {
            key: re.sub(r"\$\{\{ *(\S+) *\}\}", lambda of: values[of[1]], value) for key, value in given.items()
        }
        steps = [Step(one["run"], one.get("if") == "always()") for one in job["steps"] if "run" in one]
        found[name] = Job(variables, steps)
    return found


def gitlab(given: dict[str, str]) -> dict[str, Job]:
    """The jobs of the pipeline; ``given``: variables of the project and of the run."""
    flow = yaml.safe_load(text(GITLAB))
    variables = {key: one["value"] if isinstance(one, dict) else one for key, one in flow["variables"].items()}
    found = {}
    for stage in flow["stages"]:
        job = flow[stage]
        steps = [Step("\n".join([*flow["default"]["before_script"], *job["script"]]))]
        steps += [Step("\n".join(job[part]), True) for part in ("after_script",) if part in job]
        found[stage] = Job({**variables, **given}, steps)
    return found


@dataclass
class Service:
    """Runs jobs in a checkout, as the service would.

    :param checkout: the user's repository.
    """

    pair: Site
    checkout: Path

    def run(self, job: Job) -> tuple[int, str]:
        """The exit code of the first step that failed, else 0, and what was printed."""
        code, printed = 0, []
        for step in job.steps:
            if code and not step.always:
                continue
            done = self.shell(step.lines, job.variables)
            printed.append(done.stdout + done.stderr)
            code = code or done.returncode
        return code, "\n".join(printed)

    def shell(self, lines: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """One shell; nothing of the caller's variables but the path."""
        base = self.pair.playbooks.base_environment
        kept = {name: base[name] for name in ("PATH", "HOME", "TMPDIR", "LC_ALL", "ANSIBLE_HOME", "ANSIBLE_NOCOLOR")}
        also = {"PYTHONPATH": str(ROOT), "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        return subprocess.run(
            [*SHELL, "-c", lines],
            cwd=self.checkout,
            env={**kept, **also, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )


def repository(pair: Site, place: Path) -> None:
    """A user's repository: inventory without secrets, what is needed, and the collection as a file."""
    inventory = place / "inventory"
    (inventory / "group_vars").mkdir(parents=True)
    tree = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))
    for group in [tree["useries"], *tree["useries"]["children"].values()]:
        for holder in [group.get("vars", {}), *(group.get("hosts") or {}).values()]:
            for name in ("useries_username", "useries_password"):
                holder.pop(name, None)
    tree["useries"]["children"]["pair_1"]["hosts"][B]["useries_password"] = environment("USERIES_PASSWORD_2")
    write(inventory / "hosts.yml", tree)
    settings = {"high_availability_settings": {"reboot_blackout_window": 77}}
    accounts = {name: environment(name.upper()) for name in ("useries_username", "useries_password")}
    write(inventory / "group_vars/useries.yml", {**accounts, **settings})
    write(place / ".yamllint", {"extends": "default", "rules": {"line-length": "disable"}})
    (place / "requirements.txt").write_text("ansible-core\nyamllint\nprometheus_client\n", encoding="utf-8")
    built = subprocess.run(
        ["ansible-galaxy", "collection", "build", str(ROOT), "--output-path", str(place)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": pair.playbooks.base_environment["PATH"]},
    )
    assert "Created collection" in built.stdout
    (artifact,) = place.glob("*.tar.gz")
    write(place / "requirements.yml", {"collections": [{"name": f"./{artifact.name}", "type": "file"}]})


def environment(name: str) -> str:
    """How an inventory takes a secret from the service."""
    return f"{{{{ lookup('ansible.builtin.env', '{name}') }}}}"


def write(path: Path, content: Any) -> None:
    """YAML as yamllint wants it."""
    path.write_text("---\n" + yaml.safe_dump(content, width=1000), encoding="utf-8")


@pytest.fixture
def service(core: Core, tmp_path: Path) -> Iterator[Service]:
    """A pair in "production", and the repository of its users."""
    with Simulated(speed=QUICK) as simulated:
        pair = Site(simulated, core, tmp_path)
        pair.pair_by_hand()
        place = tmp_path / "checkout"
        repository(pair, place)
        made = Service(pair, place)
        yield made
        if (place / "twins/simulator.json").exists():
            made.shell("python3 -m simulator --stop --directory twins", {})


def values(service: Service) -> dict[str, str]:
    """Variables and secrets of the project."""
    first, second = (service.pair.simulated.nodes[host] for host in (A, B))
    return {
        "USERIES_USERNAME": first.username,
        "USERIES_PASSWORD": first.password,
        "USERIES_PASSWORD_2": second.password,
        "USERIES_STATE_DIR": str(service.pair.folder / "state"),
    }


def walk(service: Service, jobs: dict[str, Job]) -> None:
    """From lint to the evidence."""
    evidence = service.checkout / "evidence"
    printed = ""
    for name in ("lint", "rehearsal", "check"):
        code, told = service.run(jobs[name])
        assert code == 0, f"{name}:\n{told}"
        printed += told
        assert service.pair.writes() == 0, f"{name} wrote to production"
    rehearsed = json.loads((evidence / "rehearsal/summary.json").read_text(encoding="utf-8"))
    assert (rehearsed["rehearsal"], rehearsed["outcome"], rehearsed["changed"]) == (True, "succeeded", True)
    assert not (service.checkout / "twins/simulator.json").exists(), "the twins were stopped"
    assert "changed=1" in printed

    code, told = service.run(jobs["run"])
    assert code == 0, told
    for host in (A, B):
        assert service.pair.state(host)["ha"]["settings"]["reboot_blackout_window"] == 77
    done = json.loads((evidence / "reports/summary.json").read_text(encoding="utf-8"))
    assert (done["workflow"], done["outcome"], done["changed"]) == ("ha_settings", "succeeded", True)
    assert (done["reports"][0]["pair"], done["reports"][0]["hosts"]) == ("UVM-1A+UVM-1B", [A, B])
    assert Path(done["reports"][0]["report"]["html"]).parent == evidence / "reports"
    kept = "".join(path.read_text(encoding="utf-8", errors="replace") for path in evidence.rglob("*") if path.is_file())
    for name in ("USERIES_PASSWORD", "USERIES_PASSWORD_2"):
        assert values(service)[name] not in kept + printed + told


def test_github_from_lint_to_the_evidence(service: Service) -> None:
    given = values(service)
    jobs = github(
        {
            "inputs.playbook": "ha_settings",
            "inputs.words": f"-l {A},{B}",
            "vars.USERIES_STATE_DIR": given.pop("USERIES_STATE_DIR"),
            **{f"secrets.{name}": value for name, value in given.items()},
        }
    )
    assert tuple(jobs) == JOBS
    walk(service, jobs)


def test_gitlab_says_the_same_and_keeps_the_evidence_of_a_failure(service: Service) -> None:
    jobs = gitlab({**values(service), "PLAYBOOK": "ha_settings", "WORDS": ""})
    assert tuple(jobs) == JOBS
    others = github(dict.fromkeys(re.findall(r"\$\{\{ *(\S+) *\}\}", text(GITHUB)), ""))
    for name in JOBS:
        said = [line for job in (jobs, others) for line in ["\n".join(step.lines.strip() for step in job[name].steps)]]
        assert said[0] == said[1], f"{name}: only one of the two is run by a test"
    service.pair.control.power(B, "off")
    code, told = service.run(jobs["run"])
    assert code == 2, told
    failed = json.loads((service.checkout / "evidence/reports/summary.json").read_text(encoding="utf-8"))
    assert (failed["outcome"], failed["changed"], failed["rehearsal"]) == ("failed", False, True)  # the clock is fast
    assert "does not answer" in failed["reports"][0]["reason"]
    assert failed["reports"][0]["next_step"]
    assert service.pair.writes() == 0


@pytest.mark.parametrize(
    ("path", "schema"),
    [(GITHUB, "github-workflows"), (OWN[0], "github-workflows"), (GITLAB, "gitlab-ci"), (OWN[1], "gitlab-ci")],
)
def test_the_files_are_what_the_services_expect(path: str, schema: str) -> None:
    program = shutil.which("check-jsonschema")
    assert program, "check-jsonschema is not installed (make dev)"
    words = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    done = subprocess.run(
        [program, "--builtin-schema", f"vendor.{schema}", *words, str(ROOT / path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_run_at_a_time_and_a_person_approves() -> None:
    flow = yaml.safe_load(text(GITHUB))
    assert flow["concurrency"] == {"group": "useries", "cancel-in-progress": False}
    assert flow["jobs"]["run"]["environment"] == "production"
    assert [job.get("needs") for job in flow["jobs"].values()] == [None, "lint", "rehearsal", "check"]
    other = yaml.safe_load(text(GITLAB))
    assert {other[job].get("resource_group") for job in JOBS[1:]} == {"useries"}
    assert other["run"]["rules"] == [{"when": "manual"}] and other["run"]["allow_failure"] is False
    for path in (GITHUB, GITLAB):
        assert not re.search(r"^ *(run|- ).*\$\{\{", text(path), re.MULTILINE), f"{path}: an expression in a shell line"


def test_shellcheck_has_nothing_to_say(tmp_path: Path) -> None:
    program = shutil.which("shellcheck")
    if program is None:
        pytest.skip("shellcheck is not installed (tools/system-packages.sh)")
    none = dict.fromkeys(re.findall(r"\$\{\{ *(\S+) *\}\}", text(GITHUB)), "")
    lines = [step.lines for jobs in (github(none), gitlab({})) for job in jobs.values() for step in job.steps]
    paths = []
    for number, one in enumerate(lines):
        paths.append(tmp_path / f"{number}.sh")
        paths[-1].write_text(f"#!/usr/bin/env bash\n{one}\n", encoding="utf-8")
    done = subprocess.run([program, *map(str, paths)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_projects_own_pipelines_run_the_gate() -> None:
    hub = yaml.safe_load(text(OWN[0]))["jobs"]["gate"]["steps"]
    lab = yaml.safe_load(text(OWN[1]))["gate"]["script"]
    assert [step["run"] for step in hub if "run" in step] == lab == [".ci/run"]
    assert os.access(ROOT / ".ci/run", os.X_OK)
