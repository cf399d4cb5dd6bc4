#!/bin/sh
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The browser driver of the collection: Debian's Chromium, and playwright, which operates it.
#
# usage: chromium.sh yes|no      PYCMD: the interpreter
set -eu

case ${1:-} in
    no) exit 0 ;;
    yes) ;;
    *)
        echo "CHROMIUM is '${1:-}'; it is yes or no." >&2
        exit 1
        ;;
esac
apt-get install --yes --no-install-recommends chromium
"$PYCMD" -m pip install --no-cache-dir "playwright>=1.50"
