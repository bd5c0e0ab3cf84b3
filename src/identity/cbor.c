#include "identity/cbor.h"

/* The first byte and the number that goes with it. */
static bool head(str *rest, enum cbor_kind *kind, uint64_t *value)
{
	if (rest->n == 0)
		return false;
	unsigned char first = (unsigned char)rest->p[0];
	unsigned small = first & 31u;
	*kind = (enum cbor_kind)(first >> 5);
	*rest = str_from(*rest, 1);
	if (small < 24) {
		*value = small;
		return true;
	}
	size_t bytes = (size_t)1 << (small - 24);
	if (small > 27 || rest->n < bytes)
		return false;
	uint64_t sum = 0;
	for (size_t i = 0; i < bytes; i++)
		sum = sum << 8 | (unsigned char)rest->p[i];
	*rest = str_from(*rest, bytes);
	*value = sum;
	/* Of false, true and null more than a byte would be a fraction, which nobody needs here. */
	static const uint64_t least[] = { 24, 256, 65536, (uint64_t)1 << 32 };
	return *kind != CBOR_SIMPLE && sum >= least[small - 24];
}

static bool string(str *rest, enum cbor_kind wanted, str *out)
{
	enum cbor_kind kind;
	uint64_t n;
	if (!head(rest, &kind, &n) || kind != wanted || n > rest->n)
		return false;
	*out = str_upto(*rest, (size_t)n);
	*rest = str_from(*rest, (size_t)n);
	return true;
}

bool cbor_bytes(str *rest, str *out)
{
	return string(rest, CBOR_BYTES, out);
}

bool cbor_text(str *rest, str *out)
{
	return string(rest, CBOR_TEXT, out);
}

bool cbor_map(str *rest, size_t *pairs)
{
	enum cbor_kind kind;
	uint64_t n;
	if (!head(rest, &kind, &n) || kind != CBOR_MAP || n > rest->n / 2)
		return false;
	*pairs = (size_t)n;
	return true;
}

bool cbor_int(str *rest, int64_t *out)
{
	enum cbor_kind kind;
	uint64_t n;
	if (!head(rest, &kind, &n) || kind > CBOR_NEGATIVE || n > INT64_MAX)
		return false;
	*out = kind == CBOR_NUMBER ? (int64_t)n : -1 - (int64_t)n;
	return true;
}

static bool skip(str *rest, int depth)
{
	enum cbor_kind kind;
	uint64_t n;
	if (depth > CBOR_DEPTH || !head(rest, &kind, &n) || kind == CBOR_TAG)
		return false;
	if (kind == CBOR_BYTES || kind == CBOR_TEXT) {
		if (n > rest->n)
			return false;
		*rest = str_from(*rest, (size_t)n);
	}
	if (kind != CBOR_ARRAY && kind != CBOR_MAP)
		return true;
	/* Each thing in it takes a byte at least: no number is believed beyond that. */
	if (n > rest->n)
		return false;
	size_t items = (size_t)n * (kind == CBOR_MAP ? 2 : 1);
	for (size_t i = 0; i < items; i++) {
		if (!skip(rest, depth + 1))
			return false;
	}
	return true;
}

bool cbor_skip(str *rest)
{
	return skip(rest, 1);
}

bool cbor_item(str *rest, str *out)
{
	str before = *rest;
	if (!cbor_skip(rest))
		return false;
	*out = str_upto(before, before.n - rest->n);
	return true;
}
