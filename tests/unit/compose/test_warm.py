# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Warming up in the parent touches nobody and does without the libraries of the console."""

from __future__ import annotations

import _strptime
import socket
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose import warm
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import MissingLibrary


def test_nothing_is_opened_and_the_dates_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_socket(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.setattr(_strptime, "_regex_cache", {})
    warm.warm_up()
    assert {"%Y-%m-%d", "%H:%M"} <= set(_strptime._regex_cache)


def test_a_missing_library_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_args: Any, **_more: Any) -> None:
        raise MissingLibrary("requests", "No module named 'requests'")

    monkeypatch.setattr(warm, "HttpSession", missing)
    warm.warm_up()
