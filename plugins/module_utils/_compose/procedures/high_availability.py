# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turning high availability of a pair on or off (guide 1073-1092, 1239-1241).

The surviving node is named, data is never overwritten unasked, and a pair that is not converged is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    SET_STATE,
    Node,
    partner_requirement,
    read_node,
    read_pair,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.mirroring import (
    EMPTY_GB,
    database_size,
    is_broken,
    wait_synchronized,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import role

CURE = 5022  # the guide's cure for failed mirroring is this port (guide 1089-1090)


class SetState(Action):
    """Options ``enabled``, ``primary``, ``mirroring_port``, ``accept_data_loss``, ``confirm``; group ``wait``.

    The state of the result: ``node`` and ``partner`` (:class:`Node` as data), ``roles`` of both over the endpoint.
    """

    section = SET_STATE
    fields = ("mirroring_port",)
    nodes: dict[str, Node]

    def what(self) -> str:
        return f"turn high availability {'on' if self.given['enabled'] else 'off'}"

    def check(self) -> None:
        port, primary = self.given["mirroring_port"], self.given.get("primary")
        if port != CURE:
            self.warn(f"mirroring_port is {port}; the guide's cure for failed mirroring is to use {CURE}.")
        if self.given["enabled"] and primary not in {self.task.label, self.given["host"]}:
            raise self.refuse(
                f"primary is {primary}, but this task runs for {self.task.label}.",
                kind="invalid",
                remedy="Run the task on the primary only: its database survives, the partner's is overwritten.",
            )

    def requirements(self) -> Sequence[Requirement]:
        self.nodes = read_pair(self.task.surfaces)
        return (partner_requirement(self.nodes["node"].page),)

    def read(self) -> dict[str, Any]:
        roles = {"node": self.task.surfaces.role(), "partner": self.task.surfaces.partner.role()}
        return {**{which: node.as_dict() for which, node in self.nodes.items()}, "roles": roles}

    def due(self, before: Any) -> Plan:
        wanted = self.given["enabled"]
        plan = Plan(header="High Availability > SET HIGH AVAILABILITY STATE")
        if before is None:
            plan.changes.append(Change("high_availability", False, wanted))
            return plan
        if wanted:
            self._refuse_unhealthy(before)
        node = self.nodes["node"]
        if node.enabled != wanted:
            plan.changes.append(Change("high_availability", node.enabled, wanted))
        if wanted and node.port != self.given["mirroring_port"]:
            plan.changes.append(Change("mirroring_port", node.port, self.given["mirroring_port"]))
        return plan

    def _refuse_unhealthy(self, before: Any) -> None:
        if list(before["roles"].values()) == ["Active", "Active"]:
            raise self.refuse("Both nodes are Active.", remedy="Run the playbook diagnose_failover.yml at once.")
        for which, node in self.nodes.items():
            if is_broken(node):
                raise self.refuse(
                    f"The pair shows {node.mirror_state} on the {which}: it is not converged.",
                    remedy="Run the playbook diagnose_failover.yml: it names the state and the guide's decision.",
                )

    def settled(self, before: Any) -> Any:
        waiting = self.given["enabled"] and self.nodes["node"].mirror_state != SYNCHRONIZED
        return self.effect(before) if waiting and self.given["wait"] else before

    def before_order(self, before: Any) -> None:
        names = (self.nodes["partner"].partner, self.nodes["node"].partner)  # each node shows the other's name
        if not self.given["enabled"]:
            self.confirmed(names, "Turning high availability off leaves the pair without a failover.")
            return
        if self.nodes["node"].enabled:
            raise self.refuse(
                "The mirroring port cannot be changed while high availability is on.",
                remedy="Leave the port as it is, or plan a window in which high availability is off.",
            )
        if set(before["roles"].values()) != {"Off"}:
            raise self.refuse(
                f"The endpoint shows {before['roles']} although high availability is off here.",
                remedy="Run the playbook diagnose_failover.yml.",
            )
        self._refuse_services_only()
        self._refuse_data_loss(names)

    def _refuse_services_only(self) -> None:
        """A pair that mirrors services only never becomes SYNCHRONIZED, so nobody may wait for that."""
        settings = read_role(self.task.surfaces.console, role("high_availability")) or {}
        if settings.get("mirroring") == "services_only" and self.given["wait"]:
            raise self.refuse(
                "The High Availability role of this node mirrors services only: the mirror never becomes SYNCHRONIZED.",
                remedy="Turn it on with wait: false and look at both nodes with useries.appliance.ha_info, or choose "
                "mirroring: server_and_database on both nodes first.",
            )

    def _refuse_data_loss(self, names: Sequence[str]) -> None:
        size = database_size(self.task.surfaces.partner)
        if size is not None and size <= EMPTY_GB:
            return
        shown = "of unknown size" if size is None else f"of {size} GB"
        self.confirmed(
            names,
            f"The partner {self.nodes['node'].partner} holds a database {shown}, and it would be overwritten and lost.",
            first="Check that primary names the right node and that the partner has a verified backup",
            flag="accept_data_loss",
        )

    def order(self, before: Any) -> None:
        values = {"high_availability": self.given["enabled"]}
        if self.given["enabled"]:
            values["mirroring_port"] = self.given["mirroring_port"]
        self.task.surfaces.console.write(SET_STATE, values, "set_high_availability", answer=True)

    def happened(self, before: Any) -> bool | None:
        return read_node(self.task.surfaces.console).enabled is bool(self.given["enabled"])

    def effect(self, before: Any) -> dict[str, Any]:
        if self.given["enabled"] and self.given["wait"]:
            wait_synchronized(
                self.task.surfaces, self.task.waiter, self.within(7200, interval=10, longest=60, silence=300)
            )
        self.nodes = read_pair(self.task.surfaces)
        return self.read()

    def provides(self, plan: Plan) -> Iterable[str]:
        return ["high_availability"]
