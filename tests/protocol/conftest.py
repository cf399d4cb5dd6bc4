# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the protocol tests: a simulated pair as a process of its own, a browser on a page of the test's own."""

from __future__ import annotations

from tests.protocol.one_page import page
from tests.support.simulator import simulated, simulated_pair

__all__ = ("page", "simulated", "simulated_pair")
