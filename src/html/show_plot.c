#include "html/show_plot.h"

/* In units of the drawing: it is scaled to the page. */
enum { WIDE = 960, TALL = 260, LEFT = 40, TOP = 24, BOTTOM = 30 };

static int64_t whole(const struct plot_bar *bar)
{
	int64_t sum = 0;
	for (size_t i = 0; i < PLOT_PARTS; i++)
		sum += bar->part[i];
	return sum;
}

/* The top of the scale: 5, 10, 20, 50, 100 ... */
static int64_t scale(const struct plot *plot)
{
	static const int64_t step[] = { 2, 5, 10 };
	int64_t most = 1, top = 5;
	for (size_t i = 0; i < plot->n; i++)
		most = whole(&plot->bar[i]) > most ? whole(&plot->bar[i]) : most;
	for (int64_t ten = 5; top < most; ten *= 10) {
		for (size_t i = 0; i < 3 && top < most; i++)
			top = ten * step[i];
	}
	return top;
}

static void rect(struct buf *b, const char *part, int64_t x, int64_t y, int64_t wide, int64_t tall)
{
	H(b, "<rect class=\"app-plot__");
	text(b, str_of(part));
	H(b, "\"");
	attr_int(b, "x", x);
	attr_int(b, "y", y);
	attr_int(b, "width", wide);
	attr_int(b, "height", tall);
	H(b, "/>");
}

static void label(struct buf *b, const char *how, int64_t x, int64_t y, str words)
{
	H(b, "<text class=\"app-plot__");
	text(b, str_of(how));
	H(b, "\"");
	attr_int(b, "x", x);
	attr_int(b, "y", y);
	H(b, ">");
	text(b, words);
	H(b, "</text>\n");
}

static void number(struct buf *b, const char *how, int64_t x, int64_t y, int64_t n)
{
	struct buf words = { 0 };
	buf_int(&words, n);
	label(b, how, x, y, buf_view(&words));
	buf_close(&words);
}

static void lines(struct buf *b, int64_t top)
{
	for (int64_t i = 0; i <= 2; i++) {
		int64_t y = TALL - BOTTOM - i * (TALL - TOP - BOTTOM) / 2;
		rect(b, "line", LEFT, y, WIDE - LEFT, 1);
		if (i != 1 || top % 2 == 0)
			number(b, "scale", LEFT - 6, y + 5, top * i / 2);
	}
}

static void bar(struct buf *b, const struct plot *plot, size_t i, int64_t top)
{
	static const char *const part[PLOT_PARTS] = { "one", "two", "three" };
	const struct plot_bar *at = &plot->bar[i];
	int64_t step = (WIDE - LEFT) / (int64_t)plot->n, x = LEFT + (int64_t)i * step + 2;
	int64_t room = TALL - TOP - BOTTOM, sum = 0;
	for (size_t k = 0; k < PLOT_PARTS; k++) {
		int64_t from = sum * room / top, to = (sum + at->part[k]) * room / top;
		if (at->part[k] > 0)
			rect(b, part[k], x, TALL - BOTTOM - to, step - 4, to - from);
		sum += at->part[k];
	}
	if (sum > 0)
		number(b, "count", x + step / 2 - 2, TALL - BOTTOM - sum * room / top - 5, sum);
	if (at->label.n > 0)
		label(b, "week", x, TALL - 8, at->label);
}

static void key(struct buf *b, const struct plot *plot)
{
	static const char *const part[PLOT_PARTS] = { "one", "two", "three" };
	H(b, "<ul class=\"app-plot__key\">\n");
	for (size_t i = 0; i < PLOT_PARTS; i++) {
		if (plot->part[i].n == 0)
			continue; /* drawn of fewer */
		H(b, "<li><svg class=\"app-plot__swatch\" viewBox=\"0 0 20 20\" width=\"20\" height=\"20\" "
		     "aria-hidden=\"true\" focusable=\"false\">");
		rect(b, part[i], 1, 1, 18, 18);
		H(b, "</svg> ");
		text(b, plot->part[i]);
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

void show_plot(struct buf *b, const struct plot *plot)
{
	if (plot->n == 0)
		return;
	int64_t top = scale(plot);
	H(b, "<figure class=\"app-plot\">\n<svg class=\"app-plot__bars\" role=\"img\" focusable=\"false\" "
	     "viewBox=\"0 0 960 260\" aria-labelledby=\"");
	text(b, plot->id);
	H(b, "-title ");
	text(b, plot->id);
	H(b, "-said\">\n<title id=\"");
	text(b, plot->id);
	H(b, "-title\">");
	text(b, plot->title);
	H(b, "</title>\n<desc id=\"");
	text(b, plot->id);
	H(b, "-said\">");
	text(b, plot->said);
	H(b, "</desc>\n");
	lines(b, top);
	for (size_t i = 0; i < plot->n; i++)
		bar(b, plot, i, top);
	H(b, "</svg>\n<figcaption>\n<p class=\"govuk-body\">");
	text(b, plot->said);
	H(b, "</p>\n");
	key(b, plot);
	H(b, "</figcaption>\n</figure>\n");
}
