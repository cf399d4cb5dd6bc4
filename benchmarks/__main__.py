# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m benchmarks``: the benchmark of tasks; see ``--help`` and docs/performance.md."""

from __future__ import annotations

import sys

from benchmarks.tasks import main

if __name__ == "__main__":
    sys.exit(main())
