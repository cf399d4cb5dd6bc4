# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The system's Chromium: where it is, whether it will do, and what it is told at its start.

``--ignore-certificate-errors-spki-list`` accepts the key that Python has verified, and no other; Playwright's
``ignore_https_errors`` accepts anything and is never used. The environment's proxy does not count.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
OLDEST = 105
"""The first version that can tell what is in sight (``Element.checkVisibility``)."""

INSTALL = ("pip install playwright", "apt-get install chromium")
"""The two commands that install what the browser driver needs (on Debian and its relatives)."""

_FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-features=Translate,AutofillServerCommunication,OptimizationHints,MediaRouter",
    "--password-store=basic",
    "--window-size=1600,1200",
)


@dataclass(frozen=True)
class Launch:
    """With what a browser is started.

    :param spki: SHA-256 of the public key that is accepted, base64; :param proxy: URL or "".
    :param sandbox: whether Chromium's own sandbox is tried (it does not work for root).
    """

    program: str
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
    return found


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


def launch_for(program: str, spki: str, proxy: str | None) -> Launch:
    """The settings for one appliance."""
    return Launch(program, spki, proxy or "", sandbox=os.geteuid() != 0)


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
