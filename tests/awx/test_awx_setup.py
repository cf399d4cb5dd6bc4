# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""awx_setup.yml against the stand-in of AWX: run, run again, checked, refused; and what it made."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.awx.awx_bench import ROOT, Setup
from tests.awx.conftest import Made

pytestmark = pytest.mark.judges

#: What only a person says; the playbooks read it from the command line, and it is in no argument_specs of a role.
WORDS_OF_A_PERSON = {
    "accept_data_loss",
    "adopt_run",
    "break_lock",
    "confirm",
    "failover_explained",
    "failover_to",
    "person_done",
    "primary_is_off",
    "repeat_step",
    "restore_test_on",
}
SURFACES = ("", "WINDOWS_", "SQL_", "IDRAC_")


def workflows() -> set[str]:
    """Playbooks that work on appliances and have gates."""
    found = {path.stem: path.read_text() for path in (ROOT / "playbooks").glob("*.yml")}
    ours = {name for name, text in found.items() if "hosts: useries" in text or "useries_workflow" in text}
    return {name for name in ours if "no_gates.yml" not in found[name]}


def surveys(made: Made) -> dict[str, list[dict[str, Any]]]:
    """Questions by the name of what asks them."""
    items = made.awx.items
    return {items[endpoint][number]["name"]: one["spec"] for (endpoint, number), one in made.awx.surveys.items()}


def test_a_second_run_changes_nothing(made: Made) -> None:
    assert made.first.good().changed > 10
    assert made.second.good().changed == 0
    assert len(made.awx.writes) == made.written > 100


def test_every_workflow_has_its_template(made: Made) -> None:
    books = {Path(one["playbook"]).stem for one in made.awx.all("job_templates")}
    assert workflows() - books == set()
    assert {one for one in books if not (ROOT / "playbooks" / f"{one}.yml").exists()} == set()
    assert len(workflows()) > 20


def test_a_pair_is_never_worked_on_by_two_jobs(made: Made) -> None:
    jobs, flows = made.awx.all("job_templates"), made.awx.all("workflow_job_templates")
    assert {(one["allow_simultaneous"], one["job_slice_count"]) for one in jobs} == {(False, 1)}
    assert {one["allow_simultaneous"] for one in flows} == {False}
    assert not any(one["ask_variables_on_launch"] or one["ask_job_slice_count_on_launch"] for one in jobs)


def test_no_template_holds_a_secret_or_a_variable(made: Made) -> None:
    for one in [*made.awx.all("job_templates"), *made.awx.all("workflow_job_templates")]:
        assert one["extra_vars"] == ""
    assert {one["type"] for spec in surveys(made).values() for one in spec} <= {"text", "integer", "multiplechoice"}
    for one in made.awx.all("schedules"):
        assert one["extra_data"] == {}
    answers = [one["extra_data"] for one in made.awx.all("workflow_job_template_nodes") if one["extra_data"]]
    assert {name for one in answers for name in one} == {"health_report_directory"}


def test_credential_types_give_environment_and_files_only(made: Made) -> None:
    types = [one for one in made.awx.all("credential_types") if one["name"].startswith("U-Series")]
    assert len(types) == 4
    for one, prefix in zip(types, SURFACES, strict=True):
        assert set(one["injectors"]) == {"env", "file"}
        secret = {field["id"] for field in one["inputs"]["fields"] if field.get("secret")}
        assert {"password"} <= secret <= {"password", "previous_password"}
        assert all(field.get("default") is None for field in one["inputs"]["fields"])
        wanted = {f"USERIES_{prefix}{name}" for name in ("USERNAME", "PASSWORD", "CA_PATH")}
        assert wanted <= set(one["injectors"]["env"])
        documented = "".join(path.read_text() for path in (ROOT / "plugins/doc_fragments").glob("*.py"))
        for name in one["injectors"]["env"]:
            assert f"E({name})" in documented, name


def test_both_nodes_of_a_pair_find_what_the_credentials_give(made: Made) -> None:
    (inventory,) = made.awx.all("inventories")
    found = json.loads(inventory["variables"])
    assert found["useries_state_dir"] == "/var/lib/useries/state"
    given = {name for one in made.awx.all("credential_types") for name in one["injectors"].get("env", {})}
    read = {match for text in found.values() for match in re.findall(r"USERIES_\w+", text)}
    assert read == given
    assert found["useries_idrac_password"] == "{{ lookup('ansible.builtin.env', 'USERIES_IDRAC_PASSWORD') }}"


def test_questions_have_no_default_and_are_known(made: Made) -> None:
    books = {one["name"]: Path(one["playbook"]).stem for one in made.awx.all("job_templates")}
    specs = {
        path.parts[-3]: yaml.safe_load(path.read_text())["argument_specs"]
        for path in (ROOT / "roles").glob("*/meta/argument_specs.yml")
    }
    for name, spec in surveys(made).items():
        for one in spec:
            assert "default" not in one, (name, one)
        if name in books:
            text = (ROOT / "playbooks" / f"{books[name]}.yml").read_text()
            roles = set(re.findall(r"useries\.appliance\.(\w+)", text)) | {"high_availability"}
            entries = [entry for role in roles & set(specs) for entry in specs[role].values()]
            options = {key for entry in entries for key in entry.get("options") or {}}
            assert {one["variable"] for one in spec} <= options | WORDS_OF_A_PERSON, name
    assert any(one["variable"] == "confirm" for one in surveys(made)["U-Series Failover drill"])


def test_words_of_a_person_are_read_by_the_collection() -> None:
    text = "".join(
        path.read_text()
        for folder in ("roles", "playbooks", "plugins")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".yml", ".py") and "roles/awx/" not in path.as_posix()
    )
    assert {word for word in WORDS_OF_A_PERSON if not re.search(rf"\b{word}\b", text)} == set()


def test_steps_wait_for_gates_and_approval(made: Made) -> None:
    nodes = {one["id"]: one for one in made.awx.all("workflow_job_template_nodes")}
    templates = {one["id"]: one for one in made.awx.all("unified_job_templates")}
    links = {
        (nodes[number]["workflow_job_template"], nodes[number]["identifier"], what, nodes[one]["identifier"])
        for (endpoint, number, what), found in made.awx.links.items()
        if endpoint == "workflow_job_template_nodes"
        for one in found
    }
    (upgrade,) = [one["id"] for one in templates.values() if one["name"] == "U-Series Upgrade in steps"]
    assert {link[1:] for link in links if link[0] == upgrade} == {
        ("gates", "success_nodes", "approval"),
        ("approval", "success_nodes", "change"),
        ("change", "always_nodes", "verify"),
        ("verify", "always_nodes", "report"),
    }
    for one in nodes.values():
        kind = templates[one["unified_job_template"]]["type"]
        assert (kind == "workflow_approval_template") == (one["identifier"] == "approval")
        if one["identifier"] == "gates" and one["job_tags"] != "gates":
            assert templates[one["unified_job_template"]]["name"] == "U-Series Readiness"  # changes nothing
    assert {link[1:3] for link in links if link[3] == "change"} == {("approval", "success_nodes")}


def test_what_is_scheduled_asks_nothing(made: Made) -> None:
    templates = {one["id"]: one["name"] for one in made.awx.all("unified_job_templates")}
    scheduled = {templates[one["unified_job_template"]] for one in made.awx.all("schedules")}
    assert scheduled == {"U-Series Readiness", "U-Series Verify backup", "U-Series Quarterly drill"}
    assert scheduled & set(surveys(made)) == set()


def test_jobs_run_where_the_volume_is(made: Made) -> None:
    (group,) = made.awx.all("instance_groups")
    pod = yaml.safe_load(group["pod_spec_override"])
    (volume,) = pod["spec"]["volumes"]
    assert volume == {"name": "useries-state", "persistentVolumeClaim": {"claimName": "useries-state"}}
    (container,) = pod["spec"]["containers"]
    assert container["volumeMounts"] == [{"name": "useries-state", "mountPath": "/var/lib/useries"}]
    for one in made.awx.all("job_templates"):
        assert made.awx.links["job_templates", one["id"], "instance_groups"] == [group["id"]]


def test_a_check_of_an_empty_awx_writes_nothing(empty: Setup) -> None:
    done = empty.run("--check").good()
    assert done.changed > 3
    assert empty.awx.writes == []
    assert "says nothing of them" in done.words


def test_without_the_organisation_nothing_is_made(empty: Setup) -> None:
    done = empty.run(awx_organization="Nobody's")
    assert done.code != 0
    assert 'AWX has no organisation with the name "Nobody\'s"' in done.words
    assert "Make it in AWX under Organizations" in done.words
    assert empty.awx.writes == []


def test_a_wrong_token_is_one_clear_error(empty: Setup) -> None:
    done = empty.run(token="wrong")
    assert done.code != 0
    assert "AWX refused the sign-in. Nothing was changed. Set CONTROLLER_OAUTH_TOKEN" in done.words
    assert len(empty.awx.requests) <= 2
    assert empty.awx.writes == []


def test_without_awx_awx_its_installation_is_named(empty: Setup, made: Made) -> None:
    own = Setup(ROOT / ".venv" / "bin", empty.folder, empty.awx)
    done = own.run()
    assert done.code != 0
    assert "ansible-galaxy collection install awx.awx" in done.words
    assert empty.awx.requests == []
