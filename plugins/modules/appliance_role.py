#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_role
short_description: Turn a role of an appliance on or off
version_added: 0.1.0
description:
  - Sets a role on its page of the Roles Editor and applies the pending changes.
  - Services of the appliance start and stop when roles are applied.
  - When someone else's changes are pending in the Roles Editor the task refuses, because they would be applied along.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - The role.
    type: str
    required: true
    choices:
      - vulnerability_scanner
      - event_collector
      - sql_server_database
      - beyondinsight_database_access
      - patch_management
      - beyondinsight_omniworker
      - password_safe_web_portal
      - high_availability
      - biul
      - analysis_services
      - reporting_services
      - auto_update
      - enterprise_update_server
      - beyondtrust_updater
      - powerbroker_endpoint_protection
      - cold_spare
  enabled:
    description:
      - Whether the role is on.
    type: bool
    default: true
  mirroring:
    description:
      - What is mirrored; for the role V(high_availability) only. Must be the same on both nodes.
    type: str
    choices: [server_and_database, services_only]
  standalone_worker_node:
    description:
      - Whether the node is a standalone Password Safe worker node; for the role V(high_availability) only.
    type: bool
  disable_beyondinsight_ui:
    description:
      - Whether the BeyondInsight user interface is off; needs O(standalone_worker_node=true).
    type: bool
  disable_password_safe_ui:
    description:
      - Whether the Password Safe user interface is off; needs O(standalone_worker_node=true).
    type: bool
  adopt_pending:
    description:
      - Whether changes that someone else left pending are applied along.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.appliance_role_info
"""

EXAMPLES = r"""
- name: Turn on the high availability role with its database
  useries.appliance.appliance_role:
    name: high_availability
    mirroring: server_and_database

- name: No patches are hosted here
  useries.appliance.appliance_role:
    name: patch_management
    enabled: false
"""

RETURN = r"""
settings:
  description: The role's settings as its page shows them afterwards.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the role is on.
      type: bool
    applied:
      description: Whether no change of this role is pending.
      type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.appliance_role import SetRole
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import MIRRORING, ROLES


class ApplianceRole(SetRole):
    """Guide 744-823."""

    impact = "service"
    groups: ClassVar = ("console", "pair")
    options: ClassVar = {
        "name": {"type": "str", "required": True, "choices": [one.id for one in ROLES]},
        "enabled": {"type": "bool", "default": True},
        "mirroring": {"type": "str", "choices": list(MIRRORING)},
        "standalone_worker_node": {"type": "bool"},
        "disable_beyondinsight_ui": {"type": "bool"},
        "disable_password_safe_ui": {"type": "bool"},
        "adopt_pending": {"type": "bool", "default": False},
    }


DECLARATION = ApplianceRole


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
