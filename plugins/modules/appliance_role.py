#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_role
short_description: Turn roles of an appliance on or off, with their settings
version_added: 0.1.0
description:
  - Sets roles on their pages of the Roles Editor and applies the pending changes, once at the end.
  - Services of the appliance start and stop when roles are applied.
  - When someone else's changes are pending in the Roles Editor the task refuses, because they would be applied along.
  - When the console does not apply what the task made pending (dependencies, conflicts, a refused value), that is
    discarded again where the pages have Discard Changes.
  - The role V(cold_spare) is turned on and off by modules of its own; here that is refused.
  - A question of the console about a restart is left open, with a warning.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - The role. Either this or O(roles).
    type: str
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
  settings:
    description:
      - The role's own settings; those of other roles are refused. What is not given is left alone.
    type: dict
    suboptions:
      service:
        description:
          - Of V(event_collector). Which service sends events between components.
        type: str
        choices: [appbus, event_server]
      port:
        description:
          - Of V(event_collector) with the Event Server, 21690 unless it is given.
          - Of V(beyondinsight_database_access) and V(biul) with a remote database, the port of its SQL Server.
        type: int
      remote_access:
        description:
          - Of V(sql_server_database). Whether other computers may use the database.
        type: bool
      location:
        description:
          - Of V(beyondinsight_database_access) and V(biul). Where the database is.
        type: str
        choices: [local, remote]
      authentication:
        description:
          - Of V(beyondinsight_database_access) with a local database. Its account is needed with V(sql).
        type: str
        choices: [windows, sql]
      server:
        description:
          - Of V(beyondinsight_database_access) and V(biul) with a remote database, name of its server.
          - Of V(auto_update), the address of the one server for all updates.
        type: str
      instance:
        description:
          - Of a remote database, the instance of SQL Server; empty for the default one.
        type: str
      database:
        description:
          - Of a remote database, its name. It must exist there.
        type: str
      username:
        description:
          - Of V(beyondinsight_database_access) and V(biul), the account at the database.
        type: str
      password:
        description:
          - Its password. It cannot be read back.
        type: str
      share_password:
        description:
          - Of V(password_safe_web_portal). The password of the archive's share, which this page holds too. Needed when
            the role is turned on or off and the archive has an account; it is set with
            M(useries.appliance.session_archiving).
        type: str
      test:
        description:
          - Of a remote database. Presses the page's test of the connection first; when it fails nothing is applied.
          - BeyondInsight's own page need not have such a button.
        type: bool
      mirroring:
        description:
          - Of V(high_availability). What is mirrored. Must be the same on both nodes.
        type: str
        choices: [server_and_database, services_only]
      standalone_worker_node:
        description:
          - Of V(high_availability). Whether the node is a standalone Password Safe worker node.
        type: bool
      disable_beyondinsight_ui:
        description:
          - Of V(high_availability). Whether the BeyondInsight user interface is off; on a standalone worker node only.
        type: bool
      disable_password_safe_ui:
        description:
          - Of V(high_availability). Whether the Password Safe user interface is off; on a standalone worker node only.
        type: bool
      area_servers:
        description:
          - Of V(auto_update). The address of an update server for each functional area, by the label that the page
            shows for it.
        type: dict
      load_default:
        description:
          - Of V(auto_update). Loads the default update server. Which one that is, only the page knows, so a checked run
            always reports a change; a real one reports whether something was changed.
        type: bool
      disable_policy:
        description:
          - Of V(powerbroker_endpoint_protection). Whether the protection policy is off.
        type: bool
      with_technical_support:
        description:
          - Of V(powerbroker_endpoint_protection). Says that it is turned off only for troubleshooting with Technical
            Support; without it that is refused.
        type: bool
  roles:
    description:
      - Many roles in one task, applied together. Dependencies between them are resolved by that.
    type: list
    elements: dict
    suboptions:
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
      settings:
        description:
          - As O(settings).
        type: dict
        suboptions:
          service:
            description:
              - As O(settings.service).
            type: str
            choices: [appbus, event_server]
          port:
            description:
              - As O(settings.port).
            type: int
          remote_access:
            description:
              - As O(settings.remote_access).
            type: bool
          location:
            description:
              - As O(settings.location).
            type: str
            choices: [local, remote]
          authentication:
            description:
              - As O(settings.authentication).
            type: str
            choices: [windows, sql]
          server:
            description:
              - As O(settings.server).
            type: str
          instance:
            description:
              - As O(settings.instance).
            type: str
          database:
            description:
              - As O(settings.database).
            type: str
          username:
            description:
              - As O(settings.username).
            type: str
          password:
            description:
              - As O(settings.password).
            type: str
          share_password:
            description:
              - As O(settings.share_password).
            type: str
          test:
            description:
              - As O(settings.test).
            type: bool
          mirroring:
            description:
              - As O(settings.mirroring).
            type: str
            choices: [server_and_database, services_only]
          standalone_worker_node:
            description:
              - As O(settings.standalone_worker_node).
            type: bool
          disable_beyondinsight_ui:
            description:
              - As O(settings.disable_beyondinsight_ui).
            type: bool
          disable_password_safe_ui:
            description:
              - As O(settings.disable_password_safe_ui).
            type: bool
          area_servers:
            description:
              - As O(settings.area_servers).
            type: dict
          load_default:
            description:
              - As O(settings.load_default).
            type: bool
          disable_policy:
            description:
              - As O(settings.disable_policy).
            type: bool
          with_technical_support:
            description:
              - As O(settings.with_technical_support).
            type: bool
      mirroring:
        description:
          - As O(settings.mirroring).
        type: str
        choices: [server_and_database, services_only]
      standalone_worker_node:
        description:
          - As O(settings.standalone_worker_node).
        type: bool
      disable_beyondinsight_ui:
        description:
          - As O(settings.disable_beyondinsight_ui).
        type: bool
      disable_password_safe_ui:
        description:
          - As O(settings.disable_password_safe_ui).
        type: bool
  mirroring:
    description:
      - As O(settings.mirroring).
    type: str
    choices: [server_and_database, services_only]
  standalone_worker_node:
    description:
      - As O(settings.standalone_worker_node).
    type: bool
  disable_beyondinsight_ui:
    description:
      - As O(settings.disable_beyondinsight_ui).
    type: bool
  disable_password_safe_ui:
    description:
      - As O(settings.disable_password_safe_ui).
    type: bool
  adopt_pending:
    description:
      - Whether changes that someone else left pending are applied along.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.stored_secrets
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.appliance_role_info
  - module: useries.appliance.session_archiving
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

- name: What this appliance does, applied together
  useries.appliance.appliance_role:
    roles:
      - name: event_collector
        settings:
          service: event_server
          port: 21690
      - name: sql_server_database
        settings:
          remote_access: false
      - name: auto_update
        settings:
          server: https://updates.example.com/
"""

RETURN = r"""
settings:
  description: The role's settings as its page shows them afterwards, without passwords; with O(roles) by role.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the role is on.
      type: bool
    applied:
      description: Whether no change of this role is pending.
      type: bool
tested:
  description: Whether the test of a remote database was passed.
  returned: when it was asked for
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.appliance_role import SetRole
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_options import FLAT, SPEC
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class ApplianceRole(SetRole):
    """Guide 744-881."""

    impact = "service"
    groups: ClassVar = ("console", "stored_secrets", "partner", "pair")
    options: ClassVar = SPEC
    constraints: ClassVar = {
        "required_one_of": [("name", "roles")],
        "mutually_exclusive": [("roles", name) for name in ("name", "settings", *FLAT)],
    }


DECLARATION = ApplianceRole


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
