# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an argument spec cannot state of options that many modules share: ports, timeouts, labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.labels import wrong_labels
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import OTHERS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

HIGHEST_PORT = 65535


def check_shared(options: Mapping[str, Any]) -> None:
    """Refuse values that cannot be meant; nothing was asked of an appliance yet.

    :raises UseriesError: kind ``invalid`` naming every such option and its value.
    """
    wrong = [*_wrong(options, "")]
    for name in OTHERS:
        if isinstance(options.get(name), Mapping):
            wrong += _wrong(options[name], f"{name}.")
    if wrong:
        raise UseriesError(
            f"{'; '.join(wrong)}.",
            surface="local",
            operation="read the options",
            kind="invalid",
            remedy="Correct the option, or the variable useries_<option> of the host that it comes from.",
        )


def _wrong(options: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name in ("port", "windows_port", "sql_port", "idrac_port"):
        port = options.get(name)
        if port is not None and not 1 <= port <= HIGHEST_PORT:
            yield f"{prefix}{name} is {port}; it must be 1 to {HIGHEST_PORT}"
    for name in ("timeout", "windows_timeout", "sql_timeout", "idrac_timeout", "wait_timeout"):
        seconds = options.get(name)
        if seconds is not None and seconds < 1:
            yield f"{prefix}{name} is {seconds}; it must be 1 second or more"
    scale = options.get("time_scale")
    if scale is not None and not scale > 0:
        yield f"{prefix}time_scale is {scale}; it must be more than 0"
    for complaint in wrong_labels(options.get("console_labels") or {}):
        yield f"{prefix}{complaint}"
