/* shut_in.h - has a command read files from outside in a process of its own that can do nothing else.
 *
 * What it reads and writes is opened before. The process is a copy of this one, under cli/confine.h: it has
 * what is open as standard input, output and error, the files that it is given to write, and memory. So
 * nothing is copied, and a file that is made to break the reading breaks that process alone.
 */
#pragma once

#include "cli/command.h"

enum { SHUT_IN_FIRST = 3, SHUT_IN_FILES = 3 };

struct shut_in {
	int input;               /* becomes standard input; -1: what is */
	int file[SHUT_IN_FILES]; /* become SHUT_IN_FIRST and the next; -1: none */
};

/* What `work` answered: an exit status. The one of a process that broke is EXIT_NOTHING, and says so. */
int shut_in_run(const struct command *command, const struct shut_in *files, int (*work)(void *own), void *own);
