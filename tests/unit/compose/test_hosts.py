# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts that options name."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host


@pytest.mark.parametrize(
    "text",
    ["nas", "nas_2", "a-b.example.com", "kms.example.com.", "192.0.2.1", "2001:db8::1", "a" * 63],
)
def test_a_host(text: str) -> None:
    assert is_host(text)


@pytest.mark.parametrize(
    "text",
    ["", ".", " ", "a..b", "-t", "a-", "a b", "80.0.8.555", "192.0.2", "192.0.2.1.", "https://nas", "nas:22", "a" * 64]
    + [".".join(["a" * 60] * 5), "nas\n"],
)
def test_no_host(text: str) -> None:
    assert not is_host(text)
