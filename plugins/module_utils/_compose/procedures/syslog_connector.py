# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connector Syslog Event Forwarding in BeyondInsight (guide 662-680); how to change or delete one is not described.

Which protocols, facilities and severities there are, and which columns the list has, only the page tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.beyondinsight import BeyondInsight
from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._engine.items import Items
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan, normalised
from ansible_collections.useries.appliance.plugins.module_utils._guide.beyondinsight import CONNECTORS

LIST = CONNECTORS.section("list")
FORM = CONNECTORS.section("syslog_event_forwarding")
CHOICES = ("protocol", "facility", "severity")
ALWAYS = ("address", *CHOICES, "appliance_health")  # a form need not ask for a name
BY_HAND = "in BeyondInsight under Configuration > Connectors"


class KeepConnector(Items):
    """Options are the fields of the form; a connector is known by its ``address``."""

    surface = "beyondinsight"
    section = FORM
    key = "address"
    returns = "connector"
    fields = ("name", *ALWAYS)
    required = ("address", "protocol", "facility")
    options: ClassVar = {"appliance_health": {"type": "bool", "default": True}}
    groups: ClassVar = ("console", "beyondinsight")

    def what(self) -> str:
        return f"Syslog Event Forwarding to {self.given['address'].strip()}"

    def check(self) -> None:
        address = self.given["address"].strip()
        if not is_host(address):
            raise self.refuse(
                f"address is {address}; it must be the IP address (or the DNS name) of the appliance.",
                kind="invalid",
            )
        empty = [name for name in ("name", *CHOICES) if self.given[name] is not None and not self.given[name].strip()]
        if empty:
            raise self.refuse(f"{' and '.join(empty)}: must not be empty.", kind="invalid")

    def wanted(self, present: Mapping[str, Any] | None) -> dict[str, Any]:
        return {**super().wanted(present), "address": self.given["address"].strip()}

    def find(self) -> dict[str, Any] | None:
        """The connector of this address that differs least.

        Every form is opened until one fits, for a list may show anything; rows with the address come first. One that
        cannot be read is an error unless it is of another kind: another connector would forward every event twice.
        """
        found: list[dict[str, Any]] = []
        rows = sorted(self._insight.table(LIST), key=lambda row: not self._shows(row, self.given["address"]))
        for number, row in enumerate(rows):
            self._insight.press(LIST, "edit", row=row, fresh=number > 0)
            likely = self._shows(row, self.given["address"]) or self._shows(row, FORM.title)
            if likely or self._insight.has(FORM):
                name = self._insight.there(FORM, ["name"])
                shown = self._insight.read(FORM, [*name, *ALWAYS], fresh=False)
                if self._shows({"address": shown["address"]}, self.given["address"]):
                    found.append(shown)
                    if not self.plan(shown):
                        break
        return min(found, key=lambda one: len(self.plan(one).changes), default=None)

    def before_write(self, present: Mapping[str, Any] | None, plan: Plan) -> None:
        """An empty form is opened in check mode too: only it tells the choices."""
        self._insight.press(LIST, "add")
        self._insight.press(LIST, "syslog_event_forwarding", fresh=False)
        for name in CHOICES:
            if name in plan.wanted:
                self._offered(name, str(plan.wanted[name]))
        if present is not None:
            facts = "; ".join(f"{one.name} is {one.before!r}, wanted {one.after!r}" for one in plan.changes)
            raise self.refuse(
                f"BeyondInsight has a connector {self.what()}, but with other values: {facts}. The guide describes no "
                "way to change a connector.",
                remedy=f"Change it {BY_HAND}, or remove it there and run the task again.",
            )

    def create(self, plan: Plan) -> None:
        values = {name: value for name, value in plan.wanted.items() if name in self.fields}
        self._insight.write(FORM, values, "create", fresh=False)

    def change(self, present: Mapping[str, Any], plan: Plan) -> None:
        raise NotImplementedError  # refused before

    @property
    def _insight(self) -> BeyondInsight:
        insight: BeyondInsight = self.task.surfaces.beyondinsight
        return insight

    @staticmethod
    def _shows(row: Mapping[str, Any], text: str) -> bool:
        return any(str(cell).strip().casefold() == text.strip().casefold() for cell in row.values())

    def _offered(self, name: str, value: str) -> None:
        offered = [text for text in self._insight.choices(FORM, name) if text]
        if normalised(value) not in offered:
            raise self.refuse(
                f"{name} is {value!r}, which BeyondInsight does not offer; there are: {', '.join(offered)}.",
                kind="invalid",
                candidates=offered,
            )
