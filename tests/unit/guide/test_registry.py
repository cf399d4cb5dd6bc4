# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of the console, and those of other sites, which no menu of the console leads to."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.registry import entries, every_page, pages


def test_calibration_goes_round_the_pages_of_the_console_only() -> None:
    elsewhere = [page.id for page in every_page() if page not in pages()]
    updater = [f"updater_{name}" for name in ("subscriptions", "downloads", "products", "settings")]
    assert elsewhere == ["connectors", *updater]


def test_labels_of_another_site_may_be_worded_as_well() -> None:
    assert {"connectors", "connectors.list.add", "connectors.syslog_event_forwarding.facility"} <= set(entries())
