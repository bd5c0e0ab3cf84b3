# common.sh - what the scripts share. Source it; it leaves you in the project's root.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

say() { printf '%s\n' "$*" >&2; }
die() { say "$(basename "$0"): $*"; exit 2; }

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "this needs root, or sudo, to install Debian packages: $*"
	fi
}

# Debian 12 ships Node 18 and playwright-core wants 20: the npm package `node` carries a newer one.
node_least=20
node_is_new_enough() {
	local major
	major=$("$1" -p 'process.versions.node.split(".")[0]' 2>/dev/null) || return 1
	[ "$major" -ge "$node_least" ]
}

# Puts a Node that is new enough, and what npm installed for us, first in PATH.
node_use() {
	local own=$root/build-node/node_modules/node/bin
	PATH=$root/node_modules/.bin:$PATH
	if ! node_is_new_enough node && [ -x "$own/node" ]; then
		PATH=$own:$PATH
	fi
	export PATH
}

cores() { nproc; }
