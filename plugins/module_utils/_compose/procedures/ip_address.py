# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The address of a network card (guide 451-459). A new address ends every connection to the old one, so the effect is
looked for at the new one, and a failure says at which of the two somebody answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.addresses import answers, complaints, resolved
from ansible_collections.useries.appliance.plugins.module_utils._compose.network import servers
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

STATIC = ("ip_address", "subnet_mask", "gateway", "dns")
SETTLED = 30.0  # seconds that an address which need not change must go on answering
FAR = {"silent", "unreachable", "untrusted", "unexpected", "login_refused", "timeout"}


class SetAddress(Settings):
    """Options ``network_card``, ``dhcp``, those of ``STATIC``, ``expected_address`` (with DHCP), ``wait_timeout``."""

    before = ""  # the address of this task's connection, when it is the card's
    after: Surfaces | None = None  # the appliance where it was met again
    pins: Sequence[str] = ()  # of its certificate, when that is known by its fingerprint only there

    def check(self) -> None:
        static = [name for name in STATIC if self.given[name] is not None]
        if self.given["dhcp"] and static:
            raise self.refuse(
                f"dhcp is true, and {', '.join(static)} would not be used.",
                kind="invalid",
                remedy="Leave them out, or set dhcp: false.",
            )
        if not self.given["dhcp"] and self.given["expected_address"] is not None:
            raise self.refuse("expected_address is for dhcp: true.", kind="invalid", remedy="Leave it out.")
        wrong = complaints(self.given)
        if not self.given["dhcp"] and not self.given["dns"]:
            wrong.append("dns is empty")
        if wrong:
            raise self.refuse(f"{'; '.join(wrong)}.", kind="invalid")
        surfaces, new = self.task.surfaces, self.given["ip_address"] or self.given["expected_address"]
        if new and surfaces.has_partner and resolved(surfaces.partner.target.host) == new.strip():
            raise self.refuse(f"{new} is the address of the partner.", kind="invalid")

    # -- the page ------------------------------------------------------------------------------------------------------
    def read(self) -> dict[str, Any]:
        """Present values; those of another card than the page shows are not known."""
        present = self._read_at(self.after or self.task.surfaces)
        card = self.given["network_card"]
        if card is not None and card != present["network_card"]:
            cards = self.task.surfaces.console.choices(self.section, "network_card")
            if card not in cards:
                raise self.refuse(
                    f"network_card is {card!r}; this appliance has {', '.join(cards) or 'none'}.",
                    kind="invalid",
                    candidates=cards,
                )
            self.warn(
                f"The page shows the card {present['network_card']}; the values of {card} can be read only after they "
                "were set, so all of them count as changed."
            )
            present = {name: present[name] if name == "network_card" else None for name in present}
        return present

    def _read_at(self, surfaces: Surfaces) -> dict[str, Any]:
        values: dict[str, Any] = surfaces.console.read(self.section, self.fields)
        return {**values, "dns": servers(values["dns"])}

    def wanted(self) -> dict[str, Any]:
        texts = {
            name: value.strip() if isinstance(value, str) and name != "network_card" else value
            for name, value in super().wanted().items()
        }
        return {**texts, "dns": None if texts["dns"] is None else [one.strip() for one in texts["dns"]]}

    # -- the change ----------------------------------------------------------------------------------------------------
    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        target = self.task.surfaces.target
        if present["ip_address"] and resolved(target.host) == present["ip_address"]:
            self.before = str(present["ip_address"])
        elif {"ip_address", "dhcp"} & set(plan.wanted):
            self.warn(
                f"This task came over {target.host}, which is not the address shown of that card: the change is looked "
                "for there, not at the new address."
            )
        new = plan.wanted.get("ip_address") or self.given["expected_address"]
        if new and new != present["ip_address"] and answers(target, new):
            raise self.refuse(
                f"Somebody answers at {new} already.",
                remedy="Choose a free address, or look which machine that is: two with one address cut each other off.",
            )
        if self.before and self._moves_to() != self.before and self.task.surfaces.has_partner:
            self.warn(
                "If the partner knows this appliance by its address, it no longer finds it: look at the high "
                "availability page of both, and at load balancers and firewalls."
            )

    def write(self, plan: Plan) -> None:
        surfaces, new = self.task.surfaces, self._moves_to()
        moves = bool(self.before) and (new != self.before or "dhcp" in plan.wanted)
        other = surfaces.again("" if new == self.before else new) if moves else surfaces
        try:
            super().write(plan)
        except UseriesError as error:
            if not moves or error.kind not in {"silent", "unreachable"}:
                raise
            self.warn(f"The console did not answer to the change any more ({error}); the new address decides.")
        if moves:
            self._arrive(other, new)

    def save(self, values: Mapping[str, Any]) -> None:
        texts = {name: value for name, value in values.items() if value is not None}
        if "dns" in texts:
            texts["dns"] = ", ".join(texts["dns"])
        super().save(texts)

    def _moves_to(self) -> str:
        """Where this task's connection is to be met again."""
        return str(self.wanted()["ip_address"] or self.given["expected_address"] or self.before)

    def _arrive(self, there: Surfaces, new: str) -> None:
        seconds = float(self.given["wait_timeout"])
        wait = Wait(seconds, interval=3.0, longest=10.0, silence=seconds)
        look = self._look(there, stays=new == self.before)
        try:
            self.task.waiter.until(look, wait, what=f"the appliance answers at {new}", target=there.target.url)
        except UseriesError as error:
            if error.kind not in FAR:
                raise
            raise self._lost(new, error) from error
        self._tell(there, new)

    def _look(self, there: Surfaces, *, stays: bool) -> Callable[[], Seen]:
        """A look signs in; at an address that may yet be given up the appliance has to be seen for a while."""
        first: list[float] = []

        def look() -> Seen:
            self.after = None
            met = there.again()
            try:
                self._read_at(met)
            except UseriesError:
                first.clear()
                raise
            self.after = met
            first.append(self.task.clock.now())
            if stays and first[-1] - first[0] < SETTLED:
                return Seen("it still answers there", None)
            return Seen("it answers", True)

        return look

    def _tell(self, there: Surfaces, new: str) -> None:
        if new == self.before:
            return
        self.pins = [one for one in there.target.fingerprints if one not in self.task.surfaces.target.fingerprints]
        also = f" and useries_fingerprints: {self.pins}" if self.pins else ""
        self.warn(
            f"The appliance answers at {new} and no longer at {self.before}. Tasks that follow in this run need "
            f"useries_host: {new}{also} (set_fact), and so does the inventory."
            + (" Its certificate was made for the old address: replace it." if self.pins else "")
        )

    def _lost(self, new: str, error: UseriesError) -> UseriesError:
        target = self.task.surfaces.target
        at_new, at_old = answers(target, new), new != self.before and answers(target, self.before)
        if at_new:
            found = f"somebody answers at the new address {new}, but this task was not let in: {error.message}"
            step = f"Sign in at https://{new} with a browser, compare the certificate, then set useries_host."
        elif at_old:
            found = f"the appliance still answers at its old address {self.before}, and nobody at {new}"
            step = "Look at the page in the console: the change was not carried out, or was taken back."
        elif new == self.before:
            found = f"nobody answers at {self.before} any more"
            step = (
                "Look at the DHCP server (or the LCD panel) which address it was given, set useries_host to it, and "
                "give it as expected_address the next time."
            )
        else:
            found = f"neither the old address {self.before} nor the new one {new} answers"
            step = "Look at the appliance's own screen or its iDRAC, and at routes and firewalls to the new address."
        return self.refuse(f"The address was changed, but {found}.", kind="outcome_unknown", remedy=step)

    def run(self) -> dict[str, Any]:
        result = super().run()
        there = self._moves_to() if self.before else ""
        moved = bool(self.after) and there != self.before
        return {
            **result,
            "address": there if moved else self.task.surfaces.target.host,
            "moved": moved,
            "fingerprints": list(self.pins),
        }
