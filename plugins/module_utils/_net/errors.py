# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one exception of all surfaces, and the kinds it comes in.

Surfaces raise it, the engine reads its kind, ``_compose`` translates it once into an Ansible result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

Surface = Literal["console", "endpoint", "windows", "sql", "idrac", "beyondinsight", "updater", "local"]

Kind = Literal[
    "unreachable",  # no connection: nothing was sent
    "silent",  # a request was sent and its answer never came, or came broken
    "untrusted",  # TLS: the certificate is not the expected one
    "login_refused",  # the credentials were refused (or were refused earlier in this run)
    "label_missing",  # a label of the guide is not on the page
    "label_ambiguous",  # a label stands there more than once
    "rejected",  # the appliance refused the values (validation message)
    "failed",  # the appliance carried the order out and reports failure
    "unexpected",  # an answer that is not understood
    "timeout",  # a state was not reached within its deadline
    "invalid",  # bad input of the user, found before anything was touched
    "precondition",  # the appliance is not in the state that the step needs
    "not_seen",  # written, but not there when read again
    "outcome_unknown",  # an order was sent and nobody can say whether it was carried out
    "busy",  # a lease or a lock is held by someone else
    "missing_library",  # a Python library is not installed
    "waiting",  # a person has to do something before the workflow goes on
]


class UseriesError(Exception):
    """What went wrong, where, and what to do next.

    :param message: one sentence for a tired administrator; never a secret.
    :param surface: which road was taken.
    :param operation: what was being done, e.g. ``open General Settings``.
    :param target: the address, e.g. ``https://10.0.0.5:443``.
    :param kind: see :data:`Kind`.
    :param remedy: the next step, a sentence; may be empty.
    :param fields: messages of the appliance per field label.
    :param candidates: what was there instead (labels, choices).
    """

    def __init__(
        self,
        message: str,
        *,
        surface: Surface,
        operation: str,
        target: str = "",
        kind: Kind,
        remedy: str = "",
        fields: Mapping[str, str] | None = None,
        candidates: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.surface = surface
        self.operation = operation
        self.target = target
        self.kind: Kind = kind
        self.remedy = remedy
        self.fields = dict(fields or {})
        self.candidates = tuple(candidates)
        self.label = ""  # key of the label that was missed
        self.evidence: Any = None  # what was looked at when it was missed

    def __str__(self) -> str:
        return self.message


class MissingLibrary(UseriesError):
    """An optional Python library is needed and not installed.

    :param library: its name for ``import``; :param reason: text of the ImportError.
    """

    def __init__(self, library: str, reason: str) -> None:
        super().__init__(
            f"The Python library {library} is needed and could not be imported: {reason}",
            surface="local",
            operation=f"import {library}",
            kind="missing_library",
        )
        self.library = library
        self.reason = reason
