# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for the effect."""

from __future__ import annotations


class ModuleDocFragment:
    """Waiting for the effect."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether the task waits for the effect of what it ordered.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most; the default suits the operation.
    type: int
"""
