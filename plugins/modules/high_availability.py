#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: high_availability
short_description: Turn high availability of a pair on or off
version_added: 0.1.0
description:
  - Turns high availability on for two partners and waits until the database is synchronized, or turns it off.
  - The database of the node that is not O(primary) is overwritten. So O(primary) is always named and never inferred, and a
    partner whose database holds data needs O(accept_data_loss) and O(confirm).
  - A healthy pair is left alone, also when its roles are swapped. A pair in EXPOSED, DISCONNECTED or SUSPENDED is never
    touched.
  - Runs once per pair, on the primary.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether high availability is on.
    type: bool
    default: true
  primary:
    description:
      - Inventory name of the node whose database survives. Needed to turn high availability on, and must be the host of
        the task.
    type: str
  mirroring_port:
    description:
      - TCP port of the database mirroring. The guide's cure for failed mirroring is to use 5022.
    type: int
    default: 5022
  accept_data_loss:
    description:
      - Accepts that the database of the partner is overwritten although it holds data.
    type: bool
    default: false
  confirm:
    description:
      - The network names of both nodes as the appliances show them, joined by a plus sign, C(<this node>+<partner>).
      - Needed to overwrite a database with data, and to turn high availability off.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.ha_partner
  - module: useries.appliance.ha_info
"""

EXAMPLES = r"""
- name: Mirror the primary to its partner and wait until both are synchronized (once per pair)
  useries.appliance.high_availability:
    primary: useries-1a
    wait_timeout: 7200
  when: inventory_hostname == 'useries-1a'
"""

RETURN = r"""
pair:
  description: What both nodes show afterwards.
  returned: success
  type: dict
  contains:
    node:
      description: This node.
      type: dict
    partner:
      description: The other node.
      type: dict
    roles:
      description: The roles of both over the endpoint.
      type: dict
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    SET_STATE,
    partner_requirement,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.mirroring import (
    EMPTY_GB,
    database_size,
    is_broken,
    wait_synchronized,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Wait
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED


class HighAvailability(Action):
    """Guide 1073-1092, 1239-1241; the rules of pairing: primary named, data never overwritten unasked."""

    impact = "data"
    returns = "pair"
    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {
        "enabled": {"type": "bool", "default": True},
        "primary": {"type": "str"},
        "mirroring_port": {"type": "int", "default": 5022},
        "accept_data_loss": {"type": "bool", "default": False},
        "confirm": {"type": "str"},
    }
    constraints: ClassVar = {"required_if": [("enabled", True, ["primary"])]}

    def what(self) -> str:
        return f"turn high availability {'on' if self.given['enabled'] else 'off'}"

    def check(self) -> None:
        port, primary = self.given["mirroring_port"], self.given.get("primary")
        if not 1 <= port <= 65535:
            raise self.refuse(f"mirroring_port is {port}; it must be 1 to 65535.", kind="invalid")
        if port != 5022:
            self.warn(f"mirroring_port is {port}; the guide's cure for failed mirroring is to use 5022.")
        if self.given["enabled"] and primary not in {self.task.label, self.given["host"]}:
            raise self.refuse(
                f"primary is {primary}, but this task runs for {self.task.label}.",
                kind="invalid",
                remedy="Run the task on the primary only: its database survives, the partner's is overwritten.",
            )
        self.nodes = {
            "node": read_node(self.task.surfaces.console),
            "partner": read_node(self.task.surfaces.partner.console),
        }

    def requirements(self) -> Sequence[Requirement]:
        return (partner_requirement(self.nodes["node"].page),)

    def read(self) -> dict[str, Any]:
        roles = {"node": self.task.surfaces.role(), "partner": self.task.surfaces.partner.role()}
        return {**{which: node.as_dict() for which, node in self.nodes.items()}, "roles": roles}

    def due(self, before: Any) -> Plan:
        header, wanted = "High Availability > SET HIGH AVAILABILITY STATE", self.given["enabled"]
        plan = Plan(header=header)
        if before is None:
            plan.changes.append(Change("high_availability", False, wanted))
            return plan
        if list(before["roles"].values()) == ["Active", "Active"] and wanted:
            raise self.refuse(
                "Both nodes are Active. Nothing was changed.", remedy="Run the playbook diagnose_failover.yml at once."
            )
        for which, node in self.nodes.items():
            if wanted and is_broken(node):
                raise self.refuse(
                    f"The pair shows {node.mirror_state} on the {which}: it is not converged, and nothing was changed.",
                    remedy="Run the playbook diagnose_failover.yml: it names the state and the guide's decision.",
                )
        if self.nodes["node"].enabled != wanted:
            plan.changes.append(Change("high_availability", self.nodes["node"].enabled, wanted))
        if wanted and self.nodes["node"].port != self.given["mirroring_port"]:
            plan.changes.append(Change("mirroring_port", self.nodes["node"].port, self.given["mirroring_port"]))
        if (
            wanted
            and not plan
            and self.nodes["node"].mirror_state != SYNCHRONIZED
            and self.given["wait"]
            and not self.task.gate.check_mode
        ):
            self.effect(before)  # turned on earlier and still synchronizing: wait, nothing to order
        return plan

    def before_order(self, before: Any) -> None:
        names = f"{self.nodes['partner'].partner}+{self.nodes['node'].partner}"
        if not self.given["enabled"]:
            return self._confirmed(names, "Turning high availability off leaves the pair without a failover.")
        if self.nodes["node"].enabled:
            raise self.refuse(
                "The mirroring port cannot be changed while high availability is on. Nothing was changed.",
                remedy="Leave the port as it is, or plan a window in which high availability is off.",
            )
        if set(before["roles"].values()) != {"Off"}:
            raise self.refuse(
                f"The endpoint shows {before['roles']} although high availability is off here. Nothing was changed.",
                remedy="Run the playbook diagnose_failover.yml.",
            )
        size = database_size(self.task.surfaces.partner)
        if size is None or size > EMPTY_GB:
            shown = "of unknown size" if size is None else f"of {size} GB"
            lost = f"The partner {self.nodes['node'].partner} holds a database {shown}, and it would be overwritten and lost."
            if not self.given["accept_data_loss"] or self.given.get("confirm") != names:
                raise self.refuse(
                    f"{lost} Nothing was changed.",
                    remedy="Check that primary names the right node and that the partner has a "
                    f"verified backup; then repeat with accept_data_loss: true and confirm: '{names}'.",
                )
        return None

    def _confirmed(self, names: str, why: str) -> None:
        if self.given.get("confirm") != names:
            raise self.refuse(f"{why} Nothing was changed.", remedy=f"Check it, then repeat with confirm: '{names}'.")

    def order(self, before: Any) -> None:
        values = {"high_availability": self.given["enabled"]}
        if self.given["enabled"]:
            values["mirroring_port"] = self.given["mirroring_port"]
        self.task.surfaces.console.write(SET_STATE, values, "set_high_availability", answer=True)

    def happened(self, before: Any) -> bool | None:
        return read_node(self.task.surfaces.console).enabled == self.given["enabled"]

    def effect(self, before: Any) -> dict[str, Any]:
        if self.given["enabled"] and self.given["wait"]:
            wait = Wait(timeout=self.given.get("wait_timeout") or 7200, interval=10, longest=60, silence=300)
            wait_synchronized(self.task.surfaces, self.task.waiter, wait)
        self.nodes = {
            "node": read_node(self.task.surfaces.console),
            "partner": read_node(self.task.surfaces.partner.console),
        }
        return self.read()

    def provides(self, plan: Plan) -> Iterable[str]:
        return ["high_availability"]


DECLARATION = HighAvailability


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
