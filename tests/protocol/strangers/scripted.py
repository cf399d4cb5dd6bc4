# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs whose pages are drawn by scripts: how each is started, closed off from the network."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.protocol.strangers.conftest import needed
from tests.support.programs import Program, free_port, version_of
from tests.support.strangers import Stranger

PASSWORD = "Canary-pass-5"
NICEGUI = Path(__file__).parent / "nicegui_settings" / "serve.py"
SYNCTHING, COCKPIT = "/usr/bin/syncthing", "/usr/lib/cockpit/cockpit-ws"
SILENCED = ("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "crashReportingEnabled")


@contextlib.contextmanager
def nicegui(python: Path, folder: Path) -> Iterator[Stranger]:
    """A page of our own writing; the components, their markup and scripts are Quasar's. Writes ``record.json``."""
    port = free_port()
    command = [str(python), str(NICEGUI), str(port), str(folder / "record.json")]
    with Program(command, port=port, folder=folder, variables={"PASSWORD": PASSWORD}):
        version = version_of([str(python), "-c", "import nicegui; print(nicegui.__version__)"])
        yield Stranger("NiceGUI (Quasar, Vue)", version, port, "/", "admin", PASSWORD)


@contextlib.contextmanager
def syncthing(folder: Path) -> Iterator[Stranger]:
    """AngularJS and Bootstrap 3; without a password, which it allows on loopback."""
    needed(SYNCTHING)
    port, home = free_port(), ["--home", str(folder)]
    subprocess.run(
        [SYNCTHING, "generate", *home, "--no-default-folder"],
        env={"HOME": str(folder)}, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    config = folder / "config.xml"
    text = config.read_text(encoding="utf-8")
    text = re.sub(r"<address>127\.0\.0\.1:\d+</address>", f"<address>127.0.0.1:{port}</address>", text)
    text = text.replace("<listenAddress>default<", "<listenAddress>tcp://127.0.0.1:0<")
    text = text.replace("<urAccepted>0<", "<urAccepted>-1<")
    for name in SILENCED:
        text = text.replace(f"<{name}>true<", f"<{name}>false<")
    config.write_text(text, encoding="utf-8")
    command = [SYNCTHING, "serve", *home, "--no-browser", "--no-restart", "--no-upgrade"]
    with Program(command, port=port, folder=folder):
        version = version_of([SYNCTHING, "--version"])
        yield Stranger("Syncthing (AngularJS, Bootstrap)", version, port)


@contextlib.contextmanager
def cockpit(folder: Path) -> Iterator[Stranger]:
    """React and PatternFly, every page in a frame of its own; the session is that of the user who runs the tests."""
    needed(COCKPIT, "/usr/bin/cockpit-bridge", "/usr/share/cockpit/users")
    port = free_port()
    command = [COCKPIT, "--no-tls", "--address", "127.0.0.1", "--port", str(port), "--local-session", "cockpit-bridge"]
    with Program(command, port=port, folder=folder):
        version = version_of(["dpkg-query", "--show", "cockpit-ws"])
        yield Stranger("Cockpit (React, PatternFly, frames)", version, port)
