# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that are drawn by scripts, before a driver that reads HTML only: it refuses in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers import scripted
from tests.support.strangers import Stranger, html_driver, opened

pytestmark = pytest.mark.judges


@pytest.fixture(scope="module", params=["nicegui", "syncthing", "cockpit"])
def stranger(
    request: pytest.FixtureRequest, judges: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stranger]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "nicegui":
        started = scripted.nicegui(judges, folder)
    else:
        started = scripted.syncthing(folder) if request.param == "syncthing" else scripted.cockpit(folder)
    with started as running:
        yield running


MENUS = {"NiceGUI": ("Jobs",), "Syncthing": ("Actions", "Settings"), "Cockpit": ("Accounts",)}
WORDS = {
    "NiceGUI": "The page works by scripts",
    "Syncthing": "works by a script of the page",
    "Cockpit": "No menu entry 'Accounts'",
}
WHY = {
    "NiceGUI": "its pages are drawn by scripts, the markup is an empty shell",
    "Syncthing": "its menu, its dialogs and all of its values are the work of scripts",
    "Cockpit": "its menu and its frames are drawn by scripts, the markup is an empty shell",
}


def test_html_refuses_a_page_of_scripts(stranger: Stranger, record_property: Any) -> None:
    """Opens a page by its menu."""
    record_property("stranger", (stranger.name, stranger.version))
    record_property("driver", "html")
    record_property("refused", WHY[stranger.name.split()[0]])
    program = stranger.name.split()[0]
    with html_driver(stranger) as driver, pytest.raises(UseriesError) as refused:
        opened(driver, *MENUS[program])
    assert WORDS[program] in f"{refused.value.message} {refused.value.remedy}"
