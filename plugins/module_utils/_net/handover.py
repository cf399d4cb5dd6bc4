# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions handed from task to task of one run: a cookie or token in a private file, never a password.

The directory belongs to one run and one user (0700, files 0600). A session's name is a digest of what makes it
a different session: address, user, TLS settings, and the password salted with a value that exists for this run only.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target

LOCK_SECONDS = 120.0
"""Real seconds that a task waits for another task's sign-in to the same address."""

_SESSION, _REFUSED, _NOTE, _LOCK, _SALT = ".session", ".refused", ".note", ".lock", "salt"
_PREVIOUS = ".previous"


@dataclass(frozen=True)
class Saved:
    """One open session.

    :param cookies: names and values of cookies or tokens; not part of the repr.
    :param created: seconds since the epoch; :param logout: path or URL that ends the session, "" when unknown.
    :param start: path where one signed in, "" when there is only one.
    """

    surface: Surface
    target: Target
    cookies: Mapping[str, str] = field(repr=False)
    created: float
    logout: str = ""
    start: str = ""

    def to_json(self) -> str:
        """The file's content."""
        return json.dumps({**asdict(self), "cookies": dict(self.cookies)})

    @classmethod
    def from_json(cls, text: str) -> Saved:
        """Back from :meth:`to_json`; raises ValueError, KeyError or TypeError for anything else."""
        raw = json.loads(text)
        where = {**raw["target"], "fingerprints": tuple(raw["target"]["fingerprints"])}
        return cls(
            raw["surface"],
            Target(**where),
            dict(raw["cookies"]),
            float(raw["created"]),
            str(raw["logout"]),
            str(raw["start"]),
        )


class SessionStore:
    """The sessions of one run.

    :param directory: private directory of the run (made 0700 when missing); None keeps everything in memory.
    :raises UseriesError: kind ``precondition`` when the directory is a link, another user's, or open to others.
    """

    def __init__(self, directory: Path | None, clock: Clock) -> None:
        self.directory = directory
        self.clock = clock
        self._memory: dict[str, str] = {}
        if directory is not None:
            directory.mkdir(mode=0o700, exist_ok=True)
            _must_be_private(directory, os.lstat(directory), stat.S_ISDIR)

    def key(self, target: Target, credentials: Credentials, *, surface: Surface) -> str:
        """The name of a session: a digest, nothing can be read from it."""
        digest = hmac.new(self._salt(), credentials.password.encode(), hashlib.sha256).hexdigest()
        trust = [target.validate_certs, target.ca_path, sorted(target.fingerprints), target.proxy]
        parts = [surface, target.scheme, target.host.lower(), target.port, credentials.username, trust, digest]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @contextlib.contextmanager
    def locked(self, key: str) -> Iterator[None]:
        """Hold the session's lock: for signing in and saving only. Not re-entrant.

        :raises UseriesError: kind ``busy`` when another task does not give it back.
        """
        if self.directory is None:
            yield
            return
        handle = os.open(self.directory / (key + _LOCK), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            self._flock(handle)
            yield
        finally:
            os.close(handle)

    def load(self, key: str) -> Saved | None:
        """The session saved under ``key``, or None (also when its file is damaged)."""
        text = self._read(key + _SESSION)
        if text is None:
            return None
        try:
            return Saved.from_json(text)
        except (ValueError, KeyError, TypeError):
            return None

    def save(self, key: str, saved: Saved) -> None:
        """Keep a session for the tasks that follow; a refusal recorded before is forgotten."""
        self._write(key + _SESSION, saved.to_json())
        self._remove(key + _REFUSED)

    def drop(self, key: str) -> None:
        """Forget a session."""
        self._remove(key + _SESSION)

    def forget(self, key: str) -> None:
        """Forget everything about a sign-in, its refusal too: its password has become another one."""
        for kind in (_SESSION, _REFUSED, _PREVIOUS):
            self._remove(key + kind)

    def refuse(self, key: str, message: str) -> None:
        """Record that the appliance refused this sign-in, in its words."""
        self._write(key + _REFUSED, message)

    def refused(self, key: str) -> str | None:
        """The words of an earlier refusal in this run, or None."""
        return self._read(key + _REFUSED)

    def let_in(self, key: str, *, by_previous: bool) -> None:
        """Record whether it was the previous password that the appliance accepted; the password itself is not kept."""
        if by_previous:
            self._write(key + _PREVIOUS, "")
        else:
            self._remove(key + _PREVIOUS)

    def by_previous(self, key: str) -> bool:
        """Whether the last sign-in of this run under ``key`` took the previous password."""
        return self._read(key + _PREVIOUS) is not None

    def note(self, key: str, name: str, text: str) -> None:
        """Leave a note about a session for the tasks that follow; nothing secret, and nothing may depend on it."""
        self._write(f"{key}.{hashlib.sha256(name.encode()).hexdigest()[:16]}{_NOTE}", text)

    def noted(self, key: str, name: str) -> str | None:
        """What an earlier task noted, or None."""
        return self._read(f"{key}.{hashlib.sha256(name.encode()).hexdigest()[:16]}{_NOTE}")

    def all(self) -> list[Saved]:
        """Every session still recorded, to log out at the end of the run."""
        keys = [name.removesuffix(_SESSION) for name in self._listing() if name.endswith(_SESSION)]
        return [saved for saved in map(self.load, sorted(keys)) if saved is not None]

    # -- files

    def _salt(self) -> bytes:
        present = self._read(_SALT)
        if present is None:
            self._write(_SALT, secrets.token_hex(32), exclusive=True)
            present = self._read(_SALT)
        return (present or "").encode()

    def _flock(self, handle: int) -> None:
        deadline = self.clock.deadline(LOCK_SECONDS * self.clock.scale)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if deadline.over:
                    raise UseriesError(
                        f"Another task has been signing in to the same address for {LOCK_SECONDS:.0f} seconds.",
                        surface="local",
                        operation="wait for a sign-in",
                        kind="busy",
                        remedy="Look whether a task of this run hangs.",
                    ) from None
                self.clock.sleep(0.05 * self.clock.scale)

    def _listing(self) -> list[str]:
        return list(self._memory) if self.directory is None else os.listdir(self.directory)

    def _read(self, name: str) -> str | None:
        if self.directory is None:
            return self._memory.get(name)
        path = self.directory / name
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _not_private(path, "it is a link or cannot be opened") from error
        with os.fdopen(handle, encoding="utf-8") as opened:
            _must_be_private(path, os.fstat(handle), stat.S_ISREG)
            return opened.read()

    def _write(self, name: str, text: str, *, exclusive: bool = False) -> None:
        if self.directory is None:
            self._memory[name] = text
            return
        handle, temporary = tempfile.mkstemp(dir=self.directory, prefix=".new-")  # O_EXCL, 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(text)
            if not exclusive:
                os.replace(temporary, self.directory / name)
                return
            with contextlib.suppress(FileExistsError):
                os.link(temporary, self.directory / name)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)

    def _remove(self, name: str) -> None:
        if self.directory is None:
            self._memory.pop(name, None)
            return
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.directory / name)


def _must_be_private(path: Path, found: os.stat_result, right_kind: Any) -> None:
    if not right_kind(found.st_mode):
        raise _not_private(path, "it is not what it should be (a link?)")
    if found.st_uid != os.geteuid():
        raise _not_private(path, "it belongs to another user")
    if found.st_mode & 0o077:
        raise _not_private(path, "others may read or write it")


def _not_private(path: Path, why: str) -> UseriesError:
    return UseriesError(
        f"{path} is not used for sessions: {why}.",
        surface="local",
        operation="hand over sessions",
        target=str(path),
        kind="precondition",
        remedy="Remove it, or choose a directory that only this user may enter (mode 0700).",
    )
