# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of the event sources: of the rulebook, then the environment; refused before anything is contacted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values

from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import credentials_of, target_of
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import GROUPS, Spec
from ansible_collections.useries.appliance.plugins.module_utils._compose.ranges import check_shared
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.fingerprints import normalise_all
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import client_context

ADDRESS = ("port", "timeout", "validate_certs", "ca_path", "fingerprints", "proxy")
CONSOLE = (*ADDRESS, "username", "password", "console_driver", "console_labels", "console_profile", "time_scale")
FEEDBACK = "eda_feedback_queue"  # ansible-rulebook's own, beside the arguments


def _shared(names: Sequence[str]) -> Spec:
    return {name: GROUPS["console"][name] for name in names}


def _appliance(names: Sequence[str]) -> Spec:
    """Of one appliance in a list: what is not given is that of the source."""
    own = {
        name: {key: value for key, value in GROUPS["console"][name].items() if key not in ("default", "fallback")}
        for name in names
    }
    return {"name": {"type": "str", "required": True}, "host": {"type": "str"}, **own}


def _appliances(names: Sequence[str], **more: Any) -> dict[str, Any]:
    return {"type": "list", "elements": "dict", "options": _appliance(names), **more}


ROLE: Spec = {
    "pairs": {
        "type": "list",
        "elements": "dict",
        "default": [],
        "options": {
            "name": {"type": "str", "required": True},
            "nodes": _appliances(ADDRESS, required=True),
            "services_only": {"type": "bool", "default": False},
        },
    },
    "hosts": _appliances(ADDRESS, default=[]),
    "interval": {"type": "float", "default": 10.0},
    "times": {"type": "int", "default": 3},
    "seconds": {"type": "float", "default": 0.0},
    **_shared(ADDRESS),
    "timeout": {**GROUPS["console"]["timeout"], "default": 10},
}
HEALTH: Spec = {
    "hosts": _appliances(CONSOLE, required=True),
    "interval": {"type": "float", "default": 600.0},
    "times": {"type": "int", "default": 2},
    "backup_hours": {"type": "int", "default": 192},
    "certificate_days": {"type": "int", "default": 30},
    **_shared(CONSOLE),
}
#: Option -> what it must be at least. A second between two looks is the least that is still polite.
LEAST: Mapping[str, float] = {"interval": 1, "times": 1, "seconds": 0, "backup_hours": 1, "certificate_days": 0}


@dataclass(frozen=True)
class Appliance:
    """One appliance to look at. :param options: those of its console, complete."""

    name: str
    options: Mapping[str, Any]

    def __repr__(self) -> str:  # the options hold a password
        return f"Appliance({self.name!r})"


def role_arguments(arguments: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Appliance]]]:
    """Of ``appliance_role``: the options, and name of the pair (or single appliance) -> its nodes.

    :raises UseriesError: kind ``invalid``.
    """
    given = dict(arguments)
    given["pairs"] = [
        {**pair, "nodes": _named(pair.get("nodes"))} if isinstance(pair, dict) else pair
        for pair in _list(given.get("pairs"))
    ]
    options = _validated(ROLE, {**given, "hosts": _named(given.get("hosts"))})
    groups = [(pair["name"], pair["nodes"]) for pair in options["pairs"]]
    for name, nodes in groups:
        if len(nodes) != 2:
            raise _refused(
                f"The pair {name} has {len(nodes)} nodes; it must have two.", "A single appliance goes into hosts."
            )
    groups += [(host["name"], [host]) for host in options["hosts"]]
    if not groups:
        raise _refused("Neither pairs nor hosts is given.", "Name the pairs, with two nodes each, in the rulebook.")
    _once("pair or host", [name for name, _nodes in groups])
    found = {name: _complete(nodes, options, ADDRESS) for name, nodes in groups}
    _distinct([one for nodes in found.values() for one in nodes])
    return options, found


def health_arguments(arguments: Mapping[str, Any]) -> tuple[dict[str, Any], list[Appliance]]:
    """Of ``appliance_health``: the options, and the appliances.

    :raises UseriesError: kind ``invalid``.
    """
    options = _validated(HEALTH, {**arguments, "hosts": _named(arguments.get("hosts"))})
    if not options["hosts"]:
        raise _refused("hosts is empty.", "Name the appliances in the rulebook.")
    found = _complete(options["hosts"], options, CONSOLE)
    _distinct(found)
    for one in found:
        credentials_of(one.options, "console")
    return options, found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _named(value: Any) -> list[Any]:
    """A name alone is short for an appliance of that name at the address of that name."""
    return [{"name": one} if isinstance(one, str) else one for one in _list(value)]


def _validated(spec: Spec, given: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {name: value for name, value in given.items() if value is not None and name != FEEDBACK}
    try:
        answer = ArgumentSpecValidator(spec).validate(wanted)
    except (ValueError, TypeError) as error:  # 2.16 raises a bare ValueError for a malformed dict
        raise _refused(f"An argument is malformed: {type(error).__name__}.", "Look at the rulebook.") from None
    hidden = answer._no_log_values  # pylint: disable=protected-access
    if answer.error_messages:
        told = "; ".join(str(remove_values(text, hidden)) for text in answer.error_messages)
        raise _refused(f"{told}.", "Correct the argument in the rulebook, or the environment variable it comes from.")
    options = dict(answer.validated_parameters)
    for name, least in LEAST.items():
        if name in options and not options[name] >= least:
            raise _refused(f"{name} is {options[name]}; it must be {least:g} or more.", "Correct it in the rulebook.")
    return options


def _complete(hosts: Sequence[Mapping[str, Any]], options: Mapping[str, Any], names: Sequence[str]) -> list[Appliance]:
    """Each appliance with the options of the source where it has none of its own; all of them are looked at."""
    found = []
    for host in hosts:
        own = {name: options[name] if host.get(name) is None else host[name] for name in names}
        own["host"] = host["host"] or host["name"]
        if not is_host(own["host"]):
            raise _refused(
                f"{own['host']!r} can be no address of {host['name']}.", "Set its host to a DNS name or an IP address."
            )
        check_shared(own)
        normalise_all(own["fingerprints"] or (), surface="endpoint")
        client_context(target_of(own, "endpoint"), surface="endpoint")
        found.append(Appliance(host["name"], own))
    return found


def _distinct(appliances: Sequence[Appliance]) -> None:
    _once("appliance", [one.name for one in appliances])
    _once("address", [f"{one.options['host']}:{one.options['port']}".lower() for one in appliances])


def _once(what: str, names: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _refused(f"The {what} {', '.join(twice)} is there more than once.", "Name each of them once.")


def _refused(message: str, remedy: str) -> UseriesError:
    return UseriesError(message, surface="local", operation="read the arguments", kind="invalid", remedy=remedy)
