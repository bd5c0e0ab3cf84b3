/* minutes.c - the record of a meeting, drafted by who takes its minutes: kept as it is typed, then
 * given to who chairs, who alone saves it. */
#include "html/govuk_error_summary.h"
#include "web/child.h"
#include "web/later.h"
#include "web/meeting.h"
#include "web/record.h"

struct drafting {
	struct meeting meeting;
	struct writing *writing;
};

/* Of the child's periods only the one that the meeting is about; of a review, the placement for adoption
 * that it may be of, too. */
static void narrow(struct page *page, struct record_form *form, const struct meeting *meeting)
{
	struct form_choice *choice = arena_take(page->arena, form->choices + 1, sizeof *choice);
	size_t n = 0;
	for (size_t i = 0; i < form->choices; i++) {
		bool placed = form->type == &cla_review_type && (form->choice[i].kind & TO_ADOPTION) != 0;
		if (placed || form->choice[i].id == meeting->record.thread.id)
			choice[n++] = form->choice[i];
	}
	form->choice = choice;
	form->choices = n;
}

static void put_choice(
	struct page *page, struct writing *writing, str field, const struct form_choice *choice)
{
	typed_put(page->arena, &writing->typed, field,
		arena_format(page->arena, "%lld", (long long)choice->id));
}

static void begin_review(struct page *page, struct writing *writing)
{
	for (size_t i = 0; i < writing->form.choices; i++) {
		if ((writing->form.choice[i].kind & THREAD_CARE) != 0)
			put_choice(page, writing, S("care"), &writing->form.choice[i]);
	}
	record_begin_placed(page, writing);
}

/* What a conference is about says which it is: of a move here on a plan. */
static void begin_conference(struct page *page, struct writing *writing, str kind)
{
	for (size_t i = 0; i < writing->form.choices; i++) {
		const struct form_choice *choice = &writing->form.choice[i];
		if ((choice->kind & THREAD_S47) != 0)
			put_choice(page, writing, S("section47"), choice);
		else if ((choice->kind & THREAD_PLAN) != 0)
			put_choice(page, writing, S("plan"), choice);
		else if ((choice->kind & TO_MOVED_HERE) != 0)
			kind = S("transfer-in");
	}
	typed_put(page->arena, &writing->typed, S("kind"), kind);
}

/* What the booking says already. */
static void begin(struct page *page, struct writing *writing, const struct meeting *meeting)
{
	struct typed *typed = &writing->typed;
	const struct booking *booked = &meeting->record;
	if (writing->form.type == &cla_review_type)
		begin_review(page, writing);
	else
		begin_conference(page, writing, booked->meeting);
	if (booked->on > page->today)
		return;
	record_begin_day(page, typed, "held", booked->on);
}

/* The form of this meeting's record, for who drafts it; NULL once the page says why not. From here on
 * the page is about the child, as the forms of records expect. */
static struct drafting *drafting_open(struct page *page)
{
	struct drafting *it = arena_new(page->arena, struct drafting);
	struct meeting *meeting = &it->meeting;
	struct err err;
	page->own = it;
	if (!store_meeting(page->store, page->arena, &page->actor, page->id, meeting, &err)) {
		page_failed(page, &err);
		return NULL;
	}
	const struct record_type *type = meeting_record_type(meeting->record.meeting);
	if (type == NULL || meeting->invitation == 0 || !meeting->minutes ||
		meeting->handed_at != INSTANT_UNKNOWN ||
		!policy_may(page->actor.role, MAY_DRAFT, RELATION_INVITED, meeting->openness)) {
		page_redirect(page,
			arena_format(page->arena, "/meetings/%lld", (long long)meeting->booking));
		return NULL;
	}
	page->id = meeting->subject;
	page->child = (struct child_head){ .subject = meeting->subject, .level = 2,
		.authority = meeting->authority, .number = meeting->number,
		.forename = meeting->forename, .surname = meeting->surname, .born = meeting->born,
		.died = meeting->died, .known_to = DAY_UNKNOWN };
	page->layout.back_href =
		arena_format(page->arena, "/meetings/%lld", (long long)meeting->booking);
	page->layout.back_text = S("The meeting");
	struct writing *writing = it->writing = arena_new(page->arena, struct writing);
	writing->form = (struct record_form){ .type = type, .today = page->today };
	writing->key = meeting->booking;
	writing->minutes = true;
	if (record_choices(page, &writing->form, &err)) {
		narrow(page, &writing->form, meeting);
		return it;
	}
	page_failed(page, &err);
	return NULL;
}

void minutes_show(struct page *page)
{
	struct drafting *it = drafting_open(page);
	if (it == NULL)
		return;
	begin(page, it->writing, &it->meeting);
	it->writing->kept = form_has(&page->query, S("kept"));
	if (record_take_draft(page, it->writing))
		record_form_show(page, it->writing);
	page_looked(page, S("look:meeting"), &it->meeting.subject, 1);
}

static bool hand_write(struct page *page, struct store *store, struct err *err)
{
	struct drafting *it = page->own;
	struct draft draft = record_draft_of(page, it->writing);
	bool kept = store_draft_keep(store, &draft, page->now, err);
	/* By the button it is the form in front of them that counts. */
	if (!kept && err->code == ERR_STALE)
		kept = store_draft_keep(store, &draft, page->now, err);
	return kept && store_minutes_hand(store, &page->actor, it->meeting.booking, err);
}

static void handed(struct page *page, const struct err *failed)
{
	struct drafting *it = page->own;
	struct writing *writing = it->writing;
	str wrong = { 0 };
	if (failed == NULL || failed->code == ERR_DENIED) {
		page_redirect(page, arena_format(page->arena, "/meetings/%lld",
			(long long)it->meeting.booking));
		return;
	}
	if (failed->code == ERR_INPUT)
		wrong = S("Nobody with an account is named to chair this meeting. Save the draft, and "
			  "ask who booked it to name the chair");
	else if (failed->code == ERR_DUPLICATE)
		wrong = S("Who chairs has a draft of this meeting already. Ask them to finish it or "
			  "throw it away");
	if (wrong.n == 0) {
		page_failed(page, failed);
		return;
	}
	form_fault_add(page->arena, &writing->faults, NULL, wrong, 0);
	record_form_show(page, writing);
	page_looked(page, S("look:meeting"), &it->meeting.subject, 1);
}

void minutes_send(struct page *page)
{
	struct drafting *it = drafting_open(page);
	if (it == NULL)
		return;
	struct writing *writing = it->writing;
	record_typed(page, writing->form.type, &page->form, writing);
	int64_t turn;
	if (str_int(form_value(&page->form, S("turn")), &turn) && turn >= 0)
		writing->turn = turn;
	if (str_equal(form_value(&page->form, S("action")), S("hand")))
		page_write(page, hand_write, handed);
	else
		record_keep_draft(page, writing);
}
