# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tasks that must be refused, in process against one simulated pair over the wire.

An attempt validates its options as the runner does, runs the declaration, and notes what the appliances saw of it.
``refused`` is what the tests are about: it failed, its message helps, no secret is in it, and nothing was written.
"""

from __future__ import annotations

import importlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.useries.appliance.plugins.module_utils._compose.ending import end_of_run
from ansible_collections.useries.appliance.plugins.module_utils._compose.execute import Surroundings, execute
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import argument_spec, variables
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark
from tests.support.simulator import Simulated
from tests.support.way import DRIVER, WAY

A, B = "useries-1a", "useries-1b"
STAGES = ("fresh", "roles", "partners", "synchronized")
#: What changes by itself or by looking: the form that is open, notes, the draw of durations.
PASSING = {("backups", "form"), ("connectors", "form"), ("notifications",), ("backups", "_event")}


@dataclass
class Bench:
    """One simulated pair and the ways to misuse it.

    :param directory: the private directory of the "run"; :param secrets: texts that must not be in any result.
    :param run: the process for which a browser is kept from attempt to attempt.
    """

    pair: Simulated
    directory: Path
    secrets: set[str] = field(default_factory=set)
    run: ProcessMark | None = None
    inventory: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tree = yaml.safe_load(self.pair.inventory.read_text(encoding="utf-8"))["useries"]
        for group in tree["children"].values():
            for host, own in group["hosts"].items():
                self.inventory[host] = {**tree["vars"], **own, "useries_state_dir": str(self.directory / "state")}
                if WAY != "html":
                    self.inventory[host]["useries_console_driver"] = DRIVER
                self.secrets.add(own["useries_password"])

    @property
    def control(self) -> Any:
        """The control client."""
        return self.pair.control

    # -- what the appliances are like ----------------------------------------------------------------------------------
    def stage(self, name: str) -> None:
        """Bring the pair to one of STAGES; made once, then taken from a snapshot."""
        self.control.clear_faults()
        if name in getattr(self.pair, "stages", set()):
            self.control.restore(f"stage-{name}")
        else:
            self._make(name)
        self.control.reset_counts()

    def _make(self, name: str) -> None:
        if name == "fresh":
            self.control.reset()
            self.control.labels(hide=[], duplicate=[])
        else:
            self.stage(STAGES[STAGES.index(name) - 1])
            getattr(self, f"_make_{name}")()
        self.control.snapshot(f"stage-{name}")
        self.pair.stages = {*getattr(self.pair, "stages", set()), name}  # type: ignore[attr-defined]

    def _make_roles(self) -> None:
        for host in (A, B):
            self.control.do(host, "roles.change", "high_availability", {"enabled": True})
            self.control.do(host, "roles.apply")
        self.control.advance(60)

    def _make_partners(self) -> None:
        keys = {host: self.control.state(host)["api_key"] for host in (A, B)}
        self.control.do(A, "ha.register_key", keys[B])
        self.control.do(B, "ha.register_key", keys[A])
        self.control.do(A, "ha.start_exchange", "UVM-1B")
        self.control.advance(400)
        assert self.control.state(A)["ha"]["phase"] == "configured"

    def _make_synchronized(self) -> None:
        self.control.do(A, "ha.set_state", True, 5022)
        for _step in range(10):
            self.control.advance(600)
        assert self.control.state(A)["ha"]["mirror_state"] == "SYNCHRONIZED"

    def look(self) -> dict[str, Any]:
        """The state of both nodes and the shares, without what passes by itself."""
        state = json.loads(json.dumps({key: value for key, value in self.control.state().items() if key != "now"}))
        for node in state["nodes"].values():
            for path in PASSING:
                inner = node
                for part in path[:-1]:
                    inner = inner.get(part, {})
                inner.pop(path[-1], None)
        return state

    def writes(self) -> int:
        """Requests that wrote, on both nodes."""
        return int(self.control.count("write"))

    @contextmanager
    def once(self, seen: Callable[[], object], happens: Callable[[], object]) -> Iterator[None]:
        """While a task runs, something happens as soon as something is seen, however long the way to it takes."""
        over = threading.Event()

        def watch() -> None:
            while not seen():
                if over.wait(0.01):
                    return
            happens()

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()

    # -- attempts ------------------------------------------------------------------------------------------------------
    def options(self, module: str, on: str = A, **given: Any) -> dict[str, Any]:
        """The task's options with those of the inventory; None takes one away; not validated yet."""
        spec = argument_spec(declaration(module))
        shared = variables(declaration(module).groups)
        options = self._from_inventory(shared, on)
        for option, variable in (("partner", "useries_partner"), ("source", "useries_cold_spare_of")):
            if option in spec and variable in self.inventory[on]:
                other = self.inventory[on][variable]
                options[option] = {**self._from_inventory(spec[option]["options"], other), "inventory_name": other}
        if "fenced_idrac" in spec and declaration(module).fenced in self.inventory[on]:
            own = self.inventory[self.inventory[on][declaration(module).fenced]]
            fenced = {name: own.get(f"useries_idrac_{name}") for name in spec["fenced_idrac"]["options"]}
            if fenced["host"]:
                options["fenced_idrac"] = fenced
        partner = given.pop("partner", None)
        options.update(given)
        if partner is not None:
            options["partner"] = {**options["partner"], **partner}
        plain: dict[str, Any] = _without_none(options)
        return plain

    def _from_inventory(self, spec: Mapping[str, Any], host: str) -> dict[str, Any]:
        own = self.inventory[host]
        return {name: own[f"useries_{name}"] for name in spec if f"useries_{name}" in own}

    def attempt(
        self, module: str, on: str = A, *, check_mode: bool = False, run_id: str = "bad-input", **given: Any
    ) -> dict[str, Any]:
        """One task, as the runner would run it."""
        kind = declaration(module)
        options = self.options(module, on, **given)
        answer = ArgumentSpecValidator(argument_spec(kind), **kind.constraints).validate(options)
        if answer.error_messages:
            return {"failed": True, "changed": False, "msg": "; ".join(answer.error_messages)}
        around = Surroundings(check_mode=check_mode, directory=self.directory, run_id=run_id, label=on, parent=self.run)
        return execute(kind, answer.validated_parameters, around)

    def refused(self, module: str, *words: str, on: str = A, kind: str = "", **given: Any) -> dict[str, Any]:
        """An attempt that must fail with these words and change nothing; in check mode it fails alike.

        :param kind: of the error; empty for what the argument spec refuses.
        """
        before, writes = self.look(), self.writes()
        result = self.attempt(module, on, **given)
        self.helps(result, *words, kind=kind)
        assert result["changed"] is False, result
        assert self.writes() == writes, self.control.log()[-5:]
        assert self.look() == before
        return result

    def helps(self, result: dict[str, Any], *words: str, kind: str = "") -> None:
        """The message of a failure says what is wrong, where, and what to do next; it holds no secret."""
        assert result.get("failed") is True, result
        for word in words:
            assert word in result["msg"], result["msg"]
        if kind:
            error = result["error"]
            assert error["kind"] == kind, result
            assert error["operation"], result
            assert error["remedy"] and error["remedy"] in result["msg"], f"no next step: {result}"
            assert error["target"] or kind == "invalid", f"nowhere: {result}"
        self.silent(result)

    def silent(self, result: Any) -> None:
        """No secret is in it."""
        shown = repr(result)
        for secret in self.secrets:
            assert secret not in shown, shown.replace(secret, "<A SECRET>")


def declaration(module: str) -> Any:
    """The declaration of a module."""
    name = f"ansible_collections.useries.appliance.plugins.modules.{module}"
    return importlib.import_module(name).DECLARATION


def _without_none(value: Any) -> Any:
    """A copy: validating fills in what is not given, in place."""
    if isinstance(value, list):
        return [_without_none(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _without_none(one) for name, one in value.items() if one is not None}
    return value


@contextmanager
def benched(pair: Simulated, folder: Path) -> Iterator[Bench]:
    """A pair as it was at its start; see :meth:`Bench.stage`."""
    made = Bench(pair, folder, run=ProcessMark.current())
    made.stage("fresh")
    try:
        yield made
    finally:
        if WAY != "html":
            end_of_run(folder, "bad-input")


@pytest.fixture
def bench(simulated_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """The session's pair."""
    with benched(simulated_pair, tmp_path) as made:
        yield made
