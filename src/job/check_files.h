/* check_files.h - a statutory return held against its rules, from files in memory.
 *
 * For the confined worker behind the page where files are dropped, and for the library (library/). The
 * command line reads its own files, which may be larger. Pure: bytes in, a report out.
 */
#pragma once

#include "returns/report.h"

enum check_part {
	CHECK_THIS_YEAR,
	CHECK_LAST_YEAR, /* of the 903 alone, as the two below */
	CHECK_PROVIDERS, /* Ofsted's list: workbook or CSV */
	CHECK_POSTCODES, /* a CSV, or an index */
	CHECK_PARTS
};

struct check_file {
	enum check_part part;
	str name; /* as messages name it; of the 903 it tells the table */
	str bytes;
};

struct check_ask {
	bool cin;
	int year;      /* of the closing 31 March; of the census 0: as it says itself */
	str authority; /* "E08000025"; empty: not given */
	const struct check_file *file;
	size_t n;
};

/* What was made; the report borrows it, and the files. */
struct check_made {
	struct report report;
	struct check_asked asked;
	struct return_rows rows;
	struct check_result result;
	struct cin_result census;
	struct buf index;
	struct postcodes postcodes;
	struct providers providers;
};

/* Of the 31 March that closes it: rules are known from 2022-23 on. Of an earlier year nothing would be asked, and
 * nothing found. ERR_INPUT. */
MUST_USE bool check_year_known(int year, struct err *err);
enum { PROVIDERS_MOST = 32 << 20 };
/* Ofsted's list, workbook or CSV, without the name of the file in what is wrong. In a confined process only. */
MUST_USE bool check_providers_read(struct arena *arena, str bytes, struct providers *out, struct err *err);
/* The arena outlives what was made. False, naming file, line and column: ERR_INPUT, ERR_FULL, ERR_BROKEN.
 * To be closed either way. */
MUST_USE bool check_files(struct arena *arena, const struct check_ask *ask, struct check_made *out, struct err *err);
void check_made_close(struct check_made *made);
