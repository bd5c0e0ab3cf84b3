/* sweep.h - closes connections that are past their deadline.
 *
 * The library's own time limit begins anew with every byte, so a client that sends one byte a
 * second would hold its connection for ever. A deadline does not move, but once: a browser opens
 * connections before it needs them, and uses one up to 20 seconds later. If it met one that was just
 * closed, a style sheet would fail to load; so who has been silent at the first deadline has longer.
 * Who drips has not.
 */
#pragma once

#include <stdatomic.h>
#include <stdint.h>

struct sweep;

/* One connection; the caller's. */
struct sweep_link {
	struct sweep_link *next, *before;
	int fd;
	int64_t first; /* its first deadline, of sweep_now() */
	_Atomic int64_t deadline; /* as it stands; 0: none */
};

struct sweep *sweep_open(void); /* starts its thread */
void sweep_close(struct sweep *sweep);
int64_t sweep_now(void); /* milliseconds, of a clock that only goes forward */
void sweep_join(struct sweep *sweep, struct sweep_link *link); /* its fd and first deadline are set */
/* Before the descriptor is closed: a later connection may get the same number. */
void sweep_leave(struct sweep *sweep, struct sweep_link *link);
