# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which one speaks to a console driver: plain values, nothing of HTML and nothing of the guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

Kind = Literal[
    "text",
    "multiline",
    "password",
    "number",
    "toggle",
    "checkbox",
    "choice",
    "file",
    "slider",
    "day",
    "date",
    "time",
    "readonly",
    "list",
]

Value: TypeAlias = "str | int | bool | Path | list[str] | None"
"""Toggle and checkbox bool; number and slider int; file a path; list texts; everything else str. None: nothing."""


@dataclass(frozen=True)
class Name:
    """What something is called on the page.

    :param texts: the guide's label first, then aliases and the user's overrides; any one of them counts.
    :param guessed: the guide does not print the label.
    """

    texts: tuple[str, ...]
    guessed: bool = False

    def __post_init__(self) -> None:
        if not self.texts:
            raise ValueError("a name needs at least one text")

    def __str__(self) -> str:
        return self.texts[0]


@dataclass(frozen=True)
class Control:
    """One control of a section.

    :param id: the key of ``useries_console_labels``, named in errors, and the key of what ``read`` returns.
    :param sole: when its label is not there, the section's only control of this kind is meant.
    """

    id: str
    name: Name
    kind: Kind
    sole: bool = False


@dataclass(frozen=True)
class Scale:
    """The numbers that a slider or number field takes, as the page says; None where it does not say."""

    minimum: int | None = None
    maximum: int | None = None
    step: int | None = None


@dataclass(frozen=True)
class Section:
    """A titled part of a page.

    :param anchor: caption of a button of the section, by which it is recognised when its (guessed) title is not there.
    """

    id: str
    title: Name
    controls: tuple[Control, ...] = ()
    anchor: Name | None = None


@dataclass(frozen=True)
class Download:
    """A file that the console sent: at ``path`` when one was asked for, else in ``content``; ``size`` in bytes."""

    filename: str
    size: int
    path: Path | None = None
    content: bytes | None = field(default=None, repr=False)


OutcomeKind = Literal[
    "done",  # the page says so
    "rejected",  # the values were refused
    "failed",  # the order was carried out and failed, or the page is an error page
    "question",  # the console asks before it acts: confirm() or answer()
    "running",  # the page says that it is still at work
    "silent",  # the page says nothing: read the state
]


@dataclass(frozen=True)
class Outcome:
    """What the console says after a button.

    :param fields: messages by the label of the field they stand at; :param details: text behind `Show Results`.
    :param answers: captions that a question offers.
    """

    kind: OutcomeKind
    message: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    details: str = ""
    download: Download | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Caption:
    """A button to look for, with what decides whether a caption is its own (see ``press``)."""

    id: str
    name: Name
    destructive: bool = False
    sole: bool = False


@dataclass(frozen=True)
class Label:
    """Something on the page with a name.

    :param what: a fact is stated only; a text is what may be the label of one.
    :param kinds: what a control could be; readonly or list for a fact; empty for a button.
    """

    what: Literal["control", "fact", "text", "button"]
    text: str
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class Survey:
    """What of a section is there.

    :param title: as the page words it; :param found: id -> as the page words it; :param doubtful: id -> what it could
        be, where that is more than one thing; :param rest: what is none of them, in order.
    """

    title: str
    found: Mapping[str, str]
    doubtful: Mapping[str, tuple[str, ...]]
    rest: tuple[Label, ...]


class Kept(Protocol):
    """A page that a driver can come back to without asking for it; only the driver that gave it knows what it is."""


class Snapshot(Protocol):
    """A page as it was when a label was missed, to be kept for a person."""

    def redacted(self, known: Callable[[str], bool]) -> str:
        """HTML with the page's structure and labels, and nothing of its values.

        :param known: whether a text is a label that everybody may read.
        """


class NeedsBrowser(UseriesError):
    """The page works by a script: what is wanted may be there all the same, for a browser."""

    @classmethod
    def of(cls, error: UseriesError) -> NeedsBrowser:
        """The same error, marked so."""
        return cls(
            error.message,
            surface=error.surface,
            operation=error.operation,
            target=error.target,
            kind=error.kind,
            remedy=error.remedy,
            fields=error.fields,
            candidates=error.candidates,
        )
