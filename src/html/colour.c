#include "html/colour.h"

#include <math.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool colour_read(str text, struct colour *out)
{
	unsigned char part[3];
	if (text.n > 0 && text.p[0] == '#')
		text = str_from(text, 1);
	if (text.n != 3 && text.n != 6)
		return false;
	for (size_t i = 0; i < 3; i++) {
		int high = digit(text.p[text.n == 3 ? i : 2 * i]);
		int low = digit(text.p[text.n == 3 ? i : 2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		part[i] = (unsigned char)(high * 16 + low);
	}
	*out = (struct colour){ part[0], part[1], part[2] };
	return true;
}

/* WCAG 2.2, "relative luminance". */
static double light(unsigned char part)
{
	double value = part / 255.0;
	return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(struct colour c)
{
	return 0.2126 * light(c.red) + 0.7152 * light(c.green) + 0.0722 * light(c.blue);
}

double colour_contrast(struct colour a, struct colour b)
{
	double x = luminance(a), y = luminance(b);
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}
