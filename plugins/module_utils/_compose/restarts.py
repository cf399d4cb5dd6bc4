# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts over the Windows surface; its libraries are loaded when a task uses them."""

from __future__ import annotations

from datetime import datetime

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces


def boot_time(surfaces: Surfaces) -> datetime:
    """When Windows was started; see ``_windows/restart.py``."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.restart import boot_time as read

    return read(surfaces.windows)


def go_down(surfaces: Surfaces, *, restart: bool) -> None:
    """Tell Windows to go down; see ``_windows/restart.py``."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.restart import go_down as order

    order(surfaces.windows, restart=restart)
