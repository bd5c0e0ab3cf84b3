#include "cli/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static size_t option_count(const struct command *command)
{
	size_t n = 0;
	while (n < COMMAND_OPTIONS && command->option[n].name != NULL)
		n++;
	return n;
}

static size_t option_find(const struct command *command, const char *name, size_t length)
{
	size_t n = option_count(command), i = 0;
	while (i < n && (strlen(command->option[i].name) != length ||
				memcmp(command->option[i].name, name, length) != 0))
		i++;
	return i;
}

static size_t option_index(const struct args *args, const char *name)
{
	size_t i = option_find(args->command, name, strlen(name));
	must(i < option_count(args->command));
	return i;
}

const char *args_value(const struct args *args, const char *name)
{
	return args->value[option_index(args, name)];
}

const char *args_nth(const struct args *args, const char *name, size_t n)
{
	size_t option = option_index(args, name), seen = 0;
	if (n == 0)
		return args->value[option];
	for (size_t i = 0; i < args->mores; i++) {
		if (args->more_of[i] == option && ++seen == n)
			return args->more[i];
	}
	return NULL;
}

bool args_flag(const struct args *args, const char *name)
{
	return args_value(args, name) != NULL;
}

bool args_int(const struct args *args, const char *name, int64_t least, int64_t most,
	int64_t otherwise, int64_t *out, struct err *err)
{
	const char *text = args_value(args, name);
	*out = otherwise;
	if (text == NULL)
		return true;
	if (!str_int(str_of(text), out) || *out < least || *out > most)
		return err_set(err, ERR_INPUT,
			"--%s wants a whole number from %lld to %lld, not \"%s\"", name,
			(long long)least, (long long)most, text);
	return true;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to add, drop or change, two neighbours swapped counting as one: the distance between two
 * short names. Long ones are as far as can be. */
static size_t distance(const char *a, const char *b)
{
	enum { LONGEST = 32 };
	size_t n = strlen(a), m = strlen(b);
	if (n >= LONGEST || m >= LONGEST)
		return LONGEST;
	size_t row[3][LONGEST + 1];
	for (size_t j = 0; j <= m; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t change = before[j - 1] + (a[i - 1] != b[j - 1]);
			now[j] = smaller(change, smaller(before[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = smaller(now[j], earlier[j - 2] + 1);
		}
	}
	return row[n % 3][m];
}

const char *command_nearest(const char *given, const char *const *name, size_t n)
{
	const char *nearest = NULL;
	size_t least = strlen(given) / 3 + 2;
	for (size_t i = 0; i < n; i++) {
		size_t away = distance(given, name[i]);
		if (away < least) {
			least = away;
			nearest = name[i];
		}
	}
	return nearest;
}

static bool unknown_option(const struct command *command, const char *given, struct err *err)
{
	const char *name[COMMAND_OPTIONS];
	size_t n = option_count(command);
	for (size_t i = 0; i < n; i++)
		name[i] = command->option[i].name;
	char typed[64] = "";
	size_t length = strcspn(given, "=");
	if (length < sizeof typed)
		memcpy(typed, given, length);
	const char *nearest = command_nearest(typed, name, n);
	return err_set(err, ERR_INPUT, "there is no option --%.*s%s%s%s", (int)length, given,
		nearest == NULL ? "" : ": do you mean --", nearest == NULL ? "" : nearest,
		nearest == NULL ? "" : "?");
}

/* One "--name", "--name=value" or "--name value"; *at is the last word used. */
static bool read_option(struct args *out, int argc, char **argv, int *at, struct err *err)
{
	const struct command *command = out->command;
	const char *given = argv[*at] + 2;
	size_t length = strcspn(given, "=");
	size_t i = option_find(command, given, length);
	if (i == option_count(command))
		return unknown_option(command, given, err);
	const struct option_row *option = &command->option[i];
	const char **value = &out->value[i];
	if (*value != NULL && !option->many)
		return err_set(err, ERR_INPUT, "--%s is given twice", option->name);
	if (*value != NULL) {
		if (out->mores == COMMAND_MORE)
			return err_set(err, ERR_INPUT, "--%s is given too often", option->name);
		out->more_of[out->mores] = i;
		value = &out->more[out->mores++];
	}
	if (option->value == NULL) {
		if (given[length] == '=')
			return err_set(err, ERR_INPUT, "--%s takes no value", option->name);
		*value = "";
	} else if (given[length] == '=') {
		*value = given + length + 1;
	} else if (*at + 1 < argc && strncmp(argv[*at + 1], "--", 2) != 0) {
		*value = argv[++*at];
	} else if (option->bare) {
		*value = "-";
	} else {
		return err_set(err, ERR_INPUT, "--%s wants a value: --%s %s", option->name,
			option->name, option->value);
	}
	return true;
}

bool args_read(
	const struct command *command, int argc, char **argv, struct args *out, struct err *err)
{
	*out = (struct args){ .command = command };
	bool options = true;
	for (int at = 0; at < argc; at++) {
		const char *word = argv[at];
		if (options && strcmp(word, "--") == 0) {
			options = false;
		} else if (options && strncmp(word, "--", 2) == 0) {
			if (!read_option(out, argc, argv, &at, err))
				return false;
		} else if (options && word[0] == '-' && word[1] != '\0') {
			return err_set(err, ERR_INPUT,
				"there is no option %s: options are written out, as --help", word);
		} else if (out->words == command->words_max) {
			return err_set(err, ERR_INPUT, "\"%s\" is one word too many", word);
		} else {
			out->word[out->words++] = word;
		}
	}
	if (out->words < command->words_min)
		return err_set(err, ERR_INPUT, "something is missing");
	return true;
}

int command_fail(const struct command *command, const struct err *err)
{
	fprintf(stderr, "duly %s: %s\n", command->name, err->text);
	return EXIT_NOTHING;
}

int command_misused(const struct command *command, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "duly %s: ", command->name);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\nType: %s\nMore: duly help %s\n", command->usage, command->name);
	return EXIT_NOTHING;
}
