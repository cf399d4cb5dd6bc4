# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a process: its files, its inventory, its end."""

from __future__ import annotations

import json
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.simulator import ROOT, Simulated


def test_files_are_private_and_the_inventory_tells_each_node(tmp_path: Path) -> None:
    with Simulated(pairs=2, seed=7, speed=50) as simulated:
        for name in ("simulator.json", "inventory.yml"):
            assert stat.S_IMODE((simulated.directory / name).stat().st_mode) == 0o600
        told = yaml.safe_load(simulated.inventory.read_text())["useries"]
        assert set(told["children"]) == {"pair_1", "pair_2"}
        hosts = {name: host for pair in told["children"].values() for name, host in pair["hosts"].items()}
        assert set(hosts) == {"useries-1a", "useries-1b", "useries-2a", "useries-2b"}
        assert hosts["useries-2b"]["useries_partner"] == "useries-2a"
        assert len({host["ansible_host"] for host in hosts.values()}) == 4
        assert told["vars"]["useries_time_scale"] == 50
        assert told["vars"]["ansible_connection"] == "local"
        assert told["vars"]["ansible_python_interpreter"] == "{{ ansible_playbook_python }}"
        assert Path(told["vars"]["useries_ca_path"]).read_text().startswith("-----BEGIN CERTIFICATE-----")
        assert not any(
            key.startswith(("useries_windows", "useries_sql", "useries_idrac")) for key in hosts["useries-1a"]
        )
        for host, variables in hosts.items():
            socket.create_connection((variables["useries_host"], variables["useries_port"]), 5).close()
            assert simulated.nodes[host].password == variables["useries_password"]


def test_guessed_labels_of_a_seed_are_overridden() -> None:
    overrides = []
    for seed in (1, 2, 3):
        with Simulated(seed=seed) as simulated:
            overrides.append(
                yaml.safe_load(simulated.inventory.read_text())["useries"]["vars"]["useries_console_labels"]
            )
    assert all(len(one) > 5 for one in overrides)
    assert overrides[0] != overrides[1] != overrides[2]
    assert "general_settings.export_settings.removable_storage" not in {key for one in overrides for key in one}


def test_it_ends_when_told_and_takes_its_file_along() -> None:
    simulated = Simulated()
    simulated._run("--stop")
    assert not (simulated.directory / "simulator.json").exists()
    for node in simulated.nodes.values():
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((node.address, node.ports["console"]), 5)
    assert "Traceback" not in simulated.output
    simulated.stop()


def test_a_second_one_in_the_same_directory_is_refused() -> None:
    with Simulated() as simulated, pytest.raises(RuntimeError, match="already runs"):
        simulated._run()


def test_bad_words_on_the_command_line(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "simulator", "--directory", str(tmp_path), "--surfaces", "console,telnet"]
    done = subprocess.run(words, cwd=ROOT, text=True, capture_output=True, check=False, timeout=30)
    assert (done.returncode, "unknown surfaces: telnet" in done.stderr) == (2, True)


def test_fixed_ports(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = probe.getsockname()[1]
    directory = str(tmp_path / "fixed")
    words = [sys.executable, "-m", "simulator", "--directory", directory, "--surfaces", "console"]
    started = subprocess.run(
        [*words, "--background", "--port-base", str(base)], cwd=ROOT, check=True, timeout=30, capture_output=True
    )
    told = json.loads((tmp_path / "fixed" / "simulator.json").read_text())
    assert told["pid"] == int(started.stdout)
    assert [node["ports"]["console"] for node in told["nodes"].values()] == [base, base]
    assert told["control"]["port"] == base + 4
    subprocess.run([*words, "--stop"], cwd=ROOT, check=True, timeout=30)


def answers(address: str, port: int) -> bool:
    """Whether somebody listens."""
    try:
        socket.create_connection((address, port), 5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_every_wire_goes_with_the_power_but_the_idrac() -> None:
    wires = ("console", "windows", "sql", "idrac")
    with Simulated(surfaces=(*wires, "endpoint")) as simulated:
        node = simulated.nodes["useries-1a"]
        assert set(wires) <= set(node.ports)
        hosts = yaml.safe_load(simulated.inventory.read_text())["useries"]["children"]["pair_1"]["hosts"]
        assert hosts["useries-1a"]["useries_idrac_port"] == node.ports["idrac"]

        def open_wires() -> list[str]:
            return [wire for wire in wires if answers(node.address, node.ports[wire])]

        for _turn in range(3):
            assert open_wires() == list(wires)
            simulated.control.power("useries-1a", "off")
            assert open_wires() == ["idrac"]
            simulated.control.power("useries-1a", "on")
            simulated.control.advance(600)
        assert open_wires() == list(wires)
        assert "Traceback" not in simulated.output
