# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The automatic return of a change of the network."""

from __future__ import annotations


class ModuleDocFragment:
    """The automatic return of a change of the network."""

    DOCUMENTATION = r"""
options:
  return_after:
    description:
      - Minutes after which the appliance undoes the change when it was not confirmed, 3 to 60.
    type: int
    default: 10
"""
