#include "clock/suppose.h"

#include "base/mem.h"

/* ---- reading */

static bool misread(struct err *err, const char *what, str text)
{
	return err_set(err, ERR_INPUT,
		"%s: write EVENT=DAY, EVENT@DAY=DAY (instead of that day) or EVENT@DAY=never, "
		"not \"%.*s\"",
		what, STR_ARGS(str_upto(text, 80)));
}

bool supposition_read(str text, struct supposition *out, struct err *err)
{
	*out = (struct supposition){
		.on = DAY_UNKNOWN, .at = INSTANT_UNKNOWN, .was = DAY_UNKNOWN };
	size_t equals = str_find(text, '=');
	if (equals >= text.n)
		return misread(err, "this supposes nothing", text);
	str name = str_upto(text, equals), value = str_from(text, equals + 1);
	size_t at = str_find(name, '@');
	str was = at < name.n ? str_from(name, at + 1) : (str){ 0 };
	out->word = word_find(str_upto(name, at));
	if (out->word == WORD_NONE)
		return misread(err, "not an event (`duly events` lists them)", text);
	if (was.n > 0 && !day_read(was, &out->was, err))
		return false;
	if (str_equal(value, S("never"))) {
		out->act = SUPPOSE_REMOVE;
		return true;
	}
	out->act = at < name.n ? SUPPOSE_MOVE : SUPPOSE_ADD;
	size_t more = str_find(value, ';');
	out->detail = more < value.n ? str_from(value, more + 1) : (str){ 0 };
	if (out->act == SUPPOSE_MOVE && out->detail.n > 0)
		return misread(err, "what is moved keeps its detail", text);
	struct when when;
	if (!when_read(str_upto(value, more), &when, err))
		return false;
	out->on = when.on;
	out->at = when.at;
	return true;
}

/* ---- the events as they would be */

static struct event *find(struct event *event, size_t n, const struct supposition *supposition)
{
	struct event *found = NULL;
	for (size_t i = 0; i < n; i++) {
		struct event *one = &event[i];
		bool fits = supposition->event != 0
			? one->id == supposition->event && one->word == supposition->word
			: one->word == supposition->word &&
				(supposition->was == DAY_UNKNOWN || one->on == supposition->was);
		if (fits)
			found = one;
	}
	return found;
}

/* What begins a period of its own, and with it a thread. */
static bool starts_thread(enum word word)
{
	static const enum word starts[] = { WORD_LOOKED_AFTER_BEGAN, WORD_PLACEMENT_BEGAN,
		WORD_PLACED_FOR_ADOPTION, WORD_REFERRAL_RECEIVED, WORD_S47_BEGAN,
		WORD_TRANSFER_IN_NOTIFIED, WORD_TEMPORARY_STAY_BEGAN, WORD_CP_PLAN_BEGAN,
		WORD_PRE_PROCEEDINGS_BEGAN, WORD_PROCEEDINGS_BEGAN, WORD_ASSESSMENT_ORDER_BEGAN,
		WORD_POLICE_PROTECTION_BEGAN, WORD_MISSING_BEGAN, WORD_SECURE_PLACEMENT_BEGAN,
		WORD_PRIVATE_FOSTERING_KNOWN };
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		if (starts[i] == word)
			return true;
	}
	return false;
}

static bool same_kind(enum word a, enum word b)
{
	return (word_rows[a].threads & word_rows[b].threads) != 0;
}

/* What happens belongs to the period that runs then: the last of its kind that began by that day. A
 * placement, a plan or a period of care that begins is another than those before. */
static int64_t thread_for(const struct event *event, size_t n, const struct supposition *supposition)
{
	enum word word = supposition->word;
	int64_t thread = 0, fresh = 0;
	bool found = false;
	if (supposition->thread != 0 || word_rows[word].threads == 0)
		return supposition->thread;
	for (size_t i = 0; i < n; i++) {
		if (event[i].thread > fresh)
			fresh = event[i].thread;
		/* Where nothing began by then, the first that is there at all. */
		bool by_then = event[i].on <= supposition->on;
		if (event[i].thread == 0 || !same_kind(event[i].word, word) || (found && !by_then))
			continue;
		thread = event[i].thread;
		found = true;
	}
	return starts_thread(word) ? fresh + 1 : thread;
}

static void move(struct event *event, const struct supposition *supposition)
{
	if (event->on == supposition->on && supposition->at == INSTANT_UNKNOWN)
		return;
	event->on = supposition->on;
	event->at = supposition->at;
}

static bool is_there(const struct event *event, size_t n, const struct supposition *supposition)
{
	for (size_t i = 0; i < n; i++) {
		if (event[i].word == supposition->word && event[i].on == supposition->on &&
			(supposition->at == INSTANT_UNKNOWN || supposition->at == event[i].at) &&
			(supposition->thread == 0 || supposition->thread == event[i].thread) &&
			(supposition->detail.n == 0 ||
				str_equal(supposition->detail, event[i].detail)))
			return true;
	}
	return false;
}

size_t suppose_events(const struct event *event, size_t n, const struct supposition *supposition,
	size_t m, struct event **out, size_t *missed)
{
	struct event *made = mem_alloc(n + m + 1, sizeof *made);
	size_t left = n;
	*missed = 0;
	for (size_t i = 0; i < n; i++)
		made[i] = event[i];
	for (size_t i = 0; i < m; i++) {
		const struct supposition *one = &supposition[i];
		if (one->act == SUPPOSE_ADD) {
			if (!is_there(made, left, one))
				made[left++] = (struct event){ .word = one->word, .on = one->on,
					.at = one->at, .detail = one->detail,
					.thread = thread_for(event, n, one),
					.id = -(int64_t)i - 1 };
			continue;
		}
		struct event *found = find(made, left, one);
		if (found == NULL) {
			(*missed)++;
		} else if (one->act == SUPPOSE_MOVE) {
			move(found, one);
		} else {
			for (struct event *e = found; e + 1 < made + left; e++)
				*e = e[1];
			left--;
		}
	}
	*out = made;
	return events_sort(made, left);
}

/* ---- side by side */

static bool same_clock(const struct clock *a, const struct clock *b)
{
	return a->from == b->from && a->from_at == b->from_at && a->due == b->due &&
		a->due_at == b->due_at && a->due_data == b->due_data && a->booked == b->booked &&
		a->met_on == b->met_on && a->ended_on == b->ended_on &&
		a->ended_by == b->ended_by && a->doubt == b->doubt &&
		str_equal(a->disapplied, b->disapplied);
}

/* How surely two are one clock: the same event opened it on the same day; the same event opened it;
 * it is the next of that rule and thread that is left on either side. */
enum sureness { SAME_START, SAME_EVENT, SAME_THREAD, SURENESSES };

static bool is_one(const struct clock *a, const struct clock *b, enum sureness sureness)
{
	if (a->rule != b->rule || a->thread != b->thread)
		return false;
	if (sureness == SAME_THREAD)
		return a->from_event >= 0 && b->from_event >= 0;
	return a->from_event == b->from_event && (sureness == SAME_EVENT || a->from == b->from);
}

static void pair(const struct supposed *supposed, const struct clock **partner, bool *taken)
{
	for (enum sureness sureness = SAME_START; sureness < SURENESSES; sureness++) {
		for (size_t i = 0; i < supposed->now.n; i++) {
			const struct clock *now = &supposed->now.item[i];
			for (size_t j = 0; partner[i] == NULL && j < supposed->then.n; j++) {
				if (taken[j] || !is_one(now, &supposed->then.item[j], sureness))
					continue;
				partner[i] = &supposed->then.item[j];
				taken[j] = true;
			}
		}
	}
}

static void put(struct supposed *out, const struct clock *now, const struct clock *then)
{
	bool was = now != NULL && clock_state(now, out->as_of) == CLOCK_OVERDUE;
	bool is = then != NULL && clock_state(then, out->as_of) == CLOCK_OVERDUE;
	bool both = now != NULL && then != NULL;
	struct supposed_clock clock = { .now = now, .then = then,
		.same = both && same_clock(now, then),
		.becomes_overdue = is && !was,
		.no_longer_overdue = was && !is };
	if (both && now->due != DAY_UNKNOWN && then->due != DAY_UNKNOWN)
		clock.moved = then->due - now->due;
	out->changed += !clock.same;
	ARRAY_MORE(out) = clock;
}

void supposed_compare(struct supposed *out)
{
	const struct clock **partner = mem_alloc(out->now.n + 1, sizeof *partner);
	bool *taken = mem_alloc(out->then.n + 1, sizeof *taken);
	pair(out, partner, taken);
	for (size_t i = 0; i < out->now.n; i++)
		put(out, &out->now.item[i], partner[i]);
	for (size_t j = 0; j < out->then.n; j++) {
		if (!taken[j])
			put(out, NULL, &out->then.item[j]);
	}
	mem_free(partner);
	mem_free(taken);
}

void suppose(const struct law *law, const struct event *event, size_t n,
	const struct coverage *coverage, day today, const struct supposition *supposition, size_t m,
	struct supposed *out)
{
	struct event *then;
	*out = (struct supposed){ .as_of = today };
	for (size_t i = 0; i < m; i++) {
		bool held = supposition[i].act != SUPPOSE_REMOVE &&
			!word_is_planned(supposition[i].word);
		if (held && supposition[i].on > out->as_of)
			out->as_of = supposition[i].on;
	}
	size_t left = suppose_events(event, n, supposition, m, &then, &out->missed);
	clocks_compute(law, event, n, coverage, out->as_of, &out->now);
	clocks_compute(law, then, left, coverage, out->as_of, &out->then);
	supposed_compare(out);
	mem_free(then);
}

void supposed_close(struct supposed *supposed)
{
	clocks_close(&supposed->now);
	clocks_close(&supposed->then);
	mem_free(supposed->item);
	*supposed = (struct supposed){ 0 };
}

str supposed_text(const struct supposed_clock *clock)
{
	if (clock->now == NULL)
		return S("new");
	if (clock->then == NULL)
		return S("gone");
	if (clock->same)
		return S("same");
	return clock->moved != 0 ? S("moved") : S("state");
}
