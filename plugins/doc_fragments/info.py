# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all modules that only read share."""

from __future__ import annotations


class ModuleDocFragment:
    """What all modules that only read share."""

    DOCUMENTATION = r"""
options:
  query:
    description:
      - JMESPath expression that picks from the answer; needs the Python library C(jmespath).
    type: str
  unreachable_ok:
    description:
      - Whether an appliance that does not answer is an answer (RV(reachable) is V(false)) instead of an error.
    type: bool
    default: false
"""
