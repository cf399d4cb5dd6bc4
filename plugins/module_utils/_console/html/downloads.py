# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that the console sends instead of a page."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Download
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    import requests

LARGEST_IN_MEMORY = 16 * 1024 * 1024


def is_download(answer: requests.Response) -> bool:
    """Whether an answer is a file to be saved."""
    if answer.status_code >= 400:
        return False
    if answer.headers.get("Content-Disposition", "").lower().startswith("attachment"):
        return True
    kind = answer.headers.get("Content-Type", "text/html").lower()
    return not any(page in kind for page in ("html", "text/plain", "json"))


def filename(answer: requests.Response) -> str:
    """The name in Content-Disposition (RFC 6266), without any directory."""
    message = Message()
    message["Content-Disposition"] = answer.headers.get("Content-Disposition", "attachment")
    name = (message.get_filename() or "download").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in name if letter.isprintable()) or "download"


def save(answer: requests.Response, pieces: Iterator[bytes], save_to: Path | None, place: Place) -> Download:
    """Keep the file at ``save_to`` (0600, under that name only when complete), else in memory."""
    if save_to is None:
        return _in_memory(answer, pieces, place)
    return Download(filename(answer), _written(pieces, save_to, place), path=save_to)


def keep_file(came: Mapping[str, str], save_to: Path | None, place: Place) -> Download:
    """The same for a file that a browser has put down at ``came["path"]``."""
    where, name = Path(came["path"]), came["filename"].replace("\\", "/").rsplit("/", 1)[-1]
    if save_to is not None:
        with where.open("rb") as opened:
            return Download(name, _written(iter(lambda: opened.read(1 << 20), b""), save_to, place), path=save_to)
    size = where.stat().st_size
    if size > LARGEST_IN_MEMORY:
        raise _too_large(place)
    return Download(name, size, content=where.read_bytes())


def _written(pieces: Iterator[bytes], save_to: Path, place: Place) -> int:
    try:
        handle, temporary = tempfile.mkstemp(dir=save_to.parent, prefix=f".{save_to.name}-")
    except OSError as error:
        raise place.error(f"{save_to} cannot be written: {error.strerror}.", "invalid") from error
    size = 0
    try:
        with os.fdopen(handle, "wb") as opened:
            for piece in pieces:
                size += opened.write(piece)
        os.replace(temporary, save_to)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
    return size


def _in_memory(answer: requests.Response, pieces: Iterator[bytes], place: Place) -> Download:
    content = b""
    for piece in pieces:
        content += piece
        if len(content) > LARGEST_IN_MEMORY:
            answer.close()
            raise _too_large(place)
    return Download(filename(answer), len(content), content=content)


def _too_large(place: Place) -> UseriesError:
    return place.error("The file is too large to be kept in memory.", "precondition", remedy="Name a file for it.")
