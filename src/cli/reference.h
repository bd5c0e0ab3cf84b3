/* reference.h - what a return is held against besides its files: --postcodes and --providers. */
#pragma once

#include "cli/command.h"
#include "cli/map.h"
#include "job/check_files.h"
#include "returns/ssda903/check/postcodes.h"

struct reference {
	const struct args *args;
	struct map places_file, list_file;
	struct buf index, list;
	struct postcode_index places;
	struct postcodes postcodes;
	struct providers providers;
	bool has_postcodes, has_providers; /* read: what stands above may be used */
};

/* Opens what was given, and reads nothing of it. */
MUST_USE bool reference_open(struct reference *reference, const struct args *args, struct err *err);
void reference_close(struct reference *reference);
/* In a process that may do nothing else (cli/shut_in.h): both, into the arena. An index of postcodes is used
 * where it stands; of a CSV one is made for this run. */
MUST_USE bool reference_read(struct reference *reference, struct arena *arena, struct err *err);
/* The same for a command that may do more, and holds a store: the list is read by a process of its own, which
 * hands it on as plain lines. Answers false having said why. */
MUST_USE bool reference_fetch(struct reference *reference, struct arena *arena);
/* An index that turned out to be damaged while it was used says so. */
MUST_USE bool reference_is_whole(const struct reference *reference, struct err *err);
