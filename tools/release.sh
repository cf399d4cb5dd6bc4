#!/usr/bin/env bash
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make release: what is published of the last commit, into dist/: the collection for Galaxy, the simulator as a wheel, a bill
# of materials (CycloneDX) of what each of them is run with, and SHA256SUMS. docs/releasing.md has the steps around it.
#
# FINAL=1 refuses to build what must not be published: a version of which the changelog has no release yet.
# VENVS names the folder of its environments (default: .venvs of this checkout); PYTHON the interpreter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

refuse() {
    echo "release: $1" >&2
    exit 1
}

version=$(sed -n -E 's/^version: +"?([^" ]+)"?$/\1/p' galaxy.yml)
[[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$ ]] ||
    refuse "the version in galaxy.yml is '$version'; it must be MAJOR.MINOR.PATCH, for example 1.2.0 (docs/releasing.md)."
[ -z "$(git status --porcelain)" ] ||
    refuse "the tree has changes that no commit has, so nobody could build the same again. Commit or stash them: git status"

missing=""
grep -qE "^  \"?'?${version//./\\.}'?\"?:" changelogs/changelog.yaml || missing="changelogs/changelog.yaml has no release $version"
fragments=$(find changelogs/fragments -name '*.yml' | wc -l)
[ "$fragments" -eq 0 ] || missing="${missing:+$missing, and }$fragments fragments of the changelog belong to no release"
if [ -n "$missing" ]; then
    [ "${FINAL:-}" != 1 ] || refuse "$missing. Run antsibull-changelog release, look at CHANGELOG.rst and commit it."
    echo "release: a candidate, not to be published: $missing (docs/releasing.md)."
fi

venvs=${VENVS:-$PWD/.venvs}
tools=$venvs/release
python=${PYTHON:-python3}

# Environments that are kept hold what they were built from. pip stays out of those that are listed: nothing runs it there.
environment() { # NAME REQUIREMENTS: .venvs/NAME with what pip installs for a file
    local place=$venvs/$1
    ! cmp -s "$2" "$place/.built-from" || return 0
    "$python" -m venv --clear --without-pip "$place"
    "$tools/bin/python" -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check -r "$2"
    cp "$2" "$place/.built-from"
}

bill() { # NAME TITLE FILE REQUIREMENTS: dist/FILE-VERSION.cdx.json, what a thing needs, as it is installed in sbom-FILE
    {
        printf '[project]\nname = "%s"\nversion = "%s"\nlicense = "GPL-3.0-or-later"\ndescription = "%s"\n' "$1" "$version" "$2"
        sed -n -E 's/^([A-Za-z][^#;]*[^#; ]).*$/    "\1",/p' "$4" | { echo 'dependencies = ['; cat; echo ']'; }
    } > "$work/described.toml"
    "$tools/bin/cyclonedx-py" environment "$venvs/sbom-$3" --pyproject "$work/described.toml" --mc-type library --short-PURLs \
        --output-reproducible --output-file "dist/$3-$version.cdx.json"
}

if [ ! -f "$tools/.ready" ] || [ "tools/requirements-release.txt" -nt "$tools/.ready" ]; then
    [ -x "$tools/bin/python" ] || "$python" -m venv "$tools"
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check -r tools/requirements-release.txt
    touch "$tools/.ready"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf dist
mkdir -p dist "$work/tree"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
git archive HEAD | tar -C "$work/tree" -xf -
ansible-galaxy collection build --output-path dist "$work/tree" > /dev/null
"$tools/bin/python" -m build --wheel --no-isolation --outdir dist "$work/tree" > /dev/null

{ grep '^ansible-core' requirements-demo.txt && cat meta/ee-requirements.txt; } > "$work/collection.txt"
environment sbom-useries-appliance "$work/collection.txt"
bill useries.appliance "BeyondTrust U-Series appliances as code" useries-appliance "$work/collection.txt"
environment sbom-useries-appliance-simulator requirements-simulator.txt
bill useries-appliance-simulator "Simulated U-Series appliances" useries-appliance-simulator requirements-simulator.txt

(cd dist && sha256sum -- * > "$work/SHA256SUMS" && mv "$work/SHA256SUMS" .)
echo "release: $version of $(git rev-parse --short HEAD), in dist:"
(cd dist && du -h -- *)
