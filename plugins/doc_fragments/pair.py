# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks with an effect on the service of a pair share."""

from __future__ import annotations


class ModuleDocFragment:
    """What tasks with an effect on the service of a pair share."""

    DOCUMENTATION = r"""
options:
  break_lock:
    description:
      - Identifier of another run whose lease on this pair is to be broken; the message about the lease names it.
      - Filled from the variable C(break_lock), so C(-e break_lock=...) does it.
    type: str
  accept_pair_state:
    description:
      - States of the pair in which the task is done although it does not expect them, for example V(SUSPENDED).
    type: list
    elements: str
    default: []
"""
