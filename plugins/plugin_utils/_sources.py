# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where options come from: the task, then the inventory of the host that is meant, then the environment (by the spec).

With ``delegate_to`` *every* connection option comes from that host's variables: the task's own variables still hold the
first host's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.template import Templar

from ansible_collections.useries.appliance.plugins.module_utils._compose.options import (
    OF_THE_RUN,
    OTHERS,
    fenced_variables,
    partner_variables,
    variables,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability

#: Variables that are the same for every host and that a host's own variables may refer to.
SHARED = ("hostvars", "groups", "playbook_dir", "ansible_playbook_python")


class HostSource:
    """The variables of the host that a task is about.

    :param templar: the task's templar; :param loader: its loader of files (vault); :param task_vars: its variables;
    :param delegate: ``delegate_to`` or None.
    """

    def __init__(self, templar: Any, loader: Any, task_vars: Mapping[str, Any], delegate: str | None) -> None:
        self._loader = loader
        self._task_vars = task_vars
        self.problem: str | None = None
        self.host = str(delegate or task_vars.get("inventory_hostname", "localhost"))
        self._variables: Mapping[str, Any] = self._of(self.host) if delegate else task_vars
        self._templar = Templar(loader, variables=self._variables) if delegate else templar
        self._own = templar

    def _of(self, host: str) -> Mapping[str, Any]:
        """The raw variables of another host; ``hostvars[host][name]`` of 2.16 passes an undefined one as its text."""
        everybody = self._task_vars.get("hostvars")
        if everybody is None or host not in everybody:
            self.problem = f"There is no host {host} in the inventory; its connection variables are needed."
            return {}
        shared = {name: self._task_vars[name] for name in SHARED if name in self._task_vars}
        return {**shared, **everybody.raw_get(host)}

    def get(self, name: str) -> Any:
        """The host's variable, templated; None when it is not set."""
        if name in OF_THE_RUN and name in self._task_vars:
            return self._read(name, lambda: self._own.template(self._task_vars[name]))
        if name not in self._variables:
            return None
        return self._read(name, lambda: self._templar.template(self._variables[name]))

    def address(self) -> Any:
        """``ansible_host``, else the inventory name."""
        return self.get("ansible_host") or self.host

    def other(self, host: str) -> HostSource:
        """The variables of another host of the inventory."""
        return HostSource(self._templar, self._loader, self._task_vars, host)

    def _read(self, name: str, read: Any) -> Any:
        try:
            return plain(read())
        except AnsibleError as error:
            self.problem = f"The variable {name} of {self.host} cannot be used: {getattr(error, 'message', error)}"
            return None


def fill(declaration: type[Capability], given: dict[str, Any], source: HostSource) -> dict[str, Any]:
    """The task's options, completed from the inventory; explicit options win, nothing is validated yet."""
    options = dict(given)
    for option, variable in variables(declaration.groups).items():
        if options.get(option) is None:
            value = source.get(variable)
            if value is not None:
                options[option] = value
    if "console" in declaration.groups and options.get("host") is None:
        options["host"] = source.address()
    for option, variable in OTHERS.items():
        if option in declaration.groups:
            _fill_other(options, source, option, variable)
    if "fence" in declaration.groups:
        _fill_fenced(options, source, declaration.fenced)
    return {name: value for name, value in options.items() if value is not None}


def _fill_other(options: dict[str, Any], source: HostSource, which: str, named_by: str) -> None:
    """The appliance that an option is (``partner``, ``source``), from the variables of the host that it names."""
    own = options.get(which)
    name = source.get(named_by)
    if not isinstance(own, (dict, type(None))) or not name:
        return
    other = source.other(str(name))
    filled = dict(own or {})
    for option, variable in partner_variables().items():
        if filled.get(option) is None:
            value = other.get(variable)
            if value is not None:
                filled[option] = value
    if filled.get("host") is None:
        filled["host"] = other.address()
    filled.setdefault("inventory_name", str(name))
    source.problem = source.problem or other.problem
    options[which] = filled


def _fill_fenced(options: dict[str, Any], source: HostSource, variable: str) -> None:
    """The iDRAC of the node that is to be off; none where its host has none."""
    own, name = options.get("fenced_idrac"), source.get(variable)
    if not isinstance(own, (dict, type(None))) or not name:
        return
    other = source.other(str(name))
    filled = dict(own or {})
    for option, its_variable in fenced_variables().items():
        if filled.get(option) is None and (value := other.get(its_variable)) is not None:
            filled[option] = value
    source.problem = source.problem or other.problem
    if filled.get("host"):
        options["fenced_idrac"] = filled


def malformed(spec: Mapping[str, Any], options: Mapping[str, Any]) -> str | None:
    """A sentence when a dictionary is no dictionary: core's own message would print its value."""
    for name, value in options.items():
        if spec.get(name, {}).get("type") == "dict" and not isinstance(value, dict):
            return f"{name} must be a dictionary."
    return None


def secrets_in(spec: Mapping[str, Any], options: Mapping[str, Any]) -> set[str]:
    """All texts that must never be shown, found without trusting that the options are well-formed."""
    found: set[str] = set()
    for name, value in options.items():
        about = spec.get(name, {})
        if about.get("no_log"):
            found.update(_texts(value))
        elif "options" in about and isinstance(value, Mapping):
            found |= secrets_in(about["options"], value)
        elif "options" in about:
            found.update(_texts(value))
    return {text for text in found if text}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, (list, tuple, set)):
        for part in value:
            yield from _texts(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def plain(value: Any) -> Any:
    """Ansible's tagged, unsafe and vaulted values as plain Python values."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return {plain(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(part) for part in value]
    return str(value)
