#include "returns/report_wire.h"

#include "base/utf8.h"

enum { FORMAT = 2, TEXT_MOST = 4096 };

/* ---- writing */

static void put(struct buf *out, size_t value)
{
	uint32_t number = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
	char byte[4];
	for (int i = 0; i < 4; i++)
		byte[i] = (char)(unsigned char)(number >> (8 * i) & 0xff);
	buf_bytes(out, byte, sizeof byte);
}

static void put_text(struct buf *out, str text)
{
	str most = str_upto(text, TEXT_MOST);
	/* Not in the middle of a letter. */
	while (most.n < text.n && most.n > 0 && ((unsigned char)text.p[most.n] & 0xc0) == 0x80)
		most.n--;
	put(out, most.n);
	buf_str(out, most);
}

static void put_rules(struct buf *out, const struct report *report)
{
	for (size_t i = 0; i < report->rules; i++) {
		struct report_rule rule;
		report_rule(report, i, &rule);
		put(out, (size_t)rule.outcome | (size_t)rule.of_year << 2 | (size_t)rule.whole << 3);
		put(out, rule.findings);
		put_text(out, rule.why);
	}
}

void report_wire_put(struct buf *out, const struct report *report)
{
	size_t kept = report->n < REPORT_KEPT ? report->n : REPORT_KEPT;
	put(out, FORMAT);
	put(out, str_equal(report->name, S("cin")));
	const size_t number[] = { (size_t)report->year, report->children, report->rules, report->numbers,
		report->found, report->whole, report->remarks, kept };
	for (size_t i = 0; i < sizeof number / sizeof *number; i++)
		put(out, number[i]);
	put_rules(out, report);
	for (size_t i = 0; i < report->numbers; i++)
		put_text(out, report_child(report, i));
	for (size_t i = 0; i < kept; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		put(out, one.rule | (size_t)one.place << 16);
		put(out, one.row);
		put(out, one.child_at);
		put(out, (uint32_t)report_known(report, i));
	}
	for (size_t i = 0; i < report_remarks(report); i++) {
		struct buf words = { 0 };
		put(out, report_remark(report, i, &words));
		put_text(out, buf_view(&words));
		buf_close(&words);
	}
}

/* ---- reading: once something is wrong, everything that follows is nothing */

struct wire {
	str rest;
	bool broken;
};

struct kept_rule {
	enum report_outcome outcome;
	bool of_year, whole;
	size_t findings;
	str why;
};

struct kept_finding {
	uint16_t rule, place;
	uint32_t row, child;
	day known;
};

struct kept_remark {
	size_t line;
	str words;
};

struct kept {
	struct report rules; /* what is known of them without a check */
	struct kept_rule *rule;
	str *child;
	struct kept_finding *finding;
	struct kept_remark *remark;
};

static uint32_t get(struct wire *wire)
{
	uint32_t value = 0;
	if (wire->rest.n < 4) {
		wire->broken = true;
		return 0;
	}
	for (size_t i = 0; i < 4; i++)
		value |= (uint32_t)(unsigned char)wire->rest.p[i] << (8 * i);
	wire->rest = str_from(wire->rest, 4);
	return value;
}

static str get_text(struct wire *wire)
{
	size_t n = get(wire);
	if (n > TEXT_MOST || n > wire->rest.n || utf8_check(str_upto(wire->rest, n)) != n) {
		wire->broken = true;
		return (str){ 0 };
	}
	str text = str_upto(wire->rest, n);
	wire->rest = str_from(wire->rest, n);
	return text;
}

/* How many follow, of at least `least` bytes each. */
static size_t count(struct wire *wire, size_t n, size_t least)
{
	if (n > wire->rest.n / least)
		wire->broken = true;
	return wire->broken ? 0 : n;
}

static void kept_rule(const struct report *report, size_t i, struct report_rule *out)
{
	const struct kept *kept = report->of;
	report_rule(&kept->rules, i, out);
	out->outcome = kept->rule[i].outcome;
	out->of_year = kept->rule[i].of_year;
	out->whole = kept->rule[i].whole;
	out->findings = kept->rule[i].findings;
	out->why = kept->rule[i].why;
}

static void kept_finding(const struct report *report, size_t i, struct report_finding *out)
{
	const struct kept *kept = report->of;
	const struct kept_finding *one = &kept->finding[i];
	*out = (struct report_finding){ .rule = one->rule, .child = kept->child[one->child], .row = one->row,
		.child_at = one->child, .place = one->place };
	must(kept->rules.source->place(one->rule, one->place, out));
}

static size_t kept_remark(const struct report *report, size_t i, struct buf *out)
{
	const struct kept *kept = report->of;
	buf_str(out, kept->remark[i].words);
	return kept->remark[i].line;
}

static day kept_known(const struct report *report, size_t i)
{
	const struct kept *kept = report->of;
	return kept->finding[i].known;
}

static str kept_child(const struct report *report, size_t child_at)
{
	const struct kept *kept = report->of;
	return kept->child[child_at];
}

static const struct report_source source = { kept_rule, kept_finding, kept_remark, kept_known, kept_child, NULL };

static void read_rules(struct wire *wire, struct arena *arena, struct kept *kept)
{
	kept->rule = arena_take(arena, kept->rules.rules, sizeof *kept->rule);
	for (size_t i = 0; i < kept->rules.rules && !wire->broken; i++) {
		uint32_t how = get(wire);
		if ((how & 3) > REPORT_NOT_RUN || how > 15)
			wire->broken = true;
		struct kept_rule *rule = &kept->rule[i];
		rule->outcome = wire->broken ? REPORT_NOT_RUN : (enum report_outcome)(how & 3);
		rule->of_year = (how & 4) != 0;
		rule->whole = (how & 8) != 0;
		rule->findings = get(wire);
		rule->why = get_text(wire);
	}
}

static void read_findings(struct wire *wire, struct arena *arena, const struct report *report, struct kept *kept,
	size_t n)
{
	kept->finding = arena_take(arena, n + 1, sizeof *kept->finding);
	for (size_t i = 0; i < n && !wire->broken; i++) {
		uint32_t which = get(wire);
		struct kept_finding *one = &kept->finding[i];
		struct report_finding ignored;
		one->rule = (uint16_t)(which & 0xffff);
		one->place = (uint16_t)(which >> 16);
		one->row = get(wire);
		one->child = get(wire);
		one->known = (day)get(wire);
		if (one->rule >= report->rules || one->child >= report->numbers ||
			(one->known != DAY_UNKNOWN && (one->known < DAY_MIN || one->known > DAY_MAX)) ||
			!kept->rules.source->place(one->rule, one->place, &ignored))
			wire->broken = true;
	}
}

bool report_wire_read(struct arena *arena, str bytes, struct report *out, struct err *err)
{
	struct wire wire = { bytes, false };
	struct kept *kept = arena_new(arena, struct kept);
	uint32_t format = get(&wire), cin = get(&wire);
	if (cin == 1)
		report_of_rules_cin(&kept->rules);
	else
		report_of_rules_ssda903(&kept->rules);
	*out = (struct report){ .name = kept->rules.name, .rules = kept->rules.rules, .source = &source,
		.of = kept };
	out->year = (int)(get(&wire) % 10000);
	out->children = get(&wire);
	if (get(&wire) != out->rules || format != FORMAT || cin > 1)
		wire.broken = true;
	size_t numbers = get(&wire);
	out->found = get(&wire);
	out->whole = get(&wire);
	out->remarks = get(&wire);
	size_t n = get(&wire);
	if (n > REPORT_KEPT || out->remarks < report_remarks(out))
		wire.broken = true;
	read_rules(&wire, arena, kept);
	out->numbers = count(&wire, numbers, 4);
	kept->child = arena_take(arena, out->numbers + 1, sizeof *kept->child);
	for (size_t i = 0; i < out->numbers; i++)
		kept->child[i] = get_text(&wire);
	out->n = count(&wire, n, 16);
	read_findings(&wire, arena, out, kept, out->n);
	size_t remarks = count(&wire, report_remarks(out), 8);
	kept->remark = arena_take(arena, remarks + 1, sizeof *kept->remark);
	for (size_t i = 0; i < remarks; i++) {
		kept->remark[i].line = get(&wire);
		kept->remark[i].words = get_text(&wire);
	}
	if (wire.broken || wire.rest.n > 0) {
		*out = (struct report){ 0 };
		return err_set(err, ERR_BROKEN, "what was found did not come whole");
	}
	return true;
}
