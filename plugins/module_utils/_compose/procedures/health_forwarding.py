# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forwarding health events to BeyondInsight (guide 609-652)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import FORWARDING, NOTIFICATIONS

FORWARD = NOTIFICATIONS.section("event_forwarding")
OLDEST = (6, 0)  # BeyondInsight (guide 613)
PRODUCT = re.compile(r"beyondinsight(?: audits:? *\d+)?", re.IGNORECASE)  # not BeyondInsight for Unix & Linux
OF_REMOTE = ("address", "certificate")


class ForwardEvents(Settings):
    """Options ``target`` (none, local, remote), ``address`` and ``certificate``."""

    section = FORWARD
    fields = ("target", *OF_REMOTE)
    button = "apply_updated_settings"

    def check(self) -> None:
        target, given = self.given["target"], [name for name in OF_REMOTE if self.given[name]]
        if target == "remote" and len(given) < len(OF_REMOTE):
            missing = " and ".join(name for name in OF_REMOTE if name not in given)
            raise self.refuse(f"target: remote needs {missing}.", kind="invalid")
        if target != "remote" and given:
            raise self.refuse(f"{' and '.join(given)}: only with target: remote.", kind="invalid")
        address = self.given["address"]
        if address and not is_host(address.strip()):
            raise self.refuse(
                f"address is {address}; it must be an IP address or a DNS name of the remote BeyondInsight.",
                kind="invalid",
            )

    def wanted(self) -> dict[str, Any]:
        address = self.given["address"]
        stripped = None if address is None else address.strip()
        return {**super().wanted(), "target": FORWARDING[self.given["target"]], "address": stripped}

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        console, wanted = self.task.surfaces.console, self.given["certificate"]
        if wanted and "certificate" in plan.wanted:
            offered = console.choices(FORWARD, "certificate")
            if wanted not in offered:
                raise self.refuse(
                    f"The certificate {wanted!r} is not in the list here; there are: {', '.join(offered)}.",
                    kind="invalid",
                    candidates=offered,
                    remedy="Export it on the remote appliance with useries.appliance.client_certificate and upload it "
                    "here with useries.appliance.certificate; of a software install the BeyondInsight Configuration "
                    "Tool makes it.",
                )
        if self.given["target"] != "none":
            self._check_version()

    def _check_version(self) -> None:
        """The versions are on another page, so they are only looked at before a change."""
        with self.task.surfaces.console.aside():
            installed = versions(self.task.surfaces.console)
        for product, version in installed.items():
            number = re.match(r"(\d+)\.(\d+)", version)
            if PRODUCT.fullmatch(product.strip()) and number and _pair(number) < OLDEST:
                raise self.refuse(
                    f"BeyondInsight is {version} here; forwarding needs 6.0 or later.", remedy="Update it first."
                )

    def shown(self, state: Mapping[str, Any]) -> dict[str, Any]:
        words = {text: word for word, text in FORWARDING.items()}
        return {**state, "target": words.get(str(state["target"]), state["target"])}


def _pair(number: re.Match[str]) -> tuple[int, int]:
    return int(number.group(1)), int(number.group(2))
