# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of the simulated console: data from the guide, handlers on the model."""

from __future__ import annotations

from simulator.pages.spec import Page


def pages() -> tuple[Page, ...]:
    """Every page in the order of the menus."""
    from simulator.pages import (
        accounts,
        backup_and_restore,
        diagnostics,
        general_settings,
        high_availability,
        maintenance,
        network,
        roles_editor,
        security_settings,
        updates,
    )

    return (
        updates.UPDATES,
        updates.VIEW_UPDATES,
        updates.UPDATE_HISTORY,
        general_settings.PAGE,
        security_settings.PAGE,
        accounts.ACCOUNTS_PAGE,
        network.NETWORK,
        maintenance.DATABASE,
        backup_and_restore.PAGE,
        maintenance.REBOOT,
        *diagnostics.PAGES,
        *roles_editor.PAGES,
        *high_availability.PAGES,
    )
