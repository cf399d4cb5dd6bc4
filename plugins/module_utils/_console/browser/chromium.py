# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The system's Chromium: where it is, whether it will do, and what it is told at its start.

``--ignore-certificate-errors-spki-list`` accepts the key that Python has verified, and no other; Playwright's
``ignore_https_errors`` accepts anything and is never used. The environment's proxy does not count. A window knows no
host but the appliance: what a page would send or load elsewhere, and what Chromium would report home, goes nowhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
OLDEST = 105
"""The first version that can tell what is in sight (``Element.checkVisibility``)."""

NOWHERE = {"server": "http://nowhere.invalid:9"}
"""The proxy of a browser whose window has one: what Chromium would send by itself does not go there."""

INSTALL = ("pip install playwright", "apt-get install chromium")
"""The two commands that install what the browser driver needs (on Debian and its relatives)."""

_FEATURES = (
    *("AutofillServerCommunication", "NetworkTimeServiceQuerying", "PreconnectToSearch", "OptimizationHints"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding", "MediaRouter", "Translate"),
    *("AimEnabled", "LensOverlay"),
)
"""Switched off: what reports home, and what changes an address. Chromium takes the last list only, so that this one
stands for Playwright's, too."""

_FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-http2",  # one connection for everything is never idle, and what is sent over it may be sent again
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    f"--disable-features={','.join(_FEATURES)}",
    "--password-store=basic",
    "--window-size=1600,1200",
)


@dataclass(frozen=True)
class Launch:
    """With what a browser is started.

    :param host: the only one that exists; :param spki: SHA-256 of the public key that is accepted, base64.
    :param proxy: URL, may hold user and password, or "".
    :param sandbox: whether Chromium's own sandbox is tried (it does not work for root).
    """

    program: str
    host: str
    spki: str = ""
    proxy: str = ""
    sandbox: bool = False


def flags(launch: Launch) -> list[str]:
    """The command line besides what Playwright gives."""
    found = list(_FLAGS)
    if not launch.proxy:
        found.append("--no-proxy-server")
    if launch.spki:
        found.append(f"--ignore-certificate-errors-spki-list={launch.spki}")
    known = [launch.host, f"[{launch.host}]" if ":" in launch.host else "", urlsplit(launch.proxy).hostname or ""]
    rules = ["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in known if host)]
    return [*found, f"--host-resolver-rules={', '.join(rules)}"]


def proxy_settings(launch: Launch | None) -> dict[str, str] | None:
    """The proxy as Playwright takes it: user and password beside the address, so that they are no arguments."""
    if launch is None or not launch.proxy:
        return None
    parts = urlsplit(launch.proxy)
    settings = {"server": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"}
    if parts.username:
        settings |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return settings


def find_program(names: Sequence[str] = PROGRAMS) -> str | None:
    """The first of the programs that is on the path."""
    return next((found for name in names if (found := shutil.which(name))), None)


def installed() -> bool:
    """Whether library and program are there; nothing is started."""
    return bool(optional("playwright.sync_api")) and find_program() is not None


def advice() -> str:
    """The next step for whoever lacks something."""
    return f"Install it with '{INSTALL[0]}' (for the Python that runs Ansible) and '{INSTALL[1]}'."


def ready_program(target: str) -> str:
    """The program to start, after a look at its version.

    :raises UseriesError: kind ``precondition`` when library or program is missing or the program is too old.
    """
    if not optional("playwright.sync_api"):
        raise _lacking("The Python library playwright is not installed.", target)
    program = find_program()
    if program is None:
        raise _lacking(f"No Chromium is on the path (looked for: {', '.join(PROGRAMS)}).", target)
    major = _major(program)
    if major is not None and major < OLDEST:
        raise _lacking(f"{program} is version {major}; the browser driver needs {OLDEST} or newer.", target)
    return program


def launch_for(program: str, host: str, spki: str, proxy: str | None) -> Launch:
    """The settings for one appliance."""
    address = f"http://{proxy}" if proxy and "://" not in proxy else proxy or ""
    return Launch(program, host, spki, address, sandbox=os.geteuid() != 0)


def _major(program: str) -> int | None:
    try:
        told = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=20, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\b(\d+)\.\d+\.\d+", told.stdout)
    return int(found.group(1)) if found else None


def _lacking(message: str, target: str) -> UseriesError:
    return UseriesError(
        f"The browser driver cannot start: {message}",
        surface="console",
        operation="start a browser",
        target=target,
        kind="precondition",
        remedy=advice(),
    )
