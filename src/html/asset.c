#include "html/asset.h"

#include "base/err.h"

const struct asset *asset_find(str path)
{
	for (size_t i = 0; i < asset_count; i++) {
		if (str_equal(asset_list[i].path, path))
			return &asset_list[i];
	}
	return NULL;
}

str asset_path(str name)
{
	size_t i = 0;
	while (i < asset_count && !str_equal(asset_list[i].name, name))
		i++;
	must(i < asset_count);
	return asset_list[i].path;
}
