# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The subjects: what is measured, as tasks of a playbook, and the environment that each runs in."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
IDRAC = {
    "idrac_ip": "{{ useries_idrac_host }}",
    "idrac_port": "{{ useries_idrac_port }}",
    "idrac_user": "{{ useries_idrac_username }}",
    "idrac_password": "{{ useries_idrac_password }}",
    "ca_path": "{{ useries_ca_path }}",
}
ENDPOINT = {
    "url": "https://{{ useries_host }}:{{ useries_port }}/UVMInterface/api/HighAvailability",
    "ca_path": "{{ useries_ca_path }}",
    "use_proxy": False,
}


@dataclass(frozen=True)
class Subject:
    """One thing to measure.

    :param task: module name to its options; None is a play without tasks.
    :param kind: ``base`` (the play itself), ``floor``, ``ours``, or ``peer`` (slow: fewer rounds with many hosts).
    :param judges: runs in the environment of tests/judges/environment.sh, which holds the peer.
    :param wire: the wire of the simulator whose requests count.
    """

    name: str
    task: Mapping[str, Mapping[str, Any]] | None
    kind: Literal["base", "floor", "ours", "peer"]
    judges: bool = False
    wire: str = "console"


SUBJECTS = (
    Subject("empty play", None, "base"),
    Subject("set_fact", {"ansible.builtin.set_fact": {"one": 1}}, "floor"),
    Subject("date_time", {"useries.appliance.date_time": {"time_zone": "UTC"}}, "ours"),
    Subject("login_banner", {"useries.appliance.login_banner": {"title": "", "text": ""}}, "ours"),
    Subject("appliance_info", {"useries.appliance.appliance_info": {"gather": ["versions"]}}, "ours"),
    Subject("uri", {"ansible.builtin.uri": ENDPOINT}, "peer", wire="endpoint"),
    Subject("empty play (judges)", None, "base", judges=True),
    Subject("openmanage", {"dellemc.openmanage.idrac_user_info": IDRAC}, "peer", judges=True, wire="idrac"),
)
FLOOR, HEADLINE, PEER = "set_fact", "date_time", "openmanage"


def playbook(subject: Subject, hosts: str, tasks: int) -> str:
    """The play as JSON, which is YAML."""
    steps = [] if subject.task is None else [dict(subject.task) for _number in range(tasks)]
    return json.dumps([{"hosts": hosts, "gather_facts": False, "tasks": steps}])


def environment(subject: Subject, home: Path) -> dict[str, str]:
    """Nothing of the user's own settings: a home, a configuration and temporary files of their own."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    settings = {
        "PATH": os.pathsep.join((str(programs(subject)), os.defpath)),
        "HOME": str(home),
        "ANSIBLE_HOME": str(home / ".ansible"),
        "ANSIBLE_CONFIG": str(home / "ansible.cfg"),
        "ANSIBLE_NOCOLOR": "1",
    }
    if not subject.judges:
        settings["ANSIBLE_COLLECTIONS_PATH"] = str(ROOT / "collections")
    return {"LC_ALL": "C.UTF-8", **kept, **settings}


def programs(subject: Subject) -> Path:
    """The folder with ``ansible-playbook``."""
    if subject.judges:
        return Path(os.environ.get("JUDGES_VENV") or ROOT / ".venvs" / "judges") / "bin"
    return Path(os.environ.get("BENCH_VENV") or ROOT / ".venv") / "bin"
