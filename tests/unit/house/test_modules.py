# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module declares what it supports, and its examples use full names."""

from __future__ import annotations

from tests.support.modules import wrong_documentation
from tests.support.project import python_files, text

GOOD = '''
DOCUMENTATION = """
module: banner
attributes:
  check_mode: {support: full}
  diff_mode: {support: full}
  idempotent: {support: full}
  action_group: {membership: [useries.appliance.all]}
"""
EXAMPLES = """
- name: In a block
  block:
    - name: Set it
      useries.appliance.banner:
        title: Hello
      register: result
"""
'''


def test_every_module_is_documented_as_the_house_wants() -> None:
    modules = [path for path in python_files() if path.startswith("plugins/modules/")]
    assert [finding for path in modules for finding in wrong_documentation(path, text(path))] == []


def test_a_well_documented_module_passes() -> None:
    assert list(wrong_documentation("plugins/modules/banner.py", GOOD)) == []


def test_another_name_is_found() -> None:
    assert list(wrong_documentation("plugins/modules/logo.py", GOOD)) == [
        "plugins/modules/logo.py: DOCUMENTATION is for 'banner'",
        "plugins/modules/logo.py: EXAMPLES never use useries.appliance.logo",
    ]


def test_a_missing_attribute_is_found() -> None:
    source = GOOD.replace("  idempotent: {support: full}\n", "")
    assert list(wrong_documentation("plugins/modules/banner.py", source)) == [
        "plugins/modules/banner.py: attribute idempotent is not documented"
    ]


def test_a_short_name_in_the_examples_is_found() -> None:
    source = GOOD.replace("useries.appliance.banner:", "banner:")
    assert list(wrong_documentation("plugins/modules/banner.py", source)) == [
        "plugins/modules/banner.py: EXAMPLES use banner, not a full name",
        "plugins/modules/banner.py: EXAMPLES never use useries.appliance.banner",
    ]
