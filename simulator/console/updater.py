# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondTrust Updater, the role's own web site (guide lines 871-873, 1803-1826).

The guide tells neither its address nor its sign-in: here it is a drawn address of the same server, with the account
``bt_updater`` (411). It is always plain HTML, also where the console is drawn by scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.console.other_site import OtherSite
from simulator.console.style import Style
from simulator.pages.updater import HOME, PAGES

if TYPE_CHECKING:
    from simulator.console.site import Console

SAYS = "Choose a page."


def root(style: Style) -> str:
    """Where one signs in."""
    return f"/{style.word('updater', 'root')}"


class UpdaterSite(OtherSite):
    """Its web site on one node."""

    def __init__(self, console: Console) -> None:
        super().__init__(console, "updater", "bt_updater", root(console.style), PAGES, HOME, SAYS)
