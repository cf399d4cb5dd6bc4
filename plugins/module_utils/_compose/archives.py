# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zip files on the controller that a password protects: opened and read to their end as proof."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

if TYPE_CHECKING:
    import pyzipper
else:
    pyzipper = optional("pyzipper")

ENCRYPTED = 1  # bit 0 of an entry's general purpose flags (APPNOTE 4.4.4)


class Unusable(Exception):
    """An archive that cannot be used; the text completes "... cannot be used: "."""


def entries(path: Path, password: str, *, protected: bool = False) -> list[dict[str, Any]]:
    """Open an archive with its password, read every entry to its end (its checksum is checked), list name and size.

    :param protected: an archive that opens without a password will not do.
    :raises Unusable: when it is no archive, is damaged, empty, or the password does not fit.
    """
    try:
        with pyzipper.AESZipFile(path) as archive:
            archive.setpassword(password.encode())
            found = []
            open_ones = [entry for entry in archive.infolist() if not entry.flag_bits & ENCRYPTED]
            for entry in archive.infolist():
                with archive.open(entry) as stream:
                    while stream.read(1 << 20):
                        pass
                found.append({"name": entry.filename, "size": entry.file_size})
    except (pyzipper.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, struct.error) as error:
        raise Unusable(f"it is damaged ({type(error).__name__})") from error
    except RuntimeError as error:
        raise Unusable("its password does not open it") from error
    if not found:
        raise Unusable("it is empty")
    if protected and open_ones:
        raise Unusable("no password protects it")
    return found
