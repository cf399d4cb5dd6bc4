# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at many parts of an appliance, of which some cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

#: Kinds of errors that are about one part; every other one is about the whole appliance.
OF_A_PART = frozenset({"label_missing", "label_ambiguous", "precondition", "unexpected", "failed"})


class Parts:
    """Reads part after part. :ivar not_read: name of a part to why it could not be read."""

    def __init__(self) -> None:
        self.not_read: dict[str, str] = {}

    def read(self, name: str, read: Callable[[], Any], otherwise: Any = None) -> Any:
        """What ``read`` gives, or ``otherwise``.

        :raises UseriesError: what is not about this part alone.
        """
        try:
            return read()
        except UseriesError as error:
            if error.kind not in OF_A_PART:
                raise
            self.not_read[name] = error.message
            return otherwise
