# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An order that breaks off is sent once, by a form or by a script: Chromium alone would send it a second time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.one_page import BACKUPS, one_page
from tests.protocol.trust_bench import Answer

pytestmark = pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on the path")

BUTTONS = {
    "form": '<form method=post action="/order"><button>Create Backup</button></form>',
    "script": """<button onclick="fetch('/order', {method: 'POST', body: 'now'})">Create Backup</button>""",
}


def breaks_off() -> Answer:
    """The request is taken, and the connection closed without a word."""
    raise ConnectionResetError


@pytest.mark.parametrize("kind", BUTTONS)
@pytest.mark.parametrize("attempt", range(2))
def test_an_order_that_breaks_off_is_sent_once(tmp_path: Path, kind: str, attempt: int) -> None:
    with one_page(tmp_path, BUTTONS[kind], breaks_off) as (site, driver):
        with pytest.raises(UseriesError) as caught:
            driver.press(BACKUPS, Name(("Create Backup",)))
        assert caught.value.kind == "silent"
        assert [path for _method, path, _body in site.received if path == "/order"] == ["/order"]


def test_a_look_that_breaks_off_after_a_press_is_no_refusal(tmp_path: Path) -> None:
    """A script fetches the file and words the trouble in its own way."""
    fetch = "fetch('/order').catch(() => { said.textContent = 'The console does not answer.' })"
    inside = f'<button onclick="{fetch}">Download</button><p id=said role=alert></p>'
    with one_page(tmp_path, inside, breaks_off) as (_site, driver):
        with pytest.raises(UseriesError) as caught:
            driver.press(BACKUPS, Name(("Download",)))
        assert caught.value.kind == "silent"
        assert "broke this step off" in caught.value.message
