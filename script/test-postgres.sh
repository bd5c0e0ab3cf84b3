# test-postgres.sh - a PostgreSQL of our own for a test run: Debian's, as an unprivileged user, on a
# free port, in a temporary folder that is gone afterwards. Sourced by script/test and script/bench.

postgres_bin=/usr/lib/postgresql/15/bin

# PostgreSQL refuses to run as root, so it runs as the user that its package brought.
postgres_as_owner() {
	if [ "$(id -u)" = 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

postgres_free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Sets postgres_url. Text is ordered by bytes, as SQLite does and as Duly asks for.
postgres_start() {
	local port
	port=$(postgres_free_port)
	postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/duly-postgres.XXXXXX")
	[ "$(id -u)" != 0 ] || chown postgres "$postgres_folder"
	(
		cd "$postgres_folder"
		postgres_as_owner "$postgres_bin/initdb" -D "$postgres_folder/store" -U duly -A trust \
			-E UTF8 --locale=C --no-sync >/dev/null
		postgres_as_owner "$postgres_bin/pg_ctl" -D "$postgres_folder/store" -w -s \
			-l "$postgres_folder/log" -o "-p $port -c listen_addresses=127.0.0.1 \
			-c unix_socket_directories=$postgres_folder -c fsync=off \
			-c full_page_writes=off -c synchronous_commit=off -c autovacuum=off" start >/dev/null
	)
	postgres_url=postgresql://duly@127.0.0.1:$port/postgres
}

postgres_stop() {
	(
		cd /tmp
		postgres_as_owner "$postgres_bin/pg_ctl" -D "$postgres_folder/store" -m fast -s stop
	) || true
	rm -rf "$postgres_folder"
}

# The names of the tests that programs of the store ran, from meson's log.
postgres_names() {
	awk '/^test: / { store = /^test: +([^ ]+ \/ )?store / } store' "$1" | sed -nE 's/^(not )?ok [0-9]+ - //p' | sort
}

# After a run of all programs, on SQLite: what postgres_compare wants to know of it.
keep_store_names() {
	postgres_names "$1/meson-logs/testlog.txt" >"$logs/store-names-$1.$$"
}

# The store's suite on SQLite, where this run has not done so yet, then on PostgreSQL: both pass, with
# the same names and as many. Each test has a schema of its own, so programs may run at once.
postgres_compare() (
	folder=$1 status=0 names=$logs/store-names-$1.$$
	mapfile -t programs < <(programs_named "$folder" 'store ')
	[ ${#programs[@]} -gt 0 ] || return 1
	if [ ! -s "$names" ]; then
		run_programs "$folder" --timeout-multiplier 4 "${programs[@]}" >"$logs/store-sqlite.log" || status=1
		keep_store_names "$folder"
	fi
	postgres_start
	trap postgres_stop EXIT
	DULY_TEST_POSTGRES=$postgres_url run_programs "$folder" --timeout-multiplier 4 "${programs[@]}" || status=1
	if diff "$names" <(postgres_names "$folder/meson-logs/testlog.txt"); then
		echo "ok 1 - the store's suite has the same $(wc -l <"$names") tests on SQLite and on PostgreSQL"
	else
		echo "not ok 1 - the store's suite has the same tests on SQLite and on PostgreSQL"
		status=1
	fi
	# A store that a command names by its address: what only the command line does.
	if DULY_CHILDREN=60 DULY_TEST_POSTGRES=$postgres_url python3 "$root/tests/cli/return.py" "$root/$folder/duly" \
		>"$logs/return-postgres.log"; then
		echo "ok 2 - returns are written from a store in PostgreSQL as from one in SQLite"
	else
		grep -A 2 '^not ok' "$logs/return-postgres.log"
		echo "not ok 2 - returns are written from a store in PostgreSQL as from one in SQLite"
		status=1
	fi
	return $status
)
