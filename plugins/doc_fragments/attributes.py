# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every module can do."""

from __future__ import annotations


class ModuleDocFragment:
    """Attributes; sections for modules that only read and for one-shot actions."""

    DOCUMENTATION = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/useries.appliance.all) in C(module_defaults) to set options for all of its modules.
    support: full
    membership:
      - useries.appliance.all
  check_mode:
    description: Can run in C(check_mode) and predicts the change without writing anything.
    support: full
  diff_mode:
    description: Says in diff format what changed or would change; secrets are masked.
    support: full
  idempotent:
    description: When run twice with the same options, the second run changes nothing.
    support: full
"""

    INFO = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/useries.appliance.all) in C(module_defaults) to set options for all of its modules.
    support: full
    membership:
      - useries.appliance.all
  check_mode:
    description: Only reads, so it does the same in C(check_mode).
    support: full
  diff_mode:
    description: Only reads, so there is nothing to show.
    support: N/A
  idempotent:
    description: Only reads.
    support: full
"""

    ACTION = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/useries.appliance.all) in C(module_defaults) to set options for all of its modules.
    support: full
    membership:
      - useries.appliance.all
  check_mode:
    description: Can run in C(check_mode) and predicts the change without writing anything.
    support: full
  diff_mode:
    description: Says in diff format what changed or would change; secrets are masked.
    support: full
  idempotent:
    description: Does what it is told each time, unless an option makes it look whether that is needed.
    support: partial
"""
