#include "document/calendar_file.h"

#include "base/utf8.h"

enum { FOLD = 75 };

/* RFC 5545, 3.1: no line longer than 75 bytes; what follows begins with a space. */
static void line(struct buf *b, str text)
{
	size_t room = FOLD;
	while (text.n > room) {
		size_t cut = room;
		while (cut > 0 && ((unsigned char)text.p[cut] & 0xC0) == 0x80)
			cut--; /* not inside a character */
		buf_str(b, str_upto(text, cut));
		buf_lit(b, "\r\n ");
		text = str_from(text, cut);
		room = FOLD - 1;
	}
	buf_str(b, text);
	buf_lit(b, "\r\n");
}

/* RFC 5545, 3.3.11. Other control characters cannot stand in a text, and are left out. */
static void text_line(struct buf *b, const char *name, str value)
{
	struct buf whole = { 0 };
	buf_format(&whole, "%s:", name);
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		if (c == '\n')
			buf_lit(&whole, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_format(&whole, "\\%c", c);
		else if (c >= 0x20 && c != 0x7f)
			buf_char(&whole, (char)c);
	}
	line(b, buf_view(&whole));
	buf_close(&whole);
}

static void put_day(struct buf *b, day d)
{
	struct civil civil = day_civil(d);
	buf_format(b, "%04d%02d%02d", civil.year, civil.month, civil.day);
}

static void local_line(struct buf *b, const char *name, day on, int minute)
{
	on += minute / (24 * 60);
	minute %= 24 * 60;
	buf_format(b, "%s;TZID=Europe/London:", name);
	put_day(b, on);
	buf_format(b, "T%02d%02d00\r\n", minute / 60, minute % 60);
}

static void day_line(struct buf *b, const char *name, day on)
{
	buf_format(b, "%s;VALUE=DATE:", name);
	put_day(b, on);
	buf_lit(b, "\r\n");
}

static void utc_line(struct buf *b, const char *name, instant at)
{
	int64_t second = at / 1000;
	int in_day = (int)(second % 86400);
	buf_format(b, "%s:", name);
	put_day(b, (day)(second / 86400));
	buf_format(b, "T%02d%02d%02dZ\r\n", in_day / 3600, in_day / 60 % 60, in_day % 60);
}

void buf_calendar_open(struct buf *b, str name)
{
	buf_lit(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Duly//Duly//EN\r\nCALSCALE:GREGORIAN\r\n"
		   "METHOD:PUBLISH\r\n");
	if (name.n > 0) {
		text_line(b, "X-WR-CALNAME", name);
		buf_lit(b, "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n");
	}
	/* The last Sundays of March and October at 01:00 UTC (SI 2002/262): in local time one
	 * o'clock in spring and two o'clock in autumn. */
	buf_lit(b, "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nBEGIN:DAYLIGHT\r\n"
		   "DTSTART:19960331T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\n"
		   "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\n"
		   "DTSTART:19961027T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\n"
		   "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
}

void buf_calendar_meeting(struct buf *b, const struct calendar_meeting *meeting, instant now)
{
	buf_lit(b, "BEGIN:VEVENT\r\n");
	text_line(b, "UID", meeting->uid);
	utc_line(b, "DTSTAMP", now);
	if (meeting->start < 0) {
		day_line(b, "DTSTART", meeting->on);
		day_line(b, "DTEND", meeting->on + 1);
	} else {
		local_line(b, "DTSTART", meeting->on, meeting->start);
		local_line(b, "DTEND", meeting->on, meeting->start + meeting->minutes);
	}
	buf_format(b, "SEQUENCE:%lld\r\n", (long long)meeting->version - 1);
	text_line(b, "SUMMARY", meeting->summary);
	if (meeting->location.n > 0)
		text_line(b, "LOCATION", meeting->location);
	if (meeting->url.n > 0) {
		struct buf whole = { 0 };
		buf_format(&whole, "URL:%.*s", STR_ARGS(meeting->url));
		line(b, buf_view(&whole));
		buf_close(&whole);
	}
	if (meeting->cancelled)
		buf_lit(b, "STATUS:CANCELLED\r\n");
	buf_lit(b, "CLASS:PRIVATE\r\n");
	buf_lit(b, "TRANSP:");
	if (meeting->busy)
		buf_lit(b, "OPAQUE\r\n");
	else
		buf_lit(b, "TRANSPARENT\r\n");
	buf_lit(b, "END:VEVENT\r\n");
}

void buf_calendar_close(struct buf *b)
{
	buf_lit(b, "END:VCALENDAR\r\n");
}
