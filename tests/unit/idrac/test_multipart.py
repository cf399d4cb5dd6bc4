# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of an upload: what a reader of RFC 7578 makes of it, whatever the pieces in which it is read."""

from __future__ import annotations

import io
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.formparser import parse_form_data

from ansible_collections.useries.appliance.plugins.module_utils._idrac.updating import Multipart


@given(st.binary(max_size=3000), st.integers(1, 700))
def test_it_is_read_again(tmp_path_factory: object, content: bytes, piece: int) -> None:
    path = Path(tmp_path_factory.getbasetemp()) / "body.exe"  # type: ignore[attr-defined]
    path.write_bytes(content)
    told: list[tuple[int, int]] = []
    body = Multipart({"Targets": []}, path, "BIOS_2.1.EXE", lambda sent, length: told.append((sent, length)))
    stream = body.open()
    sent = b"".join(iter(lambda: stream.read(piece), b""))
    assert len(stream) == len(sent) == body.length
    assert told[-1] == (body.length, body.length)
    environ = {"CONTENT_TYPE": body.content_type, "CONTENT_LENGTH": str(len(sent)), "wsgi.input": io.BytesIO(sent)}
    _rest, fields, files = parse_form_data({**environ, "REQUEST_METHOD": "POST"})
    assert json.loads(fields["UpdateParameters"]) == {"Targets": []}
    assert (files["UpdateFile"].filename, files["UpdateFile"].read()) == ("BIOS_2.1.EXE", content)
    assert body.open().read(10) == sent[:10], "afresh for each attempt"
