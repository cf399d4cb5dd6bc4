# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Regular expressions in expressions of roles and playbooks say what they look like.

Between ``{{`` and ``}}`` Ansible doubles each backslash before Jinja sees it, so that one is enough. A second one is
right in a double-quoted YAML string; in a block of text it asks for a backslash, and never matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml

from tests.support.project import text, yaml_files


def doubled(content: str) -> Iterator[str]:
    """Expressions with two backslashes before a letter or digit, as YAML reads them."""
    for token in yaml.scan(content):
        if isinstance(token, yaml.ScalarToken):
            for expression in re.findall(r"\{\{.*?\}\}", token.value, re.DOTALL):
                if re.search(r"(?<!\\)\\\\[A-Za-z0-9]", expression):
                    yield expression


def test_no_expression_asks_for_a_backslash_it_does_not_mean() -> None:
    files = yaml_files("roles/", "playbooks/", "inventories/", "extensions/eda/")
    assert files
    assert [(path, found) for path in files for found in doubled(text(path))] == []


@pytest.mark.parametrize(
    "content",
    ["x: >-\n  {{ y is match('^\\\\d+$') }}\n", "x: '{{ y is match(\"a\\\\.b\\\\w\") }}'\n"],
)
def test_a_doubled_one_is_found(content: str) -> None:
    assert list(doubled(content))


@pytest.mark.parametrize(
    "content",
    [
        "x: \"{{ y is match('^\\\\d+$') }}\"\n",
        "x: >-\n  {{ y is match('^\\d+$') }}\n",
        "x: >-\n  {%- if y is match('^\\\\d+$') -%}{{ y }}{%- endif -%}\n",
        "x: >-\n  {{ y is match('^\\\\\\\\') }}\n",
    ],
)
def test_what_is_right_is_left_alone(content: str) -> None:
    assert not list(doubled(content))
