# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies over a page and has no closer is left alone, and named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from tests.protocol.trust_bench import INSIDE, PASSWORD, Answer, Site, make
from tests.support.ways import Opened

COVER = """<div role=dialog style="position:fixed;inset:0;background:white;z-index:9"><h2>New terms of use</h2>
<p>Please read them with care.</p><button>I agree</button></div>"""


@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on the path")
def test_a_cover_without_a_closer_is_refused_with_its_words(tmp_path: Path) -> None:
    made = make(tmp_path, "appliance")
    site = Site(made)

    def covered(method: str, path: str) -> Answer | None:
        if path == "/Maintenance" and method == "GET" and site.passwords():
            return Answer(200, INSIDE.replace("</body>", COVER + "</body>").replace('"/Maintenance"', '"/Elsewhere"'))
        return None

    site.before = covered
    opened = Opened(
        Target("127.0.0.1", site.port, timeout=5, fingerprints=(made.fingerprint,)),
        Credentials("admin", PASSWORD),
        "browser",
    )
    try:
        with pytest.raises(UseriesError) as caught:
            opened.driver.open([Name(("Maintenance",))])
        assert "covers" in caught.value.message
        assert "New terms of use" in caught.value.message
        assert "close what lies over it" in caught.value.remedy
        assert [path for _method, path, _body in site.received if path == "/Elsewhere"] == []
    finally:
        opened.close()
        site.stop()
