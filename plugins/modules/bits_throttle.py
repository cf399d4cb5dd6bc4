#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bits_throttle
short_description: Set how much the background transfer of updates is throttled
version_added: 0.1.0
description:
  - Sets the slider of the Background Intelligent Transfer Service (BITS), which fetches updates.
  - The guide states neither its unit, nor its ends, nor which end is fast. The task reads minimum, maximum and step
    from the page and refuses what the slider does not take.
author:
  - The useries.appliance authors (@useries)
options:
  level:
    description:
      - Where the slider is to stand, as a number of its own scale.
    type: int
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.network_info
    description: Shows the scale and where the slider stands.
"""

EXAMPLES = r"""
- name: Updates leave room for the others
  useries.appliance.bits_throttle:
    level: 30
"""

RETURN = r"""
settings:
  description: The level read back.
  returned: success
  type: dict
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP


class BitsThrottle(Settings):
    """Guide 483-487."""

    section = NETWORK_AND_RDP.section("bits")
    fields: ClassVar = ("level",)
    required: ClassVar = ("level",)
    option_names: ClassVar = {"level": "throttle"}
    button = "update_bits"

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        level, scale = self.given["level"], self.task.surfaces.console.scale(self.section, "throttle")
        low, high, step = scale.minimum, scale.maximum, scale.step or 1
        below, above = low is not None and level < low, high is not None and level > high
        if below or above or (level - (low or 0)) % step:
            ends = f"{'-' if low is None else low} to {'-' if high is None else high}"
            steps = f" in steps of {step}" if step > 1 else ""
            raise self.refuse(
                f"level is {level}; the slider of this appliance goes from {ends}{steps}.", kind="invalid"
            )


DECLARATION = BitsThrottle


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
