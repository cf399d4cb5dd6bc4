# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m simulator``: start simulated pairs, or stop those of a directory."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.pages.later import NAVIGATIONS
from simulator.pages.relabel import Unusable, read_labels
from simulator.process import SURFACES, Options, Simulation
from simulator.twins import Unusable as UnusableSnapshot
from simulator.twins import read_twins

ROOT = Path(__file__).resolve().parent.parent
CHECKOUT = (ROOT / "galaxy.yml").is_file()
#: Where ``.simulator`` lies unless told otherwise: the checkout, or for an installed one the folder it is started in.
HOME = ROOT if CHECKOUT else Path.cwd()
PATIENCE = 30.0


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1, help="number of pairs (default: 1)")
    parser.add_argument(
        "--seed", type=int, default=None, help="draws what the guide does not state (default: drawn, printed)"
    )
    parser.add_argument("--speed", type=float, default=1.0, help="simulated seconds per real second (default: 1)")
    parser.add_argument("--directory", type=Path, default=HOME / ".simulator", help="where inventory.yml is written")
    parser.add_argument("--port-base", type=int, default=None, help="first of five fixed ports (default: free ports)")
    parser.add_argument("--surfaces", default=",".join(SURFACES), help=f"any of {','.join(SURFACES)} (default: all)")
    parser.add_argument(
        "--rendering", choices=("html", "script"), default="html", help="of the console (default: html)"
    )
    parser.add_argument(
        "--labels", type=Path, default=None, help="YAML: dotted id -> other words on the console; not in the inventory"
    )
    parser.add_argument(
        "--navigation",
        choices=NAVIGATIONS,
        default="3.3",
        help="menus of the console: of the guide, of later versions as far as they are public, or of neither",
    )
    parser.add_argument(
        "--from-inventory",
        type=Path,
        default=None,
        metavar="PATH",
        help="twins of your appliances instead of pairs: the directory or file that playbooks/snapshot.yml has written",
    )
    parser.add_argument("--background", action="store_true", help="return once it is ready; prints the process id")
    parser.add_argument("--stop", action="store_true", help="stop the one that runs with this directory")
    found = parser.parse_args(argv)
    unknown = set(found.surfaces.split(",")) - set(SURFACES)
    if unknown:
        parser.error(f"unknown surfaces: {', '.join(sorted(unknown))}")
    if found.pairs < 1:
        parser.error("--pairs must be at least 1")
    if found.seed is None:
        found.seed = int.from_bytes(os.urandom(3), "big")
    return found


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not collected by its parent does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except OSError:
        return True


def running(directory: Path) -> dict[str, Any] | None:
    """What simulator.json tells of a simulator that still runs."""
    try:
        told: dict[str, Any] = json.loads((directory / "simulator.json").read_text(encoding="utf-8"))
        if not alive(told["pid"]):
            return None
        command = Path(f"/proc/{told['pid']}/cmdline")
        if command.exists() and b"simulator" not in command.read_bytes():
            return None
    except (OSError, ValueError, KeyError):
        return None
    return told


def stop(directory: Path) -> int:
    """End the simulator of a directory by its recorded process id."""
    told = running(directory)
    if told is None:
        print(f"No simulator runs with {directory}.")
        return 0
    os.kill(told["pid"], signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while alive(told["pid"]):
        if time.monotonic() > end:
            print(f"The simulator (process {told['pid']}) does not end.", file=sys.stderr)
            return 1
        time.sleep(0.05)
    print(f"Stopped the simulator (process {told['pid']}).")
    return 0


def background(directory: Path, argv: Sequence[str]) -> int:
    """Start a process of its own and wait until it is ready."""
    directory.mkdir(parents=True, exist_ok=True)
    output = directory / "simulator.log"
    paths = [str(ROOT)] if CHECKOUT else []
    paths += filter(None, [os.environ.get("PYTHONPATH")])
    environment = {**os.environ, **({"PYTHONPATH": os.pathsep.join(paths)} if paths else {})}
    with output.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *argv], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            env=environment, start_new_session=True,
        )  # fmt: skip
    end = time.monotonic() + PATIENCE
    while (told := running(directory)) is None or told["pid"] != process.pid:
        if process.poll() is not None or time.monotonic() > end:
            print(f"The simulator did not start:\n{output.read_text(encoding='utf-8')}", file=sys.stderr)
            return 1
        time.sleep(0.05)
    print(process.pid)
    return 0


def tell(simulation: Simulation) -> None:
    """Addresses and sign-in, for a person."""
    told = simulation.describe()
    print(f"Simulated U-Series appliances, seed {told['seed']}, speed {told['speed']:g} (process {told['pid']})")
    for host, node in told["nodes"].items():
        admin = node["accounts"]["admin"]
        print(
            f"  {host} ({node['name']}): https://{node['address']}:{node['ports']['console']}{simulation.navigation.entrance}"
        )
        print(f"      Username {admin['username']}   Password {admin['password']}")
        others = {surface: port for surface, port in node["ports"].items() if surface not in ("console", "endpoint")}
        if others:
            print("      " + ", ".join(f"{surface} on port {port}" for surface, port in others.items()))
    print(f"Authority: {told['ca']}\nInventory: {told['inventory']}\nEnd with Ctrl-C.", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run until SIGTERM or SIGINT."""
    sent = list(sys.argv[1:] if argv is None else argv)
    found = arguments(sent)
    directory: Path = found.directory.resolve()
    if found.stop:
        return stop(directory)
    told = running(directory)
    if told is not None:
        print(
            f"A simulator already runs with {directory} (process {told['pid']}); end it with --stop.", file=sys.stderr
        )
        return 1
    if found.background:
        rest = [word for word in sent if word != "--background"]
        return background(directory, [*rest, "--seed", str(found.seed), "--directory", str(directory)])
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: ended.set())
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    surfaces = tuple(found.surfaces.split(","))
    try:
        twins = tuple(read_twins(found.from_inventory)) if found.from_inventory else ()
        labels = read_labels(found.labels) if found.labels else {}
        ports, speed = found.port_base, found.speed
        simulation = Simulation(
            Options(
                directory, found.pairs, found.seed, speed, ports, surfaces, labels, found.rendering, found.navigation,
                twins,
            )
        )  # fmt: skip
    except UnusableSnapshot as error:
        print(f"--from-inventory: {error}", file=sys.stderr)
        return 2
    except Unusable as error:
        print(f"--labels: {error}", file=sys.stderr)
        return 2
    try:
        simulation.start()
        tell(simulation)
        ended.wait()
    finally:
        simulation.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
