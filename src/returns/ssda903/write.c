#include "returns/ssda903/write.h"

enum { COLUMNS = 13 };

struct column {
	const char *name;
	bool is_day;
	size_t at;
};

struct layout {
	const char *file;
	struct column column[COLUMNS];
	size_t n;
	const char *title;
	size_t key; /* the column that tells a child's rows apart; 0: a child has one */
};

#define C(type, column_name, member)                                                               \
	{                                                                                          \
		.name = column_name,                                                               \
		.is_day = _Generic(((struct type *)0)->member, day                                 \
				   : true, str                                                     \
				   : false),                                                       \
		.at = offsetof(struct type, member)                                                \
	}

static const struct layout layouts[SSDA903_FILES] = {
	[SSDA903_HEADER] = { "header.csv",
		{ C(ssda903_header, "CHILD", child), C(ssda903_header, "SEX", sex),
			C(ssda903_header, "DOB", born), C(ssda903_header, "ETHNIC", ethnic),
			C(ssda903_header, "UPN", upn), C(ssda903_header, "MOTHER", mother),
			C(ssda903_header, "MC_DOB", mc_born) },
		7, "Header", 0 },
	[SSDA903_EPISODES] = { "episodes.csv",
		{ C(ssda903_episode, "CHILD", child), C(ssda903_episode, "DECOM", decom),
			C(ssda903_episode, "RNE", rne), C(ssda903_episode, "LS", ls),
			C(ssda903_episode, "CIN", cin), C(ssda903_episode, "PLACE", place),
			C(ssda903_episode, "PLACE_PROVIDER", provider),
			C(ssda903_episode, "DEC", dec), C(ssda903_episode, "REC", rec),
			C(ssda903_episode, "REASON_PLACE_CHANGE", change_reason),
			C(ssda903_episode, "HOME_POST", home_post),
			C(ssda903_episode, "PL_POST", pl_post), C(ssda903_episode, "URN", urn) },
		13, "Episodes", 1 },
	[SSDA903_REVIEWS] = { "reviews.csv",
		{ C(ssda903_review, "CHILD", child), C(ssda903_review, "DOB", born),
			C(ssda903_review, "REVIEW", review),
			C(ssda903_review, "REVIEW_CODE", code) },
		4, "Reviews", 2 },
	[SSDA903_UASC] = { "uasc.csv",
		{ C(ssda903_uasc, "CHILD", child), C(ssda903_uasc, "SEX", sex),
			C(ssda903_uasc, "DOB", born), C(ssda903_uasc, "DUC", ceased) },
		4, "UASC", 0 },
	[SSDA903_OC2] = { "oc2.csv",
		{ C(ssda903_oc2, "CHILD", child), C(ssda903_oc2, "DOB", born),
			C(ssda903_oc2, "SDQ_SCORE", sdq_score),
			C(ssda903_oc2, "SDQ_REASON", sdq_reason),
			C(ssda903_oc2, "CONVICTED", convicted),
			C(ssda903_oc2, "HEALTH_CHECK", health_check),
			C(ssda903_oc2, "IMMUNISATIONS", immunisations),
			C(ssda903_oc2, "TEETH_CHECK", teeth_check),
			C(ssda903_oc2, "HEALTH_ASSESSMENT", health_assessment),
			C(ssda903_oc2, "SUBSTANCE_MISUSE", substance_misuse),
			C(ssda903_oc2, "INTERVENTION_RECEIVED", intervention_received),
			C(ssda903_oc2, "INTERVENTION_OFFERED", intervention_offered) },
		12, "OC2", 0 },
	[SSDA903_OC3] = { "oc3.csv",
		{ C(ssda903_oc3, "CHILD", child), C(ssda903_oc3, "DOB", born),
			C(ssda903_oc3, "IN_TOUCH", in_touch), C(ssda903_oc3, "ACTIV", activity),
			C(ssda903_oc3, "ACCOM", accommodation) },
		5, "OC3", 0 },
	[SSDA903_AD1] = { "ad1.csv",
		{ C(ssda903_ad1, "CHILD", child), C(ssda903_ad1, "DOB", born),
			C(ssda903_ad1, "DATE_INT", intended), C(ssda903_ad1, "DATE_MATCH", matched),
			C(ssda903_ad1, "FOSTER_CARE", foster_care),
			C(ssda903_ad1, "NB_ADOPTR", adopters),
			C(ssda903_ad1, "SEX_ADOPTR", sex_adopters),
			C(ssda903_ad1, "LS_ADOPTR", status_adopters) },
		8, "AD1", 0 },
	[SSDA903_PLACED_ADOPTION] = { "placed_adoption.csv",
		{ C(ssda903_placed_adoption, "CHILD", child),
			C(ssda903_placed_adoption, "DOB", born),
			C(ssda903_placed_adoption, "DATE_PLACED", placed),
			C(ssda903_placed_adoption, "DATE_PLACED_CEASED", ceased),
			C(ssda903_placed_adoption, "REASON_PLACED_CEASED", ceased_reason) },
		5, "PlacedAdoption", 2 },
	[SSDA903_PREVIOUS_PERMANENCE] = { "previous_permanence.csv",
		{ C(ssda903_previous_permanence, "CHILD", child),
			C(ssda903_previous_permanence, "DOB", born),
			C(ssda903_previous_permanence, "PREV_PERM", option),
			C(ssda903_previous_permanence, "LA_PERM", authority),
			C(ssda903_previous_permanence, "DATE_PERM", on) },
		5, "PrevPerm", 0 },
	[SSDA903_MISSING] = { "missing.csv",
		{ C(ssda903_missing, "CHILD", child), C(ssda903_missing, "DOB", born),
			C(ssda903_missing, "MISSING", kind), C(ssda903_missing, "MIS_START", from),
			C(ssda903_missing, "MIS_END", to) },
		5, "Missing", 3 },
	[SSDA903_SW_EPISODES] = { "sw_episodes.csv",
		{ C(ssda903_sw_episode, "CHILD", child), C(ssda903_sw_episode, "DOB", born),
			C(ssda903_sw_episode, "SW_ID", worker),
			C(ssda903_sw_episode, "SW_DECOM", from),
			C(ssda903_sw_episode, "SW_DEC", to),
			C(ssda903_sw_episode, "SW_REASON", reason) },
		6, "SWEpisodes", 3 },
	[SSDA903_LIBERTY] = { "dolo.csv",
		{ C(ssda903_liberty, "CHILD", child), C(ssda903_liberty, "DOB", born),
			C(ssda903_liberty, "DOLO_START", from), C(ssda903_liberty, "DOLO_END", to) },
		4, "DoLo", 2 },
};

const char *ssda903_file_name(enum ssda903_file file)
{
	return layouts[file].file;
}

bool ssda903_has_file(enum ssda903_file file, int year)
{
	return (file != SSDA903_LIBERTY || year >= 2027) &&
		(file != SSDA903_SW_EPISODES || year >= 2024);
}

struct differ_table *ssda903_tables(struct arena *arena)
{
	struct differ_table *out = arena_take(arena, SSDA903_FILES, sizeof *out);
	for (size_t i = 0; i < SSDA903_FILES; i++) {
		const struct layout *layout = &layouts[i];
		str *column = arena_take(arena, layout->n, sizeof *column);
		for (size_t k = 0; k < layout->n; k++)
			column[k] = str_of(layout->column[k].name);
		out[i] = (struct differ_table){ .name = str_of(layout->title),
			.column = column,
			.columns = layout->n,
			.keys = layout->key == 0 ? 0 : 1u << layout->key };
	}
	return out;
}

void ssda903_write_columns(struct buf *buf, enum ssda903_file file)
{
	const struct layout *layout = &layouts[file];
	for (size_t i = 0; i < layout->n; i++)
		buf_format(buf, "%s%s", i == 0 ? "" : ",", layout->column[i].name);
	buf_lit(buf, "\r\n");
}

/* Codes and numbers need no quotes; what does gets them (RFC 4180). */
static void put_text(struct buf *buf, str text)
{
	bool quoted = false;
	for (size_t i = 0; i < text.n; i++)
		quoted = quoted || text.p[i] == ',' || text.p[i] == '"' || text.p[i] == '\n' ||
			 text.p[i] == '\r';
	if (!quoted) {
		buf_str(buf, text);
		return;
	}
	buf_char(buf, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_char(buf, '"');
		buf_char(buf, text.p[i]);
	}
	buf_char(buf, '"');
}

void ssda903_write_row(struct buf *buf, enum ssda903_file file, const void *row)
{
	const struct layout *layout = &layouts[file];
	for (size_t i = 0; i < layout->n; i++) {
		const void *member = (const char *)row + layout->column[i].at;
		if (i > 0)
			buf_char(buf, ',');
		if (layout->column[i].is_day)
			buf_day_slashed(buf, *(const day *)member);
		else
			put_text(buf, *(const str *)member);
	}
	buf_lit(buf, "\r\n");
}
