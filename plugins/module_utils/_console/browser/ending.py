# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a run: every window is signed out by the console's own entry, every browser ended."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.fingers import HandError
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.link import (
    KeptHands,
    end_kept,
    kept_in,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.snapshot import mark_of, page_of
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import log_out_control

SECONDS = 5.0
"""Real seconds that a console gets to sign a window out."""


def end_browsers(run_directory: Path) -> None:
    """Called once by the run's own process; a console that does not answer is left to its own timeout."""
    for directory in kept_in(run_directory):
        with contextlib.suppress(HandError, AssertionError, LookupError):
            _sign_out(directory)
        end_kept(directory)


def _sign_out(directory: Path) -> None:
    hands = KeptHands(directory, None)
    hands.patience = SECONDS
    try:
        page = page_of(hands.do("look"))
        control = log_out_control(page)
        if control is not None:
            hands.do("click", mark=mark_of(control))
            hands.do("settle", timeout=SECONDS)
    finally:
        hands.close()
