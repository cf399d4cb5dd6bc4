#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ha_settings
short_description: Set the high availability settings of a node
version_added: 0.1.0
description:
  - Sets the timeouts, windows and options of the section High Availability Settings.
  - The guide does not say whether both nodes share them, so run it on both nodes.
author:
  - The useries.appliance authors (@useries)
options:
  partner_contact_timeout:
    description:
      - Minutes to wait for the partner when the node starts.
    type: int
  partner_failover_timeout:
    description:
      - Minutes without an answer of the active node before the passive one takes over.
    type: int
  reboot_blackout_window:
    description:
      - Minutes that the passive node waits after a graceful shutdown of the active one.
    type: int
  attempt_auto_resync:
    description:
      - Whether the databases are resynchronized by themselves after a failover. For failover tests only, data can be
        lost; turning it on needs O(testing=true).
    type: bool
  synchronize_session_archiving_files:
    description:
      - Whether local session recordings are copied to the partner.
    type: bool
  synchronization_timeout:
    description:
      - Minutes after which a synchronization of the database is given up.
    type: int
  send_alerts_on_failover:
    description:
      - Whether an alert is sent on a failover.
    type: bool
  failed_notification_rate:
    description:
      - Minutes of the notification after a failover; the guide leaves open whether it is a delay or an interval.
    type: int
  medium_failover_mode:
    description:
      - Whether the passive node waits for a person before it takes over.
    type: bool
  background_settings_update_rate:
    description:
      - Minutes between two synchronizations of configuration files, certificates and registry files.
    type: int
  testing:
    description:
      - Acknowledges that O(attempt_auto_resync) is turned on for a failover test and off again after it.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.high_availability
"""

EXAMPLES = r"""
- name: Give the active node ten minutes before the passive one takes over
  useries.appliance.ha_settings:
    partner_failover_timeout: 10
    reboot_blackout_window: 60
    send_alerts_on_failover: true
"""

RETURN = r"""
settings:
  description: The settings read back.
  returned: success
  type: dict
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    SETTABLE,
    SETTINGS,
    partner_requirement,
    read_metrics,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings


class HaSettings(Settings):
    """Guide 1094-1123."""

    section = SETTINGS
    fields: ClassVar = SETTABLE
    button = "update_settings"
    impact = "service"
    groups: ClassVar = ("console", "partner", "pair")
    options: ClassVar = {"testing": {"type": "bool", "default": False}}
    constraints: ClassVar = {"required_one_of": [SETTABLE]}

    def check(self) -> None:
        if self.given.get("attempt_auto_resync") and not self.given["testing"]:
            raise self.refuse(
                "attempt_auto_resync is for failover tests only and must not be left on: data can be lost.",
                kind="invalid",
                remedy="For a test repeat with testing: true, and turn it off again after the test.",
            )

    def requirements(self) -> Sequence[Requirement]:
        return (partner_requirement(read_node(self.task.surfaces.console).page),)

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        timeout = plan.wanted.get("synchronization_timeout")
        estimate = read_metrics(self.task.surfaces.console)["estimated_sync_minutes"]
        if timeout and estimate and timeout < estimate:
            self.warn(
                f"synchronization_timeout is {timeout} minutes, but a full synchronization is estimated to take "
                f"{estimate}."
            )


DECLARATION = HaSettings


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
