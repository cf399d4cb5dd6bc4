# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The transport of every HTTP session: TLS checked on the connection that carries the request, and a witness of it.

``requests`` and ``urllib3`` check fingerprints one at a time and forget the peer's certificate; the connection class
here compares any of several pins right after the handshake, before a byte of the request is sent, and remembers it.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface
from ansible_collections.useries.appliance.plugins.module_utils._net.fingerprints import fingerprint_of, normalise_all
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import client_context

if TYPE_CHECKING:
    import requests.adapters
    import urllib3.connection
    import urllib3.connectionpool
else:
    requests = optional("requests")
    urllib3 = optional("urllib3")


@dataclass
class Witness:
    """What happened on the connections of one session.

    :param pins: accepted fingerprints (normalised); empty when the CA decides.
    :param sent: whether a byte of the present request has left; reset it before every request.
    :param certificate: DER of the last peer; :param refused: fingerprint of a peer that no pin allows.
    """

    pins: tuple[str, ...] = ()
    sent: bool = False
    certificate: bytes | None = None
    refused: str | None = field(default=None)

    def meet(self, certificate: bytes | None) -> None:
        """Look at the peer of a new connection.

        :raises ssl.SSLError: when pins are set and none is the peer's.
        """
        self.certificate = certificate
        seen = fingerprint_of(certificate) if certificate else "(none)"
        if self.pins and seen not in self.pins:
            self.refused = seen
            raise ssl.SSLError("the certificate is none of those expected")


if requests and urllib3:

    class _Connection(urllib3.connection.HTTPConnection):
        witness: Witness

        def send(self, data: Any) -> None:
            if self.sock is None:
                self.connect()
            self.witness.sent = True
            super().send(data)

    class _TlsConnection(urllib3.connection.HTTPSConnection):
        witness: Witness

        def connect(self) -> None:
            before = self.witness.sent
            try:
                super().connect()
                peer = getattr(self.sock, "getpeercert", None)
                self.witness.meet(peer(binary_form=True) if peer else None)
                self.is_verified = True  # by a pin; who asked for no check at all is warned by the floor above
            except BaseException:
                self.close()
                raise
            finally:
                self.witness.sent = before  # talking to a proxy is not sending the request

        def send(self, data: Any) -> None:
            if self.sock is None:
                self.connect()
            self.witness.sent = True
            super().send(data)

    class _Adapter(requests.adapters.HTTPAdapter):
        def __init__(self, context: ssl.SSLContext, witness: Witness) -> None:
            self._context = context
            self._pools = _pools(witness)
            super().__init__(max_retries=0, pool_connections=2, pool_maxsize=2)

        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs, ssl_context=self._context)
            self.poolmanager.pool_classes_by_scheme = self._pools

        def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:
            manager = super().proxy_manager_for(proxy, **kwargs, ssl_context=self._context)
            manager.pool_classes_by_scheme = self._pools
            return manager

        def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
            """The context decides alone; ``requests`` would put its own CA bundle in its place."""

        def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
            host, _settings_of_requests = super().build_connection_pool_key_attributes(request, verify, cert)
            return host, {"ssl_context": self._context}


def _pools(witness: Witness) -> dict[str, Any]:
    plain = type("Connection", (_Connection,), {"witness": witness})
    tls = type("TlsConnection", (_TlsConnection,), {"witness": witness})
    return {
        "http": type("Pool", (urllib3.connectionpool.HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("TlsPool", (urllib3.connectionpool.HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }


def secure(session: requests.Session, target: Target, *, surface: Surface) -> Witness:
    """Give a ``requests`` session (our own, or pywinrm's) the TLS rules of ``target``; the environment does not count.

    :raises UseriesError: kind ``invalid`` for a malformed fingerprint or an unreadable CA file.
    """
    pins = normalise_all(target.fingerprints, surface=surface) if target.validate_certs else ()
    witness = Witness(pins)
    context = client_context(target, surface=surface)
    session.trust_env = False
    session.proxies = {"http": target.proxy, "https": target.proxy} if target.proxy else {}
    adapter = _Adapter(context, witness)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return witness
