/* XML: refused, or elements that open and close; what is read is written and read back the same. */
#include "base/xml.h"
#include "fuzz.h"

static bool rewrite(str text, struct buf *file)
{
	struct xml *xml = xml_open(text, (struct xml_limits){ .nodes = 10000 });
	struct xml_out out = { .buf = file };
	struct err err = { 0 };
	size_t depth = 0, line = 1;
	for (enum xml_kind kind; (kind = xml_next(xml)) != XML_OVER;) {
		must(xml_line(xml) >= line);
		line = xml_line(xml);
		if (kind == XML_START) {
			must(xml_depth(xml) == depth++ && depth <= 64);
			xml_put_start(&out, "e");
			xml_put_attribute(&out, "name", xml_name(xml));
			str value = xml_attribute(xml, "a");
			if (value.p != NULL)
				xml_put_attribute(&out, "a", value);
		} else if (kind == XML_TEXT) {
			must(xml_text(xml).n > 0 && xml_depth(xml) == depth && depth > 0);
			xml_put_text(&out, xml_text(xml));
		} else {
			must(xml_depth(xml) == --depth);
			xml_put_end(&out, "e");
		}
	}
	bool whole = xml_end(xml, &err);
	must(whole ? depth == 0 : err.text[0] != '\0');
	xml_close(xml);
	return whole;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct buf once = { 0 }, twice = { 0 };
	if (rewrite((str){ (const char *)bytes, n }, &once))
		must(rewrite(buf_view(&once), &twice));
	buf_close(&once);
	buf_close(&twice);
	return 0;
}
