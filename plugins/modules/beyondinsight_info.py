#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: beyondinsight_info
short_description: Sign in to BeyondInsight and report whether it answers
version_added: 0.1.0
description:
  - Signs in to BeyondInsight at C(https://<server>/) and tells which page is met. Nothing is changed.
  - BeyondInsight has an account of its own, made in the configuration wizard; it is not that of the console.
  - A page about the certificate that comes before the sign-in is passed.
  - A refused sign-in is not repeated in the run. One session per host and run is used, and ended with the run.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.beyondinsight
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.appliance_info
"""

EXAMPLES = r"""
- name: Does BeyondInsight let us in?
  useries.appliance.beyondinsight_info:
  register: insight

- name: Is Configuration in its menus?
  ansible.builtin.assert:
    that: "'Configuration' in insight.beyondinsight.menus"
"""

RETURN = r"""
beyondinsight:
  description: What was met after the sign-in.
  returned: success
  type: dict
  contains:
    answered:
      description: Whether it let the user in; null for the whole with O(unreachable_ok) when it is silent.
      type: bool
    title:
      description: Heading of the first page.
      type: str
    menus:
      description: Texts of the menus of that page; empty where none is recognised.
      type: list
      elements: str
reachable:
  description: Whether BeyondInsight answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class BeyondinsightInfo(Info):
    """Guide 91-104."""

    returns = "beyondinsight"
    groups: ClassVar = ("console", "beyondinsight")

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.task.surfaces.beyondinsight.look()
        return found


DECLARATION = BeyondinsightInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
