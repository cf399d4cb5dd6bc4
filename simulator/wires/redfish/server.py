# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listening iDRAC: HTTPS with a certificate of its own from the world's authority."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from simulator.model.appliance import Appliance
from simulator.model.certificates import Certificate
from simulator.model.world import World
from simulator.wires import RequestLog
from simulator.wires.redfish.controller import Controller, MemberNames
from simulator.wires.redfish.machine import Machine
from simulator.wires.redfish.service import Service
from simulator.wires.web import WebServer, tls_context

_BUILT_IN: WeakKeyDictionary[Appliance, tuple[Controller, Certificate]] = WeakKeyDictionary()
"""The iDRAC of every appliance: it forgets nothing while its listener is closed, as when the network is cut."""


class Server:
    """The iDRAC of one appliance, listening.

    :ivar port: TCP port; :ivar controller: accounts, sessions and jobs; :ivar certificate: what TLS shows.
    """

    def __init__(
        self, controller: Controller, service: Service, certificate: Certificate, host: str, port: int
    ) -> None:
        self.controller = controller
        self.certificate = certificate
        pem = certificate.certificate_pem + certificate.chain + certificate.key_pem
        self._server = WebServer(service, host, port, tls_context(pem, "TLS 1.2"), threads=4)
        self.port = self._server.port

    def stop(self) -> None:
        """Close the listener and every connection; returns when the port is free."""
        self._server.stop()


def serve(
    world: World,
    appliance: Appliance,
    host: str,
    port: int,
    log: RequestLog | None,
    *,
    names: MemberNames | None = None,
) -> Server:
    """Start the iDRAC of an appliance, or open its listener again.

    :param host: loopback address to listen at (also in the certificate); :param port: 0 for a free one.
    :param log: where requests are counted and faults are ordered; None keeps a log of its own.
    :param names: other ids for the members, to see who spells them.
    """
    if appliance not in _BUILT_IN:
        controller = Controller(Machine(world, appliance), names or MemberNames())
        _BUILT_IN[appliance] = controller, world.authority.issue(f"idrac-{appliance.service_tag}", host)
        if not appliance.idrac_network.answers:
            appliance.idrac_network.place(host)
    controller, certificate = _BUILT_IN[appliance]
    return Server(controller, Service(controller, appliance.name, log), certificate, host, port)
