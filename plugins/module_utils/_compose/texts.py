# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that a user gives against texts that a page offers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SHARE = re.compile(r"\\\\[^\\/]+\\[^\\/]+.*")
"""A network share, ``\\\\host\\share``, with or without folders."""


def nearest(option: str, wanted: str, offered: Sequence[str]) -> str:
    """The offered text that is meant: the same without regard to case, white space, or a leading part in parentheses.

    :raises UseriesError: kind ``invalid`` with near names when none or several fit.
    """
    fits = [text for text in offered if _key(text) == _key(wanted)] or [
        text for text in offered if _key(text.partition(")")[2]) == _key(wanted)
    ]
    if len(fits) == 1:
        return fits[0]
    near = difflib.get_close_matches(wanted, offered, n=5, cutoff=0.3) or list(offered)[:10]
    raise UseriesError(
        f"{option} {wanted!r} is not offered by the console; near are: {', '.join(near) or 'none'}.",
        surface="console",
        operation=f"choose {option}",
        kind="invalid",
        candidates=tuple(near),
        remedy="Give one of the names exactly as the console shows it.",
    )


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
