/* imports.h - what the pages of imports share: the list with its form, and one import. */
#pragma once

#include "html/html.h"
#include "store/job.h"

#define IMPORTS S("/manage/imports")

str import_kind_words(str kind);                 /* "SSDA903 return" */
str import_state_words(enum job_state state);    /* "Being read" */
bool import_runs(const struct job *job);         /* it waits, is read or is saved */
void import_result(struct buf *b, const struct job *job); /* "300 children, 2,113 events, 4 rejected" */
