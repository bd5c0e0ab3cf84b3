/* rule_reading.h - for the files that read the rules' text: where the reading stands, and faults that
 * name their line. rule_keys.c knows every key of a rule, rule_read.c the file as a whole. */
#pragma once

#include "base/err.h"
#include "law/rule.h"

#include <yaml.h>

/* A rule or a switch that another names, by id, to be looked up when all are read. */
enum naming { NAMING_CHAIN, NAMING_TWIN, NAMING_HALFWAY, NAMING_PREPARES, NAMING_SWITCH };

struct named {
	enum naming what;
	size_t rule; /* who names */
	str id;
	size_t line;
};

struct reading {
	struct arena *arena;
	yaml_document_t *document;
	struct rule *rule; /* all of them */
	size_t n;
	struct duty_switch *duty;
	size_t duties;
	struct named *named;
	size_t names;
	struct rule *now; /* the one being read */
	bool own;         /* a council's text: its rules also say by whom and why */
	struct err *err;
};

enum { NAMES_A_RULE = RULE_HOSTS + 4 };

typedef const yaml_node_t node;

size_t line_of(node *at);
__attribute__((format(printf, 3, 4))) bool fault_on(
	struct reading *r, size_t line, const char *format, ...);
#define fault(r, at, ...) fault_on((r), line_of(at), __VA_ARGS__)

node *node_at(struct reading *r, int index);
str text_of(node *at); /* trimmed; empty for what is no text */
bool read_text(struct reading *r, node *at, str *out);
/* A value that is one text or a list of texts, seen as a list. */
size_t list_length(node *at);
node *list_item(struct reading *r, node *at, size_t i);
void name_later(struct reading *r, enum naming what, str id, size_t line);

/* Every key of one rule, into r->now. */
bool read_rule(struct reading *r, node *at);
/* ---- rule_read.c: one more rule, checked; and what those that were read are to each other. */
bool rule_add(struct reading *r, node *at);
bool rules_link(struct reading *r);
/* The text as a document of YAML, which is the caller's to delete where it is true. */
bool rules_parse(str yaml, const char *what, yaml_document_t *out, struct err *err);
