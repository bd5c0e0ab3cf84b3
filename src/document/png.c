#include "document/png.h"

#include <string.h>
#include <zlib.h>

enum { SIGNATURE = 8, HEAD = 13, FRAME = 12, DEPTHS = 5 };

struct picture {
	uint32_t width, height;
	unsigned depth, colour;
	bool header, palette, pixels, ended;
	struct buf packed; /* all IDAT together */
};

static bool refuse(struct err *err, const char *why)
{
	return err_set(err, ERR_INPUT, "%s", why);
}

static uint32_t number(str bytes, size_t at)
{
	uint32_t value = 0;
	for (size_t i = 0; i < 4; i++)
		value = value << 8 | (unsigned char)bytes.p[at + i];
	return value;
}

/* Table 11.1: how many samples a pixel of that colour type has, and how deep they may be. */
static const struct {
	unsigned colour, samples;
	unsigned depth[DEPTHS];
} kinds[] = {
	{ 0, 1, { 1, 2, 4, 8, 16 } },
	{ 2, 3, { 8, 16 } },
	{ 3, 1, { 1, 2, 4, 8 } },
	{ 4, 2, { 8, 16 } },
	{ 6, 4, { 8, 16 } },
};

/* 0: no such picture. */
static unsigned bits_of_pixel(const struct picture *picture)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		for (size_t k = 0; kinds[i].colour == picture->colour && k < DEPTHS; k++) {
			if (kinds[i].depth[k] != 0 && kinds[i].depth[k] == picture->depth)
				return kinds[i].samples * picture->depth;
		}
	}
	return 0;
}

static bool header(struct picture *picture, str body, struct err *err)
{
	if (picture->header || body.n != HEAD)
		return refuse(err, "The picture is damaged");
	picture->header = true;
	picture->width = number(body, 0);
	picture->height = number(body, 4);
	picture->depth = (unsigned char)body.p[8];
	picture->colour = (unsigned char)body.p[9];
	if (picture->width == 0 || picture->height == 0 || bits_of_pixel(picture) == 0 ||
		body.p[10] != 0 || body.p[11] != 0)
		return refuse(err, "The picture is damaged");
	if (picture->width > PNG_WIDTH_MAX || picture->height > PNG_HEIGHT_MAX)
		return err_set(err, ERR_INPUT,
			"The picture is %u by %u pixels, and may be %d by %d at most", picture->width,
			picture->height, PNG_WIDTH_MAX, PNG_HEIGHT_MAX);
	return body.p[12] == 0 ||
		refuse(err, "The picture is interlaced: save it without interlacing");
}

static void put_number(struct buf *out, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(out, (char)(unsigned char)(value >> shift & 0xff));
}

static void put_piece(struct buf *out, str name, str body)
{
	put_number(out, (uint32_t)body.n);
	size_t at = out->n;
	buf_str(out, name);
	buf_str(out, body);
	if (!out->full)
		put_number(out, (uint32_t)crc32(0, (const Bytef *)out->p + at,
					(uInt)(out->n - at)));
}

/* What is not one of the five is left out, unless a reader would have to know it. */
static bool piece(struct picture *picture, str name, str body, struct buf *out, struct err *err)
{
	if (str_equal(name, S("IHDR"))) {
		if (!header(picture, body, err))
			return false;
		put_piece(out, name, body);
		return true;
	}
	if (!picture->header || picture->ended)
		return refuse(err, "The picture is damaged");
	if (str_equal(name, S("IDAT"))) {
		picture->pixels = true;
		buf_str(&picture->packed, body);
		return true;
	}
	if (str_equal(name, S("IEND"))) {
		picture->ended = true;
		return body.n == 0 || refuse(err, "The picture is damaged");
	}
	if (str_equal(name, S("PLTE"))) {
		if (picture->palette || picture->pixels || body.n == 0 || body.n % 3 != 0 ||
			body.n > 768 || picture->colour == 0 || picture->colour == 4)
			return refuse(err, "The picture is damaged");
		picture->palette = true;
		put_piece(out, name, body);
		return true;
	}
	if (str_equal(name, S("tRNS"))) {
		if (picture->pixels || body.n > 256)
			return refuse(err, "The picture is damaged");
		put_piece(out, name, body);
		return true;
	}
	return (name.p[0] & 0x20) != 0 || refuse(err, "The picture is of a kind that is not known");
}

static bool pieces(struct picture *picture, str rest, struct buf *out, struct err *err)
{
	while (rest.n > 0) {
		if (rest.n < FRAME)
			return refuse(err, "The picture is cut short");
		uint32_t length = number(rest, 0);
		if (length > rest.n - FRAME)
			return refuse(err, "The picture is cut short");
		str name = { rest.p + 4, 4 }, body = { rest.p + 8, length };
		if (number(rest, 8 + length) != crc32(0, (const Bytef *)name.p, 4 + length))
			return refuse(err, "The picture is damaged");
		if (!piece(picture, name, body, out, err))
			return false;
		rest = str_from(rest, FRAME + (size_t)length);
	}
	if (!picture->ended || !picture->pixels || (picture->colour == 3 && !picture->palette))
		return refuse(err, "The picture is cut short");
	return true;
}

/* The pixels, and not one byte more: nothing is hidden behind them. */
static bool pixels(struct arena *arena, const struct picture *picture, struct err *err)
{
	size_t line = ((size_t)picture->width * bits_of_pixel(picture) + 7) / 8 + 1;
	uLongf want = (uLongf)(line * picture->height), got = want + 1;
	unsigned char *room = arena_take(arena, want + 1, 1);
	uLong used = (uLong)picture->packed.n;
	if (uncompress2(room, &got, (const Bytef *)picture->packed.p, &used) != Z_OK || got != want ||
		used != picture->packed.n)
		return refuse(err, "The picture is damaged");
	for (size_t y = 0; y < picture->height; y++) {
		if (room[y * line] > 4) /* a filter of which there are five */
			return refuse(err, "The picture is damaged");
	}
	return true;
}

bool png_take(struct arena *arena, str bytes, struct buf *out, struct err *err)
{
	static const char signature[SIGNATURE] = "\x89PNG\r\n\x1a\n";
	struct picture picture = { 0 };
	if (bytes.n > PNG_BYTES_MAX)
		return err_set(err, ERR_INPUT, "The picture is over the limit of %d KB",
			PNG_BYTES_MAX / 1024);
	if (bytes.n < SIGNATURE || memcmp(bytes.p, signature, SIGNATURE) != 0)
		return refuse(err, "The file is not a PNG picture");
	buf_bytes(out, signature, SIGNATURE);
	bool done = pieces(&picture, str_from(bytes, SIGNATURE), out, err) &&
		pixels(arena, &picture, err);
	if (done) {
		put_piece(out, S("IDAT"), buf_view(&picture.packed));
		put_piece(out, S("IEND"), (str){ 0 });
	}
	buf_close(&picture.packed);
	return done;
}
