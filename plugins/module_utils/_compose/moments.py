# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates and times as the console writes them; the guide prints no form, so ISO 8601 and the American ones are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d.%m.%Y")
TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
STAMPS = tuple(f"{date}{gap}{time}" for date in DATES for time in TIMES for gap in (" ", "T"))
TODAY = "2000-01-01"  # a time of the day needs some date


@dataclass(frozen=True)
class Moment:
    """A minute: ``date`` as YYYY-MM-DD and ``time`` as HH:MM, without a zone."""

    date: str
    time: str

    @classmethod
    def shown(cls, date: str, time: str) -> Moment:
        """From the texts of two controls."""
        day, hour = _read(date, DATES, "date"), _read(time, TIMES, "time")
        return cls(day.strftime("%Y-%m-%d"), hour.strftime("%H:%M"))

    def minutes_from(self, other: Moment) -> float:
        """The distance in minutes."""
        one, two = (datetime.fromisoformat(f"{m.date} {m.time}") for m in (self, other))
        return abs((one - two).total_seconds()) / 60


def parse_moment(date: str, time: str) -> Moment:
    """What a user gave; kind ``invalid`` with the form that is wanted."""
    for name, value, form, words in (("date", date, "%Y-%m-%d", "YYYY-MM-DD"), ("time", time, "%H:%M", "HH:MM")):
        try:
            datetime.strptime(value, form)
        except ValueError:
            raise UseriesError(
                f"{name} is {value!r}; it must have the form {words}.",
                surface="local",
                operation="read the options",
                kind="invalid",
                remedy="Quote it in YAML: an unquoted time can be read as a number.",
            ) from None
    return Moment(date, time)


def clock_format(moment: Moment, date_like: str, time_like: str) -> dict[str, str]:
    """The moment in the forms of the two texts shown at present."""
    when = datetime.fromisoformat(f"{moment.date} {moment.time}")
    return {"date": when.strftime(_form(date_like, DATES)), "time": when.strftime(_form(time_like, TIMES))}


def parse_stamp(text: str) -> datetime | None:
    """Date and time in one text, e.g. ``7/5/2017 11:23:02 AM``; None when it is not understood."""
    form = _form(text, STAMPS, "")
    return datetime.strptime(" ".join(text.split()), form) if form else None


def _form(text: str, forms: tuple[str, ...], default: str | None = None) -> str:
    for form in forms:
        try:
            datetime.strptime(" ".join(text.split()), form)
        except ValueError:
            continue
        return form
    return forms[0] if default is None else default


def _read(text: str, forms: tuple[str, ...], what: str) -> datetime:
    clean = " ".join((text or "").split())
    for form in forms:
        try:
            return datetime.strptime(clean, form)
        except ValueError:
            continue
    raise UseriesError(
        f"The console shows {clean!r} as its {what}, which is not understood.",
        surface="console",
        operation=f"read the {what}",
        kind="unexpected",
        remedy="Report the form to the authors of the collection.",
    )
