# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that a form holds: saving another of its fields without them may blank them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan


class StoredSecrets(Capability):
    """What the families that write fields share: which options are secrets, and that none is blanked unasked.

    ``secrets`` names options that are secrets besides the secret fields of ``section``.
    """

    secrets: ClassVar[frozenset[str]] = frozenset()

    def secret_options(self) -> set[str]:
        """All options that are never compared, shown, or logged."""
        of_section = {self.option_of_field(one.id) for one in self._section_fields() if one.secret}
        return set(self.secrets) | of_section

    def compared_secrets(self) -> set[str]:
        """The secrets that are set each time; with ``update_password: on_create`` none."""
        return set() if self.given.get("update_password") == "on_create" else self.secret_options()

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        """Whether the form holds this secret (an option name) at present; unknown counts as yes."""
        return True

    def spare_stored_secrets(self, present: Mapping[str, Any], plan: Plan) -> None:
        """Send every secret of the section along, so that saving does not blank it.

        :raises UseriesError: kind ``invalid``, before the write, when one is not given.
        """
        fields = [one for one in self._section_fields() if one.secret and one.kind != "readonly"]
        stored = {self.option_of_field(one.id) for one in fields}
        for name in sorted(stored):
            if self.given.get(name) is not None:
                if name not in plan.wanted:
                    plan.notes[name] = "(sent along unchanged)"
                    plan.changes.append(Change(name, None, self.given[name], secret=True))
            elif not self.given.get("blank_keeps_secret") and self.holds_secret(name, present):
                changing = ", ".join(change.name for change in plan.changes)
                raise self.refuse(
                    f"{self.what()} also holds a {name}, and saving {changing} without it could blank it.",
                    kind="invalid",
                    remedy=f"Give {name} as well, or set blank_keeps_secret: true if you know that your appliance "
                    "keeps it.",
                )
