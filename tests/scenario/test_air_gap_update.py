# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook air_gap_update: the package file, the step of a person, and whether the appliance shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.playbook import Core
from tests.support.site import A, Site, explained, site

pytestmark = pytest.mark.one_way  # about the steps between the modules; the pages have tests of their own in every way

AIR_GAP = [{"name": "Air gap", "ansible.builtin.import_playbook": "useries.appliance.air_gap_update"}]
NAME = "SUPI-2021-04"


def ran(pair: Site, package: Path, *words: str, **more: Any) -> tuple[int, str]:
    """Run it on one node; its code and what failed, or everything it printed."""
    given = {"air_gap_update_package": package, "air_gap_update_name": NAME, **more}
    options = [word for name, value in given.items() for word in ("-e", f"{name}={value}")]
    done = pair.run("--limit", A, *options, *words, playbook=AIR_GAP)
    return done.code, " ".join((explained(done) or done.stdout).split())


def test_the_package_goes_from_the_file_to_the_version(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        package = tmp_path / "package.exe"
        code, said = ran(pair, package)
        assert code != 0
        assert f"{package} cannot be used: there is no such file" in said
        package.touch()
        assert "cannot be used: it is empty" in ran(pair, package)[1]
        assert "cannot be used: it is not a file" in ran(pair, tmp_path)[1]
        package.write_bytes(b"MZ")
        code, said = ran(pair, package)
        assert code != 0
        assert "waiting for a person: air_gap_update" in said
        assert "person_done=air_gap_update" in said
        code, said = ran(pair, package, "-e", "person_done=air_gap_update")
        assert code != 0
        assert f"lists no package {NAME}; it lists SUPI-2021-03" in said
        assert pair.writes() == 0
        pair.control.do(A, "updates.receive", f"{NAME} Windows Server", "Security Patches for Windows Server", True)
        package.unlink()
        code, said = ran(pair, package)
        assert code == 0, said
        assert pair.writes() == 0
        code, said = ran(pair, package, air_gap_update_product="Password Safe")
        assert "together" in said and code != 0
        words = "-e", '{"air_gap_update_apply": true, "air_gap_update_product": "Password Safe"}'
        code, said = ran(pair, package, *words, air_gap_update_version="99.1")
        assert code != 0
        assert "Password Safe is at 21.2.0.1240, not at 99.1, although the packages were applied" in said
        assert [one["status"] for one in pair.control.state(A)["updates"]["packages"]] == ["Applied"] * 6
        code, said = ran(pair, package, *words, air_gap_update_version="21.2.0.1240")
        assert code == 0, said
