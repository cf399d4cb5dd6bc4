# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pressing a button of High Availability Maintenance once (guide 1122, 1182-1206, 1245)."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import MAINTENANCE
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


def press_once(
    console: ConsoleSurface, button: str, arrived: Callable[[], bool | None], warn: Callable[[str], None]
) -> None:
    """Press a button and answer its question.

    A browser that loses a connection may send the order a second time by itself; the console refuses the second one
    because the first is carried out. So a refusal counts only when nothing is seen of the effect.

    :param arrived: whether the effect is seen, asked after a refusal.
    :raises UseriesError: as :meth:`ConsoleSurface.press`.
    """
    try:
        console.press(MAINTENANCE, button, answer=True)
    except UseriesError as error:
        if error.kind != "rejected" or not arrived():
            raise
        warn(f"The order was answered with a refusal, but its effect is seen: {error.message}")
