# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/site.yml from a clean start: checked, run, run once more; with any seed; without a secret left behind."""

from __future__ import annotations

import base64
import secrets
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import yaml

from tests.support.draw import drawn_seed
from tests.support.playbook import Core
from tests.support.site import SITE, A, B, Site, changed, site
from tests.support.way import SPEED, WAY

#: Everything that a first run changes, by host.
FIRST = {
    *((host, "Pre-login banner") for host in (A, B)),
    *((host, "Maximum age of messages between appliances") for host in (A, B)),
    *((host, "Roles") for host in (A, B)),
    *((host, "Backup location") for host in (A, B)),
    *((host, "Backup schedule") for host in (A, B)),
    (A, "Make the nodes partners"),
    (A, "Turn high availability on and wait for SYNCHRONIZED"),
    (A, "Set the high availability settings"),
    (A, "A verified backup (the database of a passive node cannot be read)"),
}
#: Sections and buttons that a first run writes with, and how often (both nodes together).
ORDERS = {
    "general_settings.pre_login_banner.update_banner": 2,
    "security_settings.api_key.update_maximum_age": 2,
    "high_availability.role.apply_changes": 2,
    "main.roles.apply_pending_changes": 2,
    "initial_setup.api_keys.register_api_key": 2,
    "initial_setup.partner.apply": 1,
    "configuration.set_state.set_high_availability": 1,
    "configuration.settings.update_settings": 1,
    "backup_and_restore.backup_location_form.create_backup_location": 2,
    "backup_and_restore.schedule.schedule_backup": 2,
    "backup_and_restore.backup_now.create_backup": 1,
}


def signed_in_once(pair: Site, runs: int) -> bool:
    """One sign-in per host and run. A run in a browser is long, in simulated time, and a session is renewed when it is
    twelve minutes old, not earlier."""
    entered = {host: [one["at"] for one in pair.entries("login", host)] for host in (A, B)}
    if WAY == "html":
        return all(len(times) == runs for times in entered.values())
    early = {host: sum(b - a < 12 * 60 / SPEED for a, b in pairwise(times)) for host, times in entered.items()}
    return all(len(entered[host]) >= runs > early[host] for host in entered)


def test_site_checked_run_and_run_again(core: Core, tmp_path: Path) -> None:
    """Console and endpoint alone; check mode lists what the first run changes and writes nothing."""
    with site(core, tmp_path, surfaces=("console", "endpoint")) as pair:
        checked = pair.run("--check", "--diff").good()
        assert pair.writes() == 0
        assert changed(checked) == FIRST
        assert (pair.role(A), pair.role(B)) == ("Off", "Off")
        assert signed_in_once(pair, runs=1)

        first = pair.run().good()
        assert changed(first) == FIRST
        assert Counter(entry["what"] for entry in pair.control.log() if entry["kind"] == "write") == ORDERS
        assert signed_in_once(pair, runs=2)
        pair.finished()

        again = pair.unchanged()
        assert signed_in_once(pair, runs=3)
        assert {line.split(":")[0].strip() for line in again.stdout.splitlines() if "changed=0" in line} == {A, B}
        assert {entry["wire"] for entry in pair.control.log()} == {"console", "endpoint"}
        for host in (A, B):
            logins, logouts = (len(pair.entries(kind, host)) for kind in ("login", "logout"))
            assert logins == logouts, "every session is logged out"


def any_seed(core: Core, folder: Path, seed: int) -> None:
    """First and second run with a seed of the console that nobody chose."""
    with site(core, folder, seed=seed) as pair:
        ran = pair.run()
        assert ran.code == 0, f"seed {seed}:\n{ran.output}"
        assert changed(ran) == FIRST, f"seed {seed}"
        pair.finished()
        pair.unchanged()


@pytest.mark.parametrize("number", range(3))
def test_any_seed(core: Core, tmp_path: Path, number: int) -> None:
    """Three seeds, drawn."""
    any_seed(core, tmp_path, drawn_seed(f"site {number}"))


@pytest.mark.campaign
@pytest.mark.parametrize("number", range(20))
def test_twenty_seeds(core: Core, tmp_path: Path, number: int) -> None:
    """The same twenty times."""
    any_seed(core, tmp_path, drawn_seed(f"site of twenty {number}"))


def forms(secret: str) -> set[str]:
    """A secret as it might be written down."""
    raw = secret.encode()
    return {
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        base64.b64encode(raw).decode().rstrip("="),
        raw.hex(),
    }


def planted(pair: Site) -> set[str]:
    """Fill in unique secrets, and collect those of inventory and appliances."""
    variables = pair.simulated.directory / "group_vars/useries.yml"
    values = yaml.safe_load(variables.read_text(encoding="utf-8"))
    for name in ("backup_location_password", "backup_password"):
        values[name] = f"Canary/{secrets.token_urlsafe(12)}+ä"
    variables.write_text(yaml.safe_dump(values), encoding="utf-8")
    found = {values["backup_location_password"], values["backup_password"]}
    inventory = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))
    for host, known in inventory["useries"]["children"]["pair_1"]["hosts"].items():
        found |= {value for name, value in known.items() if "password" in name}
        found.add(pair.state(host)["api_key"])
    assert len(found) >= 6
    return found


def test_no_secret_is_left_behind(core: Core, tmp_path: Path) -> None:
    """Canary secrets of a first run with -vvvv: in nothing that was printed, logged or left in a directory."""
    with site(core, tmp_path, surfaces=("console", "endpoint", "windows", "sql", "idrac")) as pair:
        hidden = planted(pair)
        log, state = tmp_path / "ansible.log", tmp_path / "state"
        running = pair.playbooks.start(
            SITE,
            "-vvvv",
            "--diff",
            environment={"ANSIBLE_LOG_PATH": str(log), "USERIES_STATE_DIR": str(state)},
        )
        ran = running.ended(240).good()
        assert log.stat().st_size > 1000
        assert state.is_dir()
        left = {"stdout": ran.stdout, "stderr": ran.stderr, "simulator's requests": str(pair.control.log())}
        for path in tmp_path.rglob("*"):
            if path.is_file() and not path.is_symlink():
                left[str(path.relative_to(tmp_path))] = path.read_bytes().decode("utf-8", "replace")
        shown = [
            (place, secret[:7] + "...")
            for place, text in left.items()
            for secret in hidden
            for form in forms(secret)
            if form in text
        ]
        assert shown == []
        assert not list((tmp_path / "tmp").iterdir()), "temporary files are left"
