# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing the certificate (guide 295-302, 895-926); the effect is proved by the one that is served afterwards."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.certificates import (
    Bundle,
    describe,
    expiring,
    matches_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import Certificate

GENERATE = SECURITY_SETTINGS.section("generate_certificate")
UPLOAD = SECURITY_SETTINGS.section("upload_certificate")
BINDING = 120.0  # seconds that the web server may take (judgement)


class ReplaceCertificate(Action):
    """Options ``path`` and ``passphrase`` (upload), ``bind_to_https``, ``use_for_high_availability``; ``network_name``,
    ``replace_trusted`` (generate); ``force``. A state is the certificate that the console serves.
    """

    bundle: Bundle | None

    def what(self) -> str:
        return "upload a certificate" if self.bundle else "generate a certificate"

    def check(self) -> None:
        if not self.given.get("path") and not self.given.get("network_name") and not self.given["force"]:
            raise self.refuse(
                "Neither path (with passphrase), nor network_name, nor force: true is given.",
                kind="invalid",
                remedy="Give path to upload a certificate, or network_name to have one generated for that name.",
            )
        self.bundle = Bundle.load(self.given["path"], self.given["passphrase"]) if self.given.get("path") else None
        for sentence in expiring(self.bundle, self.given["host"]) if self.bundle else ():
            self.warn(sentence)

    def read(self) -> Certificate:
        served: Certificate = self.task.surfaces.certificate()
        return served

    def due(self, before: Certificate) -> Plan:
        name = self.given.get("network_name")
        wanted = self.bundle.fingerprint if self.bundle else f"generated for {name or 'the network name'}"
        same = before.fingerprint == wanted if self.bundle else matches_name(before, name)
        same = same or bool(self.only_stored and self._stored())
        if same and not self.given["force"] and not self.given["use_for_high_availability"]:
            return Plan(header=self.what())
        return Plan([Change("certificate", before.fingerprint, wanted)], header=self.what())

    @property
    def only_stored(self) -> bool:
        """Whether it shall be in the store of the appliance alone, as that of a repository host, and serves nothing."""
        return bool(self.bundle) and not (self.given["bind_to_https"] or self.given["use_for_high_availability"])

    def _stored(self) -> bool | None:
        """Whether the appliance has the certificate, as its Windows says; None when that cannot be asked."""
        surfaces = self.task.surfaces
        if not self.bundle or not surfaces.configured("windows"):
            return None
        from ansible_collections.useries.appliance.plugins.module_utils._windows.certificates import is_stored

        try:
            return is_stored(surfaces.windows, self.bundle.thumbprint)
        except UseriesError as error:
            if error.kind not in {"unreachable", "silent"}:
                raise
            self.warn(
                f"Windows does not answer, so nobody can say whether the appliance has the certificate ({error})."
            )
            return None

    def before_order(self, before: Certificate) -> None:
        if self.given["use_for_high_availability"] and self.task.surfaces.has_partner:
            self._look_for_partner()
        if not self.bundle and before.issuer != before.subject and not self.given["replace_trusted"]:
            raise self.refuse(
                f"The certificate served now was issued by {before.issuer}; a generated one is trusted by nobody.",
                remedy="Upload a certificate instead, or repeat with replace_trusted: true.",
            )

    def _look_for_partner(self) -> None:
        """The certificate is meant for both nodes: say so when the other one does not answer."""
        try:
            self.task.surfaces.partner.certificate()
        except UseriesError as error:
            if error.kind not in {"unreachable", "silent"}:
                raise
            self.warn(
                f"The partner cannot be reached ({error.message}), so nobody can say whether it takes the certificate "
                "for high availability: look at its Security Settings when it answers again."
            )

    def order(self, before: Certificate) -> None:
        console = self.task.surfaces.console
        console.open(SECURITY_SETTINGS)  # signed in before anything that may end the session
        if self.bundle is None:
            console.press(GENERATE, "generate_certificate", fresh=False)
            return
        if self.given["bind_to_https"]:
            self.task.workflow.announce(self.bundle.fingerprint)
        values = {
            "file": self.bundle.path,
            "password": self.given["passphrase"],
            "bind_to_https": self.given["bind_to_https"],
            "use_for_high_availability": self.given["use_for_high_availability"],
        }
        console.write(UPLOAD, values, "upload_certificate", fresh=False)

    def happened(self, before: Certificate) -> bool | None:
        if self.only_stored:
            return self._stored()
        return True if self.read().fingerprint != before.fingerprint else None

    def effect(self, before: Certificate) -> Certificate:
        served = self._served(before)
        replaced = served.fingerprint != before.fingerprint
        if not self._right(served, before):
            raise self.refuse(
                "The console accepted the certificate, but another one is served.",
                kind="not_seen",
                remedy="Look at the bindings in IIS; the web sites may need a restart.",
            )
        if self.only_stored and self._stored() is False:
            raise self.refuse(
                "The console accepted the certificate, but no store of its Windows holds it.",
                kind="not_seen",
                remedy="Look at the certificates of the local computer (certlm.msc) and at Security Settings.",
            )
        if replaced:
            self.task.surfaces.trust(served.fingerprint)
            self.task.workflow.rebind()
            self.warn(
                "The certificate was replaced. Later runs need its CA in useries_ca_path, or "
                f"useries_fingerprints: ['{served.fingerprint}']."
            )
        return served

    def _right(self, served: Certificate, before: Certificate) -> bool:
        if self.bundle is None:
            return served.fingerprint != before.fingerprint
        return served.fingerprint == self.bundle.fingerprint or not self.given["bind_to_https"]

    def _served(self, before: Certificate) -> Certificate:
        """The certificate served; the web server may need a moment to take the new one."""
        seen = [before]

        def look() -> Seen:
            seen.append(self.read())
            return Seen("another certificate", True if self._right(seen[-1], before) else None)

        try:
            wait = Wait(BINDING, interval=2, longest=15)
            self.task.waiter.until(look, wait, what="wait for the new certificate", target=self.task.label)
        except UseriesError as error:
            if error.kind != "timeout":
                raise
        return seen[-1]

    def prove(self, state: Certificate) -> tuple[Proof, dict[str, Any]]:
        if self.only_stored and self.bundle and self._stored():
            return "verified", {"stored": self.bundle.thumbprint}
        if self.bundle is not None and not self.given["bind_to_https"]:
            return "unavailable", {"reason": "a certificate that is not bound is not served"}
        return "verified", {"served": state.fingerprint}

    def shown(self, state: Certificate) -> Any:
        return describe(state)
