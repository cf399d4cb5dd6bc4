# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test here needs what tests/release/environment.sh makes."""

from __future__ import annotations

from tests.release.bench import built

__all__ = ("built",)
