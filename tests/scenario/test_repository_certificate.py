# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The certificate of a repository host gets into the store of the appliances, once, and the playbook leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.scenario.recovery_bench import windows_pair
from tests.scenario.test_examples import certificate
from tests.support.playbook import Core
from tests.support.simulator import Simulated
from tests.support.site import explained, site

__all__ = ("windows_pair",)
pytestmark = pytest.mark.one_way  # about Windows and one upload

MODULE, PASSPHRASE = "certificate", "Canary-Repository-1"
TOOL = "C:\\ApplianceTools\\ConfigureRepository.exe"
PLAYBOOK = [{"name": "Repository", "ansible.builtin.import_playbook": "useries.appliance.repository_host"}]


@pytest.fixture
def bench(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """Node A alone, and a certificate in a file."""
    certificate(tmp_path / "files/archive.pfx", "192.0.2.9", PASSPHRASE)
    with benched(windows_pair, tmp_path) as made:
        made.control.set("windows", {}, node=A)
        made.secrets |= {PASSPHRASE, made.inventory[A]["useries_windows_password"]}
        made.inventory[A].pop("useries_partner", None)
        yield made


def given(tmp_path: Path) -> dict[str, object]:
    return {"path": str(tmp_path / "files/archive.pfx"), "passphrase": PASSPHRASE, "bind_to_https": False}


def stored(bench: Bench) -> int:
    return len(bench.control.state(A)["certificates"]["stored"])


def test_it_is_registered_once_and_proven(bench: Bench, tmp_path: Path) -> None:
    before, bound = stored(bench), bench.control.state(A)["certificates"]["bound"]
    checked = bench.attempt(MODULE, check_mode=True, **given(tmp_path))
    assert (checked["changed"], stored(bench)) == (True, before), checked
    done = bench.attempt(MODULE, require_proof=True, **given(tmp_path))
    assert (done["changed"], done["proof"], stored(bench)) == (True, "verified", before + 1), done
    assert bench.control.state(A)["certificates"]["bound"] == bound
    writes = bench.writes()
    again = bench.attempt(MODULE, require_proof=True, **given(tmp_path))
    assert (again["changed"], again["proof"], bench.writes()) == (False, "verified", writes), again
    bench.silent([checked, done, again])


def test_one_that_no_store_holds_afterwards_is_no_success(bench: Bench, tmp_path: Path) -> None:
    for _look in range(2):  # before the upload and after it
        bench.control.do(A, "fail_next", "certificate_stores", "nothing in them")
    result = bench.attempt(MODULE, **given(tmp_path))
    bench.helps(result, "no store of its Windows holds it", "certlm.msc", kind="not_seen")


def test_without_windows_it_is_uploaded_and_not_proven(bench: Bench, tmp_path: Path) -> None:
    done = bench.attempt(MODULE, **given(tmp_path), windows_host=None)
    assert (done["changed"], done["proof"]) == (True, "unavailable"), done
    assert bench.attempt(MODULE, **given(tmp_path), windows_host=None)["changed"] is True
    silent = bench.attempt(MODULE, **given(tmp_path), windows_port=9)
    assert (silent["changed"], silent["proof"]) == (True, "unavailable"), silent
    assert any("Windows does not answer" in text for text in silent["warnings"]), silent


def test_the_playbook_leads_to_it(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=("console", "endpoint", "windows")) as pair:
        tree = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))["useries"]
        own = next(one["hosts"][B] for one in tree["children"].values() if B in one["hosts"])
        windows = {
            name: value for name, value in {**tree["vars"], **own}.items() if "windows" in name or "scale" in name
        }
        extra = tmp_path / "archive.yml"
        more = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        extra.write_text(
            yaml.safe_dump({"useries_repository": {"hosts": {"archive": {**more, **windows}}}}), encoding="utf-8"
        )
        file = tmp_path / "files/archive.pfx"
        words = ("-i", str(extra), "-e", f"repository_certificate={file}",
                 "-e", f"repository_certificate_passphrase={PASSPHRASE}")  # fmt: skip
        ran = pair.run(*words, playbook=PLAYBOOK)
        assert (ran.code != 0, "C:\\ApplianceTools" in explained(ran)) == (True, True), ran.output
        pair.control.do(B, "disk.put", TOOL, "MZ")
        ran = pair.run(*words, playbook=PLAYBOOK)
        assert ran.code != 0
        assert all(
            text in explained(ran) for text in ("waiting for a person", "Create Certificate", "archive", str(file))
        )
        certificate(file, "192.0.2.9", PASSPHRASE)
        pair.control.reset_counts()
        ran = pair.run(*words, playbook=PLAYBOOK).good()
        assert ran.result("Prepare", "archive")["changed"] is False
        for host in (A, B):
            assert (ran.result("Register", host)["changed"], ran.result("Register", host)["proof"]) == (
                True,
                "verified",
            )
        assert PASSPHRASE not in ran.output
        again = pair.run(*words, playbook=PLAYBOOK).good()
        assert [again.result("Register", host)["changed"] for host in (A, B)] == [False, False]
        unnamed = pair.run("-i", str(extra), playbook=PLAYBOOK)
        assert "repository_certificate_passphrase" in explained(unnamed)
