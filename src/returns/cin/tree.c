#include "returns/cin/tree.h"

#include "base/mem.h"

static const str names[] = {
#define X(name) [CIN_##name] = S_INIT(#name),
	CIN_ELEMENTS(X)
#undef X
};

enum cin_element cin_element_find(str name)
{
	for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
		if (str_equal(names[i], name))
			return (enum cin_element)i;
	}
	return CIN_OTHER;
}

str cin_element_name(enum cin_element element)
{
	return names[element];
}

bool cin_tree_read(struct xml *xml, struct arena *arena, struct cin_tree *tree)
{
	tree->n = 0;
	ARRAY_MORE(tree) = (struct cin_node){ cin_element_find(xml_name(xml)), xml_line(xml),
		xml_depth(xml), { 0 } };
	size_t outside = xml_depth(xml);
	for (;;) {
		switch (xml_next(xml)) {
		case XML_START:
			ARRAY_MORE(tree) = (struct cin_node){ cin_element_find(xml_name(xml)),
				xml_line(xml), xml_depth(xml), { 0 } };
			break;
		case XML_TEXT: {
			struct cin_node *last = &tree->item[tree->n - 1];
			if (last->element != CIN_OTHER && last->text.n == 0)
				last->text = arena_str(arena, str_trim(xml_text(xml)));
			break;
		}
		case XML_END:
			if (xml_depth(xml) == outside)
				return true;
			break;
		case XML_OVER:
			return false;
		}
	}
}

size_t cin_tree_end(const struct cin_tree *tree, size_t at)
{
	size_t end = at + 1;
	while (end < tree->n && tree->item[end].depth > tree->item[at].depth)
		end++;
	return end;
}

const struct cin_node *cin_tree_find(
	const struct cin_tree *tree, size_t at, enum cin_element element)
{
	size_t end = cin_tree_end(tree, at);
	for (size_t i = at + 1; i < end; i++) {
		if (tree->item[i].element == element &&
			tree->item[i].depth == tree->item[at].depth + 1)
			return &tree->item[i];
	}
	return NULL;
}
