#include "cli/reference.h"

#include "cli/file.h"
#include "cli/shut_in.h"
#include "returns/ssda903/check/provider_list.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LIST_ARENA = 256 << 20 };

static bool map_if(const char *path, struct map *out, struct err *err)
{
	return path == NULL || map_open(path, MAP_LIMIT, out, err);
}

static const char *path_of(const struct reference *reference, const char *option)
{
	return args_value(reference->args, option);
}

bool reference_open(struct reference *reference, const struct args *args, struct err *err)
{
	*reference = (struct reference){ .args = args };
	return map_if(args_value(args, "postcodes"), &reference->places_file, err) &&
		map_if(args_value(args, "providers"), &reference->list_file, err);
}

void reference_close(struct reference *reference)
{
	map_close(&reference->places_file);
	map_close(&reference->list_file);
	buf_close(&reference->index);
	buf_close(&reference->list);
}

/* ---- reading */

static bool read_postcodes(struct reference *r, struct arena *arena, struct err *err)
{
	size_t n;
	str bytes = r->places_file.bytes;
	bool made = postcodes_is_index(bytes);
	if (path_of(r, "postcodes") == NULL)
		return true;
	if (!made && postcodes_build(bytes, &r->index, &n, err))
		bytes = buf_view(&r->index), made = true;
	if (!made || !postcodes_open(arena, bytes, &r->places, err)) {
		file_blame(path_of(r, "postcodes"), err);
		return false;
	}
	r->postcodes = (struct postcodes){ postcodes_find, &r->places };
	r->has_postcodes = true;
	return true;
}

static bool read_providers(struct reference *r, struct arena *arena, str bytes, struct err *err)
{
	if (path_of(r, "providers") == NULL)
		return true;
	r->has_providers = check_providers_read(arena, bytes, &r->providers, err);
	if (!r->has_providers)
		file_blame(path_of(r, "providers"), err);
	return r->has_providers;
}

bool reference_read(struct reference *reference, struct arena *arena, struct err *err)
{
	return read_postcodes(reference, arena, err) &&
		read_providers(reference, arena, reference->list_file.bytes, err);
}

bool reference_is_whole(const struct reference *reference, struct err *err)
{
	const bool *damaged = reference->has_postcodes ? reference->places.damaged : NULL;
	return damaged == NULL || !*damaged ||
		err_set(err, ERR_BROKEN, "the index of postcodes is damaged: build it again");
}

/* ---- the list, by a process of its own */

static int list_shut_in(void *own)
{
	struct reference *r = own;
	struct err err;
	struct buf text = { 0 };
	struct arena *arena = arena_open(LIST_ARENA);
	bool done = read_providers(r, arena, r->list_file.bytes, &err);
	if (done) {
		provider_list_write(&r->providers, &text);
		done = file_put(SHUT_IN_FIRST, buf_view(&text)) ||
			err_set(&err, ERR_IO, "the list cannot be handed on: %s", strerror(errno));
	}
	buf_close(&text);
	arena_close(arena);
	return done ? EXIT_DONE : command_fail(r->args->command, &err);
}

static bool fetch_list(struct reference *r, struct err *err)
{
	int fd = memfd_create("list", MFD_CLOEXEC);
	if (fd < 0)
		return err_set(err, ERR_IO, "memory for the list cannot be had: %s", strerror(errno));
	const struct shut_in files = { -1, { fd, -1, -1 } };
	bool done = shut_in_run(r->args->command, &files, list_shut_in, r) == EXIT_DONE;
	*err = (struct err){ 0 };
	if (done && (done = lseek(fd, 0, SEEK_SET) == 0 || err_set(err, ERR_IO, "the list cannot be read")))
		done = file_take(fd, "the list", PROVIDERS_MOST, &r->list, err);
	close(fd);
	return done;
}

bool reference_fetch(struct reference *reference, struct arena *arena)
{
	struct err err = { 0 };
	bool done = read_postcodes(reference, arena, &err);
	if (done && path_of(reference, "providers") != NULL)
		done = fetch_list(reference, &err) &&
			read_providers(reference, arena, buf_view(&reference->list), &err);
	/* Who read the list has said what is wrong with it. */
	if (!done && err.code != ERR_NONE)
		command_fail(reference->args->command, &err);
	return done;
}
