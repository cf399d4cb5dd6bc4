# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handwritten site, and a driver on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from tests.unit.console.pages import Site


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


class SettableClock(Clock):
    """Real time, moved ahead by ``ahead`` seconds."""

    ahead = 0.0

    def wall(self) -> float:
        return super().wall() + self.ahead


Connect = Callable[..., HtmlDriver]


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(100)


@pytest.fixture
def session(site: Site, clock: SettableClock) -> Callable[..., ConsoleSession]:
    def make(
        password: str = "secret", previous: str | None = None, directory: Path | None = None, **more: Any
    ) -> ConsoleSession:
        target = Target("127.0.0.1", site.port, scheme="http", timeout=5)
        http = HttpSession(target, surface="console", clock=clock)
        credentials = Credentials("admin", password, previous)
        return ConsoleSession(http, credentials, SessionStore(directory, clock), clock, **more)

    return make


@pytest.fixture
def driver(session: Callable[..., ConsoleSession]) -> HtmlDriver:
    return HtmlDriver(session())
