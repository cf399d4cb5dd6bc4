#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs the system packages of the tests (Debian and its relatives), where that is allowed; never fails.
#
# usage: tools/system-packages.sh [--with-strangers | --with-java]
#
# --with-strangers: also the programs whose web interfaces tests/protocol/strangers operates.
# --with-java: also what ansible-rulebook runs its rules in.
# No service is started: the tests start instances of their own on loopback.
set -euo pipefail

# package -> what does not run without it
declare -A needed=(
    [chromium]="the browser driver"
    [shellcheck]="the check of shell scripts in ansible-test sanity"
    [openssl]="certificate tests against openssl"
    [prometheus]="the check of alert rules and metrics with promtool"
    [prometheus-node-exporter]="the metrics as node_exporter reads them"
    [haproxy]="the load balancer in front of a simulated pair"
    [unixodbc]="the sql surface"
    [libltdl7]="the sql surface"
    [tdsodbc]="the sql surface with FreeTDS"
    [libkrb5-3]="kerberos logins of the windows surface"
    [libgssapi-krb5-2]="kerberos logins of the windows surface"
)
if [ "${1:-}" = "--with-strangers" ]; then
    for package in cups monit dokuwiki php-cli php-xml cockpit-ws cockpit-bridge cockpit-system syncthing; do
        needed[$package]="the drivers on consoles of others"
    done
fi
[ "${1:-}" != "--with-java" ] || needed[default-jre-headless]="ansible-rulebook, and the tests of events with it"

missing=()
if command -v dpkg-query > /dev/null; then
    for package in "${!needed[@]}"; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null | grep -qx installed || missing+=("$package")
    done
else
    missing=("${!needed[@]}")
fi
[ ${#missing[@]} -gt 0 ] || exit 0

complain() {
    echo "system packages: $1; not installed: ${missing[*]}. Without them these do not run:" \
        "$(for package in "${missing[@]}"; do echo "${needed[$package]}"; done | sort -u | paste -sd ',' - | sed 's/,/, /g')." >&2
    exit 0
}

command -v apt-get > /dev/null || complain "this system has no apt-get, so install their counterparts by hand"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2> /dev/null || complain "neither root nor sudo without a password"
    as_root=(sudo -n)
fi

policy=/usr/sbin/policy-rc.d # asked by Debian's packages before they start a service: 101 means no
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" > /dev/null && "${as_root[@]}" chmod 755 "$policy"
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}" > /dev/null 2>&1
}

echo "system packages: installing ${missing[*]}"
# The lists are fetched only when those at hand do not serve.
install || { "${as_root[@]}" apt-get update --quiet > /dev/null 2>&1 && install; } || complain "apt-get could not install all of them"
