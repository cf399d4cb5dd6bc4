# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: appliances
short_description: Pairs of appliances by their live role
version_added: 0.1.0
description:
  - A short file names pairs, cold spares, workers and single appliances. The plugin asks all of them at once for their
    role in high availability, without a sign-in, and groups them by pair, role, kind and site.
  - One that does not answer is in the group C(role_unreachable), with a warning; the others are not held up by it.
  - Roles are a snapshot. They were true when the inventory was read, and a playbook that takes an hour ends in another
    world; the collection's own playbooks read the roles again before every step.
  - The name of the file must end in C(useries.yml) or C(useries.yaml).
  - A file that is wrong is refused. Ansible goes on without hosts then and ends well, unless
    C(any_unparsed_is_failed) of the section C([inventory]) in C(ansible.cfg) is on; turn it on.
author:
  - The useries.appliance authors (@useries)
options:
  plugin:
    description: Says that the file is for this plugin.
    type: str
    required: true
    choices: [useries.appliance.appliances]
  pairs:
    description:
      - Pairs. The group of each is C(pair_<name>), and each node gets C(useries_partner).
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: Name of the pair.
        type: str
        required: true
      site:
        description: Where it stands; its group is C(site_<site>).
        type: str
      nodes:
        description:
          - The two nodes, each a dictionary as in O(hosts), without C(kind), C(site) and C(cold_spare_of); or a name
            alone, which is also the address.
        type: list
        elements: raw
        required: true
      vars:
        description: Variables of the group of the pair.
        type: dict
        default: {}
  hosts:
    description:
      - Appliances without a partner. A name alone stands for one whose address it is.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: Inventory name.
        type: str
        required: true
      host:
        description: Address, by default the name. Becomes C(ansible_host).
        type: str
      port:
        description: TCP port of console and endpoint. Becomes C(useries_port).
        type: int
        default: 443
      network_name:
        description: The name that the appliance itself has. Becomes C(useries_network_name).
        type: str
      kind:
        description: What it is; its group is C(kind_<kind>). Nodes of pairs are appliances.
        type: str
        choices: [appliance, cold_spare, worker]
        default: appliance
      site:
        description: Where it stands; its group is C(site_<site>).
        type: str
      cold_spare_of:
        description: The appliance that this cold spare shall replace. Becomes C(useries_cold_spare_of).
        type: str
      fingerprints:
        description: SHA-256 fingerprints of its certificate, instead of a CA. Becomes C(useries_fingerprints).
        type: list
        elements: str
        default: []
      vars:
        description: Variables of the host.
        type: dict
        default: {}
  ca_path:
    description:
      - PEM file of the certificate authority; by default the system's store. Becomes C(useries_ca_path).
    type: path
    env:
      - name: USERIES_CA_PATH
  validate_certs:
    description:
      - Whether certificates are verified. V(false) accepts any, and becomes C(useries_validate_certs).
    type: bool
    default: true
    env:
      - name: USERIES_VALIDATE_CERTS
  proxy:
    description: URL of an HTTP proxy on the way to the consoles. Becomes C(useries_proxy).
    type: str
    env:
      - name: USERIES_PROXY
  timeout:
    description: Seconds to wait for the answer of one appliance.
    type: int
    default: 5
  at_once:
    description: How many appliances are asked at the same time.
    type: int
    default: 50
extends_documentation_fragment:
  - constructed
  - inventory_cache
notes:
  - With O(cache) an answer is kept as long as O(cache_timeout) says, and C(useries_live_role_at) tells when it came. An
    appliance that did not answer is asked again every time.
seealso:
  - module: useries.appliance.pair_info
"""

EXAMPLES = r"""
# two pairs and a cold spare: berlin.useries.yml
plugin: useries.appliance.appliances
ca_path: /etc/ssl/certs/ca-certificates.crt
pairs:
  - name: berlin
    site: berlin
    nodes:
      - {name: useries-berlin-1, host: 192.0.2.11, network_name: UVM-BERLIN-1}
      - {name: useries-berlin-2, host: 192.0.2.12, network_name: UVM-BERLIN-2}
    vars:
      high_availability_primary: useries-berlin-1
  - name: hamburg
    site: hamburg
    nodes: [useries-hamburg-1.example.com, useries-hamburg-2.example.com]
hosts:
  - {name: useries-spare, host: 192.0.2.13, kind: cold_spare, cold_spare_of: useries-berlin-1, site: berlin}

# variables and groups of your own
compose:
  useries_is_active: useries_live_role == 'active'
groups:
  silent_pairs: useries_live_role == 'unreachable' and useries_pair != ''
keyed_groups:
  - {key: useries_pair + '_' + useries_live_role, prefix: now}
strict: true
"""

from typing import Any

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ansible_collections.useries.appliance.plugins.module_utils._compose.appliances_file import (
    KINDS,
    Appliances,
    Entry,
    Wrong,
    understood,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.live_roles import ROLES, Live, read_roles
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

#: Options that hold for every appliance, and the variables that they become.
FOR_ALL = {"ca_path": "useries_ca_path", "proxy": "useries_proxy"}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Reads the file (``_compose/appliances_file``), asks everybody (``_compose/live_roles``), fills the inventory."""

    NAME = "useries.appliance.appliances"
    trusted_by_default = True  # its variables hold words of the file and of this collection, none of an appliance

    def verify_file(self, path: str) -> bool:
        """By the end of its name."""
        return bool(super().verify_file(path)) and path.endswith(("useries.yml", "useries.yaml"))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Called by Ansible.

        :raises AnsibleParserError: the file is wrong, or this machine cannot ask; nothing was asked then.
        """
        super().parse(inventory, loader, path, cache)
        config = self._read_config_data(path)
        unknown = sorted(set(config) - set(self._options))
        try:
            if unknown:
                raise Wrong(
                    f"{', '.join(unknown)} is no option of this plugin. Those of the appliances are pairs and hosts."
                )
            found = understood(self.get_option("pairs"), self.get_option("hosts"))
            live = self._live(found, path, cache)
        except (Wrong, UseriesError) as error:
            remedy = getattr(error, "remedy", "")
            raise AnsibleParserError(f"{path}: {error} {remedy}".strip()) from error
        self._fill(found)
        for entry in found.entries:
            self._add(entry, live[entry.name])
        self._warn(live)

    def _live(self, found: Appliances, path: str, cache: bool) -> dict[str, Live]:
        """From the cache, or asked now."""
        known: dict[str, Any] = {}
        key = self.get_cache_key(path) if self.get_option("cache") else ""
        if key and cache:
            known = self._cache.get(key) or {}
        live = {
            entry.name: Live(**known[f"{entry.name} {entry.address}"])
            for entry in found.entries
            if f"{entry.name} {entry.address}" in known
        }
        live |= read_roles(
            {entry.name: self._options_of(entry) for entry in found.entries if entry.name not in live},
            self.get_option("at_once"),
        )
        if key:
            self._cache[key] = {
                f"{entry.name} {entry.address}": live[entry.name].kept()
                for entry in found.entries
                if not live[entry.name].reason
            }
        return live

    def _options_of(self, entry: Entry) -> dict[str, Any]:
        """Options of a console for one appliance."""
        shared = {name: self.get_option(name) for name in ("ca_path", "validate_certs", "proxy", "timeout")}
        return {**shared, "host": entry.host, "port": entry.port, "fingerprints": entry.fingerprints}

    def _fill(self, found: Appliances) -> None:
        """Groups that are always there, so that a playbook for one of them does not fail on a good day."""
        self.inventory.add_group("useries")
        for name in [f"role_{role}" for role in ROLES] + [f"kind_{kind}" for kind in KINDS]:
            self.inventory.add_group(name)
        shared = {
            "ansible_connection": "local",
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            **{variable: self.get_option(name) for name, variable in FOR_ALL.items() if self.get_option(name)},
        }
        if not self.get_option("validate_certs"):
            shared["useries_validate_certs"] = False
        self._set_group("useries", shared)
        for pair, variables in found.of_pairs.items():
            group = self.inventory.add_group(self._sanitize_group_name(f"pair_{pair}"))
            self.inventory.add_child("useries", group)
            self._set_group(group, variables)

    def _set_group(self, group: str, variables: Any) -> None:
        for name, value in variables.items():
            self.inventory.set_variable(group, name, value)

    def _add(self, entry: Entry, live: Live) -> None:
        """One host with its groups and variables."""
        variables = {
            "ansible_host": entry.host,
            "useries_port": entry.port,
            "useries_kind": entry.kind,
            "useries_pair": entry.pair,
            "useries_site": entry.site,
            "useries_live_role": live.role,
            "useries_live_role_at": live.at,
            "useries_live_reason": live.reason,
            **({"useries_partner": entry.partner} if entry.partner else {}),
            **({"useries_network_name": entry.network_name} if entry.network_name else {}),
            **({"useries_cold_spare_of": entry.cold_spare_of} if entry.cold_spare_of else {}),
            **({"useries_fingerprints": list(entry.fingerprints)} if entry.fingerprints else {}),
            **entry.variables,
        }
        groups = ["useries", f"role_{live.role}", f"kind_{entry.kind}"]
        groups += [f"{kind}_{name}" for kind, name in (("pair", entry.pair), ("site", entry.site)) if name]
        self.inventory.add_host(entry.name)
        for group in groups:
            self.inventory.add_child(self.inventory.add_group(self._sanitize_group_name(group)), entry.name)
        for name, value in variables.items():
            self.inventory.set_variable(entry.name, name, value)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, entry.name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, entry.name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, entry.name, strict=strict)

    def _warn(self, live: dict[str, Live]) -> None:
        """One sentence for all that do not answer; the reasons with ``-v``."""
        silent = {name: one for name, one in sorted(live.items()) if one.reason}
        if silent:
            named = ", ".join(f"{name} ({one.reason})" for name, one in list(silent.items())[:10])
            more = f" and {len(silent) - 10} more" if len(silent) > 10 else ""
            self.display.warning(
                f"{len(silent)} of {len(live)} appliances did not tell their role: {named}{more}. -v says why."
            )
        for name, one in silent.items():
            self.display.v(f"{name}: {one.message}")
