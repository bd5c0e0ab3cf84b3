/* xml.h - XML, pulled piece by piece from memory (libxml2 parses), and written.
 *
 *	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
 *	while ((kind = xml_next(xml)) != XML_OVER)
 *		...
 *	bool whole = xml_end(xml, err);
 *	xml_close(xml);
 *
 * A document type is refused where it stands, and with it every entity bomb and external entity;
 * nothing is ever fetched. No tag has more than 4,096 attributes. Names are local: namespaces are ignored. Comments, processing
 * instructions and text that is only white space between tags are passed over.
 *
 * libxml2's own reader is not used: it knows no line above 65,535, and a census has millions.
 * A program of several threads calls xmlInitParser() first.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct xml_limits {
	size_t depth; /* elements in each other; 0 is 64 */
	size_t text;  /* bytes of one text or attribute; 0 is 1,000,000 */
	size_t nodes; /* elements in the document; 0 is no limit */
};

enum xml_kind {
	XML_START, /* of an element: xml_name(), xml_attribute() */
	XML_TEXT,  /* all of it up to the next tag: xml_text() */
	XML_END,   /* of an element, also of <empty/>: xml_name() */
	XML_OVER,  /* the end, or a fault: xml_end() tells */
};

struct xml;

/* The text is UTF-8 whatever its declaration says (text.h), and must outlive the reading. */
struct xml *xml_open(str text, struct xml_limits limits);
/* The same of a text that is too large to hold: `more` writes its next bytes, up to n of them, and says
 * how many; 0: there are no more. It says why there are none by itself, where that is a fault. */
struct xml_source {
	size_t (*more)(void *from, char *into, size_t n);
	void *from;
};
struct xml *xml_open_source(struct xml_source source, struct xml_limits limits);
void xml_close(struct xml *xml);
enum xml_kind xml_next(struct xml *xml);
/* What the last xml_next() came upon; all borrowed until the next. */
str xml_name(const struct xml *xml);
str xml_text(const struct xml *xml);
str xml_attribute(const struct xml *xml, const char *name); /* p is NULL when it has none */
size_t xml_line(const struct xml *xml);                     /* where it ends, from 1 */
size_t xml_depth(const struct xml *xml); /* elements around it; the outermost element has 0 */
/* After XML_OVER: was it the end? False with the fault, "line 3, column 9: ...". */
MUST_USE bool xml_end(const struct xml *xml, struct err *err);

/* Writing. Names are the caller's own, known to be names; what XML cannot hold (control
 * characters, bytes that are not UTF-8) becomes U+FFFD. */
struct xml_out {
	struct buf *buf;
	bool indent;      /* elements on lines of their own, by tabs */
	size_t depth;     /* private */
	bool open, mixed; /* private: in a start tag; the element holds text */
};
void xml_put_declaration(struct xml_out *out);
void xml_put_start(struct xml_out *out, const char *name);
void xml_put_attribute(struct xml_out *out, const char *name, str value); /* after put_start */
void xml_put_text(struct xml_out *out, str text);
void xml_put_end(struct xml_out *out, const char *name);
void xml_put_element(struct xml_out *out, const char *name, str text); /* start, text, end */
