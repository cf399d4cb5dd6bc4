# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HttpSession over the real wire: trust, what may be sent again, and which errors say that something was sent."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK"
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"


def session(port: int, scheme: str = "http", surface: Any = "console", **options: Any) -> HttpSession:
    target = Target("127.0.0.1", port, scheme=scheme, timeout=options.pop("timeout", 5.0), **options)
    return HttpSession(target, surface=surface, clock=Clock(100))


def refusal(made: HttpSession, method: str = "GET", path: str = "/", **options: Any) -> UseriesError:
    with pytest.raises(UseriesError) as caught:
        made.request(method, path, operation="look", **options)
    return caught.value


def test_an_answer_comes_back(serve):
    server = serve(lambda _n: OK)
    answer = session(server.port).request("GET", "/x", operation="look", params={"a": "1"})
    assert (answer.status_code, answer.text) == (200, "OK")
    assert server.received[0].startswith(b"GET /x?a=1 HTTP/1.1\r\n")


def test_the_environment_does_not_count(serve, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    assert session(serve(lambda _n: OK).port).request("GET", "/", operation="look").ok


def test_a_ca_file_is_trusted(serve, certificate):
    made = session(serve(lambda _n: OK, certificate).port, "https", ca_path=str(certificate.certificate))
    assert made.request("GET", "/", operation="look").ok
    assert made.peer_fingerprint() == certificate.fingerprint


def test_an_unknown_ca_is_not_trusted_and_the_fingerprint_is_told(serve, certificate):
    server = serve(lambda _n: OK, certificate)
    error = refusal(session(server.port, "https"))
    assert error.kind == "untrusted"
    assert certificate.fingerprint[:2].upper() + ":" in error.message
    assert "useries_fingerprints" in error.remedy
    assert server.received == []


def test_the_remedy_names_the_variables_of_the_surface(serve, certificate):
    error = refusal(session(serve(lambda _n: OK, certificate).port, "https", surface="idrac"))
    assert "useries_idrac_fingerprints" in error.remedy
    assert "useries_idrac_ca_path" in error.remedy


def test_a_missing_ca_file_is_the_users_error():
    with pytest.raises(UseriesError) as caught:
        session(1, "https", ca_path="/nonexistent/ca.pem")
    assert caught.value.kind == "invalid"
    assert "/nonexistent/ca.pem" in caught.value.message


def test_any_of_several_pins_is_accepted(serve, certificate):
    pins = ("AA" * 32, ":".join(certificate.fingerprint[at : at + 2] for at in range(0, 64, 2)).upper())
    assert (
        session(serve(lambda _n: OK, certificate).port, "https", fingerprints=pins)
        .request("GET", "/", operation="look")
        .ok
    )


def test_a_wrong_pin_sends_not_one_byte(serve, certificate, other_certificate):
    server = serve(lambda _n: OK, certificate)
    error = refusal(
        session(server.port, "https", fingerprints=(other_certificate.fingerprint,)),
        "POST",
        data={"password": "canary"},
    )
    assert error.kind == "untrusted"
    assert certificate.fingerprint[-2:].upper() in error.message
    assert server.received == []


def test_nothing_is_checked_when_that_is_asked_for(serve, certificate):
    made = session(serve(lambda _n: OK, certificate).port, "https", validate_certs=False)
    assert made.request("GET", "/", operation="look").ok


def test_a_malformed_pin_is_refused_before_anything_happens():
    with pytest.raises(UseriesError) as caught:
        session(1, "https", fingerprints=("abc",))
    assert caught.value.kind == "invalid"


def test_refused_means_nothing_was_sent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    error = refusal(session(port), "POST", data={"a": "b"})
    assert error.kind == "unreachable"
    assert "refused" in error.message
    assert f"127.0.0.1:{port}" in error.target


def test_a_name_that_does_not_exist_means_nothing_was_sent():
    made = HttpSession(Target("host.invalid", 443, timeout=5), surface="console", clock=Clock(100))
    assert refusal(made).kind == "unreachable"


def test_plain_http_on_a_tls_address_means_nothing_was_sent(serve):
    server = serve(lambda _n: OK)
    assert refusal(session(server.port, "https", timeout=2.0)).kind == "unreachable"


def test_a_reset_after_the_request_is_silent_and_not_repeated(serve):
    server = serve(lambda _n: None)
    error = refusal(session(server.port), "POST", data={"a": "b"})
    assert error.kind == "silent"
    assert len(server.received) == 1


def test_what_may_be_repeated_is_repeated(serve):
    server = serve(lambda n: None if n < 2 else OK)
    assert session(server.port).request("GET", "/", operation="look", repeat=True).text == "OK"
    assert len(server.received) == 3


def test_repeating_ends(serve):
    server = serve(lambda _n: None)
    assert refusal(session(server.port), repeat=True).kind == "silent"
    assert len(server.received) == 3


@pytest.mark.parametrize(("repeat", "status", "requests"), [(True, 200, 2), (False, 503, 1)])
def test_later_is_obeyed_only_for_what_may_be_repeated(serve, repeat, status, requests):
    server = serve(lambda n: OK if n else BUSY)
    assert session(server.port).request("GET", "/", operation="look", repeat=repeat).status_code == status
    assert len(server.received) == requests


def test_a_truncated_body_is_silent(serve):
    server = serve(lambda _n: b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\nhalf")
    assert refusal(session(server.port)).kind == "silent"


def test_a_truncated_chunked_body_is_silent(serve):
    server = serve(lambda _n: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhel")
    assert refusal(session(server.port)).kind == "silent"


def test_a_truncated_stream_is_silent(serve):
    server = serve(lambda _n: b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\nhalf")
    made = session(server.port)
    answer = made.request("GET", "/", operation="download", stream=True)
    with pytest.raises(UseriesError) as caught:
        list(made.chunks(answer, operation="download"))
    assert caught.value.kind == "silent"


def test_no_answer_in_time_is_silent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        error = refusal(session(listener.getsockname()[1], timeout=0.2), "POST", data={"a": "b"})
    assert error.kind == "silent"
    assert "did not answer" in error.message


def test_a_redirect_is_followed_with_get(serve):
    answers = [b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", OK]
    server = serve(lambda n: answers[n])
    assert session(server.port).request("POST", "/", operation="send", data={"a": "b"}).text == "OK"
    assert server.received[1].startswith(b"GET /next ")


def test_a_redirect_to_another_host_is_refused(serve):
    server = serve(
        lambda _n: (
            b"HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
    )
    error = refusal(session(server.port))
    assert error.kind == "unexpected"
    assert error.candidates == ("https://evil.example:443",)


def test_another_host_is_refused_outright(serve):
    server = serve(lambda _n: OK)
    assert refusal(session(server.port), path="https://evil.example/").kind == "unexpected"
    assert server.received == []


def test_no_secret_in_an_error(serve):
    server = serve(lambda _n: None)
    error = refusal(session(server.port), "POST", params={"key": "canary-1"}, data={"password": "canary-2"})
    assert "canary" not in f"{error!r} {error.message} {error.remedy} {error.target}"


def test_an_explicit_proxy_is_used(serve):
    server = serve(lambda _n: OK)
    made = HttpSession(
        Target("appliance.invalid", 80, scheme="http", proxy=f"http://127.0.0.1:{server.port}"),
        surface="console",
        clock=Clock(),
    )
    assert made.request("GET", "/x", operation="look").ok
    assert server.received[0].startswith(b"GET http://appliance.invalid:80/x ")
