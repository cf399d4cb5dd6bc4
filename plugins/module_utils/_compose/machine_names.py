# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a temporary machine name of a cold spare may be (guide 1515-1521); judged before anything is asked."""

from __future__ import annotations

import unicodedata

from ansible_collections.useries.appliance.plugins.module_utils._guide.role_settings import (
    MACHINE_NAME_BYTES,
    NOT_IN_MACHINE_NAMES,
)

NON_STANDARD = {"So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs"}
"""Unicode categories of emoji and what joins them, of control characters and of code points without meaning."""


def complaint(option: str, name: str) -> str:
    """A sentence about every thing that is wrong with a name, empty when nothing is.

    The guide counts bytes and states no encoding: UTF-8 is counted, in which a Kanji has three.
    """
    wrong = []
    size = len(name.encode("utf-8", "surrogatepass"))
    if not size:
        return f"{option} must not be empty."
    if size > MACHINE_NAME_BYTES:
        wrong.append(f"has {size} bytes in UTF-8 and may have {MACHINE_NAME_BYTES}")
    listed = sorted({one for one in name if one in NOT_IN_MACHINE_NAMES})
    if listed:
        wrong.append(f"has {' '.join(listed)}, which no machine name may have")
    if any(one.isspace() for one in name):
        wrong.append("has a space")
    strange = [one for one in dict.fromkeys(name) if not one.isspace() and unicodedata.category(one) in NON_STANDARD]
    if [one for one in strange if one not in NOT_IN_MACHINE_NAMES]:
        named = ", ".join(
            unicodedata.name(one, f"U+{ord(one):04X}") for one in strange if one not in NOT_IN_MACHINE_NAMES
        )
        wrong.append(f"has a non-standard character ({named})")
    return f"{option} is {name!r}: it {', it '.join(wrong)}." if wrong else ""
