# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP as the surfaces need it: one address, checked TLS, errors that say whether anything was sent.

A lost answer is only honest when one knows whether the order left at all: ``unreachable`` means that no byte of it did,
``silent`` that it may have arrived. Sources: RFC 9110 (redirects, Content-Length, Retry-After), ``requests``.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._net.adapter import secure
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock, Deadline
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, Surface, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.fingerprints import (
    fingerprint_of,
    readable,
    variable,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.retry import Quick, pause_of, persist
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import fetch_certificate

if TYPE_CHECKING:
    import requests
    import urllib3
else:
    requests = optional("requests")
    urllib3 = optional("urllib3")

MOST_REDIRECTS = 5
IDLE_LIMIT = 4.0
"""Seconds after which an idle connection is not trusted with a request that must not be repeated."""

_CHUNK = 65536


class HttpSession:
    """Requests to one address; not for several threads.

    :param target: where, whom to trust, how long one answer may take (seconds).
    :param surface: named in errors, and it decides which variables a remedy names.
    """

    def __init__(self, target: Target, *, surface: Surface, clock: Clock) -> None:
        self.target = target
        self.surface = surface
        self.clock = clock
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "useries.appliance"
        self._witness = secure(self._session, target, surface=surface)
        self._last_use = clock.wall()

    @property
    def cookies(self) -> requests.cookies.RequestsCookieJar:
        """The cookie jar; may be filled from :class:`SessionStore`."""
        return self._session.cookies

    @property
    def headers(self) -> Any:
        """Headers sent with every request (a mapping that may be changed)."""
        return self._session.headers

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def peer_certificate(self) -> bytes | None:
        """DER of the certificate that the last connection showed; None before the first, or without TLS."""
        return self._witness.certificate

    def peer_fingerprint(self) -> str | None:
        """SHA-256 of :meth:`peer_certificate`, 64 small hexadecimal digits."""
        return fingerprint_of(self._witness.certificate) if self._witness.certificate else None

    def request(
        self,
        method: str,
        path_or_url: str,
        *,
        operation: str,
        params: Any = None,
        data: Any = None,
        json: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
        timeout: float | None = None,
        stream: bool = False,
        allow_redirects: bool = True,
        repeat: bool = False,
    ) -> requests.Response:
        """Send one request and return the answer, whatever its status.

        :param path_or_url: a path of the target, or a full URL of the same scheme, host and port.
        :param operation: what is being done, for error messages, e.g. ``open General Settings``.
        :param timeout: seconds for the whole answer (with ``stream``: for the head and for every pause in the body).
        :param stream: the body is not read; read it with :meth:`chunks`.
        :param repeat: the request may be sent again when its answer is lost or says `later`.
        :raises UseriesError: kinds ``unreachable`` (nothing was sent), ``untrusted``, ``silent``, ``unexpected``,
            ``invalid``.
        """
        url = self._own(urljoin(self.target.url + "/", path_or_url), operation)
        if not repeat and self.clock.wall() - self._last_use > IDLE_LIMIT:
            self._session.close()
        order = {"params": params, "data": data, "json": json, "files": files, "headers": headers, "auth": auth}
        seconds = self.target.timeout if timeout is None else timeout
        answer = self._persist(method, url, order, operation, seconds, stream, repeat)
        if allow_redirects:
            answer = self._follow(answer, method, order, operation, seconds, stream, repeat)
        self._last_use = self.clock.wall()
        return answer

    def chunks(self, response: requests.Response, *, operation: str) -> Iterator[bytes]:
        """The body of a streamed answer, piece by piece; its length is checked at the end.

        :raises UseriesError: kind ``silent`` when the body breaks off.
        """
        try:
            yield from response.iter_content(_CHUNK)
        except requests.exceptions.RequestException as error:
            raise self._error(operation, "silent", f"The answer of {self.target.url} broke off", error) from error
        self._check_length(response, operation)

    def read(self, response: requests.Response, *, operation: str, timeout: float | None = None) -> None:
        """Read the whole body of a streamed answer within ``timeout`` seconds, into ``response.content``.

        :raises UseriesError: kind ``silent`` when it breaks off or takes too long.
        """
        seconds = self.target.timeout if timeout is None else timeout
        try:
            self._read(response, self.clock.deadline(seconds * self.clock.scale), operation)
        except requests.exceptions.RequestException as error:
            raise self._error(operation, "silent", f"The answer of {self.target.url} broke off", error) from error

    # -- redirects

    def _own(self, url: str, operation: str) -> str:
        if origin_of(url) == origin_of(self.target.url):
            return url
        there = "{}://{}:{}".format(*origin_of(url))
        raise UseriesError(
            f"{self.target.url} sends on to another address: {there}. That is refused.",
            surface=self.surface,
            operation=operation,
            target=self.target.url,
            kind="unexpected",
            remedy=f"If {there} is the same appliance, set {variable(self.surface, 'host')} and "
            f"{variable(self.surface, 'port')} to it.",
            candidates=[there],
        )

    def _follow(
        self,
        answer: requests.Response,
        method: str,
        order: dict[str, Any],
        operation: str,
        seconds: float,
        stream: bool,
        repeat: bool,
    ) -> requests.Response:
        trail: list[requests.Response] = []
        while answer.is_redirect:
            trail.append(answer)
            if len(trail) > MOST_REDIRECTS:
                raise self._error(operation, "unexpected", f"{self.target.url} sends on in a circle")
            url = self._own(urljoin(answer.url, answer.headers["Location"]), operation)
            order = {"headers": order["headers"], "auth": order["auth"]} if answer.status_code < 307 else order
            if answer.status_code < 307 and method != "HEAD":
                method, repeat = "GET", True
            elif method not in ("GET", "HEAD"):
                raise self._error(
                    operation, "unexpected", f"{self.target.url} wants the {method} sent to {url} instead"
                )
            answer.close()
            try:
                answer = self._persist(method, url, order, operation, seconds, stream, repeat)
            except UseriesError as error:
                if error.kind == "unreachable":  # the first request did arrive
                    error.kind = "silent"
                raise
        answer.history = trail
        return answer

    # -- one request

    def _persist(
        self,
        method: str,
        url: str,
        order: dict[str, Any],
        operation: str,
        seconds: float,
        stream: bool,
        repeat: bool,
    ) -> requests.Response:
        sent_before = False

        def send() -> requests.Response:
            nonlocal sent_before
            try:
                return self._send(method, url, order, operation, seconds, stream)
            except UseriesError as error:
                if sent_before and error.kind == "unreachable":
                    error.kind = "silent"
                raise
            finally:
                sent_before = sent_before or self._witness.sent

        def later(answer: requests.Response, default: float) -> float | None:
            return pause_of(answer.status_code, answer.headers, default)

        return persist(send, clock=self.clock, repeat=repeat, later=later)

    def _send(
        self, method: str, url: str, order: dict[str, Any], operation: str, seconds: float, stream: bool
    ) -> requests.Response:
        self._witness.sent = False
        self._witness.refused = None
        deadline = self.clock.deadline(seconds * self.clock.scale)
        try:
            answer = self._session.request(method, url, timeout=seconds, allow_redirects=False, stream=True, **order)
            if not stream:
                self._read(answer, deadline, operation)
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
            raise self._translate(error, operation, seconds) from error
        return answer

    def _read(self, answer: requests.Response, deadline: Deadline, operation: str) -> None:
        pieces = []
        for piece in answer.iter_content(_CHUNK):
            pieces.append(piece)
            if deadline.over:
                answer.close()
                raise self._error(operation, "silent", f"The answer of {self.target.url} was not complete in time")
        self._check_length(answer, operation)
        answer._content = b"".join(pieces)

    def _check_length(self, answer: requests.Response, operation: str) -> None:
        stated = answer.headers.get("Content-Length", "")
        if not stated.isdigit() or answer.request.method == "HEAD" or answer.status_code in (204, 304):
            return
        came = answer.raw.tell()
        if came < int(stated):
            raise self._error(
                operation, "silent", f"The answer of {self.target.url} broke off after {came} of {stated} bytes"
            )

    # -- errors

    def _error(self, operation: str, kind: Kind, message: str, cause: BaseException | None = None) -> UseriesError:
        reason = f": {_reason(cause)}" if cause is not None else ""
        remedy = "Look at the appliance before you repeat this." if kind == "silent" else ""
        return UseriesError(
            f"{message}{reason}.",
            surface=self.surface,
            operation=operation,
            target=self.target.url,
            kind=kind,
            remedy=remedy,
        )

    def _translate(self, error: Exception, operation: str, seconds: float) -> UseriesError:
        causes = list(_chain(error))
        if self._witness.refused or any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            return self._untrusted(error, operation)
        url = self.target.url
        if self._witness.sent:
            if isinstance(error, requests.exceptions.Timeout) or any(isinstance(c, TimeoutError) for c in causes):
                return self._error(operation, "silent", f"{url} did not answer within {seconds:.0f} seconds")
            return self._error(
                operation, "silent", f"{url} broke the connection off before its answer was complete", error
            )
        if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidProxyURL, UnicodeError)):
            return self._error(operation, "invalid", f"{url} cannot be used as an address", error)
        return self._unreachable(error, causes, operation)

    def _unreachable(self, error: Exception, causes: list[BaseException], operation: str) -> UseriesError:
        names = f"{variable(self.surface, 'host')} and {variable(self.surface, 'port')}"
        through = " (through the proxy)" if self.target.proxy else ""
        quick = any(isinstance(cause, (ConnectionRefusedError, ConnectionResetError)) for cause in causes)
        return (Quick if quick else UseriesError)(
            f"{self.target.url} cannot be reached{through}: {_reason(error)}.",
            surface=self.surface,
            operation=operation,
            target=self.target.url,
            kind="unreachable",
            remedy=f"Check {names}, name resolution, firewall, and whether the appliance is running.",
        )

    def _untrusted(self, error: Exception, operation: str) -> UseriesError:
        seen = self._witness.refused or self._seen_without_trust()
        why = "is none of the fingerprints expected" if self._witness.refused else f"is not trusted: {_reason(error)}"
        shown = f" with the SHA-256 fingerprint {readable(seen)}" if seen else ""
        pins, ca_path = variable(self.surface, "fingerprints"), variable(self.surface, "ca_path")
        return UseriesError(
            f"The certificate of {self.target.url}{shown} {why}.",
            surface=self.surface,
            operation=operation,
            target=self.target.url,
            kind="untrusted",
            remedy=f"If you have checked at the appliance that this is its certificate, set {pins} to that "
            f"fingerprint, or {ca_path} to the file of the CA that issued it.",
        )

    def _seen_without_trust(self) -> str | None:
        try:
            return fetch_certificate(self.target, surface=self.surface).fingerprint
        except UseriesError:
            return None


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454)."""
    parts = urlsplit(url)
    default = 443 if parts.scheme == "https" else 80
    return parts.scheme.lower(), (parts.hostname or "").lower(), parts.port or default


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it, as ``requests`` and ``urllib3`` hide it in reasons, arguments and contexts."""
    waiting, met = [error], set()
    while waiting:
        present = waiting.pop(0)
        if not isinstance(present, BaseException) or id(present) in met:
            continue
        met.add(id(present))
        yield present
        waiting += [getattr(present, "reason", None), present.__cause__, present.__context__, *present.args]


def _reason(error: BaseException | None) -> str:
    """The innermost cause in a few words; never the URL, whose query may hold a secret."""
    causes = list(_chain(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message or "verification failed"
        if isinstance(cause, ssl.SSLError):
            return f"TLS: {cause.reason or 'handshake failed'}"
        if isinstance(cause, socket.gaierror):
            return f"the name cannot be resolved ({cause.strerror})"
    for cause in causes:
        if isinstance(cause, TimeoutError) or type(cause).__name__ == "ConnectTimeoutError":
            return "no answer in time"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
    return type(causes[-1]).__name__ if causes else "unknown"
