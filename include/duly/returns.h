/* duly/returns.h - a statutory return held against its published rules, for programs.
 *
 * The SSDA903 return (CSV files) and the children in need census (one XML file) of English authorities. Files
 * are given as bytes; what is found is read back one by one. Nothing is read from the disk or the network, and
 * nothing is written.
 *
 *	duly_check *check = duly_check_open("ssda903", 2026);
 *	if (check == NULL)
 *		...
 *	if (duly_check_add(check, DULY_THIS_YEAR, "header.csv", bytes, length) != DULY_OK ||
 *		duly_check_run(check) != DULY_OK)
 *		fputs(duly_check_error(check), stderr);
 *	for (size_t i = 0; duly_check_finding(check, i, &finding) == DULY_OK; i++)
 *		printf("%s %s %u\n", finding.rule, finding.table, finding.row);
 *	duly_check_close(check);
 *
 * Texts are UTF-8 and end in NUL. A handle is used by one thread at a time; different handles by different
 * threads at once. What a function answers with belongs to the handle and lasts until duly_check_close(); no
 * other memory passes between the two sides, and bytes that are given are copied. When the machine runs out
 * of memory the process is stopped.
 *
 * Stable: what stands here keeps its meaning within a major version; members are added to structs only at
 * their end, and each struct says its size, so that a program built with an older header goes on.
 */
#ifndef DULY_RETURNS_H
#define DULY_RETURNS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DULY_RETURNS_MAJOR 1
#define DULY_RETURNS_MINOR 0
#define DULY_RETURNS_VERSION (DULY_RETURNS_MAJOR * 1000 + DULY_RETURNS_MINOR)

#if defined(__GNUC__)
#define DULY_API __attribute__((visibility("default")))
#else
#define DULY_API
#endif

/* DULY_RETURNS_VERSION of the library that is in use. */
DULY_API int duly_returns_version(void);

typedef enum duly_status {
	DULY_OK = 0,
	DULY_END = 1,     /* there is none of that number */
	DULY_MISUSED = 2, /* called in another order, or with what cannot be meant */
	DULY_INPUT = 3,   /* a file cannot be used: duly_check_error() names it, with line and column */
	DULY_LIMIT = 4    /* more than is taken: a file over 1 GB, a child with too many rows */
} duly_status;

typedef struct duly_check duly_check;

/* `name` is "ssda903" or "cin"; `year` that of the 31 March that closes the return (of the census 0: as it
 * says itself). NULL: there is no such return, or there are no rules of that year. */
DULY_API duly_check *duly_check_open(const char *name, int year);
DULY_API void duly_check_close(duly_check *check); /* NULL is fine */

typedef enum duly_part {
	DULY_THIS_YEAR = 0, /* of the 903 the name tells the table: "header.csv"; of the census one file */
	DULY_LAST_YEAR = 1, /* of the 903, as all below */
	DULY_PROVIDERS = 2, /* Ofsted's list: .xlsx or CSV */
	DULY_POSTCODES = 3  /* CSV with pcd, laua, oseast1m, osnrth1m; or what `duly postcodes build` made */
} duly_part;

/* A file, before the run. */
DULY_API duly_status duly_check_add(
	duly_check *check, duly_part part, const char *name, const void *bytes, size_t length);
/* "E08000025": whose return it is; without it some rules are not run. */
DULY_API duly_status duly_check_authority(duly_check *check, const char *code);
/* Asks every rule. Once. */
DULY_API duly_status duly_check_run(duly_check *check);
/* Why the last call answered something else than DULY_OK and DULY_END; empty where it did not. */
DULY_API const char *duly_check_error(const duly_check *check);

typedef enum duly_outcome { DULY_PASSED = 0, DULY_FAILED = 1, DULY_NOT_RUN = 2 } duly_outcome;

/* Each struct is given with `size` set to its sizeof. */
typedef struct duly_finding {
	size_t size;
	const char *rule, *message, *table, *field, *child; /* field: several with a space between */
	uint32_t row; /* in its file, from 0; of the census a module's place among its like */
	int query;    /* 1: may be right, and is to be looked at; 0: an error */
} duly_finding;

typedef struct duly_rule {
	size_t size;
	const char *rule, *message;
	const char *why; /* of one that was not run; else empty */
	duly_outcome outcome;
	size_t findings;
	int query;
	int whole; /* 1: it finds fault with the whole return, in no row */
} duly_rule;

typedef struct duly_remark {
	size_t size;
	size_t line;
	const char *message; /* a date, or a module of the census, that could not be read as it stands; of the 903 with its file */
} duly_remark;

/* After the run, by number from 0; DULY_END after the last. Findings by rule, table and row; rules of the
 * year alone. */
DULY_API duly_status duly_check_finding(duly_check *check, size_t i, duly_finding *out);
DULY_API duly_status duly_check_rule(duly_check *check, size_t i, duly_rule *out);
DULY_API duly_status duly_check_remark(duly_check *check, size_t i, duly_remark *out);
DULY_API size_t duly_check_findings(const duly_check *check);
DULY_API size_t duly_check_children(const duly_check *check);
DULY_API int duly_check_year(const duly_check *check);

#ifdef __cplusplus
}
#endif
#endif
