# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BitLocker over the Windows surface; the surface's libraries are loaded when a task uses them."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces


def recovery_passwords(surfaces: Surfaces) -> list[dict[str, Any]]:
    """Every recovery password of every volume: secrets."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker import recovery_passwords as read

    return [dict(one) for one in read(surfaces.windows)]
