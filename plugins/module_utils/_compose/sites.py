# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web site beside the console, operated with the console's drivers: BeyondInsight, BeyondTrust Updater."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import Answer, ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.drivers import ANY, Drivers, Keeping
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import (
    ON_THE_APPLIANCE,
    credentials_of,
    target_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.profiles import Choice, Chooser
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import AUTO, Profile
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession


class OtherSite(ConsoleSurface):
    """Its pages. A site of its own: own sign-in, own session, handed from task to task and ended with the run like the
    console's; no profile is chosen.

    :param options: validated options; :param tell: adds a warning to the result.
    :raises UseriesError: kind ``invalid`` when user name or password is not known; nothing was sent.
    """

    site: ClassVar[Surface]

    def __init__(
        self,
        options: Mapping[str, Any],
        store: SessionStore,
        clock: Clock,
        keeping: Keeping,
        tell: Callable[[str], None],
    ) -> None:
        profile = self.described(options)
        credentials = credentials_of(options, self.site)
        target = target_of(options, self.site)
        if not target.validate_certs and not target.fingerprints:
            tell(
                f"The certificate of {self.name} is not verified ({self.site}_validate_certs: false): anybody on the "
                "way can read the password."
            )
        http = HttpSession(target, surface=self.site, clock=clock)
        drivers = Drivers(http, credentials, store, clock, keeping, tell, profile.sign_in)

        def let_go() -> None:
            http.close()
            drivers.close()

        super().__init__(
            lambda: drivers.open(str(options.get("console_driver") or ANY)),
            OneKind(store, target.url, profile),
            options.get("console_labels") or {},
            lambda: None,  # whether the console answers is another matter
            target.url,
            let_go,
        )

    @staticmethod
    @abstractmethod
    def described(options: Mapping[str, Any]) -> Profile:
        """The one profile that it has."""

    @property
    def name(self) -> str:
        """What people call it."""
        return ON_THE_APPLIANCE[self.site]

    def _do(self, step: Callable[..., Answer], section: Section | None = None) -> Answer:
        try:
            return super()._do(step, section)
        except UseriesError as error:
            self._named(error)
            raise

    def _error(self, step: str, kind: Any, message: str, fields: Mapping[str, str] | None = None) -> UseriesError:
        return self._named(super()._error(step, kind, message, fields))

    def _named(self, error: UseriesError) -> UseriesError:
        """The drivers and the surface speak of the console; here it is another site."""
        error.surface = self.site if error.surface == "console" else error.surface
        error.message = error.message.replace("The console ", f"{self.name} ", 1)
        error.remedy = error.remedy.replace("in the console", f"in {self.name}", 1)
        return error


class OneKind(Chooser):
    """Chooses nothing and asks nothing: the menus of such a site are not told apart."""

    def __init__(self, store: SessionStore, url: str, profile: Profile) -> None:
        super().__init__(AUTO, "", store, url, lambda sentence: None, "")
        self._only = profile

    def choose(self, driver: Any) -> Choice:
        """The one that there is."""
        return Choice(self._only, "option", ())
