/* manage_brand.c - one colour and a logo: what makes Duly the council's own. */
#include "document/png.h"
#include "html/colour.h"
#include "html/govuk_button.h"
#include "html/govuk_file_upload.h"
#include "html/govuk_input.h"
#include "job/worker.h"
#include "web/brand.h"
#include "web/later.h"
#include "web/manage.h"

#define BRANDING S("/manage/branding")

struct branding {
	str colour;       /* as typed */
	str kept;         /* as it is kept: "#00585e" */
	str sent;         /* the logo as it came; empty: none was chosen */
	bool remove_logo;
	struct buf made;  /* the logo made anew */
	struct err wrong; /* of the logo */
	bool bad;
	struct manage_mistakes mistakes;
};

static void form(struct page *page, const struct branding *branding)
{
	struct buf *b = page->out;
	const struct manage_mistakes *mistakes = &branding->mistakes;
	struct brand brand = brand_now(page->web, page->actor.authority);
	manage_open(page, BRANDING, S("Branding"), mistakes);
	H(b, "<p class=\"govuk-body\">Your council’s colour stands behind its name at the top of each "
	     "page. The colours that say where the keyboard is and what is wrong stay as they are.</p>\n"
	     "<form method=\"post\" action=\"/manage/branding\" enctype=\"multipart/form-data\" "
	     "novalidate><input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", page->csrf);
	H(b, ">\n");
	govuk_input(b, .label = { .text = S("Colour") }, .id = S("colour"), .name = S("colour"),
		.hint = { .text = S("Six figures, as #00585e. White words must be readable on it.") },
		.value = branding->colour, .classes = S("govuk-input--width-10"),
		.spellcheck = GOVUK_NO, .autocomplete = S("off"),
		.error = { .text = manage_wrong_at(mistakes, S("colour")) });
	govuk_file_upload(b, .label = { .text = S("Logo") }, .id = S("logo"), .name = S("logo"),
		.hint = { .text = S("A PNG picture of up to 1,200 by 400 pixels and 200 KB. It is made "
				    "anew from its pixels, without anything else that the file "
				    "holds. Leave empty to keep the logo as it is.") },
		.error = { .text = manage_wrong_at(mistakes, S("logo")) });
	govuk_button(b, .text = S("Save branding"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	if (brand.colour[0] != '\0' || brand.logo[0] != '\0') {
		layout_form_open(b, S("/manage/branding/reset"), page->csrf);
		govuk_button(b, .text = S("Remove the colour and the logo"),
			.classes = S("govuk-button--secondary"));
		H(b, "</form>\n");
	}
	manage_close(page);
}

void manage_brand_show(struct page *page)
{
	struct branding *branding = arena_new(page->arena, struct branding);
	struct brand brand = brand_now(page->web, page->actor.authority);
	branding->colour = brand.colour[0] == '\0' ? S("#00585e")
						   : arena_str(page->arena, str_of(brand.colour));
	form(page, branding);
}

static void check_colour(struct page *page, struct branding *branding)
{
	const struct colour white = { 255, 255, 255 };
	struct colour colour;
	branding->colour = str_trim(form_value(&page->form, S("colour")));
	if (!colour_read(branding->colour, &colour)) {
		manage_wrong(&branding->mistakes, S("colour"),
			S("Enter a colour of six figures, as #00585e"));
		return;
	}
	double ratio = colour_contrast(colour, white);
	/* Cut, not rounded: 4.49 is not shown as the 4.5 that it is not. */
	int tenths = (int)(ratio * 10);
	if (ratio < COLOUR_READABLE)
		manage_wrong(&branding->mistakes, S("colour"),
			arena_format(page->arena,
				"White words on this colour have a contrast of %d.%d to 1, and need "
				"4.5 to 1. Choose a darker one",
				tenths / 10, tenths % 10));
	branding->kept = arena_format(
		page->arena, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
}

static bool brand_write(struct page *page, struct store *store, struct err *err)
{
	struct branding *branding = page->own;
	str logo = buf_view(&branding->made);
	return store_brand_set(store, &page->actor, branding->kept,
		branding->remove_logo || logo.n > 0 ? &logo : NULL, err);
}

static void brand_written(struct page *page, const struct err *failed)
{
	struct branding *branding = page->own;
	buf_close(&branding->made);
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	brand_read(page->web, page->store);
	manage_done(page, BRANDING, branding->remove_logo ? S("plain") : S("branded"));
}

/* On a thread that may wait: the picture is opened by a process that may do nothing else. */
static void logo_work(struct page *page)
{
	struct branding *branding = page->own;
	const struct worker worker = {
		.kind = "logo", .input = branding->sent, .output_max = PNG_BYTES_MAX * 2
	};
	branding->bad = !worker_run(&worker, &branding->made, &branding->wrong);
}

static void logo_worked(struct page *page, const struct err *failed)
{
	struct branding *branding = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (branding->bad) {
		buf_close(&branding->made);
		manage_wrong(&branding->mistakes, S("logo"),
			arena_str(page->arena, str_of(branding->wrong.text)));
		form(page, branding);
	} else {
		page_write(page, brand_write, brand_written);
	}
}

void manage_brand_send(struct page *page)
{
	struct branding *branding = arena_new(page->arena, struct branding);
	page->own = branding;
	check_colour(page, branding);
	for (size_t i = 0; i < page->files; i++) {
		if (str_equal(page->file[i].field, S("logo")) && page->file[i].name.n > 0)
			branding->sent = page->file[i].bytes;
	}
	if (branding->sent.n > PNG_BYTES_MAX)
		manage_wrong(&branding->mistakes, S("logo"),
			S("The picture is over the limit of 200 KB"));
	if (branding->mistakes.n > 0)
		form(page, branding);
	else if (branding->sent.n > 0)
		page_work(page, logo_work, logo_worked);
	else
		page_write(page, brand_write, brand_written);
}

void manage_brand_reset(struct page *page)
{
	struct branding *branding = arena_new(page->arena, struct branding);
	page->own = branding;
	branding->remove_logo = true;
	page_write(page, brand_write, brand_written);
}
