#include "returns/cin/tree.h"

#include "base/mem.h"
#include "base/text.h"

static str header_text(const struct cin_tree *tree, enum cin_element element, size_t *line)
{
	for (size_t i = 0; i < tree->n; i++) {
		if (tree->item[i].element == element) {
			*line = tree->item[i].line;
			return tree->item[i].text;
		}
	}
	*line = tree->item[0].line;
	return (str){ 0 };
}

static bool is_authority(str code)
{
	for (size_t i = 0; i < code.n; i++) {
		if (code.p[i] < '0' || code.p[i] > '9')
			return false;
	}
	return code.n == 3;
}

static bool read_header(
	struct cin_reading *reading, const struct cin_tree *tree, day today, struct err *err)
{
	size_t line;
	struct err why = { 0 };
	str collection = header_text(tree, CIN_Collection, &line);
	if (!str_equal(collection, S("CIN")))
		return err_set(err, ERR_INPUT,
			"%.*s, line %zu, Collection: \"%.*s\" is not the children in need census, "
			"CIN",
			STR_ARGS(reading->file), line, STR_ARGS(str_upto(collection, 80)));
	str reference = header_text(tree, CIN_ReferenceDate, &line);
	day on;
	if (!day_read(reference, &on, &why))
		return err_set(err, ERR_INPUT, "%.*s, line %zu, ReferenceDate: %s",
			STR_ARGS(reading->file), line,
			reference.n == 0 ? "it is blank or missing" : why.text);
	str authority = header_text(tree, CIN_LEA, &line);
	if (authority.n > 0 && !is_authority(authority))
		return err_set(err, ERR_INPUT,
			"%.*s, line %zu, LEA: \"%.*s\" is not three digits, an authority's number",
			STR_ARGS(reading->file), line, STR_ARGS(str_upto(authority, 80)));
	reading->staging->authority = authority;
	reading->staging->known_to = on;
	reading->last_day = on < today ? on : today;
	return true;
}

/* The census is of the year that ends on the reference date. A referral or a plan that was under
 * way in it is told however long ago it began; what was held, if it was held in the year. */
static void cover(struct cin_reading *reading)
{
	static const enum word since_ever[] = { WORD_REFERRAL_RECEIVED, WORD_CP_PLAN_BEGAN };
	static const enum word in_year[] = { WORD_ASSESSMENT_BEGAN, WORD_ASSESSMENT_AUTHORISED,
		WORD_STRATEGY_DISCUSSION_HELD, WORD_S47_BEGAN, WORD_ICPC_HELD, WORD_CP_PLAN_ENDED,
		WORD_RCPC_HELD };
	static const enum word in_block[] = { WORD_PRE_PROCEEDINGS_BEGAN,
		WORD_PRE_PROCEEDINGS_MEETING_HELD, WORD_PRE_PROCEEDINGS_ENDED };
	struct staging *staging = reading->staging;
	day from = day_add(day_add_months(staging->known_to, -12), 1);
	if (staging->known_to > reading->last_day)
		staging->known_to = reading->last_told;
	for (size_t i = 0; i < sizeof since_ever / sizeof *since_ever; i++)
		staging_cover(staging, since_ever[i], DAY_UNKNOWN, staging->known_to);
	for (size_t i = 0; i < sizeof in_year / sizeof *in_year; i++)
		staging_cover(staging, in_year[i], from, staging->known_to);
	for (size_t i = 0; reading->pre_proceedings && i < sizeof in_block / sizeof *in_block; i++)
		staging_cover(staging, in_block[i], from, staging->known_to);
}

static bool read_children(struct cin_reading *reading, struct xml *xml, struct cin_tree *tree,
	day today, struct err *err)
{
	bool header = false;
	enum xml_kind kind;
	while ((kind = xml_next(xml)) != XML_OVER) {
		if (kind != XML_START)
			continue;
		enum cin_element element = cin_element_find(xml_name(xml));
		if (xml_depth(xml) == 0 && element != CIN_Message)
			return err_set(err, ERR_INPUT,
				"%.*s, line %zu: <%.*s> is not the children in need census, "
				"<Message>",
				STR_ARGS(reading->file), xml_line(xml),
				STR_ARGS(str_upto(xml_name(xml), 80)));
		if (element == CIN_Header && xml_depth(xml) == 1) {
			if (!cin_tree_read(xml, reading->staging->arena, tree))
				break;
			if (!read_header(reading, tree, today, err))
				return false;
			header = true;
		} else if (element == CIN_Child && xml_depth(xml) == 2) {
			if (!header)
				return err_set(err, ERR_INPUT,
					"%.*s, line %zu: no <Header> before the children",
					STR_ARGS(reading->file), xml_line(xml));
			if (!cin_tree_read(xml, reading->staging->arena, tree))
				break;
			cin_child(reading, tree);
		}
	}
	struct err why = { 0 };
	if (!xml_end(xml, &why))
		return err_set(err, ERR_INPUT, "%.*s, %s", STR_ARGS(reading->file), why.text);
	if (!header)
		return err_set(
			err, ERR_INPUT, "%.*s, line 1: no <Header>", STR_ARGS(reading->file));
	return true;
}

bool cin_stage(const struct source *source, day today, struct staging *staging, struct err *err)
{
	struct cin_reading reading = {
		.staging = staging, .file = source->name, .last_told = DAY_UNKNOWN
	};
	str text;
	enum text_encoding encoding;
	struct err why = { 0 };
	if (!text_decode(source->bytes, staging->arena, &text, &encoding, &why))
		return err_set(err, ERR_INPUT, "%.*s: %s", STR_ARGS(source->name), why.text);
	struct cin_tree tree = { 0 };
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	bool read = read_children(&reading, xml, &tree, today, err);
	xml_close(xml);
	mem_free(tree.item);
	if (!read)
		return false;
	cover(&reading);
	staging_check(staging);
	return true;
}
