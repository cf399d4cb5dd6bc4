# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What PowerShell prints becomes data; its complaints become messages without the command that caused them."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._windows.output import (
    MASK,
    ErrorRecord,
    parse_errors,
    parse_json,
)

PASSWORD = "111111-222222-333333-444444-555555-666666-111111-222222"
HEAD = '#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'
PROGRESS = '<Obj S="progress" RefId="0"><MS><S N="Text">Error</S></MS></Obj>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\ufeff \r\n", []),
        ('{"a":1}\r\n', [{"a": 1}]),
        ('[{"a":1},{"a":2}]', [{"a": 1}, {"a": 2}]),
        ('"text"', ["text"]),
        ("3", [3]),
        (r'{"d":"\/Date(1767323045678)\/"}', [{"d": "2026-01-02T03:04:05.678Z"}]),
        (r'{"d":"\/Date(-62135596800000)\/"}', [{"d": "0001-01-01T00:00:00.000Z"}]),
        (r'{"d":"\/Date(99999999999999999999)\/"}', [{"d": "/Date(99999999999999999999)/"}]),
        (r'{"d":{"value":"\/Date(0)\/","DisplayHint":2,"DateTime":"x"}}', [{"d": "1970-01-01T00:00:00.000Z"}]),
        ('{"k":{"value":[{"a":1}],"Count":1}}', [{"k": [{"a": 1}]}]),
        ('{"value":1,"Count":1}', [{"value": 1, "Count": 1}]),
    ],
)
def test_objects_are_always_a_list(text, expected):
    assert parse_json(text) == expected


def test_text_that_is_no_json_is_not_repeated():
    with pytest.raises(ValueError) as caught:
        parse_json(f"Password: {PASSWORD}")
    assert PASSWORD not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_progress_and_warnings_are_no_errors():
    assert parse_errors("") is None
    assert parse_errors(f'{HEAD}{PROGRESS}<S S="warning">careful</S></Objs>') is None


def test_an_error_record_without_its_position():
    lines = [
        "Set-Thing : Cannot find it, or",
        "anything like it.",
        "In Zeile:1 Zeichen:1",
        "+ Set-Thing -Value 'hunter2' -Other 'x'",
        "+ ~~~~~~~~~~~~~",
        "    + CategoryInfo          : ObjectNotFound: (hunter2:String) [Set-Thing], ItemNotFoundExce",
        "   ption",
        "    + FullyQualifiedErrorId : PathNotFound,Microsoft.PowerShell.Commands.SetThingComma",
        "   nd",
        " ",
        "Set-Other : second",
        "    + FullyQualifiedErrorId : Other",
    ]
    body = "".join(f'<S S="Error">{line}_x000D__x000A_</S>' for line in lines)
    record = parse_errors(f"{HEAD}{PROGRESS}{body}</Objs>")
    assert record == ErrorRecord(
        "Set-Thing : Cannot find it, or anything like it.", "PathNotFound,Microsoft.PowerShell.Commands.SetThingCommand"
    )


def test_escapes_are_decoded_once():
    record = parse_errors(f'{HEAD}<S S="Error">a_x005F_x000A_b_x0009_c _xD83D__xDE00_ _xD83D_ &lt;</S></Objs>')
    assert record is not None
    assert record.message == "a_x000A_b c \U0001f600 \ufffd <"


@pytest.mark.parametrize("text", ["plain words", "#< CLIXML", "#< CLIXML\r\nnot xml", f"{HEAD}<S S="])
def test_other_text_on_standard_error_is_an_error_too(text):
    assert parse_errors(text) is not None


def test_a_document_type_is_not_read():
    record = parse_errors('#< CLIXML\r\n<!DOCTYPE a [<!ENTITY b "c">]><Objs>&b;</Objs>')
    assert record is not None and "document type" in record.message


def test_secrets_are_masked():
    record = parse_errors(f"the value {PASSWORD} and hunter2 are wrong", secrets=["hunter2", ""])
    assert record == ErrorRecord(f"the value {MASK} and {MASK} are wrong")
