# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When Windows was started, and telling it to go down."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.restart import boot_time, go_down
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Output


class Windows:
    """A session that answers with what it was given."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, objects=(), exit_code=0):
        self.objects, self.exit_code, self.asked = list(objects), exit_code, []

    def run(self, pipeline):
        return self.objects

    def run_program(self, program):
        self.asked.append((program.name, program.arguments))
        return Output(self.exit_code, "", "")


@pytest.mark.parametrize("text", ["2026-11-28T07:00:00Z", "2026-11-28T07:00:00+00:00", "2026-11-28T08:00:00+01:00"])
def test_the_start_of_windows_is_an_aware_time(text):
    assert boot_time(Windows([{"LastBootUpTime": text}])) == datetime(2026, 11, 28, 7, tzinfo=timezone.utc)


@pytest.mark.parametrize("objects", [[], [{}], [{"LastBootUpTime": None}], ["x"], [{"LastBootUpTime": "soon"}]])
def test_an_answer_that_is_no_time_is_an_error(objects):
    with pytest.raises(UseriesError) as caught:
        boot_time(Windows(objects))
    assert caught.value.kind == "unexpected"


@pytest.mark.parametrize(("restart", "way"), [(True, "/r"), (False, "/s")])
def test_windows_goes_down_after_the_call_has_returned(restart, way):
    session = Windows()
    go_down(session, restart=restart)
    assert session.asked == [("shutdown.exe", [way, "/t", "10", "/d", "p:4:1"])]


@pytest.mark.parametrize(("code", "words"), [(1190, "scheduled already"), (1115, "already"), (5, "exit code 5")])
def test_a_refusal_names_its_reason(code, words):
    with pytest.raises(CommandFailed, match=words) as caught:
        go_down(Windows(exit_code=code), restart=True)
    assert caught.value.remedy
