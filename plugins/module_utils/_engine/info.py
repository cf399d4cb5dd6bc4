# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The family of information: reads, never changes."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability, Spec
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

QUERY: Spec = {"query": {"type": "str"}, "unreachable_ok": {"type": "bool", "default": False}}


class Info(Capability):
    """Read and return under ``returns``; ``query`` filters the answer with JMESPath."""

    read_only: ClassVar[bool] = True

    @classmethod
    def spec(cls) -> dict[str, Any]:
        """Own options and the two of the family."""
        return {**super().spec(), **QUERY}

    @abstractmethod
    def read(self) -> Any:
        """The answer: plain data, no secrets."""

    def run(self) -> dict[str, Any]:
        """Read; with ``unreachable_ok`` a silent appliance is an answer, not an error."""
        self.inspect()
        try:
            if self.lacking() is not None:
                return {"changed": False, self.returns: None, "reachable": True}
            answer = self.read()
        except UseriesError as error:
            if error.kind in {"unreachable", "silent"} and self.given.get("unreachable_ok"):
                return {"changed": False, "reachable": False, self.returns: None, "reason": error.message}
            raise
        kept = self.keep(answer)
        return {"changed": kept, "reachable": True, self.returns: self.filtered(self.shown(answer))}

    def keep(self, answer: Any) -> bool:
        """Write secrets to a private file on the controller where an option asks for it; whether the file changed."""
        return False

    def shown(self, answer: Any) -> Any:
        """The answer as the result shows it."""
        return answer

    def filtered(self, answer: Any) -> Any:
        """The answer through ``query``."""
        expression = self.given.get("query")
        if not expression:
            return answer
        library = self.task.surfaces.jmespath
        try:
            return library.search(expression, answer)
        except library.exceptions.JMESPathError as error:
            raise self.refuse(
                f"query {expression!r} is not a valid JMESPath expression: {error}",
                kind="invalid",
                surface="local",
                remedy="See jmespath.org for the syntax.",
            ) from error
