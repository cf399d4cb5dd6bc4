# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in which the same tests operate the simulated console: WAY=html (the default), browser, or script.

========= ================== =================
WAY       driver             rendering
========= ================== =================
html      HTML               server-rendered
browser   browser            server-rendered
script    browser            script-rendered
========= ================== =================

A test marked ``one_way`` runs in the default way alone: it has little to do with the console (options, the runner),
counts the requests of the HTML driver, or chooses the driver itself.
"""

from __future__ import annotations

import os

WAYS = ("html", "browser", "script")
WAY = os.environ.get("WAY") or "html"
if WAY not in WAYS:
    raise ValueError(f"WAY={WAY}: one of {', '.join(WAYS)}")

DRIVER = "html" if WAY == "html" else "browser"
"""For ``useries_console_driver``."""

RENDERING = "script" if WAY == "script" else "html"
"""For ``python -m simulator --rendering``."""

SPEED = 60.0 if WAY == "html" else 20.0
"""Simulated seconds per real second: a look in a browser takes seconds; what is waited for must not be over then."""

QUICK = 180.0 if WAY == "html" else SPEED
"""The same for whole playbooks, which mostly wait: see :func:`tests.support.site.site`."""

SLOWER = 1 if WAY == "html" else 5
"""How many times longer a run may take."""
