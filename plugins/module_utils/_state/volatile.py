# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a directory on the controller outlives the container in which Ansible runs.

Inside an execution environment only a mounted volume does; on anything else a lease protects this container only, and
a checkpoint is lost with it. Source: proc(5) mountinfo; the marker files that Docker and Podman place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

MARKERS = ("/.dockerenv", "/run/.containerenv", "/run/secrets/kubernetes.io")
_MOUNTS = "/proc/self/mountinfo"
_IN_MEMORY = ("tmpfs", "ramfs", "overlay", "aufs")


def _mount_of(path: str, mounts: str) -> tuple[str, str]:
    """Mount point and file system type of ``path``; the type is empty where the system has no mountinfo."""
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().splitlines()
    except OSError:
        while not os.path.ismount(path):
            path = os.path.dirname(path)
        return path, ""
    best = ("/", "")
    for line in lines:
        left, separator, right = line.partition(" - ")
        if not separator:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), left.split(" ")[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):  # a later mount on the same point covers the earlier one
            best = (point, right.split(" ")[0])
    return best


def is_volatile(path: str, *, markers: Sequence[str] = MARKERS, mounts: str = _MOUNTS) -> bool:
    """Whether we are inside a container and ``path`` is not on a volume that is mounted into it.

    :param markers: paths one of which exists inside a container; :param mounts: the list of mounts to read.
    """
    if not any(os.path.exists(marker) for marker in markers):
        return False
    point, kind = _mount_of(os.path.realpath(os.path.expanduser(path)), mounts)
    return point == "/" or kind in _IN_MEMORY


def volatile_warning(path: str, *, markers: Sequence[str] = MARKERS, mounts: str = _MOUNTS) -> str:
    """The warning about :func:`is_volatile`, or an empty text."""
    if not is_volatile(path, markers=markers, mounts=mounts):
        return ""
    return (
        f"The state directory {path} is not a mounted volume: the lease protects against other runs in this container "
        "only, and the checkpoint is lost with the container. Mount a volume and set useries_state_dir to it."
    )
