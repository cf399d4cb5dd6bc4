# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks do in a browser, without Ansible around them: sign in if need be, open a page, find a section; with one
browser kept for all of them, or one started for each.

``browser_tasks.py kept|each TASKS HOST PORT CA USERNAME``, the password on standard input.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.driver import BrowserDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.ending import end_browsers
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.link import FOLDER, KeptHands, OwnHands
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import BrowserSession
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

MENU = (Name(("Maintenance",)), Name(("General Settings",)))
BANNER = Section("banner", Name(("Pre-Login Banner",)))


def main() -> None:
    """All tasks, one after the other."""
    way, tasks, host, port, ca, username = sys.argv[1:]
    target = Target(host, int(port), ca_path=ca)
    credentials = Credentials(username, sys.stdin.readline().rstrip("\n"))
    with tempfile.TemporaryDirectory(prefix="useries-ways-") as where:
        directory = Path(where)
        for _number in range(int(tasks)):
            once(way, target, credentials, directory)
        end_browsers(directory)


def once(way: str, target: Target, credentials: Credentials, directory: Path) -> None:
    """One task."""
    clock = Clock()
    store = SessionStore(directory / "sessions" if way == "kept" else None, clock)

    def hands(key: str) -> KeptHands | OwnHands:
        return KeptHands(directory / f"{FOLDER}{key[:16]}", ProcessMark.current()) if way == "kept" else OwnHands()

    http = HttpSession(target, surface="console", clock=clock)
    session = BrowserSession(http, credentials, store, clock, hands)
    driver = BrowserDriver(session)
    try:
        driver.open(MENU)
        if not driver.has(BANNER):
            raise SystemExit("the section is not there")
    finally:
        session.close()
        http.close()


if __name__ == "__main__":
    main()
