# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The in-process runner: every action plugin of the collection is this class.

The action of the same name as the module makes ansible-core load this file in the *parent*, with its libraries; the
workers inherit them by fork and run the declaration without starting an interpreter.
"""

from __future__ import annotations

import importlib
import traceback
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ansible_collections.useries.appliance.plugins.module_utils._compose.execute import Surroundings, execute
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import argument_spec
from ansible_collections.useries.appliance.plugins.module_utils._compose.warm import warm_up
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.plugin_utils._ending import (
    RUN_PROCESS,
    run_directory,
    run_id,
    watch_the_end,
)
from ansible_collections.useries.appliance.plugins.plugin_utils._sources import (
    HostSource,
    fill,
    malformed,
    plain,
    secrets_in,
)

watch_the_end()
warm_up()


class ActionModule(ActionBase):
    """Options from the task, then the inventory, then the environment; validation by ansible-core; run in process."""

    _requires_connection = False
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """One task (or one loop item) of one host."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        del tmp
        variables = task_vars or {}
        declaration = self._declaration()
        spec = argument_spec(declaration)
        source = HostSource(self._templar, self._loader, variables, self._task.delegate_to or None)
        options = fill(declaration, plain(dict(self._task.args)), source)
        hidden = secrets_in(spec, options)
        problem = source.problem or malformed(spec, options)
        checked: dict[str, Any] = {}
        if problem is None:
            checked, problem = self._validated(declaration, spec, options, hidden)
        if problem is not None:
            result.update(
                failed=True, msg=problem, error={"surface": "local", "operation": "read the options", "kind": "invalid"}
            )
        elif self._task.async_val:
            return self._in_background(declaration, options, variables)
        else:
            result.update(self._executed(declaration, checked, source))
        for warning in self._without_effect():
            result.setdefault("warnings", []).append(warning)
        given = {name: value for name, value in options.items() if name in self._task.args}
        result["invocation"] = {"module_args": given}
        masked: dict[str, Any] = remove_values(result, hidden)
        if declaration.returns_secrets(options) and not masked.get("failed"):
            masked["_ansible_no_log"] = True
        return masked

    def _declaration(self) -> type[Capability]:
        name = str(self._task.resolved_action or self._task.action).rsplit(".", 1)[-1]
        module = importlib.import_module(f"ansible_collections.useries.appliance.plugins.modules.{name}")
        declaration: type[Capability] = module.DECLARATION
        return declaration

    def _validated(
        self, declaration: type[Capability], spec: dict[str, Any], options: dict[str, Any], hidden: set[str]
    ) -> tuple[dict[str, Any], str | None]:
        try:
            answer = ArgumentSpecValidator(spec, **declaration.constraints).validate(options)
        except (ValueError, TypeError) as error:  # 2.16 raises a bare ValueError for a malformed dict
            return {}, str(remove_values(f"An option is malformed: {error}", hidden))
        hidden.update(answer._no_log_values)  # pylint: disable=protected-access
        if answer.error_messages:
            return {}, "; ".join(str(remove_values(_sentence(error), hidden)) for error in answer.errors)
        return dict(answer.validated_parameters), None

    def _executed(self, declaration: type[Capability], options: dict[str, Any], source: HostSource) -> dict[str, Any]:
        host = source.host
        around = Surroundings(
            check_mode=self._task.check_mode,
            rehearsal=boolean(source.get("useries_rehearsal") or False, strict=False),
            directory=run_directory(),
            run_id=run_id(),
            parent=RUN_PROCESS,
            label=host,
            task_name=self._task.get_name().strip(),
            show=lambda line: self._display.display(f"  {host}: {line}"),
        )
        try:
            return execute(declaration, options, around)
        except AnsibleError:
            raise
        except Exception as error:  # noqa: BLE001 a mistake of ours: told like the others, so that secrets are masked
            return {
                "failed": True,
                "msg": f"The collection met an error of its own: {type(error).__name__}: {error}. Please report it "
                "with the traceback (-vvv). If this task changes something, look at the appliance before you "
                "repeat it.",
                "exception": traceback.format_exc(),
                "error": {"surface": "local", "operation": self._task.get_name().strip(), "kind": "unexpected"},
            }

    def _without_effect(self) -> list[str]:
        warnings = []
        if any(self._task.environment or []):
            warnings.append("'environment' has no effect on this task: it runs inside the controller's process.")
        if self._task.become:
            warnings.append("'become' has no effect on this task: it runs inside the controller's process.")
        return warnings

    def _in_background(
        self, declaration: type[Capability], options: dict[str, Any], variables: dict[str, Any]
    ) -> dict[str, Any]:
        local = getattr(self._connection, "transport", "") in {"local", "ansible.builtin.local"}
        if not declaration.read_only or not local or declaration.returns_secrets(options):
            return {
                "failed": True,
                "msg": "async is for the _info modules on 'ansible_connection: local' only. For a long operation use "
                "'wait: false' where the module has it, and look with its _info module.",
            }
        result: dict[str, Any] = self._execute_module(
            module_name=self._task.resolved_action or self._task.action,
            module_args=options,
            task_vars=variables,
            wrap_async=self._task.async_val,
        )
        return result


def _sentence(error: Any) -> str:
    """The validator's message; what is unsupported needs its first words."""
    return f"Unsupported parameters: {error.msg}" if isinstance(error, UnsupportedError) else str(error.msg)
