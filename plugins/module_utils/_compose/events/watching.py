# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event sources of ansible-rulebook: they look again and again, and tell its queue what has changed for good."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.events.arguments import (
    Appliance,
    health_arguments,
    role_arguments,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.events.looking import FINAL, Looks, ask
from ansible_collections.useries.appliance.plugins.module_utils._compose.events.pairs import Answer, PairWatch
from ansible_collections.useries.appliance.plugins.module_utils._compose.events.topics import HostWatch, Limits
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

MOST_AT_A_TIME = 32
"""Nodes that are asked for their role at the same moment."""
LEAVING = 90.0
"""Seconds that a look under way and signing out may take at the end."""
LOCKING = (
    "No other try is made, because the console locks accounts. Correct the user name and the password, look whether "
    "the account is locked, and start ansible-rulebook again."
)

logger = logging.getLogger(__name__)
Queue = Any
Event = Mapping[str, Any]


class WatchEnded(Exception):
    """The source cannot go on; says why, and what to do next."""


async def watch_roles(queue: Queue, arguments: Mapping[str, Any]) -> None:
    """The source ``appliance_role``.

    :raises WatchEnded: wrong arguments, before anything is contacted; no certificate is trusted.
    """
    with _ending():
        options, groups = role_arguments(arguments)
    appliances = {node.name: node for nodes in groups.values() for node in nodes}
    _warn_of_trust(appliances.values())
    only = {pair["name"] for pair in options["pairs"] if pair["services_only"]}
    watches = [
        PairWatch(
            name,
            [node.name for node in nodes],
            services_only=name in only,
            times=options["times"],
            seconds=options["seconds"],
        )
        for name, nodes in groups.items()
    ]
    clock, answers = Clock(), dict[str, Answer]()
    with ThreadPoolExecutor(min(MOST_AT_A_TIME, len(appliances))) as pool:
        while True:
            started, first = clock.now(), not answers
            with _ending():
                answers = await _asked(pool, appliances)
            if first:
                _check_trust(answers)
            for watch in watches:
                for event in watch.see(answers, clock.now()):
                    await _put(queue, "appliance_role", event, watch.nodes)
            await asyncio.sleep(max(0.0, options["interval"] - (clock.now() - started)))


async def watch_health(queue: Queue, arguments: Mapping[str, Any]) -> None:
    """The source ``appliance_health``.

    :raises WatchEnded: wrong arguments, before anything is contacted; a sign-in that was refused, after one try; a
        certificate that is not trusted at the first look.
    """
    with _ending():
        options, appliances = health_arguments(arguments)
    _warn_of_trust(appliances)
    limits = Limits(options["backup_hours"], options["certificate_days"])
    watches = [(one, HostWatch(one.name, limits, options["times"])) for one in appliances]
    looks, loop, warned = Looks(options["interval"]), asyncio.get_running_loop(), _Once()
    pool = ThreadPoolExecutor(1)  # one after the other: it is not urgent, and a wrong password is tried once
    _hear_the_end()
    try:
        first = True
        while True:
            for one, watch in watches:
                with _ending(f"{one.name}: "):
                    events = await loop.run_in_executor(pool, _look, looks, one, watch, warned, first)
                for event in events:
                    await _put(queue, "appliance_health", event, [one.name])
            first = False
            await loop.run_in_executor(pool, looks.rest)
            await asyncio.sleep(options["interval"])
    finally:  # after the look that is under way; not awaited, because the loop may be ending
        pool.submit(looks.leave).result(LEAVING)
        pool.shutdown()


async def _asked(pool: ThreadPoolExecutor, appliances: Mapping[str, Appliance]) -> dict[str, Answer]:
    loop = asyncio.get_running_loop()
    waiting = [loop.run_in_executor(pool, ask, one) for one in appliances.values()]
    return dict(zip(appliances, await asyncio.gather(*waiting), strict=True))


def _look(looks: Looks, one: Appliance, watch: HostWatch, warn: Callable[[str], None], first: bool) -> Sequence[Event]:
    """One look at one appliance.

    :raises UseriesError: what another look cannot mend, and must not try to.
    """
    clock = Clock()
    try:
        return watch.see(looks.look(one, warn), clock.now())
    except UseriesError as error:
        if error.kind in FINAL or (first and error.kind == "untrusted"):
            raise
        return watch.blind(f"{one.name} cannot be looked at. {error.message}", clock.now())


def _hear_the_end() -> None:
    """Give ansible-rulebook its own handlers of Ctrl-C and SIGTERM back: the Java VM that it starts in this process has
    put its own in their place, which end everything at once, with nobody signed out."""
    for number in (signal.SIGINT, signal.SIGTERM):
        handler = signal.getsignal(number)
        if callable(handler):
            signal.signal(number, handler)


async def _put(queue: Queue, source: str, event: Event, hosts: Sequence[str]) -> None:
    """Told, with the hosts that the playbooks of a rule are limited to."""
    logger.info("%s: %s", event["kind"], event["reason"])
    at = datetime.fromtimestamp(Clock().wall(), timezone.utc).isoformat(timespec="seconds")
    await queue.put({source: {**event, "at": at}, "meta": {"hosts": list(hosts)}})


class _Once:
    """Takes sentences for the log; each is written once."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            logger.warning("%s", sentence)


def _warn_of_trust(appliances: Any) -> None:
    blind = [one.name for one in appliances if not one.options["validate_certs"]]
    if blind:
        logger.warning(
            "The certificate of %s is not verified (validate_certs: false): anybody on the way can answer instead.",
            ", ".join(blind),
        )


def _check_trust(answers: Mapping[str, Answer]) -> None:
    """No certificate of all is trusted: that is a mistake in the arguments, not silence."""
    if not any(answer.trusted for answer in answers.values()):
        raise WatchEnded(next(iter(answers.values())).reason)


@contextmanager
def _ending(about: str = "") -> Iterator[None]:
    """What ends the source, in one text that ansible-rulebook prints. :param about: its first words."""
    try:
        yield
    except UseriesError as error:
        advice = LOCKING if error.kind == "login_refused" else error.remedy
        raise WatchEnded(f"{about}{error.message} {advice}".strip()) from None
