# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of Initial Setup on two nodes (guide 1067-1071). Keys never leave the task that reads them."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import SETUP, read_node
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait, Waiter
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import INITIAL_SETUP
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ADVICE = "Remove the cause (name of the partner, keys, clocks, versions, roles of both nodes) and run the task again."
KEYS = INITIAL_SETUP.section("api_keys")
OWN_KEY = SECURITY_SETTINGS.section("api_key")


def own_key(console: ConsoleSurface) -> str:
    """The node's own API key: a secret."""
    key = str(console.read(OWN_KEY, ["api_key"])["api_key"] or "").strip()
    if not key:
        raise UseriesError(
            f"{console.target} shows no API key.",
            surface="console",
            operation="read the API key",
            target=console.target,
            kind="unexpected",
            remedy="Generate one on Maintenance > Security Settings, or with useries.appliance.api_key.",
        )
    return key


def register(console: ConsoleSurface, key: str) -> None:
    """Register the partner's key on a node."""
    console.write(KEYS, {"partner_api_key": key}, "register_api_key")


def start_exchange(console: ConsoleSurface, partner: str) -> None:
    """Name the passive node; the certificates are exchanged from then on."""
    console.write(SETUP, {"partner_host_name": partner}, "apply")


def under_way_with(console: ConsoleSurface) -> str:
    """The host name with which an exchange is under way; empty without.

    The page keeps the name, and Apply cannot be pressed meanwhile (guide 1071; an earlier run or a person pressed it).
    """
    named = " ".join(str(console.read(SETUP, ["partner_host_name"])["partner_host_name"] or "").split())
    return "" if console.enabled(SETUP, "apply") else named


def exchanged(surfaces: Surfaces, waiter: Waiter, wait: Wait) -> None:
    """Wait until both nodes show their configuration; a failed exchange ends with the console's own results."""

    def look() -> Seen:
        node = read_node(surfaces.console)
        if node.page == "configuration":
            other = read_node(surfaces.partner.console)
            return Seen("configured", True if other.page == "configuration" else None)
        said = _results(surfaces.console)
        if said:
            return Seen(f"an error: {said.rstrip('.')}", False, advice=ADVICE)
        return Seen("exchange in progress", None)

    waiter.until(look, wait, what="exchange certificates with the partner", target=surfaces.console.target)


def _results(console: ConsoleSurface) -> str:
    """What stands behind Show/Hide Results, which is there only when the exchange has failed; else empty."""
    try:
        outcome = console.press(SETUP, "show_hide_results", fresh=False)
    except UseriesError as error:
        if error.kind == "label_missing":
            return ""
        if error.kind in {"failed", "rejected"}:
            return error.message.partition(": ")[2]
        raise
    return " ".join(text for text in (outcome.message, outcome.details) if text) or "an error without words"
