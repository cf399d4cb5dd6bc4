# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The refusal that the tasks of BeyondTrust Updater share: nothing is done before every label is named (A-104)."""

from __future__ import annotations

from collections.abc import Sequence

from ansible_collections.useries.appliance.plugins.module_utils._compose.updater import Updater, by_hand, unnamed
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section
from ansible_collections.useries.appliance.plugins.module_utils._guide.updater import NAME


class OfTheUpdater(Capability):
    """What every task of BeyondTrust Updater starts with; ``sections`` are what it needs."""

    surface = "updater"

    def sections(self) -> Sequence[Section]:
        """Whose labels have to be named."""
        raise NotImplementedError

    @property
    def updater(self) -> Updater:
        """The site, signed in at first use."""
        found: Updater = self.task.surfaces.updater
        return found

    def check_labels(self) -> None:
        """Ask nobody.

        :raises UseriesError: kind ``precondition`` with the missing keys as candidates.
        """
        missing = unnamed(self.given, self.sections())
        if not missing:
            return
        labels = [key for key in missing if not key.startswith("useries_")]
        named = "{" + ", ".join(f"'{key}': '<its words>'" for key in labels) + "}"
        steps = [f"set {key} of this host" for key in missing if key not in labels]
        steps += [f"set useries_console_labels: {named}"] if labels else []
        raise self.refuse(
            f"The guide prints almost no label of {NAME}, so nothing is done there before they are named.",
            remedy=f"By hand: {by_hand(self.sections())}. For this module: look at {NAME}, then {' and '.join(steps)}.",
            candidates=missing,
        )
