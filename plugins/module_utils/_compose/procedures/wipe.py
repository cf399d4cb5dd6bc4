# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Erasing database, configuration and events of an appliance (guide 395-402): once, and only by its own name."""

from __future__ import annotations

import re
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import ShownName, shown_name
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

PURGE = ACCOUNTS_AND_LICENSING.section("purge")
GONE = re.compile(r"\b(?:purged|wiped|erased)\b", re.IGNORECASE)
LOSS = "Wiping erases the database, the user configuration data and the events of this appliance"


class WipeAppliance(Action):
    """Options ``confirm`` and ``accept_data_loss``."""

    words = ""

    def what(self) -> str:
        return "wipe the appliance"

    def check(self) -> None:
        if not self.given["accept_data_loss"] or not (self.given.get("confirm") or "").strip():
            raise self.refuse(
                f"{LOSS}; confirm and accept_data_loss: true are needed.",
                kind="invalid",
                remedy="Take a backup and verify it (useries.appliance.backup), then give both. confirm is the network "
                "name of the appliance.",
            )

    def find_out(self) -> str:
        return (
            "Do not repeat it blindly. Sign in to the console and to BeyondInsight and look whether their data is "
            "still there."
        )

    def read(self) -> ShownName:
        console = self.task.surfaces.console
        console.open(PURGE.page)
        if not console.enabled(PURGE, "wipe_appliance"):
            raise self.refuse("The console does not let the appliance be wiped now.", remedy="Look at the page.")
        return shown_name(self.task.surfaces)

    def due(self, before: ShownName) -> Plan:
        return Plan([Change("data of the appliance", "present", "erased")], header=self.what())

    def before_order(self, before: ShownName) -> None:
        self.confirmed(
            [before.name],
            f"{LOSS}, and the appliance is {before.name or 'unknown'} (told by: {before.by}).",
            first="Check that this is the one and that a verified backup of it exists",
            flag="accept_data_loss",
        )

    def order(self, before: ShownName) -> None:
        try:
            outcome = self.task.surfaces.console.press(PURGE, "wipe_appliance", answer=True)
        except UseriesError as error:
            if error.kind != "silent" or not GONE.search(error.message):
                raise
            self.words = error.message  # the console ended the session and said that it is done
            return
        self.words = outcome.message

    def effect(self, before: ShownName) -> ShownName:
        self.warn(
            "The data of the appliance was erased. A new sign-in, licences, certificates and partners may have to be "
            "set up again, and the appliance may have to be rebooted."
        )
        if not GONE.search(self.words):
            self.warn(f'The console says "{self.words}"; look whether the data is gone.')
        return before

    def shown(self, state: ShownName) -> dict[str, Any]:
        return {"network_name": state.name, "name_told_by": state.by, "message": self.words}
