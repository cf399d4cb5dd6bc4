#!/bin/sh
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Microsoft's ODBC driver 18 for SQL Server, as the Python package mssql-python-odbc brings it, known to unixODBC by its name.
# Its licence is Microsoft's: whoever builds the image accepts it, and whoever hands the image on has to have read it.
#
# usage: microsoft-odbc.sh accept-license|no      PYCMD: the interpreter; ODBCSYSINI: folder of odbcinst.ini (default: /etc)
set -eu

case ${1:-} in
    no) exit 0 ;;
    accept-license) ;;
    *)
        echo "MICROSOFT_ODBC is '${1:-}'; it is no, or accept-license: the driver comes under Microsoft's licence" \
            "(in the package: mssql_python_odbc/libs/LICENSING)." >&2
        exit 1
        ;;
esac
"$PYCMD" -m pip install --no-cache-dir "mssql-python-odbc>=18,<19"
libraries=$("$PYCMD" -c 'import pathlib, platform, mssql_python_odbc as odbc
print(pathlib.Path(odbc.__file__).parent / "libs/linux/debian_ubuntu" / platform.machine() / "lib")')
driver=$(find "$libraries" -name 'libmsodbcsql-18*.so*' | sort | tail -n 1)
if [ -z "$driver" ]; then
    echo "The package mssql-python-odbc has no driver for this machine in $libraries: leave MICROSOFT_ODBC out." >&2
    exit 1
fi
printf '\n[ODBC Driver 18 for SQL Server]\nDescription=Microsoft ODBC Driver 18 for SQL Server\nDriver=%s\n' "$driver" \
    >> "${ODBCSYSINI:-/etc}/odbcinst.ini"
