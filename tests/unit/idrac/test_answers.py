# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the iDRAC client makes of answers: any body, however hostile, becomes data or a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import content_of, failure, told

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["error", "@Message.ExtendedInfo", "Message", "MessageId", "Resolution", "RelatedProperties"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def answer(content: bytes, status: int = 400) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made.reason = "Reason"
    made._content = content
    return made


def body(**item: Any) -> bytes:
    return json.dumps({"error": {"@Message.ExtendedInfo": [item]}}).encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", {}), (b" \n", {}), (b'{"a": 1}', {"a": 1}), (b'{"a": 1', None), (b"<html>", None), (b"[1]", None)],
)
def test_content(content: bytes, expected: dict[str, Any] | None) -> None:
    assert content_of(answer(content)) == expected


def test_words_advice_and_properties() -> None:
    words = told(
        answer(
            body(
                MessageId="IDRAC.2.8.RAC0218",
                Message="No session. ",
                Resolution="Close one.",
                RelatedProperties=["#/UserName"],
            )
        )
    )
    assert words.says("RAC0218") and not words.says("0218")
    assert (words.sentence, words.resolution) == ("No session.", "Close one.")
    assert words.properties == {"UserName": "No session."}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "rejected"),
        (401, "login_refused"),
        (403, "precondition"),
        (404, "unexpected"),
        (409, "failed"),
        (412, "failed"),
        (500, "failed"),
        (501, "unexpected"),
    ],
)
def test_kind_of_a_failure(status: int, kind: str) -> None:
    error = failure(answer(body(Message="So it is.", Resolution="None."), status), target="https://x:1", operation="do")
    assert (error.kind, error.surface, error.operation) == (kind, "idrac", "do")
    assert "So it is." in error.message and "https://x:1" in error.message


def test_a_failure_without_words_still_says_what_happened() -> None:
    error = failure(answer(b"<html>", 500), target="https://x:1", operation="do")
    assert "HTTP 500 Reason" in error.message


@given(VALUES)
def test_any_json_becomes_a_sentence(value: Any) -> None:
    content = json.dumps({"error": value}).encode()
    error = failure(answer(content), target="https://x:1", operation="do")
    assert error.kind == "rejected" and error.message


@given(st.binary(max_size=60))
def test_any_bytes_become_a_sentence(content: bytes) -> None:
    assert failure(answer(content), target="https://x:1", operation="do").message
