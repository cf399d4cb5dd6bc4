# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of XPath that the simulated event log understands."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from simulator.windows.xpath import QueryError, compiled

TIME = "2026-01-31T08:00:00.123456700Z"
EVENT = ET.fromstring(
    f"<Event><System><Provider Name='P'/><EventID>4624</EventID><TimeCreated SystemTime='{TIME}'/></System>"
    "<EventData><Data Name='LogonType'>10</Data><Data Name='IpAddress'>192.0.2.7</Data></EventData></Event>"
)
OUTSIDE = ("", "*", "System[EventID=1]", "*[System[EventID=]]", "*[a] *[b]", "*[not(a)]", '*["')


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("*[System[EventID=4624]]", True),
        ("*[System[EventID=4625]]", False),
        ("*[System[(EventID=1 or EventID=4624) and Provider[@Name='P']]]", True),
        ("*[System[Provider[@Name!='P']]]", False),
        ("*[EventData[Data[@Name='LogonType']='10']]", True),
        ("*[EventData[Data[@Name='IpAddress']='10']]", False),
        ("*[System[TimeCreated[@SystemTime>='2026-01-31T08:00:00.123Z']]]", True),
        ("*[System[TimeCreated[@SystemTime>='2026-01-31T08:00:00.124Z']]]", False),
        ("*[System[TimeCreated[@Other]]]", False),
        ("*[System and UserData]", False),
    ],
)
def test_a_query_fits_or_not(query, fits):
    assert compiled(query)(EVENT) is fits


@pytest.mark.parametrize("query", OUTSIDE)
def test_what_is_outside_is_refused(query):
    with pytest.raises(QueryError):
        compiled(query)
