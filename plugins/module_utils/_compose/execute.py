# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a declaration: the same road for the in-process runner and for an ordinary module."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.captures import keep
from ansible_collections.useries.appliance.plugins.module_utils._compose.journal import RunJournal
from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import without
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import (
    argument_spec,
    secrets_of,
    state_path,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.pair import KnownPair
from ansible_collections.useries.appliance.plugins.module_utils._compose.ranges import check_shared
from ansible_collections.useries.appliance.plugins.module_utils._compose.record import add
from ansible_collections.useries.appliance.plugins.module_utils._compose.rehearsal import refuse_real_ones
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._compose.translate import failure, lost_after_write
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability, Task
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Gate
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark


@dataclass(frozen=True)
class Surroundings:
    """What a task knows of the run it belongs to.

    :param rehearsal: only simulated appliances may be contacted.
    :param directory: the run's private directory (0700) or None outside of ansible-playbook.
    :param run_id: names the run in leases; :param parent: the process that lives as long as the run;
        :param label: the host in messages; :param show: prints a line of progress.
    """

    check_mode: bool = False
    rehearsal: bool = False
    directory: Path | None = None
    run_id: str = ""
    label: str = ""
    task_name: str = ""
    parent: ProcessMark | None = None
    show: Callable[[str], None] = lambda line: None


def execute(declaration: type[Capability], options: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    """Validated options in, an Ansible result out; never raises a :class:`UseriesError`."""
    scale = float(options.get("time_scale") or 1.0)
    clock = Clock(scale if scale > 0 else 1.0)  # a wrong one is refused below
    surfaces = Surfaces(options, clock, around.directory, run=around.parent, module=module_of(declaration))
    warnings = surfaces.warnings
    pair = KnownPair(
        surfaces,
        options,
        clock,
        warnings,
        run_id=around.run_id,
        task=around.task_name or declaration.__name__,
        directory=around.directory,
        parent=around.parent,
    )
    gate = Gate(check_mode=around.check_mode, pair=pair, accept=options.get("accept_pair_state") or ())
    started = Clock().wall()
    task = Task(
        options=options,
        surfaces=surfaces,
        gate=gate,
        clock=clock,
        show=around.show,
        warnings=warnings,
        journal=RunJournal(around.directory, surfaces.identity),
        label=around.label or surfaces.identity,
        workflow=pair.workflow,
        note=lambda what, state: surfaces.observed.note(what, "wait", state),
    )
    primary = surfaces.primary(declaration.groups)
    try:
        if around.rehearsal:
            refuse_real_ones(options)
        result = _done(declaration, task)
        result.update(surfaces.told_of_console(always=declaration.read_only))
    except UseriesError as error:
        result = _failed(error, declaration, task)
    finally:
        pair.workflow.touch()
        surfaces.remember(primary)
        surfaces.close()
        pair.let_go()
    if warnings:
        result["warnings"] = warnings
    if pair.workflow.name:
        _recorded(declaration, options, around, {**result, "started": started, "seen": surfaces.observed.seen})
    return result


def _done(declaration: type[Capability], task: Task) -> dict[str, Any]:
    """Run it; a step of a workflow is written down as done."""
    check_shared(task.options)
    task.workflow.check()
    result = declaration(task).run()
    if not (task.gate.check_mode or declaration.read_only):
        task.workflow.done()
    return result


def _failed(error: UseriesError, declaration: type[Capability], task: Task) -> dict[str, Any]:
    """The result of an error; the page on which a label was missed is kept."""
    surfaces, options, wrote = task.surfaces, task.options, task.gate.wrote
    primary = surfaces.primary(declaration.groups)
    if not error.target and error.surface != "local":
        error.target = task.label
    host = task.label if surfaces.concerns(error) else f"partner of {task.label}"
    keep(error, host, state_path(options), secrets_of(argument_spec(declaration), options), task.clock)
    own = error.surface == primary and surfaces.concerns(error)
    if wrote and own and error.kind in {"unreachable", "silent"}:
        error = lost_after_write(error)
    # Within a workflow nothing is unreachable: ansible-core would skip the tasks that put things back.
    first_contact = own and not surfaces.known(primary) and not task.workflow.name
    result = failure(error, first_contact=first_contact)
    result["changed"] = wrote and error.kind in {"not_seen", "outcome_unknown", "timeout"}
    return result


def _recorded(
    declaration: type[Capability], options: Mapping[str, Any], around: Surroundings, result: Mapping[str, Any]
) -> None:
    """A line for the evidence of the workflow."""
    bad = bool(result.get("failed") or result.get("unreachable"))
    add(
        around.directory,
        {
            **{name: result.get(name) for name in ("started", "seen", "changed")},
            **{name: options.get(name) for name in ("workflow", "step")},
            "host": around.label,
            "module": module_of(declaration),
            "task": around.task_name,
            "ended": Clock().wall(),
            "check_mode": around.check_mode,
            "result": "failed" if bad else "ok",
            "kind": (result.get("error") or {}).get("kind"),
            "message": without(str(result.get("msg") or ""), secrets_of(argument_spec(declaration), options)),
        },
    )


def module_of(declaration: type[Capability]) -> str:
    """The name of the module that a declaration is: its class name in the words of a file."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", declaration.__name__).lower()
