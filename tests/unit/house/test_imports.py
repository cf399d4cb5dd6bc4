# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports point one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.support import imports
from tests.support.project import python_files, text

Rule = Callable[[str, str], Iterator[str]]
RULES = [
    imports.wrong_directions,
    imports.wrong_company,
    imports.unguarded_libraries,
    imports.own_clocks,
    imports.borrowed_expectations,
]
UTILS = "ansible_collections.useries.appliance.plugins.module_utils"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    assert [finding for path in python_files() for finding in rule(path, text(path))] == []


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (imports.wrong_directions, "plugins/module_utils/_net/x.py", f"from {UTILS}._engine import plan"),
        (imports.wrong_directions, "plugins/module_utils/_engine/x.py", f"import {UTILS}._compose.run"),
        (imports.wrong_directions, "plugins/module_utils/_console/x.py", f"from {UTILS} import _windows"),
        (imports.wrong_directions, "plugins/module_utils/_console/html/x.py", "from ..._guide import terms"),
        (imports.wrong_directions, "plugins/module_utils/_cellar/x.py", ""),
        (
            imports.wrong_company,
            "plugins/module_utils/_sql/x.py",
            "from ansible.module_utils.basic import AnsibleModule",
        ),
        (imports.wrong_company, "simulator/x.py", f"from {UTILS}._net import clock"),
        (imports.wrong_company, "plugins/modules/x.py", "import simulator.model"),
        (imports.unguarded_libraries, "plugins/modules/x.py", "import requests"),
        (
            imports.unguarded_libraries,
            "plugins/modules/x.py",
            "try:\n    from lxml import html\nexcept ImportError:\n    pass",
        ),
        (imports.own_clocks, "plugins/module_utils/_engine/x.py", "import time\ntime.sleep(1)"),
        (imports.own_clocks, "plugins/module_utils/_engine/x.py", "from time import monotonic"),
        (imports.borrowed_expectations, "tests/unit/compose/test_x.py", f"from {UTILS}._guide import general_settings"),
        (imports.borrowed_expectations, "tests/scenario/test_x.py", "from simulator.pages import roles"),
    ],
)
def test_the_rule_finds_an_offence(rule: Rule, path: str, source: str) -> None:
    assert list(rule(path, source))


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (imports.wrong_directions, "plugins/module_utils/_compose/x.py", f"from {UTILS}._console import html"),
        (imports.wrong_directions, "plugins/module_utils/_net/x.py", f"from {UTILS}._state import files"),
        (imports.wrong_company, "plugins/module_utils/_engine/x.py", "import ansible.module_utils.basic"),
        (
            imports.unguarded_libraries,
            "plugins/modules/x.py",
            "if TYPE_CHECKING:\n    import requests\nelse:\n    requests = optional('requests')",
        ),
        (imports.own_clocks, "plugins/module_utils/_net/clock.py", "import time\ntime.sleep(1)"),
        (imports.borrowed_expectations, "tests/unit/guide/test_x.py", f"from {UTILS}._guide import general_settings"),
        (imports.borrowed_expectations, "tests/unit/simulator_pages/test_x.py", "from simulator.pages import roles"),
        (imports.borrowed_expectations, "tests/unit/console/test_x.py", f"from {UTILS}._guide.terms import Field"),
    ],
)
def test_the_rule_leaves_good_code_alone(rule: Rule, path: str, source: str) -> None:
    assert list(rule(path, source)) == []
