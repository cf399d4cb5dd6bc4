# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of the console that may repeat what was typed: secrets in them are masked before anybody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

HIDDEN = "(hidden)"
SHOWN = 5  # characters of a serial number by which one tells it from another


def without(text: str, secrets: Iterable[str | None]) -> str:
    """The text with every secret masked, in whatever case it stands there."""
    for secret in sorted((one for one in secrets if one), key=len, reverse=True):
        text = re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE)
    return text


@contextmanager
def masked(secrets: Iterable[str | None], remedies: dict[str, str] | None = None) -> Iterator[None]:
    """Errors leave without the secrets; those of a kind in ``remedies`` with that next step before their own."""
    hidden = tuple(secrets)
    try:
        yield
    except UseriesError as error:
        error.message = without(error.message, hidden)
        error.args = (error.message,)
        error.fields = {label: without(text, hidden) for label, text in error.fields.items()}
        advice = (remedies or {}).get(error.kind)
        if advice:
            error.remedy = f"{advice} {error.remedy}".strip()
        raise


def last_characters(serial: str) -> str | None:
    """A serial number as results may show it: its last five characters; None for none."""
    visible = serial.strip().rstrip("*\u2022")
    if not serial.strip():
        return None
    return "*****-" + visible[-SHOWN:] if len(visible) > 2 * SHOWN or "*" in visible else "*****"
