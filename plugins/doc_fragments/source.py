# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The appliance whose cold spare this one is."""

from __future__ import annotations

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.doc_fragments.partner import ModuleDocFragment as Partner

_WORDS = {
    "How to reach the other node of the pair.": "How to reach the appliance whose cold spare this one is.",
    "by which results and options name it": "for messages",
    "useries_partner": "useries_cold_spare_of",
    "O(partner.": "O(source.",
    "the partner": "the source",
    "  partner:": "  source:",
}


def _about_the_source(text: str) -> str:
    for one, other in _WORDS.items():
        text = text.replace(one, other)
    return text


class ModuleDocFragment:
    """The appliance whose cold spare this one is."""

    DOCUMENTATION: ClassVar[str] = _about_the_source(Partner.DOCUMENTATION)
