# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option groups: argument specs, the inventory variable behind each option, and the environment fallback.

One place for all modules; each group is documented by the fragment of the same name in ``plugins/doc_fragments``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from ansible.module_utils.basic import env_fallback

from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import AUTO, CHOICES

Spec = dict[str, dict[str, Any]]


def _tls(prefix: str) -> Spec:
    return {
        "validate_certs": {"type": "bool", "default": True, "fallback": _env(f"{prefix}VALIDATE_CERTS")},
        "ca_path": {"type": "path", "fallback": _env(f"{prefix}CA_PATH")},
    }


def _env(name: str) -> tuple[Any, list[str]]:
    return (env_fallback, [f"USERIES_{name}"])


def _address(prefix: str, port: int) -> Spec:
    return {
        "host": {"type": "str", "fallback": _env(f"{prefix}HOST")},
        "port": {"type": "int", "default": port, "fallback": _env(f"{prefix}PORT")},
        "username": {"type": "str", "fallback": _env(f"{prefix}USERNAME")},
        "password": {"type": "str", "no_log": True, "fallback": _env(f"{prefix}PASSWORD")},
        "timeout": {"type": "int", "default": 30, "fallback": _env(f"{prefix}TIMEOUT")},
        **_tls(prefix),
    }


def _fingerprints(prefix: str) -> Spec:
    return {
        "fingerprints": {"type": "list", "elements": "str", "default": [], "fallback": _env(f"{prefix}FINGERPRINTS")}
    }


_CONSOLE: Spec = {
    **_address("", 443),
    **_fingerprints(""),
    "previous_password": {"type": "str", "no_log": True, "fallback": _env("PREVIOUS_PASSWORD")},
    "proxy": {"type": "str", "fallback": _env("PROXY")},
    "console_labels": {"type": "dict", "default": {}},
    "console_driver": {
        "type": "str",
        "choices": ["auto", "html", "browser"],
        "default": "auto",
        "fallback": _env("CONSOLE_DRIVER"),
    },
    "console_profile": {
        "type": "str",
        "choices": list(CHOICES),
        "default": AUTO,
        "fallback": _env("CONSOLE_PROFILE"),
    },
}

_OF_THIS_MACHINE = "console_driver"  # what the environment says of it is meant for both nodes, all else is one node's
_PARTNER: Spec = {
    name: {key: value for key, value in option.items() if key != "fallback" or name == _OF_THIS_MACHINE}
    for name, option in _CONSOLE.items()
}

_RUN: Spec = {
    "time_scale": {"type": "float", "default": 1.0},
    "state_dir": {"type": "path", "fallback": _env("STATE_DIR")},
    "workflow": {"type": "str"},
    "step": {"type": "str"},
    "gates_max_age": {"type": "int"},
    "person_done": {"type": "raw"},
    "repeat_step": {"type": "raw"},
    "adopt_run": {"type": "str"},
}

_PAIR: Spec = {
    "break_lock": {"type": "str"},
    "accept_pair_state": {"type": "list", "elements": "str", "default": []},
}

#: The iDRAC of the node that is to be off; the environment says nothing of another node's.
_FENCED: Spec = {
    name: {key: value for key, value in option.items() if key != "fallback"}
    for name, option in {**_address("IDRAC_", 443), **_fingerprints("IDRAC_")}.items()
}
DEFAULT_STATE = "~/.ansible/useries"


def state_path(options: Mapping[str, Any]) -> str:
    """The state directory that a task was told, else the usual one; ``~`` is expanded."""
    return os.path.expanduser(str(options.get("state_dir") or DEFAULT_STATE))


def _prefixed(prefix: str, spec: Spec) -> Spec:
    return {f"{prefix}_{name}": option for name, option in spec.items()}


#: Option that is another appliance -> inventory variable with the inventory name of that appliance.
OTHERS: Mapping[str, str] = {"partner": "useries_partner", "source": "useries_cold_spare_of"}

GROUPS: Mapping[str, Spec] = {
    "console": {**_CONSOLE, **_RUN},
    "pair": _PAIR,
    **{name: {name: {"type": "dict", "options": {**_PARTNER, "inventory_name": {"type": "str"}}}} for name in OTHERS},
    "fence": {
        "primary_is_off": {"type": "str"},
        "power_state": {"type": "str", "choices": ["on", "off"]},
        "fenced_idrac": {"type": "dict", "options": _FENCED},
    },
    "windows": _prefixed(
        "windows",
        {
            **_address("WINDOWS_", 5986),
            **_fingerprints("WINDOWS_"),
            "transport": {
                "type": "str",
                "choices": ["ntlm", "basic"],
                "default": "ntlm",
                "fallback": _env("WINDOWS_TRANSPORT"),
            },
        },
    ),
    "sql": _prefixed(
        "sql",
        {
            **{name: option for name, option in _address("SQL_", 1433).items() if name != "validate_certs"},
            "driver": {"type": "str", "fallback": _env("SQL_DRIVER")},
            "encrypt": {"type": "bool", "default": True, "fallback": _env("SQL_ENCRYPT")},
        },
    ),
    "idrac": _prefixed(
        "idrac",
        {
            **_address("IDRAC_", 443),
            **_fingerprints("IDRAC_"),
            "previous_password": {"type": "str", "no_log": True, "fallback": _env("IDRAC_PREVIOUS_PASSWORD")},
        },
    ),
    "beyondinsight": _prefixed("beyondinsight", {**_address("BEYONDINSIGHT_", 443), **_fingerprints("BEYONDINSIGHT_")}),
    "updater": _prefixed(
        "updater",
        {
            **_address("UPDATER_", 443),
            **_fingerprints("UPDATER_"),
            "path": {"type": "str", "fallback": _env("UPDATER_PATH")},
        },
    ),
    "stored_secrets": {
        "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "on_create", "no_log": False},
        "blank_keeps_secret": {"type": "bool", "default": False, "no_log": False},
    },
    "proof": {"require_proof": {"type": "bool", "default": False}},
    "automatic_return": {"return_after": {"type": "int", "default": 10}},
    "wait": {"wait": {"type": "bool", "default": True}, "wait_timeout": {"type": "int"}},
}

#: Options that are filled from an inventory variable of another name than ``useries_<option>``.
_OTHER_NAMES = {name: name for name in ("break_lock", "person_done", "repeat_step", "adopt_run", "primary_is_off")}

#: Variables that are about the run and not about a host: with ``delegate_to`` they are still the task's own.
OF_THE_RUN = frozenset({*_OTHER_NAMES.values(), "useries_workflow", "useries_gates_max_age"})
_NOT_FROM_INVENTORY = frozenset(
    {
        *OTHERS,
        "step",
        "power_state",
        "fenced_idrac",
        "require_proof",
        "return_after",
        "wait",
        "wait_timeout",
        "accept_pair_state",
        "update_password",
        "blank_keeps_secret",
    }
)


def group_spec(groups: Iterable[str]) -> Spec:
    """The options of these groups together."""
    spec: Spec = {}
    for name in groups:
        spec.update(GROUPS[name])
    return spec


def variables(groups: Iterable[str]) -> dict[str, str]:
    """Option name -> inventory variable, for the options of these groups that the inventory may fill."""
    return {
        name: _OTHER_NAMES.get(name, f"useries_{name}")
        for name in group_spec(groups)
        if name not in _NOT_FROM_INVENTORY
    }


def partner_variables() -> dict[str, str]:
    """Suboption of ``partner`` or ``source`` -> inventory variable of that appliance."""
    return {name: f"useries_{name}" for name in _PARTNER}


def fenced_variables() -> dict[str, str]:
    """Suboption of ``fenced_idrac`` -> inventory variable of the node that is to be off."""
    return {name: f"useries_idrac_{name}" for name in _FENCED}


def argument_spec(declaration: Any) -> Spec:
    """The whole argument spec of a declaration: its own options and its groups."""
    spec = group_spec(declaration.groups)
    spec.update({name: dict(option) for name, option in declaration.spec().items()})
    return spec


def secrets_of(spec: Mapping[str, Any], options: Mapping[str, Any]) -> set[str]:
    """The values of validated options that must never be shown."""
    found: set[str] = set()
    for name, value in options.items():
        about = spec.get(name, {})
        if about.get("no_log") and value is not None:
            found.update(str(one) for one in (value if isinstance(value, (list, tuple)) else [value]))
        elif "options" in about and value is not None:
            for one in value if isinstance(value, (list, tuple)) else [value]:
                found |= secrets_of(about["options"], one)
    return found
