# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation site: what a page would load from elsewhere is found, every guide is in the table of contents."""

from __future__ import annotations

import pytest
import yaml

from tests.support.project import project_files, text
from tools.docsite import elsewhere

OTHER = "https://cdn.example.com/x"


@pytest.mark.parametrize(
    "content",
    [
        f'<script async src="{OTHER}"></script>',
        f"<img alt=x\n src='{OTHER}'>",
        f'<link rel="stylesheet" type="text/css" href="{OTHER}" />',
        f"<link href={OTHER} rel=preconnect>",
        f'<iframe title="a" src="{OTHER}"></iframe>',
        f'@import "{OTHER}";',
        f"@font-face {{ src: url( '{OTHER}' ) }}",
    ],
)
def test_what_is_loaded_from_elsewhere_is_found(content: str) -> None:
    assert elsewhere(content) == [OTHER]


@pytest.mark.parametrize(
    "content",
    [
        f'<a href="{OTHER}">a link that one follows</a>',
        f'<link rel="canonical" href="{OTHER}">',
        '<script src="_static/furo.js"></script><img src="data:image/png;base64,AAAA">',
        "a { background: url(../x.webp) }",
    ],
)
def test_what_stays_on_the_site_is_no_fault(content: str) -> None:
    assert elsewhere(content) == []


def test_every_guide_is_in_the_table_of_contents_once() -> None:
    sections = yaml.safe_load(text("docs/docsite/extra-docs.yml"))["sections"]
    listed = sorted(page for section in sections for page in section["toctree"])
    folder = "docs/docsite/rst/"
    assert listed == sorted(
        path[len(folder) : -4] for path in project_files() if path.startswith(folder) and path.endswith(".rst")
    )
