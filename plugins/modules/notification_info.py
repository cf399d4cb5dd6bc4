#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: notification_info
short_description: Report the notifications of an appliance
version_added: 0.1.0
description:
  - Reads the notifications of the site Diagnostics with their severity.
  - A passive node does not show this page.
author:
  - The useries.appliance authors (@useries)
options:
  severity:
    description: Only notifications of these severities; all when not given.
    type: list
    elements: str
    choices: [Info, Low, Medium, High]
  since:
    description:
      - Only notifications from this moment on, in the time of the appliance, as C(YYYY-MM-DD) or C(YYYY-MM-DD HH:MM).
      - A notification whose time is not understood is kept.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.appliance_info
"""

EXAMPLES = r"""
- name: What has the appliance told?
  useries.appliance.notification_info:
  register: found

- name: Only what is serious, of this year
  useries.appliance.notification_info:
    severity: [Medium, High]
    since: "2026-01-01"
"""

RETURN = r"""
notifications:
  description: The notifications in the order of the console, filtered by O(query).
  returned: success
  type: list
  elements: dict
  contains:
    at:
      description: When, in the time of the appliance; null where it is not understood.
      type: str
    severity:
      description: V(Info), V(Low), V(Medium) or V(High); null where the page shows it only as a color.
      type: str
    text:
      description: What is told.
      type: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from datetime import datetime
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.diagnostics import SEVERITIES, notification
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import NOTIFICATIONS

LIST = NOTIFICATIONS.section("notification_list")


class NotificationInfo(Info):
    """Guide 684-704."""

    returns = "notifications"
    options: ClassVar = {
        "severity": {"type": "list", "elements": "str", "choices": list(SEVERITIES)},
        "since": {"type": "str"},
    }

    def check(self) -> None:
        self._since()

    def read(self) -> list[dict[str, Any]]:
        wanted, since = self.given.get("severity"), self._since()
        found = [notification(row) for row in self.task.surfaces.console.table(LIST)]
        if wanted and any(one["severity"] is None for one in found):
            self.warn("Some notifications show no severity that can be read; they are left out by severity.")
        kept = [one for one in found if not wanted or one["severity"] in wanted]
        return [one for one in kept if since is None or one["at"] is None or one["at"] >= since]

    def _since(self) -> str | None:
        given = self.given.get("since")
        if not given:
            return None
        try:
            return datetime.fromisoformat(given).replace(tzinfo=None).isoformat()
        except ValueError:
            raise self.refuse(
                f"since is {given!r}; it must have the form YYYY-MM-DD or YYYY-MM-DD HH:MM.",
                kind="invalid",
                surface="local",
                remedy="Quote it in YAML.",
            ) from None


DECLARATION = NotificationInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
