/* imports.h - what the pages of imports share: the list with its form, and one import. */
#pragma once

#include "html/html.h"
#include "store/job.h"
#include "web/page.h"

#define IMPORTS S("/manage/imports")

str import_kind_words(str kind);                 /* "SSDA903 return" */
str import_state_words(enum job_state state);    /* "Being read" */
bool import_runs(const struct job *job);         /* it waits, is read or is saved */
/* The council's mapping of that kind, where it keeps one, for what is asked. False: it cannot be read. */
struct importer_asked;
MUST_USE bool import_with_mapping(struct page *page, struct importer_asked *asked);
/* Of one that was tried: what it would do, and the answers to it. */
void import_checked(struct page *page, const struct job *job);
/* To what it changed, or would. */
void import_links(struct page *page, const struct job *job);
void import_result(struct buf *b, const struct job *job); /* "300 children, 2,113 events, 4 rejected" */
