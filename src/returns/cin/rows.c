#include "returns/cin/rows.h"

#include "base/mem.h"
#include "base/xml.h"

#define NUMBER S_INIT("LAchildID")
#define COUNT(table) (sizeof(table) / sizeof *(table))

static const str identifiers[] = { NUMBER, S_INIT("UPN"), S_INIT("FormerUPN"), S_INIT("UPNunknown"),
	S_INIT("PersonBirthDate"), S_INIT("ExpectedPersonBirthDate"), S_INIT("Sex"),
	S_INIT("GenderCurrent"), S_INIT("PersonDeathDate") };
static const str characteristics[] = { NUMBER, S_INIT("Ethnicity"), S_INIT("Disability") };
static const str details[] = { NUMBER, S_INIT("CINreferralDate"), S_INIT("ReferralSource"),
	S_INIT("PrimaryNeedCode"), S_INIT("CINclosureDate"), S_INIT("ReasonForClosure"),
	S_INIT("DateOfInitialCPC"), S_INIT("ReferralNFA") };
static const str assessments[] = { NUMBER, S_INIT("AssessmentActualStartDate"),
	S_INIT("AssessmentInternalReviewDate"), S_INIT("AssessmentAuthorisationDate"),
	S_INIT("AssessmentFactors") };
static const str plans[] = { NUMBER, S_INIT("CINPlanStartDate"), S_INIT("CINPlanEndDate") };
static const str section47[] = { NUMBER, S_INIT("S47ActualStartDate"), S_INIT("InitialCPCtarget"),
	S_INIT("DateOfInitialCPC"), S_INIT("ICPCnotRequired") };
static const str protection[] = { NUMBER, S_INIT("CPPstartDate"), S_INIT("CPPendDate"),
	S_INIT("InitialCategoryOfAbuse"), S_INIT("LatestCategoryOfAbuse"),
	S_INIT("NumberOfPreviousCPP") };
static const str reviews[] = { NUMBER, S_INIT("CPPreviewDate") };

/* Rows of one child are told apart by the day on which they began, which stands second. */
#define TABLE(name_, columns_, keys_)                                                              \
	{ .name = S_INIT(name_), .column = columns_, .columns = COUNT(columns_), .keys = keys_ }
static const struct differ_table tables[] = {
	TABLE("ChildIdentifiers", identifiers, 0),
	TABLE("ChildCharacteristics", characteristics, 0),
	TABLE("CINdetails", details, 2),
	TABLE("Assessments", assessments, 2),
	TABLE("CINPlanDates", plans, 2),
	TABLE("Section47", section47, 2),
	TABLE("ChildProtectionPlans", protection, 2),
	TABLE("Reviews", reviews, 2),
};
enum { TABLES = COUNT(tables), COLUMNS = COUNT(identifiers), NONE = TABLES };

const struct differ_table *cin_differ_tables(size_t *n)
{
	*n = TABLES;
	return tables;
}

/* A module that is being read: its cells so far. Those that are open stand in each other. */
struct open_row {
	size_t table, depth;
	struct buf cell[COLUMNS];
};

struct flat {
	struct differ *differ;
	enum differ_side side;
	struct open_row row[TABLES];
	size_t n;
	struct buf number; /* of the child */
	struct buf name;   /* of the element whose text comes */
};

static size_t table_of(str element)
{
	for (size_t i = 0; i < TABLES; i++) {
		if (str_equal(tables[i].name, element))
			return i;
	}
	return NONE;
}

static void open_row(struct flat *flat, size_t table, size_t depth)
{
	if (flat->n == TABLES)
		return;
	struct open_row *row = &flat->row[flat->n++];
	row->table = table;
	row->depth = depth;
	for (size_t i = 0; i < COLUMNS; i++)
		buf_clear(&row->cell[i]);
}

static void put_row(struct flat *flat, const struct open_row *row)
{
	str cell[COLUMNS];
	for (size_t i = 0; i < COLUMNS; i++)
		cell[i] = buf_view(&row->cell[i]);
	cell[0] = buf_view(&flat->number);
	differ_add(flat->differ, flat->side, row->table, cell);
}

/* Some are lists, as factors are: one cell holds them all. A review is a row of its own. */
static void take_text(struct flat *flat, str text)
{
	str name = buf_view(&flat->name);
	text = str_trim(text);
	if (str_equal(name, S("LAchildID"))) {
		buf_clear(&flat->number);
		buf_str(&flat->number, text);
	}
	if (flat->n == 0)
		return;
	struct open_row *row = &flat->row[flat->n - 1];
	const struct differ_table *table = &tables[row->table];
	for (size_t i = 1; i < table->columns; i++) {
		if (!str_equal(table->column[i], name))
			continue;
		if (row->cell[i].n > 0)
			buf_char(&row->cell[i], ' ');
		buf_str(&row->cell[i], text);
	}
	if (str_equal(name, S("CPPreviewDate"))) {
		put_row(flat, row);
		buf_clear(&row->cell[1]);
	}
}

static void take_end(struct flat *flat, size_t depth)
{
	if (flat->n == 0 || flat->row[flat->n - 1].depth != depth)
		return;
	struct open_row *row = &flat->row[--flat->n];
	if (!str_equal(tables[row->table].name, S("Reviews")))
		put_row(flat, row);
}

bool cin_add_rows(str text, enum differ_side side, struct differ *differ, struct err *err)
{
	struct flat *flat = mem_alloc(1, sizeof *flat);
	struct xml *xml = xml_open(text, (struct xml_limits){ 0 });
	enum xml_kind kind;
	flat->differ = differ;
	flat->side = side;
	while ((kind = xml_next(xml)) != XML_OVER) {
		if (kind == XML_TEXT) {
			take_text(flat, xml_text(xml));
		} else if (kind == XML_END) {
			take_end(flat, xml_depth(xml));
		} else {
			size_t table = table_of(xml_name(xml));
			buf_clear(&flat->name);
			buf_str(&flat->name, xml_name(xml));
			if (table != NONE)
				open_row(flat, table, xml_depth(xml));
		}
	}
	bool whole = xml_end(xml, err);
	xml_close(xml);
	for (size_t i = 0; i < TABLES; i++) {
		for (size_t k = 0; k < COLUMNS; k++)
			buf_close(&flat->row[i].cell[k]);
	}
	buf_close(&flat->number);
	buf_close(&flat->name);
	mem_free(flat);
	return whole;
}
