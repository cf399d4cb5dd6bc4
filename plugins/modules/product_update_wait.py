#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: product_update_wait
short_description: Wait until no update package is being applied
version_added: 0.1.0
description:
  - Looks at the page View Updates again and again until no package is being applied or scheduled. It has to be so twice
    in a row, as the list may be at rest for a moment between two packages. Changes nothing, and orders nothing.
  - An appliance that restarts meanwhile is waited for. It may be silent for half an hour.
  - For what an interrupted run ordered, or a person. In check mode it looks once and does not wait.
author:
  - The useries.appliance authors (@useries)
options:
  wait_timeout:
    description:
      - Seconds to wait, by default 14400 (four hours).
    type: int
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.product_update
  - module: useries.appliance.product_update_info
"""

EXAMPLES = r"""
- name: Before maintenance begins, what is being applied is let to its end
  useries.appliance.product_update_wait:
    wait_timeout: 7200
"""

RETURN = r"""
updates:
  description: What the last look showed.
  returned: success
  type: dict
  contains:
    packages:
      description: Packages that the page lists, as M(useries.appliance.product_update_info) returns them.
      type: list
      elements: dict
    waited_seconds:
      description: How long it took, in the appliance's time.
      type: float
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.product_update_wait import (
    AwaitUpdates,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class ProductUpdateWait(AwaitUpdates):
    """Guide 172-195, 1812-1820."""

    returns = "updates"
    groups: ClassVar = ("console",)
    options: ClassVar = {"wait_timeout": {"type": "int"}}


DECLARATION = ProductUpdateWait


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
