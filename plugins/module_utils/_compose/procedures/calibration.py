# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The labels of an appliance, or of a page that was kept, compared with those of the guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.calibration import Calibration
from ansible_collections.useries.appliance.plugins.module_utils._compose.captures import Capture
from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.findings import label_file, summary
from ansible_collections.useries.appliance.plugins.module_utils._compose.profiles import KeptChooser
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._console.html.kept import KeptPage
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore


def calibrate(surfaces: Surfaces, options: Mapping[str, Any]) -> dict[str, Any]:
    """``pages``, ``summary``, ``labels`` and ``capture`` as the module returns them.

    :raises UseriesError: kind ``invalid`` for a capture that is none.
    """
    given = options.get("console_labels") or {}
    capture = Capture.read(options["capture"]) if options.get("capture") else None
    if capture is None:
        pages = Calibration(surfaces.console).round()
    else:
        kept = KeptPage(capture.content, capture.path)
        chooser = KeptChooser(SessionStore(None, Clock()), capture.path)
        console = ConsoleSurface(lambda: kept, chooser, given, lambda: None, capture.path)
        pages = [Calibration(console).one(capture.page, capture.reached)]
    return {
        "pages": pages,
        "summary": summary(pages),
        "labels": label_file(pages, given),
        "capture": None if capture is None else capture.about,
    }
