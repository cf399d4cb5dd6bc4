# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alerts by the collection's names, or by the captions that a console has (guide 513-524, A-36)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.appliance_health import APPLIANCE_HEALTH
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Field

OWN = {
    "service_state": "service_state_alerts",
    "service_control_manager": "service_control_manager_alerts",
    "hardware": "hardware_alerts",
}


class SetAlerts(Settings):
    """Options ``service_state``, ``service_control_manager``, ``hardware`` and ``alerts`` (caption -> bool)."""

    section = APPLIANCE_HEALTH.section("alerts")
    fields = tuple(OWN)
    option_names: ClassVar[Mapping[str, str]] = OWN
    button = "apply_updated_settings"

    def check(self) -> None:
        wrong = [caption for caption, value in self._by_caption().items() if not isinstance(value, bool)]
        if wrong:
            raise self.refuse(f"alerts of {', '.join(wrong)} must be true or false.", kind="invalid")
        if self._by_caption():
            named = tuple(Field(caption, caption, "toggle") for caption in self._by_caption())
            self.section = replace(self.section, fields=(*self.section.fields, *named))

    def wanted(self) -> dict[str, Any]:
        return {**super().wanted(), **self._by_caption()}

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        asked = [self.field_of_option(name) for name, value in self.wanted().items() if value is not None]
        console.open(self.section.page)
        others = console.there(self.section, [id for id in OWN.values() if id not in asked])
        values = console.read(self.section, [*asked, *others], fresh=False)
        return {self.option_of_field(id): value for id, value in values.items()}

    def _by_caption(self) -> dict[str, Any]:
        return {str(caption): value for caption, value in (self.given.get("alerts") or {}).items()}
