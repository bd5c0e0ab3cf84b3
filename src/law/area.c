#include "law/area.h"

static const struct {
	str id, title;
} areas[AREAS] = {
#define AREA(name, id, title) [AREA_##name] = { S_INIT(id), S_INIT(title) },
#define RECORDED(name, word)
#include "law/areas.def"
#undef AREA
#undef RECORDED
};

static const unsigned char area_by_word[WORDS] = {
#define AREA(name, id, title)
#define RECORDED(name, word) [WORD_##word] = AREA_##name,
#include "law/areas.def"
#undef AREA
#undef RECORDED
};

str area_id(enum area area)
{
	return areas[area].id;
}

str area_title(enum area area)
{
	return areas[area].title;
}

enum area area_find(str id)
{
	for (enum area area = AREA_NONE + 1; area < AREAS; area++) {
		if (str_equal(areas[area].id, id))
			return area;
	}
	return AREA_NONE;
}

enum area area_of(enum word word)
{
	return area_by_word[word];
}
