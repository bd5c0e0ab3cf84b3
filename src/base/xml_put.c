#include "base/utf8.h"
#include "base/xml.h"

static void escape(struct buf *buf, str text, bool attribute)
{
	uint32_t code;
	while (utf8_next(&text, &code)) {
		if (code == '&')
			buf_lit(buf, "&amp;");
		else if (code == '<')
			buf_lit(buf, "&lt;");
		else if (code == '>')
			buf_lit(buf, "&gt;");
		else if (code == '\r' || (attribute && (code == '"' || code == '\n' || code == '\t')))
			buf_format(buf, "&#%u;", (unsigned)code); /* a reader would change them */
		else if ((code < ' ' && code != '\t' && code != '\n') || code == 0xFFFE ||
			code == 0xFFFF)
			buf_utf8(buf, UTF8_REPLACEMENT);
		else
			buf_utf8(buf, code);
	}
}

static void close_tag(struct xml_out *out)
{
	if (out->open)
		buf_char(out->buf, '>');
	out->open = false;
}

static void new_line(struct xml_out *out)
{
	if (!out->indent || out->mixed)
		return;
	if (out->buf->n > 0)
		buf_char(out->buf, '\n');
	for (size_t i = 0; i < out->depth; i++)
		buf_char(out->buf, '\t');
}

void xml_put_declaration(struct xml_out *out)
{
	buf_lit(out->buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void xml_put_start(struct xml_out *out, const char *name)
{
	close_tag(out);
	new_line(out);
	buf_char(out->buf, '<');
	buf_str(out->buf, str_of(name));
	out->open = true;
	out->depth++;
}

void xml_put_attribute(struct xml_out *out, const char *name, str value)
{
	must(out->open);
	buf_char(out->buf, ' ');
	buf_str(out->buf, str_of(name));
	buf_lit(out->buf, "=\"");
	escape(out->buf, value, true);
	buf_char(out->buf, '"');
}

void xml_put_text(struct xml_out *out, str text)
{
	if (text.n == 0)
		return;
	close_tag(out);
	escape(out->buf, text, false);
	out->mixed = true;
}

void xml_put_end(struct xml_out *out, const char *name)
{
	must(out->depth > 0);
	out->depth--;
	if (out->open) {
		buf_lit(out->buf, "/>");
	} else {
		new_line(out);
		buf_lit(out->buf, "</");
		buf_str(out->buf, str_of(name));
		buf_char(out->buf, '>');
	}
	out->open = out->mixed = false;
	if (out->indent && out->depth == 0)
		buf_char(out->buf, '\n');
}

void xml_put_element(struct xml_out *out, const char *name, str text)
{
	xml_put_start(out, name);
	xml_put_text(out, text);
	xml_put_end(out, name);
}
