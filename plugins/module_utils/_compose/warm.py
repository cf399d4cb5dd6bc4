# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First uses that libraries remember, made once in the parent: every worker is a fresh fork and would pay again.

Measured (docs/performance.md): about 5 ms of processor time per task. Nothing is opened, sent or read here.
"""

from __future__ import annotations

import codecs
from datetime import datetime

from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import DATES, TIMES
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import is_sign_in
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import MissingLibrary
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

_NOBODY = Target("localhost", 443, validate_certs=False)
_PAGE = b"<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1></main></body></html>"


def warm_up() -> None:
    """Fill the caches of codecs, dates, TLS, HTTP and HTML, as far as the libraries are there."""
    for name in ("ascii", "idna"):
        codecs.lookup(name)
    for form in (*DATES[:2], TIMES[0], TIMES[2]):  # the standard library keeps five
        datetime.strptime(datetime(2000, 1, 1).strftime(form), form)
    try:
        HttpSession(_NOBODY, surface="console", clock=Clock()).close()
        is_sign_in(Page.parse(_PAGE, None, _NOBODY.url, 200))
    except MissingLibrary:
        return
