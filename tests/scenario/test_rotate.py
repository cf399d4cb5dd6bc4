# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets are rotated one at a time, the passive node first, each proven before the next."""

from __future__ import annotations

import json
import os
import signal
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.scenario.test_examples import certificate
from tests.support.playbook import Core, Ran, play, task
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.workflow import evidence, outcomes, playbook, reports, run

FLOW = "rotate"
PASSWORD, BACKUPS, PASSPHRASE = "Wanted-Canary-1", "Backup-Canary-2", "pfx-Canary-3"
TASKS = {
    "The administrator has the new password, proven by a fresh sign-in",
    "Scheduled backups have the new password",
    "A backup with the new password",
    "The certificate is the new one, proven by what is served",
}
OLD_BACKUPS = "simulated-backup-password"


def given(**variables: Any) -> tuple[str, str]:
    """Variables of the command line."""
    return ("-e", json.dumps(variables))


def signs_in(pair: Site, password: str | None = None, *words: str) -> list[str]:
    """The nodes that let the administrator in with a password (None: the one of the inventory)."""
    options = {"password": password} if password else {}
    ran = pair.run(*words, playbook=play(task("Sign in", "sign_in_info", options), hosts="useries"))
    return sorted(event["host"] for event in ran.events if event["status"] == "ok")


def silent(pair: Site, *rans: Ran, secrets: Iterable[str] = ()) -> None:
    """No secret in what was printed, in any result, in the evidence, or in what is kept on the controller."""
    own = [node.password for node in pair.simulated.nodes.values()]
    kept = [path for place in (reports(pair), pair.folder / ".ansible") for path in place.rglob("*") if path.is_file()]
    assert kept
    texts = [ran.output + json.dumps(ran.events) for ran in rans]
    texts += [path.read_text(encoding="utf-8", errors="replace") for path in kept]
    for secret in (PASSWORD, BACKUPS, PASSPHRASE, *own, *secrets):
        assert not [text for text in texts if secret in text], secret


def files(pair: Site) -> tuple[dict[str, dict[str, str]], list[str]]:
    """A certificate file for each node as host variables, and the fingerprints."""
    variables, fingerprints = {}, []
    for host in (A, B):
        path = pair.folder / host / "useries.pfx"
        certificate(path, pair.simulated.nodes[host].address, PASSPHRASE)
        variables[host] = {"rotate_certificate": str(path), "rotate_certificate_passphrase": PASSPHRASE}
        _key, one, _more = pkcs12.load_key_and_certificates(path.read_bytes(), PASSPHRASE.encode())
        assert one is not None
        fingerprints.append(one.fingerprint(hashes.SHA256()).hex().upper())
    return variables, fingerprints


def served(pair: Site, host: str) -> str:
    """The fingerprint of what a node serves now."""
    node = pair.simulated.nodes[host]
    address = (node.address, urlsplit(node.url).port or 443)
    one = x509.load_pem_x509_certificate(ssl.get_server_certificate(address).encode())
    return one.fingerprint(hashes.SHA256()).hex().upper()


def of_hosts(pair: Site, variables: dict[str, dict[str, str]]) -> None:
    """Put variables beside the inventory."""
    for host, values in variables.items():
        place = pair.simulated.directory / "host_vars" / host
        place.mkdir(parents=True, exist_ok=True)
        (place / "rotate.yml").write_text(json.dumps(values), encoding="utf-8")


def scheduled(pair: Site) -> None:
    """Both nodes back up every week with the old password, and the active one has done it."""
    given = {"location": "LocalBackups", "day": "Sunday", "time": "02:30", "backup_password": OLD_BACKUPS}
    pair.run(playbook=play(task("Schedule", "backup_schedule", given), hosts="useries")).good()
    pair.control.do(A, "backups.create", "LocalBackups", OLD_BACKUPS, False)
    pair.control.advance(3600)
    pair.control.reset_counts()


def written(pair: Site) -> list[tuple[str, str]]:
    """Node and button of every write, in order."""
    return [(one["node"], one["what"].partition(".")[2]) for one in pair.control.log() if one["kind"] == "write"]


def test_everything_is_rotated_passive_first_and_proven(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        scheduled(pair)
        variables, fingerprints = files(pair)
        of_hosts(pair, variables)
        words = given(rotate_administrator_password=PASSWORD, rotate_backup_password=BACKUPS)
        checked = run(pair, FLOW, *words, "--check", "-vvv").good()
        assert (pair.writes(), {name for _host, name in changed(checked)}) == (0, TASKS)
        pair.control.reset_counts()
        ran = run(pair, FLOW, *words, "-vvv", "--diff").good()
        assert {name for _host, name in changed(ran)} == TASKS
        assert written(pair) == [
            ("UVM-1B", "credentials.update_credentials"),
            ("UVM-1A", "credentials.update_credentials"),
            ("UVM-1B", "schedule.schedule_backup"),
            ("UVM-1A", "schedule.schedule_backup"),
            ("UVM-1A", "backup_now.create_backup"),
            ("UVM-1B", "upload_certificate.upload_certificate"),
            ("UVM-1A", "upload_certificate.upload_certificate"),
        ]
        for host in (A, B):
            assert [one["status"] for one in pair.entries("login", host)].count(200) == 1, "one attempt with each"
            assert pair.state(host)["backups"]["schedule"]["password"] == BACKUPS
        report = evidence(pair, ran)
        assert (report["outcome"], outcomes(report)["roles"]) == ("succeeded", "passed")
        assert {one["step"] for one in report["steps"] if one["changed"] and one["step"]} == {
            f"{kind}@{host}" for kind in ("administrator", "backup_schedule", "certificate") for host in (A, B)
        } | {f"backup@{A}"}
        trusted = given(useries_fingerprints=fingerprints)
        pair.control.reset_counts()
        again = run(pair, FLOW, *words, *trusted, "-vvv").good()
        assert (changed(again), pair.writes()) == (set(), 0)
        assert signs_in(pair, PASSWORD, *trusted) == [A, B]
        assert signs_in(pair, None, *trusted) == []
        silent(pair, checked, ran, again)


@pytest.mark.parametrize(
    ("start", "more", "says"),
    [
        (lambda pair: pair.control.do(A, "ha.suspend"), {}, "SUSPENDED"),
        (lambda pair: None, {"useries_password": "wrong-Canary-7"}, "refused the user"),
        (lambda pair: None, {"rotate_administrator_password": "weakcanary"}, "breaks the rules that Windows has"),
        (lambda pair: None, {"rotate_api_key": True}, "could not talk to it with a new API key"),
        (
            lambda pair: None,
            {"rotate_backup_password": BACKUPS, "rotate_backup_location": "attic"},
            "no backup location",
        ),
        (lambda pair: pair.control.power(A, "off"), {}, "does not answer"),
        (lambda pair: pair.control.power(B, "off"), {}, "does not answer"),
    ],
    ids=["suspended", "wrong old password", "weak password", "paired key", "no location", "A off", "B off"],
)
@pytest.mark.long
def test_a_wrong_start_touches_nothing(core: Core, tmp_path: Path, start: Any, more: dict[str, Any], says: str) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        start(pair)
        wrong = more.pop("useries_password", None)
        if wrong:
            of_hosts(pair, {host: {"useries_password": wrong} for host in (A, B)})
        pair.control.reset_counts()
        ran = run(pair, FLOW, *given(**{"rotate_administrator_password": PASSWORD, **more}))
        assert ran.code != 0
        assert says in explained(ran), explained(ran)
        assert pair.writes() == 0
        for host in (A, B):
            assert len(pair.entries("login", host)) <= 2, "at most one attempt with each"
        assert evidence(pair, ran)["outcome"] == "failed"
        silent(pair, ran, secrets=["weakcanary", *([wrong] if wrong else [])])


def test_only_the_gates_and_nothing_without_them(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        words = given(rotate_administrator_password=PASSWORD)
        run(pair, FLOW, *words, "--tags", "gates").good()
        assert pair.writes() == 0
        assert not reports(pair).exists()
        ran = run(pair, FLOW, *words, "--skip-tags", "gates")
        assert "gates of rotate were not checked in this run" in explained(ran)
        assert pair.writes() == 0
        assert evidence(pair, ran)["outcome"] == "failed"


@pytest.mark.long
def test_a_password_that_the_console_refuses_stops_at_the_first_node(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        ran = run(pair, FLOW, *given(rotate_administrator_password="Simplecanary1"))
        assert "complexity requirements" in explained(ran)
        assert [node for node, _what in written(pair)] == ["UVM-1B"]
        assert signs_in(pair) == [A, B]
        silent(pair, ran, secrets=["Simplecanary1"])


@pytest.mark.long
def test_a_run_that_died_between_the_nodes_goes_on(core: Core, tmp_path: Path) -> None:
    """The passive node has the new password and the new certificate already, and its checkpoint knows it again."""
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        variables, fingerprints = files(pair)
        of_hosts(pair, variables)
        words = given(rotate_administrator_password=PASSWORD)
        running = pair.start("-e", f"useries_report_dir={reports(pair)}", *words, playbook=playbook(FLOW))
        pair.until(lambda: bool(pair.orders("upload_certificate")), running)
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        pair.control.reset_counts()
        fingerprints += [served(pair, host) for host in (A, B)]
        run(pair, FLOW, *words, *given(useries_fingerprints=fingerprints)).good()
        assert "credentials.update_credentials" not in {what for _node, what in written(pair)}
        assert signs_in(pair, PASSWORD, *given(useries_fingerprints=fingerprints)) == [A, B]


@pytest.mark.long
def test_radius_needs_a_word(core: Core, tmp_path: Path) -> None:
    on = {"enabled": True, "alias": "Corporate RADIUS", "radius_username": "u", "accept_lockout": True}
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.run(playbook=play(task("RADIUS", "radius", on), hosts=B)).good()
        pair.control.reset_counts()
        words = given(rotate_administrator_password=PASSWORD)
        ran = run(pair, FLOW, *words)
        assert f"RADIUS is on at {B}" in explained(ran)
        assert pair.writes() == 0
        done = run(pair, FLOW, *words, "-e", "rotate_radius=true").good()
        told = [event["result"]["person"] for event in done.events if "person" in event["result"]]
        assert told == [{"step": f"radius@{B}", "by": "seen"}]


@pytest.mark.long
def test_a_single_appliance(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        inventory = pair.simulated.inventory
        data = yaml.safe_load(inventory.read_text(encoding="utf-8"))
        of = lone(data)
        alone = pair.folder / "alone.yml"
        alone.write_text(yaml.safe_dump(of), encoding="utf-8")
        words = given(rotate_administrator_password=PASSWORD, rotate_backup_password=BACKUPS, rotate_api_key=True)
        before = pair.state(A)["api_key"]
        ran = run(pair, FLOW, *words, inventory=alone).good()
        assert pair.state(A)["api_key"] != before
        assert evidence(pair, ran)["outcome"] == "succeeded"
        assert {node for node, _what in written(pair)} == {"UVM-1A"}
        silent(pair, ran, secrets=[before, pair.state(A)["api_key"]])


def lone(data: Any) -> Any:
    """The inventory with the first node only, which has no partner."""
    if isinstance(data, dict):
        return {key: lone(value) for key, value in data.items() if key not in (B, "useries_partner")}
    return data
