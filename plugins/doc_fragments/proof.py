# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proof by another road."""

from __future__ import annotations


class ModuleDocFragment:
    """Proof by another road."""

    DOCUMENTATION = r"""
options:
  require_proof:
    description:
      - Whether the task fails when its effect cannot be seen by another road than the console.
    type: bool
    default: false
"""
