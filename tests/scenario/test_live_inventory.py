# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The live inventory: everybody is asked once, whoever is dead holds up nobody, and a wrong file asks nobody."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.model.certificates import self_signed
from tests.support.playbook import Core, Playbooks, play
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

FLEET = 100
BLIND_CACHE = {"cache": True, "cache_plugin": "jsonfile", "cache_timeout": 3600}


@dataclass
class Inventory:
    """Runs ansible-inventory on a file ``<name>.useries.yml``."""

    simulated: Simulated
    playbooks: Playbooks

    def node(self, host: str, **more: Any) -> dict[str, Any]:
        """An appliance of the simulator as the file names it."""
        node = self.simulated.nodes[host]
        return {"name": host, "host": node.address, "port": node.ports["endpoint"], "network_name": node.name, **more}

    def pair(self, number: int, **more: Any) -> dict[str, Any]:
        """A pair of the simulator as the file names it."""
        nodes = [self.node(f"useries-{number}{letter}") for letter in "ab"]
        return {"name": f"p{number}", "nodes": nodes, **more}

    def file(self, content: Mapping[str, Any]) -> Path:
        """Write the file."""
        path = self.playbooks.directory / "my.useries.yml"
        common = {"plugin": "useries.appliance.appliances", "ca_path": str(self.simulated.ca)}
        path.write_text(yaml.safe_dump({**common, **content}, sort_keys=False), encoding="utf-8")
        return path

    def run(self, content: Mapping[str, Any], *words: str) -> subprocess.CompletedProcess[str]:
        """ansible-inventory."""
        command = [str(self.playbooks.core.bin / "ansible-inventory"), "-i", str(self.file(content)), *words]
        environment = {**self.playbooks.base_environment, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true"}
        return subprocess.run(command, env=environment, text=True, capture_output=True, timeout=60, check=False)

    def read(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What it lists."""
        done = self.run(content, "--list", "--export")
        assert done.returncode == 0, done.stderr
        listed: dict[str, Any] = json.loads(done.stdout)
        return listed

    def asked(self) -> list[tuple[str, str]]:
        """Node and kind of every request so far."""
        return sorted((entry["node"], entry["kind"]) for entry in self.simulated.control.log())


@pytest.fixture
def inventory(simulated: Simulated, playbooks: Playbooks) -> Inventory:
    """Against the session's pair."""
    return Inventory(simulated, playbooks)


def hosts(listed: Mapping[str, Any], group: str) -> Sequence[str]:
    """The hosts of a group, none where it is empty."""
    found: Sequence[str] = listed.get(group, {}).get("hosts", [])
    return found


def test_hosts_are_grouped_by_pair_role_kind_and_site(inventory: Inventory) -> None:
    inventory.simulated.control.power("useries-1b", "off")
    listed = inventory.read(
        {
            "pairs": [inventory.pair(1, site="berlin", vars={"high_availability_primary": "useries-1a"})],
            "hosts": [
                {"name": "spare", "host": "127.0.0.1", "port": 9, "kind": "cold_spare", "cold_spare_of": "useries-1a"}
            ],
            "compose": {"where": "useries_site ~ '/' ~ useries_live_role"},
            "groups": {"needs_a_look": "useries_live_role == 'unreachable' and useries_pair != ''"},
            "keyed_groups": [{"key": "useries_pair", "prefix": "my", "parent_group": "mine"}],
        }
    )
    assert hosts(listed, "role_off") == ["useries-1a"]
    assert sorted(hosts(listed, "role_unreachable")) == ["spare", "useries-1b"]
    assert sorted(hosts(listed, "pair_p1")) == sorted(hosts(listed, "site_berlin")) == ["useries-1a", "useries-1b"]
    assert hosts(listed, "kind_cold_spare") == ["spare"]
    assert sorted(hosts(listed, "kind_appliance")) == ["useries-1a", "useries-1b"]
    assert hosts(listed, "needs_a_look") == ["useries-1b"]
    assert listed["mine"]["children"] == ["my_p1"]
    node = inventory.simulated.nodes["useries-1a"]
    first = listed["_meta"]["hostvars"]["useries-1a"]
    assert first.pop("useries_live_role_at").endswith("Z")
    assert first == {
        "ansible_host": node.address,
        "useries_port": node.ports["endpoint"],
        "useries_kind": "appliance",
        "useries_pair": "p1",
        "useries_site": "berlin",
        "useries_live_role": "off",
        "useries_live_reason": "",
        "useries_partner": "useries-1b",
        "useries_network_name": "UVM-1A",
        "where": "berlin/off",
    }
    spare = listed["_meta"]["hostvars"]["spare"]
    assert (spare["useries_cold_spare_of"], spare["useries_live_reason"]) == ("useries-1a", "unreachable")
    assert listed["useries"]["vars"]["ansible_connection"] == "local"
    assert listed["pair_p1"]["vars"] == {"high_availability_primary": "useries-1a"}
    assert inventory.asked() == [("UVM-1A", "read")]


def test_a_playbook_runs_with_it(inventory: Inventory) -> None:
    """With group_vars beside it, and the modules' options from its variables; the empty groups are there."""
    admin = inventory.simulated.nodes["useries-1a"]
    beside = inventory.playbooks.directory / "group_vars"
    beside.mkdir()
    secret = {"useries_username": admin.username, "useries_password": admin.password}
    (beside / "pair_p1.yml").write_text(yaml.safe_dump(secret), encoding="utf-8")
    file = inventory.file({"pairs": [inventory.pair(1, vars={"mine": "{{ inventory_hostname }}!"})]})
    book = play(
        {"name": "Look", "useries.appliance.appliance_info": {"gather": ["versions", "role"]}},
        {"name": "Mine", "ansible.builtin.debug": {"msg": "{{ mine }} {{ groups['role_active'] | length }}"}},
    )
    ran = inventory.playbooks.run(book, inventory=file).good()
    assert ran.result("Look")["appliance"]["role"] == "Off"
    assert ran.result("Mine")["msg"] == "useries-1a! 0"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Something that answers with a template; as an appliance of the file."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"Role": "{{ 6 * 7 }}"}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            pass

    made = self_signed("hostile", "127.0.0.1")
    for name, content in (("key.pem", made.key_pem), ("certificate.pem", made.certificate_pem)):
        (tmp_path / name).write_bytes(content)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield {"name": "hostile", "host": "127.0.0.1", "port": server.server_port, "fingerprints": [made.sha256]}
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_what_an_appliance_sends_gets_into_no_variable(inventory: Inventory, hostile: dict[str, Any]) -> None:
    """In older versions of Ansible every text of an inventory is a template. A person may read it, with -v."""
    done = inventory.run({"hosts": [hostile]}, "--list")
    assert done.returncode == 0, done.stderr
    assert "6 * 7" not in done.stdout
    assert json.loads(done.stdout)["_meta"]["hostvars"]["hostile"]["useries_live_reason"] == "unexpected"
    told = "1 of 1 appliances did not tell their role: hostile (unexpected). -v says why."
    assert told in " ".join(done.stderr.split())
    assert "6 * 7" in inventory.run({"hosts": [hostile]}, "--graph", "-v").stdout


def test_a_certificate_that_is_not_trusted_counts_as_no_answer(inventory: Inventory) -> None:
    wrong = [inventory.node("useries-1a", fingerprints=["0" * 64]), inventory.node("useries-1b")]
    listed = inventory.read({"pairs": [{"name": "p1", "nodes": wrong}]})
    assert hosts(listed, "role_unreachable") == ["useries-1a"]
    assert listed["_meta"]["hostvars"]["useries-1a"]["useries_live_reason"] == "untrusted"
    assert inventory.asked() == [("UVM-1B", "read")]


def test_what_is_cached_is_not_asked_again(inventory: Inventory, tmp_path: Path) -> None:
    """Who did not answer is; a node that is new in the file too."""
    control = inventory.simulated.control
    content = {**BLIND_CACHE, "cache_connection": str(tmp_path / "cache")}
    control.power("useries-1b", "off")
    first = inventory.read({**content, "pairs": [inventory.pair(1)]})
    assert hosts(first, "role_unreachable") == ["useries-1b"]
    control.reset()
    second = inventory.read({**content, "pairs": [inventory.pair(1)]})
    assert hosts(second, "role_unreachable") == []
    assert inventory.asked() == [("UVM-1B", "read")]
    control.reset_counts()
    third = inventory.read({**content, "pairs": [inventory.pair(1)]})
    assert sorted(hosts(third, "role_off")) == ["useries-1a", "useries-1b"]
    assert inventory.asked() == []
    kept = third["_meta"]["hostvars"]["useries-1a"]["useries_live_role_at"]
    assert kept == first["_meta"]["hostvars"]["useries-1a"]["useries_live_role_at"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"pairs": [{"name": "p1", "nodes": ["useries-1a"]}]}, "The pair p1 has 1 node (useries-1a); a pair has two."),
        ({"pair": []}, "pair is no option of this plugin. Those of the appliances are pairs and hosts."),
        ({"hosts": [{"name": "a", "kind": "wroker"}]}, "must be one of: appliance, cold_spare, worker, got: wroker"),
        ({"hosts": ["127.0.0.1"], "ca_path": "/nowhere.pem"}, "The CA file /nowhere.pem cannot be read"),
        ({"hosts": ["127.0.0.1"], "strict": True, "compose": {"x": "nothing_of_that"}}, "Could not set x for host"),
    ],
)
def test_a_wrong_file_asks_nobody(inventory: Inventory, content: dict[str, Any], words: str) -> None:
    done = inventory.run(content, "--list")
    assert done.returncode != 0
    assert words in " ".join(done.stderr.split())
    assert inventory.asked() == []


@pytest.fixture(scope="module")
def fleet() -> Iterator[Simulated]:
    """Two hundred appliances."""
    with Simulated(pairs=FLEET, surfaces=("endpoint",), speed=1) as running:
        yield running


def test_two_hundred_appliances_a_tenth_of_them_dead(fleet: Simulated, core: Core, tmp_path: Path) -> None:
    """Ten are off, ten take the request and say nothing; each of the others is asked once, and nobody signs in. The
    time is a figure of the benchmark."""
    inventory = Inventory(fleet, Playbooks(core, fleet.inventory, tmp_path))
    fleet.control.reset()
    off = [f"useries-{number}a" for number in range(1, 11)]
    mute = [f"useries-{number}b" for number in range(11, 21)]
    for host in off:
        fleet.control.power(host, "off")
    for host in mute:
        fleet.control.fault("delay", host, "endpoint", seconds=5)
    listed = inventory.read({"pairs": [inventory.pair(number) for number in range(1, FLEET + 1)], "timeout": 3})
    assert sorted(hosts(listed, "role_unreachable")) == sorted([*off, *mute])
    assert len(hosts(listed, "role_off")) == 180
    assert {variables["useries_live_reason"] for variables in listed["_meta"]["hostvars"].values()} == {
        "",
        "unreachable",
        "silent",
    }
    silent = {fleet.nodes[host].name for host in mute}
    answered = [(node, kind) for node, kind in inventory.asked() if node not in silent]
    assert len(answered) == len(set(answered)) == 180
    assert {kind for _node, kind in answered} == {"read"}
