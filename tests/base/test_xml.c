#include "base/xml.h"
#include "check.h"
#include "random.h"

/* A source that gives a text in pieces. */
enum { PIECE = 50 };
static size_t next_piece(void *from, char *into, size_t n)
{
	str *rest = from, piece = str_upto(*rest, n < PIECE ? n : PIECE);
	if (piece.n > 0)
		memcpy(into, piece.p, piece.n);
	*rest = str_from(*rest, piece.n);
	return piece.n;
}

/* What is read, as "<a k=v 'text' >", or the fault after "!". */
static void write_pieces(struct buf *got, struct xml *xml)
{
	struct err err;
	enum xml_kind kind;
	while ((kind = xml_next(xml)) != XML_OVER) {
		if (kind == XML_START) {
			buf_char(got, '<');
			buf_str(got, xml_name(xml));
			str value = xml_attribute(xml, "k");
			if (value.p != NULL)
				buf_format(got, " k=%.*s", STR_ARGS(value));
			buf_char(got, ' ');
		} else if (kind == XML_TEXT) {
			buf_format(got, "'%.*s' ", STR_ARGS(xml_text(xml)));
		} else {
			buf_lit(got, "> ");
		}
	}
	check_int(xml_next(xml), XML_OVER);
	if (!xml_end(xml, &err))
		buf_format(got, "!%s", err.text);
	xml_close(xml);
}

static void check_pieces_with(str text, struct xml_limits limits, const char *want)
{
	struct buf got = { 0 };
	write_pieces(&got, xml_open(text, limits));
	check_str(str_trim(buf_view(&got)), want);
	buf_clear(&got);
	write_pieces(&got, xml_open_source((struct xml_source){ next_piece, &text }, limits));
	check_str(str_trim(buf_view(&got)), want);
	buf_close(&got);
}

static void check_pieces(str text, const char *want)
{
	check_pieces_with(text, (struct xml_limits){ 0 }, want);
}

TEST(elements_texts_and_ends_come_in_order)
{
	check_pieces(S("<a/>"), "<a >");
	check_pieces(S("<?xml version=\"1.0\"?>\n<a>\n <b>one</b>\n <c k=\"2\"/> </a>\n"),
		"<a <b 'one' > <c k=2 > >");
	check_pieces(S("<a>x<!-- no -->y<?no no?>z<![CDATA[<&>]]></a>"), "<a 'xyz<&>' >");
	check_pieces(S("<a>&lt;&amp;&#233;</a>"), "<a '<&\xC3\xA9' >");
	check_pieces(S("<a k=\"&quot;1&quot; &amp; 2\" j=''/>"), "<a k=\"1\" & 2 >");
	check_pieces(S("<n:a xmlns:n='urn:x' xmlns='urn:y'><b n:k='v'/></n:a>"), "<a <b k=v > >");
	check_pieces(S("<n:a m:k='1'><n:b/></n:a>"), "<a k=1 <b > >");
	check_pieces(S("<a>\xC5\x81</a>"), "<a '\xC5\x81' >");
}

TEST(the_declared_encoding_is_ignored)
{
	check_pieces(S("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>"),
		"<a '\xC3\xA9' >");
	check_pieces(S("<?xml version='1.0' encoding='UTF-16'?><a>x</a>"), "<a 'x' >");
	check_pieces(S("<?xml version='1.0' encoding='no-such'?><a>x</a>"), "<a 'x' >");
}

TEST(lines_and_depths_are_known)
{
	struct xml *xml = xml_open(S("<a>\n<b>x\ny</b>\n\n<c/>\n</a>"), (struct xml_limits){ 0 });
	static const struct {
		enum xml_kind kind;
		size_t line, depth;
	} want[] = { { XML_START, 1, 0 }, { XML_START, 2, 1 }, { XML_TEXT, 3, 2 }, { XML_END, 3, 1 },
		{ XML_START, 5, 1 }, { XML_END, 5, 1 }, { XML_END, 6, 0 } };
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		check_int(xml_next(xml), want[i].kind);
		check_int(xml_line(xml), want[i].line);
		check_int(xml_depth(xml), want[i].depth);
	}
	check_int(xml_next(xml), XML_OVER);
	check_true(xml_end(xml, NULL));
	xml_close(xml);
	xml_close(NULL);
}

/* libxml2's tree forgets lines above 65,535. */
TEST(lines_are_right_in_a_census_of_any_length)
{
	struct buf text = { 0 };
	buf_lit(&text, "<a>\n");
	for (int i = 2; i <= 200000; i++)
		buf_format(&text, "<b k='%d'>%d</b>\n", i, i);
	buf_lit(&text, "</a>");
	struct xml *xml = xml_open(buf_view(&text), (struct xml_limits){ 0 });
	check_int(xml_next(xml), XML_START);
	for (int64_t i = 2, value; i <= 200000; i++) {
		check_int(xml_next(xml), XML_START);
		check_int(xml_line(xml), i);
		check_true(str_int(xml_attribute(xml, "k"), &value) && value == i);
		check_true(xml_attribute(xml, "absent").p == NULL);
		check_int(xml_next(xml), XML_TEXT);
		check_true(str_int(xml_text(xml), &value) && value == i);
		check_int(xml_next(xml), XML_END);
		check_str(xml_name(xml), "b");
	}
	check_int(xml_next(xml), XML_END);
	check_int(xml_next(xml), XML_OVER);
	check_true(xml_end(xml, NULL));
	xml_close(xml);
	buf_close(&text);
}

TEST(what_is_not_xml_is_refused_with_its_place)
{
	check_pieces(S(""), "!line 1, column 1: this is not XML: it does not begin with <");
	check_pieces(S("child,event"), "!line 1, column 1: this is not XML: it does not begin with <");
	check_pieces(S("<a>\n<b></a>"),
		"<a <b !line 2, column 8: Opening and ending tag mismatch: b line 2 and a");
	check_pieces(S("<a>&no;</a>"), "<a !line 1, column 8: Entity 'no' not defined");
	check_pieces(S("<a/><b/>"),
		"<a > !line 1, column 5: Extra content at the end of the document");
	check_pieces(S("<a"), "!line 1, column 1: the file ends before its elements do: it may be cut "
			      "short");
	check_pieces(S("<a>\n<b>x</b>\n"), "<a <b 'x' > !line 2, column 9: the file ends before its "
					   "elements do: it may be cut short");
	struct buf got = { 0 };
	static const char *const wrong[] = { "<a>", "<a", "<a k=1/>", "<a k='1' k='2'/>", "<a>\xE9</a>",
		"<a>\x01</a>", "<a><![CDATA[x</a>", "<a>&#0;</a>", "<a></a><!-- " };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		buf_clear(&got);
		write_pieces(&got, xml_open(str_of(wrong[i]), (struct xml_limits){ 0 }));
		check_true(str_find(buf_view(&got), '!') < got.n);
	}
	buf_close(&got);
}

TEST(a_document_type_is_refused_before_it_is_read)
{
	check_pieces(S("<!DOCTYPE a [\n<!ENTITY x 'y'>\n<!ENTITY z '&x;&x;'>]><a>&z;</a>"),
		"!line 1, column 13: a document type (<!DOCTYPE) is not accepted");
	check_pieces(S("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
		"!line 1, column 40: a document type (<!DOCTYPE) is not accepted");
	check_pieces(S("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "
		       "'http://localhost/x'>]><a>&x;</a>"),
		"!line 2, column 13: a document type (<!DOCTYPE) is not accepted");
	check_pieces(S("<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://localhost/x'> %x;]><a/>"),
		"!line 1, column 13: a document type (<!DOCTYPE) is not accepted");
}

TEST(limits_hold)
{
	struct xml_limits limits = { .depth = 2, .text = 4, .nodes = 3 };
	check_pieces_with(S("<a><b k='1234'>1234</b><b/></a>"), limits, "<a <b k=1234 '1234' > <b > >");
	check_pieces_with(S("<a><b><c/></b></a>"), limits,
		"<a <b !line 1, column 9: elements are nested too deeply");
	check_pieces_with(S("<a><b>123<!-- -->45</b></a>"), limits,
		"<a <b !line 1, column 20: the text is too long");
	check_pieces_with(S("<a><b k='12345' j='&amp;'/></a>"), limits,
		"<a !line 1, column 26: the text of an attribute is too long");
	check_pieces_with(S("<a><b j='1' k='12345'/></a>"), limits,
		"<a !line 1, column 22: the text of an attribute is too long");
	check_pieces_with(S("<a><b/><b/><b/></a>"), limits,
		"<a <b > <b > !line 1, column 14: the document has too many elements");
	struct buf deep = { 0 }, got = { 0 };
	for (int i = 0; i < 100000; i++)
		buf_lit(&deep, "<a>");
	write_pieces(&got, xml_open(buf_view(&deep), (struct xml_limits){ 0 }));
	check_str(str_from(buf_view(&got), 64 * 3),
		"!line 1, column 195: elements are nested too deeply");
	buf_clear(&deep);
	buf_clear(&got);
	buf_lit(&deep, "<a>");
	for (int i = 0; i < 1000001; i++)
		buf_char(&deep, 'x');
	write_pieces(&got, xml_open(buf_view(&deep), (struct xml_limits){ 0 }));
	check_true(str_ends(buf_view(&got), S("the text is too long")));
	buf_close(&deep);
	buf_close(&got);
}

TEST(a_tag_of_countless_attributes_is_refused_at_once)
{
	struct buf tag = { 0 }, got = { 0 };
	buf_lit(&tag, "<a");
	for (int i = 0; i < 900000; i++)
		buf_format(&tag, " a%d=''", i);
	buf_lit(&tag, "/>");
	write_pieces(&got, xml_open(buf_view(&tag), (struct xml_limits){ 0 }));
	check_str(buf_view(&got), "!line 1, column 1: a tag has too many attributes");
	buf_close(&tag);
	buf_close(&got);
}

TEST(a_text_without_an_end_is_refused_in_words)
{
	struct buf text = { 0 }, got = { 0 };
	buf_lit(&text, "<a><!--");
	for (int i = 0; i < 11 << 20; i++)
		buf_char(&text, 'x');
	write_pieces(&got, xml_open(buf_view(&text), (struct xml_limits){ 0 }));
	check_str(buf_view(&got), "<a !line 1, column 4: a tag, a comment or a text goes on and on "
				  "without an end");
	buf_close(&text);
	buf_close(&got);
}

TEST(what_is_written_is_escaped)
{
	struct buf buf = { 0 };
	struct xml_out out = { .buf = &buf };
	xml_put_declaration(&out);
	xml_put_start(&out, "a");
	xml_put_attribute(&out, "k", S("\"1\" < 2 & 'x'\n\t"));
	xml_put_text(&out, S("a<b>&\"c\"\r\n\t\x01\xFF\xEF\xBF\xBE\xEF\xBF\xBF"));
	xml_put_end(&out, "a");
	check_str(buf_view(&buf),
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a k=\"&#34;1&#34; &lt; 2 &amp; "
		"'x'&#10;&#9;\">a&lt;b&gt;&amp;\"c\"&#13;\n\t\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
		"\xEF\xBF\xBD</a>");
	buf_close(&buf);
}

TEST(elements_can_stand_on_lines_of_their_own)
{
	struct buf buf = { 0 };
	struct xml_out out = { .buf = &buf, .indent = true };
	xml_put_declaration(&out);
	xml_put_start(&out, "Children");
	xml_put_start(&out, "Child");
	xml_put_attribute(&out, "id", S("1"));
	xml_put_element(&out, "DOB", S("2019-01-02"));
	xml_put_element(&out, "UPN", S(""));
	xml_put_end(&out, "Child");
	xml_put_end(&out, "Children");
	check_str(buf_view(&buf), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Children>\n"
				  "\t<Child id=\"1\">\n\t\t<DOB>2019-01-02</DOB>\n\t\t<UPN/>\n"
				  "\t</Child>\n</Children>\n");
	buf_close(&buf);
}

TEST(what_is_written_is_read_back)
{
	static const char *const letters[] = { "a", "<", ">", "&", "\"", "'", "\n", "\r", "\t", " ",
		"\xC3\xA9", "]]>" };
	struct random random = random_open("xml round trip");
	struct buf file = { 0 }, text = { 0 };
	for (int round = 0; round < 3000; round++) {
		buf_clear(&file);
		buf_clear(&text);
		buf_char(&text, 'x');
		for (size_t i = random_below(&random, 40); i > 0; i--)
			buf_str(&text, str_of(letters[random_below(&random, 12)]));
		struct xml_out out = { .buf = &file, .indent = round % 2 == 0 };
		xml_put_start(&out, "a");
		xml_put_start(&out, "b");
		xml_put_attribute(&out, "k", buf_view(&text));
		xml_put_text(&out, buf_view(&text));
		xml_put_end(&out, "b");
		xml_put_end(&out, "a");
		struct xml *xml = xml_open(buf_view(&file), (struct xml_limits){ 0 });
		check_int(xml_next(xml), XML_START);
		check_int(xml_next(xml), XML_START);
		check_true(str_equal(xml_attribute(xml, "k"), buf_view(&text)));
		check_int(xml_next(xml), XML_TEXT);
		check_true(str_equal(xml_text(xml), buf_view(&text)));
		check_int(xml_next(xml), XML_END);
		check_int(xml_next(xml), XML_END);
		check_int(xml_next(xml), XML_OVER);
		check_true(xml_end(xml, NULL));
		xml_close(xml);
	}
	buf_close(&file);
	buf_close(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(elements_texts_and_ends_come_in_order),
		CLAIM(the_declared_encoding_is_ignored),
		CLAIM(lines_and_depths_are_known),
		CLAIM(lines_are_right_in_a_census_of_any_length),
		CLAIM(what_is_not_xml_is_refused_with_its_place),
		CLAIM(a_document_type_is_refused_before_it_is_read),
		CLAIM(limits_hold),
		CLAIM(a_tag_of_countless_attributes_is_refused_at_once),
		CLAIM(a_text_without_an_end_is_refused_in_words),
		CLAIM(what_is_written_is_escaped),
		CLAIM(elements_can_stand_on_lines_of_their_own),
		CLAIM(what_is_written_is_read_back),
	};
	return cmocka_run_group_tests_name("base xml", tests, NULL, NULL);
}
