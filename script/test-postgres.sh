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
	postgres_folder=$(mktemp -d /tmp/duly-postgres.XXXXXX)
	[ "$(id -u)" != 0 ] || chown postgres "$postgres_folder"
	(
		cd "$postgres_folder"
		postgres_as_owner "$postgres_bin/initdb" -D "$postgres_folder/store" -U duly -A trust \
			-E UTF8 --locale=C --no-sync >/dev/null
		postgres_as_owner "$postgres_bin/pg_ctl" -D "$postgres_folder/store" -w -s \
			-l "$postgres_folder/log" -o "-p $port -c listen_addresses=127.0.0.1 \
			-c unix_socket_directories=$postgres_folder -c fsync=off" start >/dev/null
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

# The names of the tests that a folder's programs ran, from meson's log.
postgres_names() {
	sed -nE 's/^(not )?ok [0-9]+ - //p' "$1"
}

# The store's suite on SQLite, then on PostgreSQL: both pass, with the same names and as many.
postgres_compare() (
	folder=$1 status=0
	mapfile -t names < <(meson test -C "$folder" --no-rebuild --list 2>/dev/null | sed -E 's/^duly[^/]*\/ //' |
		grep -E '^store ' || true)
	[ ${#names[@]} -gt 0 ] || return 1
	run_programs "$folder" --timeout-multiplier 4 "${names[@]}" >"$logs/store-sqlite.log" || status=1
	postgres_start
	trap postgres_stop EXIT
	DULY_TEST_POSTGRES=$postgres_url run_programs "$folder" --timeout-multiplier 4 --num-processes 1 \
		"${names[@]}" >"$logs/store-postgres.log" || status=1
	cat "$logs/store-postgres.log"
	if diff <(postgres_names "$logs/store-sqlite.log" | sort) \
		<(postgres_names "$logs/store-postgres.log" | sort); then
		echo "ok 1 - the store's suite has the same $(postgres_names "$logs/store-sqlite.log" |
			wc -l) tests on SQLite and on PostgreSQL"
	else
		echo "not ok 1 - the store's suite has the same tests on SQLite and on PostgreSQL"
		status=1
	fi
	return $status
)
