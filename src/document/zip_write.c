#include "document/zip_write.h"

#include "base/mem.h"

#include <string.h>
#include <zlib.h>

enum {
	NAME_ROOM = 48,
	PARTS_MAX = 300,
	PIECE = 64 * 1024,
	LEVEL = 6,
	/* An offset in the local header. */
	AT_CRC = 14,
	/* 1 January 1980, the first day that the format knows. */
	FIRST_DATE = (1 << 5) | 1,
	DEFLATED = 8,
	NEEDS = 20,
};

struct part {
	char name[NAME_ROOM];
	uint64_t at, packed, bytes; /* `at`: of its header, from the start of the zip */
	uint32_t crc;
};

struct zip_out {
	struct buf *out;
	size_t start;
	z_stream stream;
	bool open;
	struct part part[PARTS_MAX];
	size_t n;
};

struct zip_out *zip_begin(struct buf *out)
{
	struct zip_out *zip = mem_alloc(1, sizeof *zip);
	zip->out = out;
	zip->start = out->n;
	/* Raw deflate: the zip has its own checksum. */
	must(deflateInit2(&zip->stream, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	return zip;
}

static void put_number(struct buf *out, uint64_t number, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_char(out, (char)(unsigned char)(number >> (8 * i) & 0xff));
}

static void write_over(struct buf *out, size_t at, uint64_t number)
{
	for (size_t i = 0; i < 4; i++)
		out->p[at + i] = (char)(unsigned char)(number >> (8 * i) & 0xff);
}

/* What a header of a part and its line in the directory have in common. */
static void put_facts(struct buf *out, const struct part *part)
{
	put_number(out, NEEDS, 2);
	put_number(out, 0, 2); /* no flags */
	put_number(out, DEFLATED, 2);
	put_number(out, 0, 2);
	put_number(out, FIRST_DATE, 2);
	put_number(out, part->crc, 4);
	put_number(out, part->packed, 4);
	put_number(out, part->bytes, 4);
	put_number(out, strlen(part->name), 2);
	put_number(out, 0, 2); /* nothing extra */
}

/* Packs what the stream was given; with `flush` Z_FINISH, to the end. */
static void pack(struct zip_out *zip, int flush)
{
	int got;
	do {
		char *room = buf_reserve(zip->out, PIECE);
		if (room == NULL) /* over the limit: zip_end() tells */
			return;
		zip->stream.next_out = (Bytef *)room;
		zip->stream.avail_out = PIECE;
		got = deflate(&zip->stream, flush);
		must(got != Z_STREAM_ERROR);
		zip->out->n += PIECE - zip->stream.avail_out;
	} while (zip->stream.avail_out == 0 || (flush == Z_FINISH && got != Z_STREAM_END));
}

static void end_part(struct zip_out *zip)
{
	if (!zip->open)
		return;
	struct part *part = &zip->part[zip->n - 1];
	pack(zip, Z_FINISH);
	zip->open = false;
	size_t header = zip->start + part->at;
	part->packed = zip->out->n - header - 30 - strlen(part->name);
	must(deflateReset(&zip->stream) == Z_OK);
	if (zip->out->full)
		return;
	write_over(zip->out, header + AT_CRC, part->crc);
	write_over(zip->out, header + AT_CRC + 4, part->packed);
	write_over(zip->out, header + AT_CRC + 8, part->bytes);
}

void zip_add_part(struct zip_out *zip, const char *name)
{
	end_part(zip);
	must(zip->n < PARTS_MAX && strlen(name) < NAME_ROOM);
	struct part *part = &zip->part[zip->n++];
	*part = (struct part){ .at = zip->out->n - zip->start };
	memcpy(part->name, name, strlen(name));
	buf_lit(zip->out, "PK\3\4");
	put_facts(zip->out, part);
	buf_str(zip->out, str_of(name));
	zip->open = true;
}

void zip_put(struct zip_out *zip, str bytes)
{
	must(zip->open);
	struct part *part = &zip->part[zip->n - 1];
	while (bytes.n > 0) {
		str piece = str_upto(bytes, 1u << 30);
		part->crc = (uint32_t)crc32(part->crc, (const Bytef *)piece.p, (uInt)piece.n);
		part->bytes += piece.n;
		/* zlib reads and does not write what next_in points to. */
		memcpy(&zip->stream.next_in, &piece.p, sizeof piece.p);
		zip->stream.avail_in = (uInt)piece.n;
		pack(zip, Z_NO_FLUSH);
		bytes = str_from(bytes, piece.n);
	}
}

static bool put_directory(struct zip_out *zip, struct err *err)
{
	uint64_t at = zip->out->n - zip->start;
	bool fits = true;
	for (size_t i = 0; i < zip->n; i++) {
		const struct part *part = &zip->part[i];
		fits = fits && part->bytes <= UINT32_MAX && part->packed <= UINT32_MAX;
		buf_lit(zip->out, "PK\1\2");
		put_number(zip->out, NEEDS, 2);
		put_facts(zip->out, part);
		put_number(zip->out, 0, 2); /* no comment */
		put_number(zip->out, 0, 2); /* the first disk */
		put_number(zip->out, 0, 2);
		put_number(zip->out, 0, 4);
		put_number(zip->out, part->at, 4);
		buf_str(zip->out, str_of(part->name));
	}
	uint64_t bytes = zip->out->n - zip->start - at;
	buf_lit(zip->out, "PK\5\6");
	put_number(zip->out, 0, 4);
	put_number(zip->out, zip->n, 2);
	put_number(zip->out, zip->n, 2);
	put_number(zip->out, bytes, 4);
	put_number(zip->out, at, 4);
	put_number(zip->out, 0, 2);
	if (!fits || zip->out->full || zip->out->n - zip->start > UINT32_MAX)
		return err_set(err, ERR_FULL, "the file is larger than one of its kind may be");
	return true;
}

bool zip_end(struct zip_out *zip, struct err *err)
{
	end_part(zip);
	bool done = put_directory(zip, err);
	deflateEnd(&zip->stream);
	mem_free(zip);
	return done;
}
