# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that are kept for a person when a label was missed: written without their values, and read back.

A capture is an HTML file (0600) below the state directory. Its first line is a comment with a JSON document: what was
looked for where and when, and the SHA-256 of the rest.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import LABEL_KINDS, Evidence
from ansible_collections.useries.appliance.plugins.module_utils._compose.version import COLLECTION_VERSION
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key as comparable
from ansible_collections.useries.appliance.plugins.module_utils._guide.registry import every_page
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory

FOLDER = "captures"
MOST = 20
"""Captures in one state directory; the oldest make room."""

SCHEMA = "useries.appliance/capture/1"
_FIRST_LINE = re.compile(r"<!-- (\{.*\}) -->\n")
_LIMIT = 16 * 1024 * 1024
_SHORTEST_SECRET = 4
BLACK = "\u2588\u2588\u2588"


# -- keeping


def keep(error: UseriesError, host: str, state_dir: str, hidden: Iterable[str], clock: Clock) -> None:
    """Keep the page on which a label was missed and name the file in the error; not worth another error.

    :param host: as the inventory calls it; :param hidden: secrets of the task, which are blacked out wherever they are.
    """
    evidence = error.evidence
    if error.kind not in LABEL_KINDS or not isinstance(evidence, Evidence) or evidence.snapshot is None:
        return
    try:
        content = _without(evidence.snapshot.redacted(is_public), hidden)
        directory = StateDirectory(os.path.join(StateDirectory(state_dir).path, FOLDER))
        name = _name(host, clock)
        about = _about(error, evidence, host, clock)
        directory.write_bytes(name, _document(about, content, hidden))
        for old in directory.list(".html")[:-MOST]:
            directory.delete(old)
    except UseriesError as problem:
        error.remedy = f"{error.remedy} (The page could not be kept for you: {problem.message})".strip()
        return
    error.remedy = (
        f"{error.remedy} The page was kept without its values: {directory.where(name)}. The option capture of "
        "useries.appliance.console_info reads it; a support case needs it."
    ).strip()


def _now(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.wall(), tz=timezone.utc)


def _name(host: str, clock: Clock) -> str:
    stamp = _now(clock).strftime("%Y%m%dT%H%M%S.%fZ")
    safe = re.sub(r"[^A-Za-z0-9.-]+", "_", host)[:60].strip("._") or "appliance"
    return f"{stamp}-{safe}-{secrets.token_hex(3)}.html"


def _about(error: UseriesError, evidence: Evidence, host: str, clock: Clock) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "host": host,
        "time": _now(clock).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "operation": error.operation,
        "looked_for": error.label,
        "kind": error.kind,
        "page": evidence.page,
        "collection": COLLECTION_VERSION,
    }


def _document(about: Mapping[str, Any], content: str, hidden: Iterable[str]) -> bytes:
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    told = {key: _without(value, hidden) if isinstance(value, str) else value for key, value in about.items()}
    line = json.dumps({**told, "sha256": digest}, sort_keys=True).replace("-", "\\u002d").replace(">", "\\u003e")
    return f"<!-- {line} -->\n{content}".encode()


def _without(text: str, hidden: Iterable[str]) -> str:
    """A last look: what the task knows as secret is nowhere, also as HTML writes it."""
    for secret in sorted({one for one in hidden if len(one) >= _SHORTEST_SECRET}, key=len, reverse=True):
        for form in (secret, secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")):
            text = text.replace(form, BLACK)
    return text


def is_public(text: str) -> bool:
    """Whether a text is a label of the guide: everybody may read these."""
    return comparable(text) in _public()


@lru_cache(maxsize=1)
def _public() -> frozenset[str]:
    return frozenset(comparable(text) for page in every_page() for text in _texts(page))


def _texts(page: Page) -> Iterator[str]:
    yield from (page.title, *page.menu)
    for section in page.parts:
        yield from (section.title, *section.aliases)
        parts: list[Field | Button] = [*section.fields, *section.buttons]
        for one in parts:
            yield from (one.label, *one.aliases)


# -- reading


@dataclass(frozen=True)
class Capture:
    """A capture that was read.

    :param about: its first line as data; :param page: the page of the guide that it should be; :param reached: whether
        it is that page, and not the one where the menu entry was missed.
    """

    path: str
    content: str
    about: Mapping[str, Any]
    page: Page
    reached: bool

    @classmethod
    def read(cls, path: str) -> Capture:
        """Read and check a file.

        :raises UseriesError: kind ``invalid`` naming the file and what is wrong with it.
        """
        text = _text(path)
        first = _FIRST_LINE.match(text)
        try:
            about = json.loads(first.group(1)) if first is not None else None
        except ValueError:
            about = None
        if first is None or not isinstance(about, dict) or "schema" not in about:
            raise _refused(path, "is no capture of this collection: its first line does not say so")
        if about["schema"] != SCHEMA:
            raise _refused(path, f"is a capture of another kind ({str(about['schema'])[:60]!r}, expected {SCHEMA!r})")
        content = text[first.end() :]
        if hashlib.sha256(content.encode("utf-8")).hexdigest() != about.get("sha256"):
            raise _refused(path, "is damaged: it was cut off or edited")
        page = next((one for one in every_page() if one.id == about.get("page")), None)
        if page is None:
            raise _refused(path, f"is of the page {str(about.get('page'))[:60]!r}, which this collection does not know")
        shown = {key: value for key, value in about.items() if key not in ("schema", "sha256")}
        return cls(path, content, shown, page, about.get("looked_for") != page.id)


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise _refused(path, "is larger than any capture")
        return data.decode("utf-8")
    except OSError as error:
        raise _refused(path, f"cannot be read: {os.strerror(error.errno or 0)}") from error
    except UnicodeDecodeError as error:
        raise _refused(path, "is no capture of this collection: it is no text") from error


def _refused(path: str, what: str) -> UseriesError:
    return UseriesError(
        f"The file {path} {what}.",
        surface="local",
        operation="read a capture",
        target=path,
        kind="invalid",
        remedy="Name a file as the error about a missed label did, or run the task again, so that it keeps another.",
    )
