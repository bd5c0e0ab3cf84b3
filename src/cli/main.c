#include "cli/command.h"
#include "cli/version.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMMAND(name) extern const struct command command_##name;
#include "cli/commands.def"
#undef COMMAND

static const struct command command_help;

static const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cli/commands.def"
#undef COMMAND
	&command_help,
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	}
	return NULL;
}

static int no_such_command(const char *given)
{
	const char *name[COMMANDS];
	for (size_t i = 0; i < COMMANDS; i++)
		name[i] = commands[i]->name;
	const char *nearest = command_nearest(given, name, COMMANDS);
	fprintf(stderr, "duly: there is no command \"%s\"", given);
	if (nearest != NULL)
		fprintf(stderr, ": do you mean \"%s\"?", nearest);
	fprintf(stderr, "\nAll commands: duly help\n");
	return EXIT_NOTHING;
}

static void list(FILE *to)
{
	fprintf(to, "Duly keeps the promises made to children: statutory files in, every child's "
		    "clocks out.\n\n");
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  duly %-10s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(to,
		"\nduly help COMMAND says more; duly --version tells which Duly this is.\n"
		"Exit status: 0 done, 1 done with findings or rejected rows, 2 nothing done.\n");
}

static void explain(const struct command *command)
{
	printf("%s - %s\n\n%s\n", command->name, command->summary, command->usage);
	if (command->help != NULL)
		printf("\n%s\n", command->help);
	for (size_t i = 0; i < COMMAND_OPTIONS && command->option[i].name != NULL; i++) {
		const struct option_row *option = &command->option[i];
		int width = printf("%s  --%s%s%s", i == 0 ? "\n" : "", option->name,
			option->value == NULL ? "" : " ",
			option->value == NULL ? "" : option->value);
		printf("%*s%s\n", width < 24 ? 24 - width + (i == 0) : 1, "", option->help);
	}
}

static int run_help(const struct args *args)
{
	if (args->words == 0) {
		list(stdout);
		return EXIT_DONE;
	}
	const struct command *command = find(args->word[0]);
	if (command == NULL)
		return no_such_command(args->word[0]);
	explain(command);
	return EXIT_DONE;
}

static const struct command command_help = {
	.name = "help",
	.summary = "what a command does, and its options",
	.usage = "duly help [COMMAND]",
	.words_max = 1,
	.run = run_help,
};

static int run(int argc, char **argv, bool *stores)
{
	if (argc < 2) {
		list(stderr);
		return EXIT_NOTHING;
	}
	if (argc > 2 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "--help") == 0)) {
		fprintf(stderr, "duly: nothing may follow %s\n", argv[1]);
		return EXIT_NOTHING;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("duly " DULY_VERSION "\n");
		return EXIT_DONE;
	}
	if (strcmp(argv[1], "--help") == 0) {
		list(stdout);
		return EXIT_DONE;
	}
	const struct command *command = find(argv[1]);
	if (command == NULL)
		return no_such_command(argv[1]);
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0)
			break;
		if (strcmp(argv[i], "--help") == 0) {
			explain(command);
			return EXIT_DONE;
		}
	}
	struct args args;
	struct err err;
	if (!args_read(command, argc - 2, argv + 2, &args, &err))
		return command_misused(command, "%s", err.text);
	*stores = command->stores;
	return command->run(&args);
}

/* Else the first file that is opened, the store's perhaps, would get the answer written into it. */
static void fill_closed_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd)
			abort();
	}
}

int main(int argc, char **argv)
{
	/* Whatever a command makes (a store, a backup, rejects) holds children: its owner's alone. */
	umask(077);
	fill_closed_streams();
	bool stores = false;
	int status = run(argc, argv, &stores);
	/* A full disk or a closed pipe shows only now; a short answer must not pass for a whole
	 * one. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "duly: the answer could not be written out whole\n");
		return stores && status != EXIT_NOTHING ? EXIT_FINDINGS : EXIT_NOTHING;
	}
	return status;
}
