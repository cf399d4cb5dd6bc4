#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: health_check_info
short_description: Look at an appliance from all sides and say how it is
version_added: 0.1.0
description:
  - Reads role, certificate, pair, versions, health dashboard and backups in one task, and judges them.
  - What cannot be read on this node is V(unknown) with the reason; it never fails the task. On a passive node the
    dashboard and the backups are the active node's business.
  - The playbook C(health_report) makes one page of it for all appliances.
author:
  - The useries.appliance authors (@useries)
options:
  certificate_days:
    description:
      - A certificate that expires in so many days or less is a warning, in less than 7 days it is bad.
    type: int
    default: 30
  disk_percent:
    description:
      - More than so many percent of the drive C in use is a warning, 95 or more are bad.
    type: int
    default: 85
  backup_hours:
    description:
      - A newest backup that is older than so many hours is bad. The default is a week and a day.
    type: int
    default: 192
  heartbeat_minutes:
    description:
      - A last heartbeat that is older than so many minutes is bad.
    type: int
    default: 15
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.appliance_info
"""

EXAMPLES = r"""
- name: How is this appliance?
  useries.appliance.health_check_info:
    unreachable_ok: true
  register: health

- name: Only what is not good
  useries.appliance.health_check_info:
    query: "checks[?verdict != 'good']"
"""

RETURN = r"""
health:
  description: What was seen and what to think of it.
  returned: success
  type: dict
  contains:
    verdict:
      description: The worst of the checks, V(good), V(unknown), V(warning) or V(bad).
      type: str
    checks:
      description: One entry for each check with C(check), C(verdict), C(reason) and C(remedy).
      type: list
      elements: dict
    role:
      description: V(Off), V(Active) or V(Passive).
      type: str
    certificate:
      description: The certificate that is served, with the days until it expires.
      type: dict
    pair:
      description: Partner, mirror state and metrics; null without a partner.
      type: dict
    versions:
      description: Product to version.
      type: dict
    dashboard:
      description: Percentages of the health dashboard; null where the node does not show it.
      type: dict
    backups:
      description: Number of backups, the newest one, and whether they are scheduled.
      type: dict
    at:
      description: When it was looked at, by the controller's clock.
      type: str
    now:
      description: Date and time of the appliance's own clock.
      type: str
    not_read:
      description: Parts that could not be read, with the reason.
      type: dict
console:
  description:
    - How the console is laid out, and what told it.
    - Other modules return it when it is not confirmed.
  returned: when the console was opened
  type: dict
  contains:
    profile:
      description: V(3.3) or V(later).
      type: str
    chosen_by:
      description: V(navigation), by the menus met, or V(option), by O(console_profile).
      type: str
    confirmed:
      description: Whether the guide of that version states it.
      type: bool
    met:
      description: The menus met that tell the profile.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.health import Limits, judged, look, worst
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info

LIMITS = ("certificate_days", "disk_percent", "backup_hours", "heartbeat_minutes")


class HealthCheckInfo(Info):
    """Guide 130-149, 295-302, 494-511, 1225-1266, 1364-1367."""

    returns = "health"
    options: ClassVar = {name: {"type": "int", "default": getattr(Limits, name)} for name in LIMITS}
    ranges: ClassVar = {name: Range(0, 100 if name == "disk_percent" else None) for name in LIMITS}

    def read(self) -> dict[str, Any]:
        found = look(self.task.surfaces, self.warn)
        checks = judged(found, Limits(**{name: self.given[name] for name in LIMITS}))
        return {"verdict": worst(checks), "checks": checks, **found}


DECLARATION = HealthCheckInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
