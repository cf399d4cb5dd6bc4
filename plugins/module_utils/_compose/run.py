# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as an ordinary Ansible module: ``main()`` of every module calls :func:`run`."""

from __future__ import annotations

import os

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.useries.appliance.plugins.module_utils._compose.execute import Surroundings, execute
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import argument_spec
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability


def run(declaration: type[Capability]) -> None:
    """Run in a process of its own: no session is handed over; the host option or its environment variable is needed."""
    module = AnsibleModule(
        argument_spec=argument_spec(declaration), supports_check_mode=True, **declaration.constraints
    )
    if declaration.returns_secrets(module.params) and not module.no_log:
        module.fail_json(
            msg="This module returns secrets. Run as an ordinary module it refuses unless the task has no_log: true."
        )
    result = execute(
        declaration, module.params, Surroundings(check_mode=module.check_mode, run_id=f"module-{os.getpid()}")
    )
    for warning in result.pop("warnings", []):
        module.warn(warning)
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
