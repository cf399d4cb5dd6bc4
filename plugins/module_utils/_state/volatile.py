# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a directory on the controller outlives the container in which Ansible runs.

Inside an execution environment only a mounted volume does; on anything else a lease protects this container only, and
a checkpoint is lost with it. Source: proc(5) mountinfo; the marker files that Docker and Podman place; the environment
that AWX gives to its jobs, because a pod of AWX has no marker.
"""

from __future__ import annotations

import os
import re

MARKERS = ("/.dockerenv", "/run/.containerenv", "/run/secrets/kubernetes.io")
MOUNTS = "/proc/self/mountinfo"
_LAYERS = ("overlay", "aufs", "fuse.fuse-overlayfs")  # what the root of a container is made of
_IN_MEMORY = ("tmpfs", "ramfs", *_LAYERS)


def in_awx() -> bool:
    """Whether this is a job of AWX, whose container is gone after it."""
    return "AWX_HOST" in os.environ and "JOB_ID" in os.environ


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


def is_volatile(path: str) -> bool:
    """Whether we are inside a container and ``path`` is not on a volume that is mounted into it.

    A machine whose disk was made from a container's image has the marker, too; its root is no file system of layers.
    """
    mounts = MOUNTS
    kind = _mount_of("/", mounts)[1]
    if (kind and kind not in _LAYERS) or not (in_awx() or any(map(os.path.exists, MARKERS))):
        return False
    point, kind = _mount_of(os.path.realpath(os.path.expanduser(path)), mounts)
    return point == "/" or kind in _IN_MEMORY


def container_only(path: str) -> str:
    """What it means that :func:`is_volatile`, in a sentence; empty when it is not."""
    if not is_volatile(path):
        return ""
    return (
        f"The state directory {path} is not a mounted volume: the lease protects against other runs in this container "
        "only, and the checkpoint is lost with the container."
    )
