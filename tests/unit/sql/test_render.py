# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL is rendered from typed data: names in brackets, values never in the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._sql import render

HOSTILE = ["x]; DROP DATABASE y--", "a]]b", "it's", 'quo"te', "semi;colon", "[x]", "/*c*/", "--", "名前", "a b"]


class Tagged(str):
    """What Ansible hands over."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_inside_its_brackets(name: str) -> None:
    quoted = render.identifier(name)
    assert re.fullmatch(r"\[(?:[^\]]|\]\])+\]", quoted)
    assert quoted[1:-1].replace("]]", "]") == name


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=64))
def test_any_printable_name_comes_back_unchanged(name: str) -> None:
    quoted = render.identifier(name)
    assert re.fullmatch(r"\[(?:[^\]]|\]\])+\]", quoted)
    assert quoted[1:-1].replace("]]", "]") == name


@pytest.mark.parametrize("name", ["", " x", "x ", "a\nb", "a\0b", "\ud800", "x" * 129, "a\x7fb"])
def test_a_name_that_sql_server_could_not_hold_is_refused(name: str) -> None:
    with pytest.raises(UseriesError) as caught:
        render.identifier(name)
    assert (caught.value.kind, caught.value.surface) == ("invalid", "sql")


@pytest.mark.parametrize("make", [render.mirroring, render.files, render.counters])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_value_travels_beside_the_text(make: object, name: str) -> None:
    statement = make(name)  # type: ignore[operator]
    assert statement.values == (name,)
    assert statement.text.count("?") == 1
    assert statement.text == make("other").text  # type: ignore[operator]
    assert not statement.writes


def test_tagged_text_becomes_plain() -> None:
    (value,) = render.mirroring(Tagged("BeyondInsight")).values
    assert value.__class__ is str


@pytest.mark.parametrize("name", ["a\0b", "\udfff", "x" * 1001])
def test_a_value_that_cannot_be_sent_is_refused(name: str) -> None:
    with pytest.raises(UseriesError, match="cannot be sent|too long"):
        render.mirroring(name)


def test_creating_a_database_is_a_write() -> None:
    statement = render.create_database("Beyond]Insight")
    assert (statement.text, statement.values, statement.writes) == ("CREATE DATABASE [Beyond]]Insight]", (), True)
