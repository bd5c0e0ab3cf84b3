/* turn.h - who may write a SQLite store, and when: one process keeps it, others take turns beside it.
 *
 * The locks lie on duly.lock beside the database, so that two folders that name one file share them,
 * and are of an open file: what a process held is free when it ends, however it ends. Every write
 * transaction of every process, its commit and its checkpoint among it, is one turn; turns are taken
 * in the order in which they were asked for. docs/decisions/turns.md says why.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

struct turn;

/* Opens the file beside this database, and makes it where it is not there. NULL, with why. */
MUST_USE struct turn *turn_open(str database, struct err *err);
void turn_close(struct turn *turn); /* lets go of everything; NULL is nothing */

/* The store is this process's, and nobody may be beside it before turn_ready(). ERR_BUSY: another
 * keeps it, or somebody who was beside the one before does not end. */
MUST_USE bool turn_keep(struct turn *turn, struct err *err);
void turn_ready(struct turn *turn);
/* Beside the process that keeps the store: waits until that one is ready. ERR_BUSY: it lets nobody
 * write beside it. ERR_MISSING: nobody keeps the store any more. */
MUST_USE bool turn_beside(struct turn *turn, struct err *err);

/* Before a write transaction begins, and after it has ended. ERR_BUSY after a long wait. */
MUST_USE bool turn_take(struct turn *turn, struct err *err);
void turn_give(struct turn *turn);
