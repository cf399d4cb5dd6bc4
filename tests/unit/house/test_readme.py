# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README has the sections that Galaxy's reviewers and readers look for."""

from __future__ import annotations

import re

from tests.support.project import text

SECTIONS = [
    "Description",
    "Requirements",
    "Installation",
    "Use cases",
    "Testing",
    "Support",
    "Release notes",
    "Related",
    "License",
]


def test_the_readme_has_every_section_in_order() -> None:
    headings = re.findall(r"^## (.+)$", text("README.md"), re.M)
    assert [heading for heading in headings if heading in SECTIONS] == SECTIONS
