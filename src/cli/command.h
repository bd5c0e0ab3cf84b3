/* command.h - a command of duly: its name, its help and its options in one row, and its function.
 *
 * A command is one file, cli/NAME.c, with one `const struct command command_NAME`, and one line in
 * commands.def. Help and parsing read the same table of options, so they cannot disagree.
 *
 * Exit status, everywhere: 0 done; 1 done, with findings or rejected rows; 2 nothing done (wrong
 * use, unusable input). What a program may read goes to standard output, the rest to standard
 * error.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

enum { EXIT_DONE = 0, EXIT_FINDINGS = 1, EXIT_NOTHING = 2 };

enum { COMMAND_OPTIONS = 24, COMMAND_WORDS = 16, COMMAND_MORE = 16 };

struct option_row {
	const char *name;  /* "from", without its dashes */
	const char *value; /* what follows it: "WHEN"; NULL for a flag */
	const char *help;  /* half a sentence: "the day the trigger happened" */
	bool many;         /* may be given more than once: args_nth() */
	bool bare;         /* may be given without its value, which is then "-" */
};

/* Rows for every command that touches a store: put it among the command's own. */
#define STORE_OPTIONS                                                                              \
	{ "data", "DIR", "the folder that holds the store" },                                      \
		{ "database", "URL", "sqlite:PATH or postgresql://...: where the records are" },   \
	{                                                                                          \
		"authority", "CODE", "the authority whose records are meant"                       \
	}

/* What was given on the command line. Texts live as long as main's argv. */
struct args {
	const struct command *command;
	const char *value[COMMAND_OPTIONS]; /* by row of the table; "" for a flag; NULL: not given */
	const char *more[COMMAND_MORE]; /* of options that may be given again: the further values */
	size_t more_of[COMMAND_MORE], mores;
	const char *word[COMMAND_WORDS];    /* what is not an option: "-" counts as one */
	size_t words;
};

struct command {
	const char *name;
	const char *summary; /* one line, in the list of `duly help` */
	const char *usage;   /* one line or more, as typed: "duly due RULE --from WHEN" */
	const char *help;    /* what it does and prints, in paragraphs; may be NULL */
	size_t words_min, words_max;
	bool beside; /* its writes are short: it runs while a server does */
	bool stores; /* what it did is done, though its answer cannot be written out: 1, not 2 */
	struct option_row option[COMMAND_OPTIONS]; /* ends with the first row without a name */
	int (*run)(const struct args *args);       /* the exit status */
};

/* Both must() when the command's table has no such option. */
const char *args_value(const struct args *args, const char *name); /* NULL: not given */
const char *args_nth(const struct args *args, const char *name, size_t n); /* NULL after the last */
bool args_flag(const struct args *args, const char *name);
/* A whole number in an option, or `otherwise` when it was not given. False, with why. */
MUST_USE bool args_int(const struct args *args, const char *name, int64_t least, int64_t most,
	int64_t otherwise, int64_t *out, struct err *err);

/* Reads argv after the command's name. False, with what to type instead. */
MUST_USE bool args_read(const struct command *command, int argc, char **argv, struct args *out,
	struct err *err);

/* "duly due: the reason" on standard error; answers EXIT_NOTHING, to return. */
int command_fail(const struct command *command, const struct err *err);
/* The same for wrong use, with a line that points to the help. */
__attribute__((format(printf, 2, 3))) int command_misused(
	const struct command *command, const char *format, ...);

/* "--form" is perhaps "--from": the nearest of n names, or NULL when none is near. */
const char *command_nearest(const char *given, const char *const *name, size_t n);
