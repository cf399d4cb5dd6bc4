# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""reg.exe query: a key with its values, one value (``/v``), or the keys below with a text in their names (``/f /k``).

Exit codes and layout after Microsoft's documentation (Windows Commands, reg query).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.windows.machine import Machine

NOT_FOUND = "ERROR: The system was unable to find the specified registry key or value.\r\n"
USAGE = 'ERROR: Invalid syntax.\r\nType "REG QUERY /?" for usage.\r\n'


def reg(machine: Machine, arguments: Sequence[str]) -> tuple[int, str]:
    """Exit code and text."""
    if len(arguments) < 2 or arguments[0].lower() != "query":
        return 1, USAGE
    key, options = arguments[1], [word.lower() for word in arguments[2:]]
    full = key.upper().replace("HKLM\\", "HKLM:\\", 1)
    registry = machine.registry()
    if options == []:
        return _values(key, registry.get(full))
    if len(options) == 2 and options[0] == "/v":
        return _values(key, _only(registry.get(full), arguments[3]))
    if len(options) == 3 and options[0] == "/f" and options[2] == "/k":
        return _below(full, options[1].upper(), registry)
    return 1, USAGE


def _only(values: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    found = {known: value for known, value in (values or {}).items() if known.upper() == name.upper()}
    return found or None


def _values(key: str, values: dict[str, Any] | None) -> tuple[int, str]:
    if values is None:
        return 1, NOT_FOUND
    lines = [
        f"    {name}    REG_DWORD    {value:#x}" if isinstance(value, int) else f"    {name}    REG_SZ    {value}"
        for name, value in values.items()
    ]
    return 0, "\r\n".join(["", key.replace("HKLM", "HKEY_LOCAL_MACHINE", 1), *lines, "", ""])


def _below(full: str, text: str, registry: dict[str, dict[str, Any]]) -> tuple[int, str]:
    found = [key for key in registry if key.startswith(f"{full}\\") and text in key[len(full) :]]
    end = f"\r\nEnd of search: {len(found)} match(es) found.\r\n"
    names = "".join(f"\r\n{key.replace('HKLM:', 'HKEY_LOCAL_MACHINE', 1)}" for key in found)
    return (0 if found else 1), names + end
