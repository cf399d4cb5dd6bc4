# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that are not what was asked for: the sign-in, the banner before it, a second factor.

A page that turns out to be the sign-in is never read as data. The guide states the labels Username and Password (lines
110-111) and that a banner may come first (227-230); what a second factor looks like it does not say (A-08).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import pressable
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions, is_field
from ansible_collections.useries.appliance.plugins.module_utils._console.html.menus import items
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import question_box
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope, is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, key, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget, widgets
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LOG_OUT = Name(("Log Out", "Logout", "Log Off", "Logoff", "Sign Out", "Sign Off"), guessed=True)

_USER_WORDS = re.compile(r"user|login|account|e-?mail", re.IGNORECASE)
_CODE_WORDS = re.compile(
    r"\b(?:code|token|passcode|challenge|verification|otp|one-time|(?:second|two|2)[- ]factor)\b", re.IGNORECASE
)
_CAPTCHA = re.compile(
    r"captcha|\b(?:characters|letters|code) (?:shown|you see|in the (?:image|picture))", re.IGNORECASE
)
_HUMAN = re.compile(r"\b(?:i am|i'm|you are) (?:not a robot|(?:a )?human)\b", re.IGNORECASE)
_PASS_WORDS = ("accept", "agree", "i agree", "continue", "ok", "proceed", "i accept", "acknowledge", "log in", "login")
_MOST_ON_BANNER = 6


def log_out_control(page: Page) -> Element | None:
    """The entry that ends the session, wherever on the page."""
    for element in page.elements:
        acts = is_button(element) or element.tag == "a" or element.get("role") == "menuitem"
        if acts and quality(LOG_OUT, captions(page, element)) == EXACT:
            return element
    return None


def sign_in_fields(page: Page) -> tuple[Widget, Widget] | None:
    """The fields for user name and password when this is the sign-in page, else None."""
    if log_out_control(page) is not None:
        return None
    there = widgets(page, page.inside(page.root))
    secret = [one for one in there if one.form == "password"]
    open_ones = [one for one in there if one.form == "text"]
    users = [one for one in open_ones if _USER_WORDS.search(" ".join((*one.labels, one.element.get("name") or "")))]
    if len(secret) != 1 or len(open_ones) > 2:
        return None
    user = users[0] if len(users) == 1 else (open_ones[0] if len(open_ones) == 1 else None)
    return None if user is None else (user, secret[0])


def is_sign_in(page: Page) -> bool:
    """Whether this is the sign-in page."""
    return sign_in_fields(page) is not None


def wants_second_factor(page: Page) -> bool:
    """Whether the console asks for a code after the password."""
    if log_out_control(page) is not None or is_sign_in(page):
        return False
    fields = [one for one in widgets(page, page.inside(page.root)) if one.form in ("text", "password")]
    return len(fields) == 1 and bool(_CODE_WORDS.search(page.text(page.root)))


def wants_captcha(page: Page) -> bool:
    """Whether the sign-in page asks for what only a person can read."""
    there = widgets(page, page.inside(page.root))
    if not any(one.form == "password" for one in there):
        return False
    frames = [one for one in page.elements if one.tag == "iframe" or one.get("data-u-frame") is not None]
    framed = any("captcha" in f"{one.get('src')} {one.get('title')} {one.get('class')}".lower() for one in frames)
    asked = [text for one in there for text in one.labels] + [one.element.get("name") or "" for one in there]
    return framed or any(_CAPTCHA.search(text) for text in asked) or bool(_HUMAN.search(page.text(page.root)))


def works_by_script(page: Page) -> bool:
    """Whether scripts of the page may put there what its markup does not have."""
    return any(one.tag == "script" for one in page.elements)


def banner_button(page: Page) -> Element | None:
    """What passes the page that is shown before the sign-in: the only thing on it to press, or the word of consent."""
    if page.status >= 400 or log_out_control(page) is not None or items(page):
        return None
    inside = page.inside(page.main)
    if any(is_field(one) and one.get("type", "").lower() != "checkbox" for one in inside):
        return None
    there = pressable(page, inside)
    if len(there) == 1:
        return there[0]
    if len(there) > _MOST_ON_BANNER:
        return None  # a page of a site without menus, and something on it is called "OK"
    willing = [one for one in there if any(key(text) in _PASS_WORDS for text in captions(page, one))]
    return willing[0] if len(willing) == 1 else None


def is_banner(page: Page) -> bool:
    """Whether this is the page before the sign-in; a question with a way back is none, whatever stands around it."""
    return banner_button(page) is not None and question_box(page, frozenset()) is None


def content(page: Page) -> Scope:
    """The whole visible page as a scope."""
    return Scope(page.title(), tuple(page.inside(page.root)))
