#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: product_update
short_description: Request product updates, or run all security updates now
version_added: 0.1.0
description:
  - With O(what=security) all available update packages are applied now. The task waits through as many restarts as
    the packages need, and ends when each package is applied or has failed. Failed packages stay in the list of
    available updates. They are named, and the task fails. Packages that arrive during the run are not part of it. The
    result names them.
  - With O(what=products) updates of the products are requested. The end is told by versions that no longer change for
    O(settle) seconds, because the console does not announce it. When no version rises, C(changed) is false.
    In check mode nobody can know that, so the task predicts a change.
  - Updates cannot be taken back. Take a backup first (M(useries.appliance.backup)).
  - The order is given once and never repeated blindly. When its answer is lost, the list or the versions decide.
  - Runs with mirroring suspended, too. The guide suspends it before a pair is upgraded. If it is not suspended, the
    task warns, as a restart can cause a failover.
author:
  - The useries.appliance authors (@useries)
options:
  what:
    description:
      - What to update.
    type: str
    required: true
    choices: [security, products]
  if_under_way:
    description:
      - What to do when a run is in progress or scheduled already.
      - With V(wait) the task waits for its end, and then runs what is left. A run that is scheduled to begin later
        than O(wait_timeout) is refused.
    type: str
    choices: [wait, fail]
    default: wait
  settle:
    description:
      - Seconds for which the versions must stay the same after the last change, for O(what=products).
    type: int
    default: 600
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.product_update_info
  - module: useries.appliance.update_schedule
"""

EXAMPLES = r"""
- name: Bring the products up to date
  useries.appliance.product_update:
    what: products

- name: Apply all security updates now
  useries.appliance.product_update:
    what: security
    wait_timeout: 14400
"""

RETURN = r"""
update:
  description: What became of it.
  returned: success
  type: dict
  contains:
    applied:
      description: Names of the packages of the run that were applied, for O(what=security).
      type: list
      elements: str
    failed:
      description: Name and reason of packages of the run that failed. With O(wait) the task fails if there are any.
      type: list
      elements: dict
    pending:
      description: Names of packages of the run that are not done yet, without O(wait).
      type: list
      elements: str
    not_included:
      description: Names of packages that are available but are not part of the run.
      type: list
      elements: str
    products:
      description: Product to its version before and after, for O(what=products). Only those that changed.
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.product_update import (
    UpdateProducts,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class ProductUpdate(UpdateProducts):
    """Guide 128-149, 172-183, 1812-1825."""

    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {
        "what": {"type": "str", "required": True, "choices": ["security", "products"]},
        "if_under_way": {"type": "str", "choices": ["wait", "fail"], "default": "wait"},
        "settle": {"type": "int", "default": 600},
    }


DECLARATION = ProductUpdate


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
