# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private files on the controller: the directory that ``useries_state_dir`` names, and single files with a secret.

Nothing in here is trusted because it is there. A directory or file that is a symbolic link, belongs to someone else or
is open to other users is refused with a sentence; a document that is damaged, was edited or has another schema is
refused as well. Every write is a temporary file (0600, new, never through a link), fsync, rename, fsync of the
directory: a reader sees the old content or the new one, also after a power cut. POSIX.1-2017 open(2), rename(2).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+@-]{0,199}")
_LIMIT = 16 * 1024 * 1024
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_OPEN = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def state_error(message: str, operation: str, target: str, kind: Kind, remedy: str = "") -> UseriesError:
    """An error of the controller's own files; ``target`` is a path."""
    return UseriesError(message, surface="local", operation=operation, target=target, kind=kind, remedy=remedy)


@contextlib.contextmanager
def translated(operation: str, target: str) -> Iterator[None]:
    """Turn an :class:`OSError` into a :class:`UseriesError` that names the path and the reason of the system."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise state_error(
            f"Could not {operation} at {target}: {reason}.",
            operation,
            target,
            "failed",
            "Check the path, its permissions and the free space on the controller.",
        ) from error


def require_private(status: os.stat_result, path: str, operation: str) -> None:
    """Refuse what is not a plain file of this user that nobody else may open."""
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        problem = "is not a plain file with one name"
    elif status.st_uid != os.geteuid():
        problem = f"belongs to the user with id {status.st_uid}, not to {os.geteuid()}"
    elif status.st_mode & 0o077:
        problem = f"has the mode {stat.S_IMODE(status.st_mode):04o} and is open to other users"
    else:
        return
    raise state_error(
        f"{path} {problem}; its content is not trusted.",
        operation,
        path,
        "unexpected",
        "Find out who changed it. When no run is under way, remove it and run again: "
        "the steps are then derived from the appliances themselves.",
    )


def _is_link(error: OSError) -> bool:
    return error.errno in (errno.ELOOP, errno.EMLINK)


def _refuse_link(path: str, operation: str) -> UseriesError:
    return state_error(
        f"{path} is a symbolic link; links are not followed here.",
        operation,
        path,
        "invalid",
        "Find out who made it, remove it, or name the real path.",
    )


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:  # some network file systems cannot sync a directory
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def _replace(directory: int, name: str, data: bytes, mode: int = 0o600) -> None:
    """Put ``data`` under ``name`` in the open ``directory``, whole or not at all, with ``mode`` whatever the umask."""
    temporary = f".useries-{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o600, dir_fd=directory)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=directory)
        raise
    _sync(directory)


def _make_directories(path: str) -> None:
    """Create what is missing of ``path``, each with mode 0700 whatever the umask."""
    if os.path.lexists(path):
        return
    _make_directories(os.path.dirname(path))
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, allow_nan=False, separators=(",", ":"))


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(body).encode("ascii")).hexdigest()


class StateDirectory:
    """The private directory of one user on one controller.

    Created with mode 0700 (missing parents too). An existing one is refused when it is a symbolic link, belongs to
    someone else or is open to other users; this is looked at again before every single operation.

    :param path: ``~`` is expanded; relative paths are taken from the working directory.
    :raises UseriesError: ``invalid`` for a directory that cannot be private, ``failed`` when the system says no.
    """

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(os.path.expanduser(path))
        with translated("create the state directory", self.path):
            _make_directories(self.path)
        with self.opened():
            pass

    def __repr__(self) -> str:
        return f"StateDirectory({self.path!r})"

    @contextlib.contextmanager
    def opened(self) -> Iterator[int]:
        """A descriptor of the directory, after it was found to be private."""
        operation = "open the state directory"
        with translated(operation, self.path):
            try:
                descriptor = os.open(self.path, _DIRECTORY | os.O_NOFOLLOW)
            except OSError as error:
                if os.path.islink(self.path):
                    raise _refuse_link(self.path, operation) from error
                raise
        try:
            self._require_private(os.fstat(descriptor), operation)
            yield descriptor
        finally:
            os.close(descriptor)

    def _require_private(self, status: os.stat_result, operation: str) -> None:
        if status.st_uid != os.geteuid():
            raise state_error(
                f"The state directory {self.path} belongs to the user with id {status.st_uid}, not to {os.geteuid()}.",
                operation,
                self.path,
                "invalid",
                "Set useries_state_dir to a directory of the user who runs Ansible.",
            )
        if status.st_mode & 0o077:
            verb = "write to" if status.st_mode & 0o022 else "look into"
            raise state_error(
                f"Other users may {verb} the state directory {self.path} (mode {stat.S_IMODE(status.st_mode):04o}).",
                operation,
                self.path,
                "invalid",
                f"Run: chmod 700 {self.path} - or set useries_state_dir to a subdirectory, which is created with 0700.",
            )

    def where(self, name: str) -> str:
        """The full path of ``name``, for messages."""
        return os.path.join(self.path, name)

    def write_bytes(self, name: str, data: bytes) -> None:
        """Store ``data`` under ``name``, atomically, mode 0600; an existing link is replaced, never followed."""
        self._require_name(name)
        with self.opened() as directory, translated("write a state file", self.where(name)):
            _replace(directory, name, data)

    def read_bytes(self, name: str) -> bytes | None:
        """The content of ``name``, or None when there is none.

        :raises UseriesError: ``invalid`` for a link, ``unexpected`` for a foreign owner, mode or kind of file.
        """
        operation = "read a state file"
        self._require_name(name)
        path = self.where(name)
        with self.opened() as directory, translated(operation, path):
            try:
                descriptor = os.open(name, os.O_RDONLY | _OPEN, dir_fd=directory)
            except FileNotFoundError:
                return None
            except OSError as error:
                if _is_link(error):
                    raise _refuse_link(path, operation) from error
                raise
            with os.fdopen(descriptor, "rb") as file:
                require_private(os.fstat(file.fileno()), path, operation)
                data = file.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise self._damaged(path, "it is larger than anything this collection writes")
        return data

    def write(self, name: str, schema: str, body: Mapping[str, Any]) -> None:
        """Store ``body`` (JSON values with text keys, no NaN) as a document of ``schema``, e.g. ``lease/1``."""
        document = {"schema": f"useries.appliance/{schema}", "sha256": _digest(body), "body": body}
        text = json.dumps(document, indent=1, sort_keys=True, allow_nan=False)
        self.write_bytes(name, text.encode("ascii") + b"\n")

    def read(self, name: str, schema: str) -> dict[str, Any] | None:
        """The body of the document ``name``, or None when there is none.

        :raises UseriesError: ``unexpected`` when it is damaged, was edited, or has another schema.
        """
        data = self.read_bytes(name)
        if data is None:
            return None
        path = self.where(name)
        try:
            document = json.loads(data.decode("ascii"))
        except (ValueError, RecursionError):
            raise self._damaged(path, "it is not the JSON text that was written") from None
        if not isinstance(document, dict) or not isinstance(document.get("schema"), str):
            raise self._damaged(path, "it does not say what it is")
        if document["schema"] != f"useries.appliance/{schema}":
            raise state_error(
                f"{path} is a document of the schema {document['schema'][:80]!r}, "
                f"expected 'useries.appliance/{schema}'.",
                "read a state file",
                path,
                "unexpected",
                "It was written by something else, or by a newer version of this collection: install that version, "
                "or use another useries_state_dir.",
            )
        body = document.get("body")
        if not isinstance(body, dict) or not self._matches(body, document.get("sha256")):
            raise self._damaged(path, "its checksum is wrong, so it was cut off or edited")
        return body

    @staticmethod
    def _matches(body: dict[str, Any], digest: object) -> bool:
        try:
            return _digest(body) == digest
        except (ValueError, RecursionError):  # NaN and infinity are no JSON
            return False

    def delete(self, name: str) -> bool:
        """Remove ``name``; whether it was there. A link is removed, not what it points to."""
        self._require_name(name)
        with self.opened() as directory, translated("remove a state file", self.where(name)):
            try:
                os.unlink(name, dir_fd=directory)
            except FileNotFoundError:
                return False
            _sync(directory)
        return True

    def list(self, suffix: str = "") -> tuple[str, ...]:
        """The names that are there, sorted, without temporary ones."""
        with self.opened() as directory, translated("list the state directory", self.path):
            names = os.listdir(directory)
        return tuple(sorted(name for name in names if _NAME.fullmatch(name) and name.endswith(suffix)))

    def open_lock(self, name: str) -> int:
        """A descriptor of the private file ``name``, created empty when it is missing; the caller closes it."""
        operation = "open a lock file"
        self._require_name(name)
        path = self.where(name)
        with self.opened() as directory, translated(operation, path):
            try:
                descriptor = os.open(name, os.O_RDWR | os.O_CREAT | _OPEN, 0o600, dir_fd=directory)
            except OSError as error:
                if _is_link(error):
                    raise _refuse_link(path, operation) from error
                raise
            try:
                require_private(os.fstat(descriptor), path, operation)
            except UseriesError:
                os.close(descriptor)
                raise
        return descriptor

    @staticmethod
    def _require_name(name: str) -> None:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a name of a state file: {name!r}")

    @staticmethod
    def _damaged(path: str, reason: str) -> UseriesError:
        return state_error(
            f"{path} is damaged: {reason}. Its content is not trusted.",
            "read a state file",
            path,
            "unexpected",
            "When no run is under way, remove it and run again: "
            "the steps are then derived from the appliances themselves.",
        )


def private_file(path: str, data: bytes | str, *, mode: int = 0o600) -> None:
    """Write a secret to a file that the user named: whole or not at all, mode 0600 whatever the umask.

    The directory must exist. It is refused when everybody may write to it and it has no sticky bit, because anybody
    could then swap the file. What is there already is replaced only if it is a plain file of this user.

    :param mode: another one for what is no secret and has to be read by others.

    :raises UseriesError: ``invalid`` for such a path, ``failed`` when the system says no.
    """
    operation = "write a private file"
    path = os.path.abspath(os.path.expanduser(path))
    parent, name = os.path.split(path)
    if not os.path.isdir(parent) or not name:
        raise state_error(
            f"The directory {parent} for the file {path} does not exist.",
            operation,
            path,
            "invalid",
            "Create it first, open to nobody else: mkdir -m 700.",
        )
    with translated(operation, path):
        directory = os.open(parent, _DIRECTORY)
        try:
            _require_destination(directory, name, path, operation)
            _replace(directory, name, data.encode("utf-8") if isinstance(data, str) else data, mode)
        finally:
            os.close(directory)


def _require_destination(directory: int, name: str, path: str, operation: str) -> None:
    mode = os.fstat(directory).st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise state_error(
            f"Everybody may write to {os.path.dirname(path)} and it has no sticky bit: a secret in it is not safe.",
            operation,
            path,
            "invalid",
            "Name a file in a directory of your own.",
        )
    try:
        status = os.stat(name, dir_fd=directory, follow_symlinks=False)
    except FileNotFoundError:
        return
    if stat.S_ISLNK(status.st_mode):
        raise _refuse_link(path, operation)
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        raise state_error(
            f"{path} exists and is not a plain file of the user with id {os.geteuid()}; it is not replaced.",
            operation,
            path,
            "invalid",
            "Name another file, or remove this one.",
        )
