# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An order that breaks off is sent once, by a form or by a script: Chromium alone would send it a second time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from tests.protocol.trust_bench import PASSWORD, Answer, Site, make
from tests.support.ways import Opened

pytestmark = pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on the path")

PAGE = """<html><head><title>Maintenance</title></head><body>
<nav><ul><li><a href="/Maintenance">Maintenance</a></li></ul></nav><a href="/out">Log Out</a>
<h1>Maintenance</h1><section><h2>Backups</h2>{button}</section></body></html>"""
BUTTONS = {
    "form": '<form method=post action="/order"><button>Create Backup</button></form>',
    "script": """<button onclick="fetch('/order', {method: 'POST', body: 'now'})">Create Backup</button>""",
}


@pytest.mark.parametrize("kind", BUTTONS)
@pytest.mark.parametrize("attempt", range(2))
def test_an_order_that_breaks_off_is_sent_once(tmp_path: Path, kind: str, attempt: int) -> None:
    made = make(tmp_path, "appliance")
    site = Site(made)

    def answer(method: str, path: str) -> Answer | None:
        if path == "/order":
            raise ConnectionResetError  # taken, and the connection is closed without a word
        if method == "GET" and site.passwords():
            return Answer(200, PAGE.format(button=BUTTONS[kind]))
        return None

    site.before = answer
    opened = Opened(
        Target("127.0.0.1", site.port, timeout=10, fingerprints=(made.fingerprint,)),
        Credentials("admin", PASSWORD),
        "browser",
    )
    try:
        opened.driver.open([Name(("Maintenance",))])
        with pytest.raises(UseriesError) as caught:
            opened.driver.press(Section("backups", Name(("Backups",))), Name(("Create Backup",)))
        assert caught.value.kind == "silent"
        assert [path for _method, path, _body in site.received if path == "/order"] == ["/order"]
    finally:
        opened.close()
        site.stop()
