# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place where optional third-party libraries are imported.

A library that is not there becomes a false proxy; its first use raises :class:`MissingLibrary`, which the floor above
reports in ansible-core's standard words.
"""

from __future__ import annotations

import importlib
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import MissingLibrary


class Missing:
    """Stands in for a library that could not be imported: false, and an error at first use."""

    def __init__(self, library: str, reason: str) -> None:
        self._library = library
        self._reason = reason

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise MissingLibrary(self._library, self._reason)


def optional(name: str) -> Any:
    """Import ``name`` (dotted names allowed) or return a :class:`Missing` proxy."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        return Missing(name.split(".", maxsplit=1)[0], str(error))
