#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: certificate
short_description: Generate or upload the certificate of an appliance
version_added: 0.1.0
description:
  - Uploads a certificate with its key, binds it to HTTPS and, if wanted, uses it for high availability, or generates a
    self-signed one for the network name.
  - The effect is proved by the certificate that is served afterwards. Its fingerprint is returned, and the rest of the run
    accepts exactly that one. Set C(useries_fingerprints) or C(useries_ca_path) for later runs.
author:
  - The useries.appliance authors (@useries)
options:
  path:
    description:
      - File on the controller with certificate and key, C(.pfx) or C(.p12). Without it a certificate is generated.
    type: path
  passphrase:
    description:
      - Password of the file.
    type: str
  bind_to_https:
    description:
      - Whether the uploaded certificate is bound to the console's web sites.
    type: bool
    default: true
  use_for_high_availability:
    description:
      - Whether the uploaded certificate is used between the nodes of a pair.
    type: bool
    default: false
  network_name:
    description:
      - Network name that a generated certificate must have. When the one served has it, none is generated.
    type: str
  force:
    description:
      - Whether it is done although the certificate served is already right.
    type: bool
    default: false
  replace_trusted:
    description:
      - Accepts that a generated, untrusted certificate replaces one that a certificate authority issued.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
"""

EXAMPLES = r"""
- name: Bind the company's certificate to the console
  useries.appliance.certificate:
    path: files/useries.pfx
    passphrase: "{{ vault_certificate_passphrase }}"

- name: A self-signed certificate for the network name
  useries.appliance.certificate:
    network_name: UVM-1A
"""

RETURN = r"""
certificate:
  description: The certificate that is served.
  returned: success
  type: dict
  contains:
    fingerprint:
      description: Its SHA-256 fingerprint.
      type: str
    subject:
      description: Its subject.
      type: str
    not_after:
      description: When it expires.
      type: str
proof:
  description: V(verified) when the certificate served is the wanted one.
  returned: success
  type: str
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.certificates import (
    Bundle,
    describe,
    expiring,
    matches_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS


class Certificate(Action):
    """Guide 295-302, 895-926."""

    impact = "service"
    returns = "certificate"
    groups: ClassVar = ("console", "proof", "partner", "pair")
    options: ClassVar = {
        "path": {"type": "path"},
        "passphrase": {"type": "str", "no_log": True},
        "bind_to_https": {"type": "bool", "default": True},
        "use_for_high_availability": {"type": "bool", "default": False},
        "network_name": {"type": "str"},
        "force": {"type": "bool", "default": False},
        "replace_trusted": {"type": "bool", "default": False},
    }
    constraints: ClassVar = {"required_together": [("path", "passphrase")]}

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

    def read(self) -> Any:
        return self.task.surfaces.certificate()

    def due(self, before: Any) -> Plan:
        wanted = (
            self.bundle.fingerprint
            if self.bundle
            else f"generated for {self.given.get('network_name') or 'the network name'}"
        )
        same = before.fingerprint == wanted if self.bundle else matches_name(before, self.given.get("network_name"))
        if same and not self.given["force"] and not self.given["use_for_high_availability"]:
            return Plan(header=self.what())
        return Plan([Change("certificate", before.fingerprint, wanted)], header=self.what())

    def before_order(self, before: Any) -> None:
        if not self.bundle and before.issuer != before.subject and not self.given["replace_trusted"]:
            raise self.refuse(
                f"The certificate served now was issued by {before.issuer}; a generated one is trusted by nobody. Nothing was changed.",
                remedy="Upload a certificate instead, or repeat with replace_trusted: true.",
            )

    def order(self, before: Any) -> None:
        console = self.task.surfaces.console
        console.open(SECURITY_SETTINGS)  # signed in before anything that may end the session
        if self.bundle is None:
            console.press(SECURITY_SETTINGS.section("generate_certificate"), "generate_certificate", fresh=False)
            return
        values = {
            "file": self.bundle.path,
            "password": self.given["passphrase"],
            "bind_to_https": self.given["bind_to_https"],
            "use_for_high_availability": self.given["use_for_high_availability"],
        }
        console.write(SECURITY_SETTINGS.section("upload_certificate"), values, "upload_certificate", fresh=False)

    def happened(self, before: Any) -> bool | None:
        now = self.task.surfaces.certificate().fingerprint
        return True if now == (self.bundle.fingerprint if self.bundle else None) or now != before.fingerprint else None

    def effect(self, before: Any) -> Any:
        served = self.task.surfaces.certificate()
        bound = self.bundle is None or self.given["bind_to_https"]
        expected = (
            served.fingerprint != before.fingerprint
            if self.bundle is None
            else served.fingerprint == self.bundle.fingerprint
        )
        if bound and not expected:
            raise self.refuse(
                "The console accepted the certificate, but another one is served.",
                kind="not_seen",
                remedy="Look at the bindings in IIS; the web sites may need a restart.",
            )
        if served.fingerprint != before.fingerprint:
            self.task.surfaces.trust(served.fingerprint)
            self.warn(
                f"The certificate was replaced. Later runs need its CA in useries_ca_path, or useries_fingerprints: ['{served.fingerprint}']."
            )
        return served

    def prove(self, state: Any) -> Any:
        if self.bundle is not None and not self.given["bind_to_https"]:
            return "unavailable", {"reason": "a certificate that is not bound is not served"}
        return "verified", {"served": state.fingerprint}

    def shown(self, state: Any) -> Any:
        return describe(state)


DECLARATION = Certificate


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
