# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recovery: nothing begins without keys and backup, each step of a person ends the run, and the backup comes back."""

from __future__ import annotations

import hashlib
import json
import re
import ssl
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.recovery_bench import ENCRYPTED, PREPARE, UPDATE
from tests.support.playbook import Core, Ran, play, task
from tests.support.site import A, B, Site, explained, site
from tests.support.way import SPEED
from tests.support.workflow import evidence, outcomes, reports, run

pytestmark = pytest.mark.one_way  # the modules have tests of their own in every way

FLOW, ZIP = "recover", "zip-Canary-8"
WINDOWS_KEY, SQL_KEY = "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY", "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY"
SURFACES = ("console", "endpoint", "windows")
CONFIRMED = ("-e", "confirm=UVM-1A", "-e", "accept_data_loss=true")
IMAGED = 3600.0 + 400  # the image is written, and it has started
SAID = "boot_options,reset_pc,usb_keys,encryption,update_appliance,license_keys,prepare_for_shipping,configure"


def ready(pair: Site, *, escrow: bool = True) -> tuple[str, ...]:
    """A has its keys escrowed and a backup on a share; the words of a run."""
    dest = pair.folder / f"{A}.json"
    tasks = [task("A share", "backup_location", {"name": "Nas", "path": "\\\\nas\\backups"})]
    if escrow:
        tasks.append(task("Escrow", "bitlocker_info", {"dest": str(dest)}))
    pair.run("-l", A, playbook=play(*tasks, hosts="useries")).good()
    pair.control.do(A, "backups.create", "Nas", ZIP, False)
    pair.control.advance(200)
    pair.control.reset_counts()
    given: dict[str, Any] = {
        "recovery_bitlocker_keys": [str(dest)],
        "recovery_backup_location": "Nas",
        "recovery_backup_password": ZIP,
    }
    return ("-l", A, "-e", json.dumps(given))


def windows_anew(pair: Site) -> tuple[str, str]:
    """The words that name the certificate which Windows of A serves since it was imaged."""
    hosts = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))["useries"]["children"]["pair_1"][
        "hosts"
    ]
    host, port = hosts[A]["useries_windows_host"], hosts[A]["useries_windows_port"]
    served = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((host, port)))
    given = {"useries_windows_fingerprints": [hashlib.sha256(served).hexdigest()]}
    return "-e", json.dumps(given)


def cleared(pair: Site, ran: Ran) -> dict[str, Any]:
    """The evidence of a run; its files are removed, so that the next run writes the only ones."""
    report = evidence(pair, ran)
    assert ZIP not in json.dumps(report)
    for path in reports(pair).iterdir():
        path.unlink()
    return report


def waits(pair: Site, ran: Ran, step: str) -> None:
    """The run ended with a step of a person, and the evidence says so."""
    assert ran.code != 0, ran.output
    assert f"waiting for a person: {step}" in explained(ran), explained(ran)
    assert f"-e person_done={step}" in explained(ran)
    assert cleared(pair, ran)["outcome"] == "waiting"
    assert all(secret not in ran.output + json.dumps(ran.events) for secret in (ZIP, WINDOWS_KEY, SQL_KEY))
    assert not re.search(r"([0-9]{6}-){7}[0-9]{6}", ran.output + json.dumps(ran.events))


def refused(pair: Site, ran: Ran, *says: str) -> dict[str, str]:
    """It stopped before anything was written; the gates."""
    assert ran.code != 0, ran.output
    for text in says:
        assert text in explained(ran), explained(ran)
    report = cleared(pair, ran)
    assert (report["outcome"], pair.writes()) == ("failed", 0)
    return outcomes(report)


def test_from_the_keys_to_the_restore(core: Core, tmp_path: Path) -> None:
    """Windows answers: what it shows nobody has to say."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        words = ready(pair)
        records = pair.state(A)["database"]["records"]
        only = run(pair, FLOW, *words, "--tags", "gates").good()
        assert "Until Reset is pressed nothing is lost" in only.words
        assert (pair.writes(), reports(pair).exists()) == (0, False)
        refused(pair, run(pair, FLOW, *words), "-e accept_data_loss=true", "-e confirm=UVM-1A")
        refused(pair, run(pair, FLOW, *words, "--skip-tags", "gates", *CONFIRMED))
        run(pair, FLOW, *words, "--check", *CONFIRMED).good()
        assert pair.writes() == 0
        refused(pair, run(pair, FLOW, *words, *CONFIRMED, "-e", "person_done=reset_pc"), "reset_pc cannot be done")

        waits(pair, run(pair, FLOW, *words, *CONFIRMED), "boot_options")
        pair.control.power(A, "off")  # it stands in its boot options
        old = run(pair, FLOW, *words, "-e", "recovery_backup_hours=0", "-e", "person_done=boot_options")
        refused(pair, old, "were verified 0.0 hours ago", "person_done=boot_options,reset_pc")
        waits(pair, run(pair, FLOW, *words, "-e", "person_done=boot_options"), "reset_pc")
        pair.control.power(A, "on")
        pair.control.do(A, "recovery.reset_pc")
        assert pair.state(A)["database"]["records"] == []
        waits(pair, run(pair, FLOW, *words, "-e", "person_done=reset_pc"), "usb_keys")

        pair.control.advance(IMAGED)
        pair.control.set_speed(1.0)  # else it may be encrypted before anybody looks, where the machine is busy
        real = ("-e", "useries_time_scale=1")
        silent = run(pair, FLOW, *words, *real)
        assert "useries_windows_fingerprints" in explained(silent)  # its certificate is a new one
        waits(pair, silent, "usb_keys")
        fresh = pair.folder / "fresh.json"
        image = (*words, *windows_anew(pair), "-e", f"recovery_new_keys={fresh}")
        pair.control.do(A, "recovery.set_up", "key_drive", False)
        unplugged = run(pair, FLOW, *image, *real)
        assert "no USB drive with the keys is plugged in" in explained(unplugged)
        waits(pair, unplugged, "usb_keys")
        pair.control.do(A, "recovery.set_up", "key_drive", True)
        slow = run(pair, FLOW, *image, *real, "-e", "recovery_encryption_timeout=1")
        refused(pair, slow, " %")
        pair.control.set_speed(SPEED)
        pair.control.advance(ENCRYPTED)
        waits(pair, run(pair, FLOW, *image), "update_appliance")
        assert (fresh.stat().st_mode & 0o777, "recovery_password" in fresh.read_text(encoding="utf-8")) == (0o600, True)
        pair.control.do(A, "recovery.run", UPDATE)
        waits(pair, run(pair, FLOW, *image, "-e", "person_done=update_appliance"), "license_keys")
        waits(pair, run(pair, FLOW, *image, "-e", "person_done=license_keys"), "prepare_for_shipping")
        pair.control.do(A, "recovery.run", PREPARE)
        waits(pair, run(pair, FLOW, *image), "configure")
        waits(pair, run(pair, FLOW, *image), "configure")  # nobody can sign in yet
        assert pair.writes() == 0
        pair.control.do(A, "recovery.configured", pair.simulated.nodes[A].password)

        refused(pair, run(pair, FLOW, *words), "is ready for the restore of", "-e confirm=UVM-1A")
        ended = run(pair, FLOW, *words, *CONFIRMED).good()
        assert cleared(pair, ended)["outcome"] == "succeeded"
        assert pair.state(A)["database"]["records"] == records
        assert len(pair.orders("available_backups.backups.restore")) == 1


def test_scripts_and_licences_from_afar(core: Core, tmp_path: Path) -> None:
    """Somebody who is signed in only presses Next; everything up to the configuration is one run."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        words = ready(pair)
        waits(pair, run(pair, FLOW, *words, *CONFIRMED), "boot_options")
        pair.control.do(A, "recovery.reset_pc")
        pair.control.advance(IMAGED + ENCRYPTED)
        given = {
            "recovery_interactive": True,
            "recovery_windows_key": WINDOWS_KEY,
            "recovery_sql_server_key": SQL_KEY,
            "recovery_sql_setup": "C:\\SQL Server\\setup.exe",
            "recovery_key_on_command_line": True,
        }
        image = (*words, *windows_anew(pair), *CONFIRMED, "-e", json.dumps(given))
        waits(pair, run(pair, FLOW, *image, "-e", "person_done=boot_options,reset_pc"), "configure")
        state = pair.state(A)["recovery"]
        assert (state["ran"], state["files"], state["sql_edition"]) == ([UPDATE, PREPARE], [], "Standard Edition")
        written = pair.writes()
        waits(pair, run(pair, FLOW, *image), "configure")
        assert pair.writes() == written


def test_without_windows_a_person_says_everything(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=("console", "endpoint")) as pair:
        words = ready(pair, escrow=False)
        keys = pair.folder / f"{A}.json"
        keys.write_text("-".join(["123456"] * 8), encoding="utf-8")
        keys.chmod(0o600)
        records = pair.state(A)["database"]["records"]
        found = run(pair, FLOW, *words, *CONFIRMED)
        assert outcomes(evidence(pair, found))[f"bitlocker_keys@{A}"] == "warning"
        waits(pair, found, "boot_options")
        pair.control.do(A, "recovery.reset_pc")
        pair.control.advance(IMAGED + ENCRYPTED)
        waits(pair, run(pair, FLOW, *words, "-e", "person_done=boot_options,reset_pc"), "usb_keys")
        pair.control.do(A, "recovery.configured", pair.simulated.nodes[A].password)
        ended = run(pair, FLOW, *words, *CONFIRMED, "-e", f"person_done={SAID}").good()
        assert cleared(pair, ended)["outcome"] == "succeeded"
        assert pair.state(A)["database"]["records"] == records


def test_wrong_starts(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        words = (*ready(pair), *CONFIRMED)
        keys = pair.folder / f"{A}.json"

        keys.chmod(0o644)
        found = refused(pair, run(pair, FLOW, *words), "can be read by others", "0600")
        assert found[f"bitlocker_keys@{A}"] == "failed"
        keys.chmod(0o600)
        keys.write_text("[]", encoding="utf-8")
        refused(pair, run(pair, FLOW, *words), "is in none of the files")
        keys.unlink()
        refused(pair, run(pair, FLOW, *words), "is not there")
        pair.run("-l", A, playbook=play(task("Escrow", "bitlocker_info", {"dest": str(keys)}), hosts="useries")).good()

        local = (*words, "-e", "recovery_backup_location=LocalBackups")
        found = refused(pair, run(pair, FLOW, *local), "lies on the appliance itself")
        assert found[f"backup_place@{A}"] == "failed"
        found = refused(pair, run(pair, FLOW, *words, "-e", "recovery_backup_password=Wrong-Canary-2"))
        assert found[f"backup_opens@{A}"] == "failed"

        pair.control.set("model", "U-Series v20", A)
        refused(pair, run(pair, FLOW, *words), "virtual appliance", "Deploy a new virtual appliance instead")
        pair.control.set("model", "U-Series 50", A)

        pair.control.power(A, "off")
        refused(pair, run(pair, FLOW, *words), f"A recovery begins only while {A} answers", "by hand", keys.name)


def test_a_node_of_a_pair_is_refused(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        words = ready(pair)
        found = refused(pair, run(pair, FLOW, *words, *CONFIRMED), "High availability is on at", "unpair.yml")
        assert found[f"high_availability@{A}"] == "failed"
        both = run(pair, FLOW, *words[2:], *CONFIRMED)
        assert f"this run is for {A} and {B}" in explained(both)
        assert pair.writes() == 0
