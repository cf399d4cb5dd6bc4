# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondInsight at ``/`` of the same address: its sign-in (guide lines 91-104), an empty page behind it, and its
connectors (662-680).

A site of its own: own account, own cookie. Whether the page about the certificate comes first is drawn. It is always
plain HTML, also where the console is drawn by scripts; nothing else of BeyondInsight is modelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.console.other_site import OtherSite
from simulator.pages.connectors import HOME, PAGES

if TYPE_CHECKING:
    from simulator.console.site import Console

SAYS = "Of BeyondInsight only Configuration > Connectors is modelled by this simulator."


class BeyondInsight(OtherSite):
    """The other web site of one node."""

    def __init__(self, console: Console) -> None:
        super().__init__(console, "beyondinsight", "beyondinsight", "/", PAGES, HOME, SAYS)
