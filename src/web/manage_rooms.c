/* manage_rooms.c - the rooms in which meetings are held: a list, and one room's form. */
#include "base/utf8.h"
#include "html/govuk_button.h"
#include "html/govuk_input.h"
#include "html/govuk_options.h"
#include "html/govuk_tag.h"
#include "store/diary.h"
#include "web/later.h"
#include "web/manage.h"

#define ROOMS S("/manage/rooms")
enum { NAME_MOST = 60, NOTE_MOST = 200, SEATS_MOST = 500 };

struct room_form {
	struct room room;
	str seats; /* as typed */
	struct manage_mistakes mistakes;
};

static void fields(struct page *page, const struct room_form *form, str to, str button)
{
	struct buf *b = page->out;
	layout_form_open(b, to, page->csrf);
	govuk_input(b, .label = { .text = S("Name") },
		.hint = { .text = S("As people look for it: Room 2, Civic Centre") }, .id = S("name"),
		.name = S("name"), .value = form->room.name,
		.error = { .text = manage_wrong_at(&form->mistakes, S("name")) });
	govuk_input(b, .label = { .text = S("Seats (optional)") }, .id = S("seats"),
		.name = S("seats"), .value = form->seats, .inputmode = S("numeric"),
		.classes = S("govuk-input--width-3"),
		.error = { .text = manage_wrong_at(&form->mistakes, S("seats")) });
	govuk_input(b, .label = { .text = S("Worth knowing (optional)") },
		.hint = { .text = S("Step-free, hearing loop, a second door") }, .id = S("note"),
		.name = S("note"), .value = form->room.note,
		.error = { .text = manage_wrong_at(&form->mistakes, S("note")) });
	if (form->room.id != 0) {
		const struct govuk_option closed[] = {
			{ .text = S("It is not used any more"), .value = S("yes") } };
		govuk_checkboxes(b, .name = S("closed"), .id_prefix = S("closed"), .items = closed,
			.n_items = 1, .values = (const str[]){ S("yes") },
			.n_values = form->room.closed ? 1 : 0);
	}
	govuk_button(b, .text = button, .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void list(struct page *page, const struct rooms *rooms)
{
	struct buf *b = page->out;
	if (rooms->n == 0) {
		H(b, "<p class=\"govuk-body\">No room is listed. While the list is empty, rooms are not "
		     "asked about when a day for a meeting is suggested.</p>\n");
		return;
	}
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Rooms</caption><thead class=\"govuk-table__head\"><tr "
	     "class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">Room</th><th "
	     "scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Seats</th><th "
	     "scope=\"col\" class=\"govuk-table__header\">Worth knowing</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room *room = &rooms->item[i];
		H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
		     "<a class=\"govuk-link\" href=\"/manage/rooms/");
		text_id(b, room->id);
		H(b, "\">");
		text(b, room->name);
		H(b, "</a> ");
		if (room->closed)
			govuk_tag(b, .text = S("Not used"), .classes = S("govuk-tag--grey"));
		H(b, "</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
		if (room->seats >= 0)
			text_int(b, room->seats);
		else
			H(b, "Not said");
		H(b, "</td><td class=\"govuk-table__cell\">");
		text(b, room->note);
		H(b, "</td></tr>\n");
	}
	H(b, "</tbody></table>\n");
}

static void draw_list(struct page *page, const struct room_form *form)
{
	struct rooms rooms;
	struct err err;
	if (!store_rooms(page->store, page->arena, page->actor.authority, true, &rooms, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, ROOMS, S("Rooms"), &form->mistakes);
	list(page, &rooms);
	H(page->out, "<h2 class=\"govuk-heading-m\">Add a room</h2>\n");
	fields(page, form, ROOMS, S("Add room"));
	manage_close(page);
}

static void draw_one(struct page *page, const struct room_form *form)
{
	manage_open(page, ROOMS, S("Change a room"), &form->mistakes);
	fields(page, form,
		arena_format(page->arena, "/manage/rooms/%lld", (long long)form->room.id),
		S("Save room"));
	manage_close(page);
}

static void draw(struct page *page, const struct room_form *form)
{
	if (form->room.id == 0)
		draw_list(page, form);
	else
		draw_one(page, form);
}

void manage_rooms_show(struct page *page)
{
	draw_list(page, arena_new(page->arena, struct room_form));
}

void manage_room_show(struct page *page)
{
	struct rooms rooms;
	struct err err;
	if (!store_rooms(page->store, page->arena, page->actor.authority, true, &rooms, &err)) {
		page_failed(page, &err);
		return;
	}
	for (size_t i = 0; i < rooms.n; i++) {
		if (rooms.item[i].id != page->id)
			continue;
		struct room_form *form = arena_new(page->arena, struct room_form);
		form->room = rooms.item[i];
		if (form->room.seats >= 0)
			form->seats = arena_format(
				page->arena, "%lld", (long long)form->room.seats);
		draw_one(page, form);
		return;
	}
	page_problem(page, 404);
}

static void read_form(struct page *page, struct room_form *form)
{
	form->room = (struct room){ .id = page->id, .seats = -1,
		.name = str_trim(form_value(&page->form, S("name"))),
		.note = str_trim(form_value(&page->form, S("note"))),
		.closed = page->id != 0 && form_has(&page->form, S("closed")) };
	form->seats = str_trim(form_value(&page->form, S("seats")));
	if (form->room.name.n == 0)
		manage_wrong(&form->mistakes, S("name"), S("Enter the name of the room"));
	else if (utf8_count(form->room.name) > NAME_MOST)
		manage_wrong(&form->mistakes, S("name"), S("The name must be 60 characters or fewer"));
	if (form->seats.n > 0 && (!str_int(form->seats, &form->room.seats) ||
					 form->room.seats < 1 || form->room.seats > SEATS_MOST))
		manage_wrong(&form->mistakes, S("seats"), S("Seats must be a number from 1 to 500"));
	if (utf8_count(form->room.note) > NOTE_MOST)
		manage_wrong(&form->mistakes, S("note"),
			S("What is worth knowing must be 200 characters or fewer"));
}

static bool room_write(struct page *page, struct store *store, struct err *err)
{
	struct room_form *form = page->own;
	return store_room_set(store, page->arena, &page->actor, &form->room, err);
}

static void room_written(struct page *page, const struct err *failed)
{
	struct room_form *form = page->own;
	form->room.id = page->id;
	if (failed == NULL) {
		manage_done(page, ROOMS, S("room"));
	} else if (failed->code == ERR_DUPLICATE) {
		manage_wrong(&form->mistakes, S("name"), S("There is a room of that name already"));
		draw(page, form);
	} else {
		page_failed(page, failed);
	}
}

void manage_room_send(struct page *page)
{
	struct room_form *form = arena_new(page->arena, struct room_form);
	read_form(page, form);
	page->own = form;
	if (form->mistakes.n > 0)
		draw(page, form);
	else
		page_write(page, room_write, room_written);
}
