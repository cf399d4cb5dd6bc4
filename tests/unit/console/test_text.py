# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When two texts are the same label."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import (
    EXACT,
    NOT,
    PREFIX,
    key,
    quality,
    state_word,
    toggle_key,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name

SPACES = st.text(" \t\n\u00a0\u2003", min_size=1, max_size=3)
WORDS = st.lists(st.text("abcdefXYZ019", min_size=1, max_size=8), min_size=1, max_size=5)


@given(st.text(max_size=40))
@example("* : *")
@example("(*)")
def test_the_key_of_a_key_is_itself(text):
    assert key(key(text)) == key(text)
    assert toggle_key(toggle_key(text)) == toggle_key(text)


@given(WORDS, SPACES, st.sampled_from(["", ":", " :", " *", "*", ": *", " (required)", "\u00a0(*)"]), st.booleans())
def test_dress_makes_no_difference(words, space, tail, capitals):
    plain = " ".join(words)
    dressed = space + space.join(words) + tail
    assert key(dressed.upper() if capitals else dressed) == key(plain)


@given(WORDS, st.sampled_from(["Yes", "No", "Enabled", "Disabled", "On", "Off", "DISABLED"]))
def test_a_toggle_may_say_its_state(words, state):
    label = " ".join(words)
    assert quality(Name((label,)), [f"{label} ({state})"]) == EXACT
    assert state_word(f"{label} ({state})") is (state.lower() in ("yes", "enabled", "on"))


@given(WORDS, WORDS)
def test_other_words_are_another_label(one, other):
    first, second = " ".join(one), " ".join(other)
    if key(first) != key(second):
        assert quality(Name((first,)), [second]) == NOT


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("Don't ask", "Don\u2019t ask", EXACT),
        ("Minimum Protocols", "Minimum Protocols (NOTE: the appliance ...", PREFIX),
        ("Minimum Protocols (NOTE: The U", "Minimum Protocols (NOTE: The UVM needs more)", PREFIX),
        ("Restart", "Restart the service", NOT),
        ("Password", "Password of the proxy", NOT),
        ("Backup", "Backups", NOT),
        ("", "anything (at all)", NOT),
    ],
)
def test_what_is_cut_off_matches_less_than_what_is_whole(wanted, found, expected):
    assert quality(Name((wanted,)), [found]) == expected


def test_any_alias_counts():
    assert (
        quality(Name(("Export Certificate", "Export and Download Certificate")), ["EXPORT AND DOWNLOAD CERTIFICATE"])
        == EXACT
    )
