#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ansible-test sanity of the working tree on one ansible-core, without ignore files.
#
# usage: tests/sanity.sh [CORE [OPTION...]]      e.g. tests/sanity.sh 2.19 --test validate-modules
# CORE is a series such as 2.16 (default 2.19, the newest for Python 3.11). PYTHON names the interpreter.
#
# ansible-test wants a real directory ".../ansible_collections/useries/appliance", keeps its environments in $HOME and
# fetches a pip bootstrap script from the Internet. So the tree is exported, HOME is private and holds a bootstrap script
# that uses the pip that Python brings along. Everything lies in .venvs and is kept between runs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
core=${1:-2.19}
shift || true
venv=$root/.venvs/core-$core
home=$root/.venvs/sanity-home
tree=$root/.venvs/sanity-$core/ansible_collections/useries/appliance

core_environment() {
    [ -f "$venv/.ready" ] && return
    [ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "ansible-core==$core.*"
    touch "$venv/.ready"
}

# pip's settings of this machine, for the environments of ansible-test, which pass on HOME and PATH only.
pip_settings() {
    mkdir -p "$home/.config/pip" "$home/.cache"
    [ -e "$home/.cache/pip" ] || ln -s "$("$venv/bin/python" -m pip cache dir)" "$home/.cache/pip"
    {
        echo "[global]"
        "$venv/bin/python" -m pip config list |
            sed -n -E "s/^(global|:env:)\.([a-z-]+)='(.*)'$/\2 = \3/p" |
            awk -F' = ' '{ value[$1] = $0 } END { for (key in value) print value[key] }'
    } > "$home/.config/pip/pip.conf"
}

# The pip version that this core asks for gives the name of the cached bootstrap script.
pip_bootstrap() {
    local version
    version=$(sed -n -E "s/^ +pip='([0-9.]+)'.*/\1/p" \
        "$venv"/lib/python3*/site-packages/ansible_test/_internal/python_requirements.py | sort -u)
    mkdir -p "$home/.ansible/test/cache"
    for version in $version; do
        cat > "$home/.ansible/test/cache/get_pip_${version//./_}.py" <<'PYTHON'
"""Stands in for get-pip: the pip that Python brings along installs what was asked for."""
import subprocess
import sys

wanted = [word for word in sys.argv[1:] if word not in ("--no-setuptools", "--no-wheel")]
subprocess.run([sys.executable, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
subprocess.run([sys.executable, "-m", "pip", "install", *wanted], check=True)
PYTHON
    done
}

# A fresh copy of what git knows or would know, as a repository of its own; the test's own environments stay.
export_tree() {
    mkdir -p "$tree"
    find "$tree" -mindepth 1 -maxdepth 1 ! -name tests -exec rm -rf {} +
    [ ! -d "$tree/tests" ] || find "$tree/tests" -mindepth 1 -maxdepth 1 ! -name output -exec rm -rf {} +
    git -C "$root" ls-files -z --cached --others --exclude-standard |
        (cd "$root" && while IFS= read -r -d '' path; do [ ! -e "$path" ] || printf '%s\0' "$path"; done) |
        tar -C "$root" --null -T - -cf - | tar -C "$tree" -xf -
    git -C "$tree" init --quiet
    git -C "$tree" add --all
}

# Version managers put shims for interpreters in PATH that may not work when they are called; ansible-test calls them all.
search_path() {
    local real
    real=$("$venv/bin/python" -c 'import sys; print(sys.base_prefix)')
    printf '%s' "$venv/bin:$real/bin:$PATH" | tr ':' '\n' | grep -v '/shims$' | paste -sd ':' -
}

core_environment
pip_settings
pip_bootstrap
export_tree
if [ -n "$(find "$tree/tests/sanity" -name 'ignore*' 2>/dev/null)" ]; then
    echo "sanity: ignore files are not accepted: mend the finding instead" >&2
    exit 1
fi
cd "$tree"
unset PYTHONPATH ANSIBLE_COLLECTIONS_PATH
PATH=$(search_path)
export HOME=$home PATH
exec ansible-test sanity --venv --color no "$@"
