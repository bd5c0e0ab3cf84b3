#include "base/xml.h"
#include "base/mem.h"

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <string.h>

/* libxml2 pushes: a chunk of the text goes in, and what it makes of it comes as calls. They are
 * queued, and xml_next() takes from the queue; so that no more than a chunk is ever held. */
enum { CHUNK = 64 * 1024 };

/* libxml2 compares each attribute of a tag with all before it, and a tag may fill 10 MB of them:
 * minutes. No tag has more attributes than there are = between one < and the next. */
enum { ATTRIBUTES_MAX = 4096 };

struct piece {
	enum xml_kind kind;
	const char *name;        /* in libxml2's dictionary, for as long as the parser lives */
	size_t text, length;     /* in `bytes` */
	size_t attribute, count; /* in `attributes` */
	size_t line, depth;
};

struct attribute {
	const char *name;
	size_t text, length;
};

struct xml {
	xmlSAXHandler calls;
	xmlParserCtxtPtr parser;
	str rest; /* not pushed yet */
	struct xml_source source;
	char *chunk; /* of a source: room for what was read last */
	bool started, finished;
	struct xml_limits limits;
	size_t depth, nodes;
	size_t equals; /* signs since the last < */
	struct buf text; /* since the last tag */
	size_t text_line;
	struct buf bytes; /* what the pieces of the queue point into */
	struct {
		struct piece *item;
		size_t n, room;
	} queue;
	struct {
		struct attribute *item;
		size_t n, room;
	} attributes;
	size_t at; /* in the queue: the piece after the current one */
	struct err err;
};

static void fault(struct xml *xml, enum err_code code, int line, int column, const char *what)
{
	if (xml->err.code != ERR_NONE)
		return;
	int n = (int)strlen(what);
	while (n > 0 && (what[n - 1] == '\n' || what[n - 1] == ' '))
		n--;
	err_set(&xml->err, code, "line %d, column %d: %.*s", line, column, n, what);
	xmlStopParser(xml->parser);
}

static void fault_here(struct xml *xml, enum err_code code, const char *what)
{
	fault(xml, code, xmlSAX2GetLineNumber(xml->parser), xmlSAX2GetColumnNumber(xml->parser), what);
}

/* libxml2's own words, but where they would mislead or help nobody. */
static const char *message_of(const struct xml *xml, const xmlError *error)
{
	if (error->message == NULL)
		return "this is not XML";
	if (error->code == XML_ERR_DOCUMENT_END && (xml->depth > 0 || xml->nodes == 0))
		return "the file ends before its elements do: it may be cut short";
	if (strstr(error->message, "Huge input lookup") != NULL)
		return "a tag, a comment or a text goes on and on without an end";
	return error->message;
}

#if LIBXML_VERSION >= 21200
static void on_error(void *context, const xmlError *error)
#else
static void on_error(void *context, xmlErrorPtr error)
#endif
{
	struct xml *xml = ((xmlParserCtxtPtr)context)->_private;
	/* Lesser faults are of namespaces, which are ignored. */
	if (error->level == XML_ERR_FATAL)
		fault(xml, ERR_INPUT, error->line, error->int2, message_of(xml, error));
}

static struct xml *of(void *context)
{
	return ((xmlParserCtxtPtr)context)->_private;
}

static size_t keep(struct xml *xml, str s)
{
	size_t at = xml->bytes.n;
	buf_str(&xml->bytes, s);
	return at;
}

static struct piece *add_piece(struct xml *xml, enum xml_kind kind, const xmlChar *name)
{
	struct piece piece = { .kind = kind, .name = (const char *)name, .depth = xml->depth };
	piece.line = (size_t)xmlSAX2GetLineNumber(xml->parser);
	piece.attribute = xml->attributes.n;
	ARRAY_MORE(&xml->queue) = piece;
	return &xml->queue.item[xml->queue.n - 1];
}

static void add_text(struct xml *xml)
{
	str text = buf_view(&xml->text);
	if (str_trim(text).n > 0) {
		struct piece *piece = add_piece(xml, XML_TEXT, NULL);
		piece->line = xml->text_line;
		piece->text = keep(xml, text);
		piece->length = text.n;
	}
	buf_clear(&xml->text);
}

/* Five pointers an attribute: name, prefix, namespace, start and end of the value. */
static str attribute_value(const xmlChar **attribute)
{
	return (str){ (const char *)attribute[3], (size_t)(attribute[4] - attribute[3]) };
}

static const char *check_start(const struct xml *xml, int count, const xmlChar **attributes)
{
	if (xml->depth == xml->limits.depth)
		return "elements are nested too deeply";
	if (xml->nodes == xml->limits.nodes)
		return "the document has too many elements";
	for (int i = 0; i < count; i++) {
		if (attribute_value(attributes + 5 * i).n > xml->limits.text)
			return "the text of an attribute is too long";
	}
	return NULL;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int namespaces, const xmlChar **declared, int count, int defaulted, const xmlChar **attributes)
{
	(void)prefix, (void)uri, (void)namespaces, (void)declared, (void)defaulted;
	struct xml *xml = of(context);
	add_text(xml);
	const char *wrong = check_start(xml, count, attributes);
	if (wrong != NULL) {
		fault_here(xml, ERR_FULL, wrong); /* frees what `attributes` point into */
		return;
	}
	xml->nodes++;
	struct piece *piece = add_piece(xml, XML_START, name);
	piece->count = (size_t)count;
	for (int i = 0; i < count; i++, attributes += 5) {
		str value = attribute_value(attributes);
		struct attribute kept = { (const char *)attributes[0], keep(xml, value), value.n };
		ARRAY_MORE(&xml->attributes) = kept;
	}
	xml->depth++;
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)prefix, (void)uri;
	struct xml *xml = of(context);
	add_text(xml);
	xml->depth--;
	add_piece(xml, XML_END, name);
}

static void on_text(void *context, const xmlChar *text, int n)
{
	struct xml *xml = of(context);
	buf_bytes(&xml->text, text, (size_t)n);
	xml->text_line = (size_t)xmlSAX2GetLineNumber(xml->parser);
	if (xml->text.full)
		fault_here(xml, ERR_FULL, "the text is too long");
}

/* Called at the name of a document type, before anything that it declares is read. */
static void on_document_type(
	void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	fault_here(of(context), ERR_INPUT, "a document type (<!DOCTYPE) is not accepted");
}

static struct xml *open_parser(struct xml_limits limits)
{
	struct xml *xml = mem_alloc(1, sizeof *xml);
	xml->limits = limits;
	if (limits.depth == 0)
		xml->limits.depth = 64;
	if (limits.text == 0)
		xml->limits.text = 1000000;
	if (limits.nodes == 0)
		xml->limits.nodes = SIZE_MAX;
	xml->text.limit = xml->limits.text;
	xml->calls = (xmlSAXHandler){ .initialized = XML_SAX2_MAGIC,
		.internalSubset = on_document_type,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.serror = on_error };
	xml->parser = xmlCreatePushParserCtxt(&xml->calls, NULL, NULL, 0, NULL);
	must(xml->parser != NULL);
	xml->parser->_private = xml;
	/* NOENT: &amp; in attributes is replaced too. Others cannot be declared, or even looked up. */
	xmlCtxtUseOptions(xml->parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	return xml;
}

struct xml *xml_open(str text, struct xml_limits limits)
{
	struct xml *xml = open_parser(limits);
	xml->rest = text;
	return xml;
}

struct xml *xml_open_source(struct xml_source source, struct xml_limits limits)
{
	struct xml *xml = open_parser(limits);
	xml->source = source;
	xml->chunk = mem_alloc(CHUNK, 1);
	return xml;
}


void xml_close(struct xml *xml)
{
	if (xml == NULL)
		return;
	xmlFreeParserCtxt(xml->parser);
	buf_close(&xml->text);
	buf_close(&xml->bytes);
	mem_free(xml->queue.item);
	mem_free(xml->attributes.item);
	mem_free(xml->chunk);
	mem_free(xml);
}

static size_t count_equals(str chunk)
{
	size_t n = 0;
	for (size_t at; (at = str_find(chunk, '=')) < chunk.n; chunk = str_from(chunk, at + 1))
		n++;
	return n;
}

static bool has_too_many_attributes(struct xml *xml, str chunk)
{
	/* Nearly always there are too few in all to be too many in one tag. */
	size_t all = xml->equals + count_equals(chunk);
	const char *last = chunk.n > 0 ? memrchr(chunk.p, '<', chunk.n) : NULL;
	if (all <= ATTRIBUTES_MAX) {
		xml->equals = last == NULL ? all : count_equals(str_from(chunk, (size_t)(last - chunk.p)));
		return false;
	}
	size_t equals = xml->equals, most = 0;
	for (size_t i = 0; i < chunk.n; i++) {
		equals = chunk.p[i] == '<' ? 0 : equals + (chunk.p[i] == '=');
		most = equals > most ? equals : most;
	}
	xml->equals = equals;
	return most > ATTRIBUTES_MAX;
}

static str next_chunk(struct xml *xml)
{
	str chunk = str_upto(xml->rest, CHUNK);
	if (xml->chunk != NULL) {
		chunk = (str){ xml->chunk, xml->source.more(xml->source.from, xml->chunk, CHUNK) };
		xml->finished = chunk.n == 0;
	} else {
		xml->rest = str_from(xml->rest, chunk.n);
		xml->finished = xml->rest.n == 0;
	}
	return chunk;
}

static void push_chunk(struct xml *xml)
{
	xml->queue.n = xml->attributes.n = xml->at = 0;
	buf_clear(&xml->bytes);
	str chunk = next_chunk(xml);
	str begun = xml->started ? S("<") : str_trim(chunk);
	xml->started = str_starts(begun, S("<"));
	if (!xml->started && (begun.n > 0 || xml->finished)) {
		fault(xml, ERR_INPUT, 1, 1, "this is not XML: it does not begin with <");
		return;
	}
	if (has_too_many_attributes(xml, chunk)) {
		fault_here(xml, ERR_FULL, "a tag has too many attributes");
		return;
	}
	xmlParseChunk(xml->parser, chunk.p, (int)chunk.n, xml->finished);
	/* libxml2 may fail without a word, out of memory or asked to stop. */
	if (!xml->parser->wellFormed)
		fault(xml, ERR_INPUT, 1, 1, "this is not XML");
}

enum xml_kind xml_next(struct xml *xml)
{
	while (xml->at == xml->queue.n) {
		if (xml->finished || xml->err.code != ERR_NONE)
			return XML_OVER;
		push_chunk(xml);
	}
	return xml->queue.item[xml->at++].kind;
}

static const struct piece *current(const struct xml *xml)
{
	must(xml->at > 0);
	return &xml->queue.item[xml->at - 1];
}

str xml_name(const struct xml *xml)
{
	return str_of(current(xml)->name);
}

str xml_text(const struct xml *xml)
{
	const struct piece *piece = current(xml);
	return str_upto(str_from(buf_view(&xml->bytes), piece->text), piece->length);
}

str xml_attribute(const struct xml *xml, const char *name)
{
	const struct piece *piece = current(xml);
	for (size_t i = 0; i < piece->count; i++) {
		const struct attribute *attribute = &xml->attributes.item[piece->attribute + i];
		if (strcmp(attribute->name, name) == 0)
			return str_upto(
				str_from(buf_view(&xml->bytes), attribute->text), attribute->length);
	}
	return (str){ NULL, 0 };
}

size_t xml_line(const struct xml *xml)
{
	return current(xml)->line;
}

size_t xml_depth(const struct xml *xml)
{
	return current(xml)->depth;
}

bool xml_end(const struct xml *xml, struct err *err)
{
	if (xml->err.code != ERR_NONE)
		return err_set(err, xml->err.code, "%s", xml->err.text);
	return true;
}
