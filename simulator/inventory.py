# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of a running simulator: usable as it is with ``ansible-playbook -i``.

``useries_console_labels`` holds what a calibrated real appliance would have: every label that the guide does not state
and that this seed words differently from the contract's guess, of those that the collection takes (it refuses others).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from simulator.console.style import Style
from simulator.pages.spec import Button, Field, Page

#: What the label file of the collection may hold: data, generated from its pages (tools/generate.py).
KNOWN = Path(__file__).with_name("label_keys.yml")
ACCOUNTS = {"console": "admin", "windows": "windows", "sql": "sql", "idrac": "idrac"}
HEADER = (
    "# Copyright (c) 2026 The useries.appliance authors\n# SPDX-License-Identifier: GPL-3.0-or-later\n"
    "# Written by the simulator at its start; it holds the passwords of simulated appliances.\n---\n"
)


def _guessed(pages: Sequence[Page]) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    for page in pages:
        if page.unprinted and page.guessed:
            yield page.id, page, (page.id,)
        for section in page.sections:
            own = f"{page.id}.{section.id}"
            yield own, section, (page.id, section.id)
            items: list[Field | Button] = [*section.fields, *section.buttons]
            for item in items:
                yield f"{own}.{item.id}", item, (page.id, section.id, item.id)
            for table in section.tables:
                for id, caption in zip(table.ids, table.columns, strict=False):
                    yield f"{own}.{id}", Field(id, caption, "readonly", True), (page.id, section.id, id)
                for button in table.buttons:
                    yield f"{own}.{button.id}", button, (page.id, section.id, table.id, button.id)


def label_overrides(style: Style, pages: Sequence[Page]) -> dict[str, str]:
    """Dotted id -> words of this seed, for the guessed labels that differ from their guess, and for those of a page
    of which the guide prints nothing at all: there is no guess to fall back on.
    """
    unprinted = {page.id for page in pages if page.unprinted}
    result = {}
    for key, item, path in _guessed(pages):
        words = style.worded(item, *path)
        guess = item.title if hasattr(item, "title") else item.label
        if item.guessed and (words != guess or path[0] in unprinted):
            result[key] = words
    return dict(sorted(result.items()))


def label_file(labels: Mapping[str, str]) -> dict[str, str]:
    """Those of them that the collection has a key for."""
    known = set(yaml.safe_load(KNOWN.read_text(encoding="utf-8")))
    return {key: words for key, words in labels.items() if key in known}


def host_variables(appliance: Any, surfaces: Sequence[str], ca_path: str, updater: str) -> dict[str, Any]:
    """The variables of one host. :param updater: address of the sign-in of BeyondTrust Updater."""
    admin = appliance.users["admin"]
    result: dict[str, Any] = {
        "ansible_host": appliance.address,
        "useries_host": appliance.address,
        "useries_port": appliance.ports["console"],
        "useries_username": admin.username,
        "useries_password": admin.password,
        **({"useries_partner": appliance.peer.host} if appliance.partner_name else {}),
        "useries_network_name": appliance.own_name,
    }
    if "console" in surfaces:
        own = appliance.users["beyondinsight"]
        result |= {
            "useries_beyondinsight_port": appliance.ports["console"],
            "useries_beyondinsight_username": own.username,
            "useries_beyondinsight_password": own.password,
            "useries_beyondinsight_ca_path": ca_path,
        }
        own = appliance.users["bt_updater"]
        result |= {
            "useries_updater_port": appliance.ports["console"],
            "useries_updater_username": own.username,
            "useries_updater_password": own.password,
            "useries_updater_ca_path": ca_path,
            "useries_updater_path": updater,
        }
    for surface in ("windows", "sql", "idrac"):
        if surface in surfaces and surface in appliance.ports:
            user = appliance.users[ACCOUNTS[surface]]
            result |= {
                f"useries_{surface}_host": appliance.address,
                f"useries_{surface}_port": appliance.ports[surface],
                f"useries_{surface}_username": user.username,
                f"useries_{surface}_password": user.password,
                f"useries_{surface}_ca_path": ca_path,
            }
    return result


def inventory(
    world: Any, surfaces: Sequence[str], labels: Mapping[str, str], ca_path: str, speed: float, updater: str
) -> dict[str, Any]:
    """The inventory as data."""
    pairs: dict[str, Any] = {}
    alone: dict[str, Any] = {}
    for appliance in world.appliances.values():
        hosts = pairs.setdefault(f"pair_{appliance.pair}", {"hosts": {}})["hosts"] if appliance.pair else alone
        hosts[appliance.host] = host_variables(appliance, surfaces, ca_path, updater)
    variables = {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "useries_ca_path": ca_path,
        "useries_time_scale": speed if speed > 0 else 1,
        "useries_console_labels": dict(labels),
    }
    return {"useries": {"vars": variables, "children": pairs, **({"hosts": alone} if alone else {})}}


#: Variables of connections that group_vars of real appliances may set and that would lead a rehearsal elsewhere.
NEUTRAL: Mapping[str, Any] = {
    "useries_fingerprints": [],
    "useries_validate_certs": True,
    "useries_proxy": None,
    "useries_previous_password": None,
    "useries_console_profile": "auto",
    "useries_windows_fingerprints": [],
    "useries_windows_validate_certs": True,
    "useries_idrac_fingerprints": [],
    "useries_idrac_validate_certs": True,
    "useries_idrac_previous_password": None,
    "useries_sql_encrypt": True,
}


def shadow(data: dict[str, Any], twins: Sequence[Any], state: str) -> dict[str, Any]:
    """An inventory of twins as that of their originals: the same groups, and nothing in it leads anywhere else.

    Everything that says where and as whom is a variable of the host, which group_vars do not change.

    :param twins: as :class:`simulator.twins.Twin`; :param state: directory of leases, checkpoints and reports.
    """
    useries = data["useries"]
    of_all = {**useries.pop("vars"), **NEUTRAL, "useries_rehearsal": True, "useries_state_dir": state}
    hosts = dict(useries.pop("hosts", {}))
    for group in useries["children"].values():
        hosts.update(group["hosts"])
    children: dict[str, Any] = {}
    for twin in twins:
        spare = {"useries_cold_spare_of": twin.cold_spare_of} if twin.cold_spare_of else {}
        hosts[twin.host] = {**hosts[twin.host], **of_all, **spare}
        for group in {twin.pair, *twin.groups} - {"useries", ""}:
            children.setdefault(group, {"hosts": {}})["hosts"][twin.host] = None
    return {"useries": {"hosts": hosts, "children": dict(sorted(children.items()))}}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads; readers see the old or the new one, never a part."""
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def write_inventory(path: Path, data: Mapping[str, Any]) -> None:
    """The inventory file (0600)."""
    write_private(path, HEADER + yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True))
