#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: certificate_info
short_description: Report the certificate that an appliance serves
version_added: 0.1.0
description:
  - Looks at the certificate that the console serves now, without signing in.
  - No trust is needed to look, so it can be used to find the fingerprint of an appliance for C(useries_fingerprints);
    compare it with the one that a person sees at the appliance.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.certificate
"""

EXAMPLES = r"""
- name: How long is the certificate good for?
  useries.appliance.certificate_info:
    query: days_left
  register: served
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
    issuer:
      description: Who issued it.
      type: str
    names:
      description: The host names and addresses it is for.
      type: list
      elements: str
    not_after:
      description: When it expires, ISO 8601.
      type: str
    days_left:
      description: Whole days until then; negative when it has expired.
      type: int
    self_signed:
      description: Whether it was issued by itself.
      type: bool
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.certificates import days_left, describe
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class CertificateInfo(Info):
    """Guide 295-302."""

    returns = "certificate"

    def read(self) -> dict[str, Any]:
        served = self.task.surfaces.certificate()
        return {
            **describe(served),
            "days_left": days_left(served),
            "self_signed": served.issuer == served.subject,
        }


DECLARATION = CertificateInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
