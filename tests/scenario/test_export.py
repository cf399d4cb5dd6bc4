# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Export, settings and drift: what a live pair is set to becomes variables, and later differences become a report."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playbook import Core, Ran, play, task
from tests.support.project import ROOT, text
from tests.support.site import A, B, Site, changed, site

EXPORT, SETTINGS, DRIFT = (
    [{"name": f"Run {name}", "ansible.builtin.import_playbook": f"useries.appliance.{name}"}]
    for name in ("export", "settings", "drift")
)
#: Text that must come back as it is, and never be taken for a template.
HOSTILE = 'Only {{ 7 * 7 }} "people" <b>&amp; {% raw %} \u202e \u2014 it\'s'


def export(pair: Site) -> dict[str, dict[str, Any]]:
    """Run the playbook; host -> the variables that it wrote beside the inventory."""
    place = pair.simulated.directory / "host_vars"
    pair.run("-e", f"settings_directory={place}", playbook=EXPORT).good()
    found = {}
    for host in (A, B):
        path = place / host / "settings.yml"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        loader = type("Loader", (yaml.SafeLoader,), {})
        loader.add_constructor("!unsafe", lambda one, node: one.construct_scalar(node))
        found[host] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["settings_wanted"]
    return found


def drift(pair: Site, *words: str) -> tuple[Ran, dict[str, Any], str]:
    """Run the playbook; its run, the report as data and as a page."""
    place = pair.folder / "report"
    ran = pair.run("-e", f"settings_directory={place}", *words, playbook=DRIFT)
    return ran, json.loads((place / "drift.json").read_text()), (place / "drift.html").read_text()


def by_module(findings: list[dict[str, Any]]) -> dict[str, str]:
    """Module -> what was found."""
    return {one["module"]: one["found"] for one in findings}


def set_by_hand(pair: Site) -> None:
    """Somebody at the console of the first node."""
    pair.control.set("banner", ["Notice", HOSTILE], node=A)
    pair.control.set("api_maximum_age", 42, node=A)
    pair.control.set("minimum_tls", "TLS 1.1/1.2", node=A)


def set_roles_by_hand(pair: Site) -> None:
    """Settings of roles, with passwords that nobody can read again."""
    pair.control.do(A, "roles.change", "event_collector", {"service": "Event Server", "port": 21700})
    archive = {
        "enabled": True,
        "share_path": r"\\nas\archive",
        "username": r"NAS\archive",
        "password": "archive-Canary",
    }
    pair.control.do(
        A,
        "roles.change",
        "password_safe_web_portal",
        {f"session_archiving.{key}": value for key, value in archive.items()},
    )
    pair.control.do(A, "roles.apply")
    pair.control.advance(120)
    logs = {"enabled": True, "path": r"\\nas\logs", "share_username": r"NAS\logs", "share_password": "archive-Canary"}
    pair.run(playbook=play(task("logs", "log_export", {**logs, "day": "Monday", "time": "23:15"}))).good()
    pair.control.reset_counts()


@pytest.mark.long
def test_what_was_exported_is_what_there_is(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        set_by_hand(pair)
        set_roles_by_hand(pair)
        found = export(pair)
        roles = {one["name"]: one for one in found[A]["appliance_role"]["roles"]}
        assert roles["event_collector"]["settings"] == {"service": "event_server", "port": 21700}
        assert found[A]["session_archiving"]["share_path"] == r"\\nas\archive"
        assert found[A]["log_export"]["time"] == "23:15"
        assert "archive-Canary" not in str(found)
        assert found[A]["login_banner"] == {"title": "Notice", "text": HOSTILE}
        assert found[A]["api_key"] == {"maximum_age": 42}
        assert found[B]["api_key"] == {"maximum_age": 600}
        assert found[A]["security_protocol"] == {"minimum_protocols": "TLS 1.1/1.2"}
        assert pair.writes() == 0

        checked = pair.run("--check", playbook=SETTINGS).good()
        assert changed(checked) == set()
        _ran, report, page = drift(pair)
        assert {found for one in report["hosts"].values() for found in by_module(one).values()} == {"same"}
        assert "changed by hand</td>" not in page
        assert pair.writes() == 0


@pytest.mark.long
def test_what_was_changed_by_hand_is_reported_and_put_right(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        export(pair)
        pair.control.reset_counts()
        set_by_hand(pair)
        ran, report, page = drift(pair, "-e", "settings_drift_fails=true")
        assert ran.code != 0
        assert "api_key, security_protocol" in ran.output or "login_banner, api_key" in ran.output
        ours = by_module(report["hosts"][A])
        assert {name for name, what in ours.items() if what == "changed"} == {
            "login_banner", "api_key", "security_protocol",
        }  # fmt: skip
        assert set(by_module(report["hosts"][B]).values()) == {"same"}
        assert "{{ 7 * 7 }}" in page
        assert "<b>&amp;" not in page.partition("<body>")[2]
        assert pair.writes() == 0

        pair.run(playbook=SETTINGS).good()
        assert pair.state(A)["api_maximum_age"] == 600
        _ran, report, _page = drift(pair)
        assert set(by_module(report["hosts"][A]).values()) == {"same"}


@pytest.mark.long
def test_an_appliance_that_cannot_be_compared_is_in_the_report(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        export(pair)
        pair.control.power(B, "off")
        _ran, report, page = drift(pair)
        assert set(by_module(report["hosts"][A]).values()) == {"same"}
        assert not report["hosts"][B] or set(by_module(report["hosts"][B]).values()) <= {"failed", "unknown"}
        assert "could not be compared" in page or "was not compared" in page


@pytest.mark.one_way
def test_the_role_sets_what_can_be_exported() -> None:
    """Its tasks are generated; their options are written out, so that nothing else is handed on."""
    tasks = yaml.safe_load(text("roles/settings/tasks/main.yml"))
    assert {"useries.appliance.lcd_panel", "useries.appliance.smtp"} <= {name for one in tasks for name in one}
    assert (ROOT / "roles/settings/README.md").is_file()
