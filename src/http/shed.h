/* shed.h - what to leave undone when there is more than can be done: a request that has waited so
 * long that its sender has given up. Answering the oldest of a queue that only grows makes everybody
 * wait; refusing them in words lets the others through. */
#pragma once

#include <stdbool.h>

enum { SHED_MS = 3000 };

/* Has the request whose head was just read lain here for longer than SHED_MS? The kernel knows when
 * its last byte came (tcp(7), TCP_INFO). False where it does not say. */
bool shed_waited(int fd);
