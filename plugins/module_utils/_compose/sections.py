# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What several sections of one page show, under the names that the modules give it: one request for the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page

#: Module -> (section id, option -> field id).
Shown = Mapping[str, tuple[str, Mapping[str, str]]]


def read_sections(console: ConsoleSurface, page: Page, shown: Shown) -> dict[str, dict[str, Any] | None]:
    """Module -> option -> present value; None for a section that this console does not have or the profile refuses."""
    console.open(page)
    found: dict[str, dict[str, Any] | None] = {}
    for module, (id, options) in shown.items():
        section = page.section(id)
        if console.profile.refuses_section(section) is not None or not console.has(section):
            found[module] = None
            continue
        values = console.read(section, options.values(), fresh=False)
        found[module] = {option: values[field] for option, field in options.items()}
    return found
