/* Writes the sample to a file, for readers that know nothing of Duly: xlsx-sample FILE */
#include "xlsx_sample.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	struct buf out = { 0 };
	if (argc != 2)
		return 2;
	make_sample(&out);
	FILE *file = fopen(argv[1], "wb");
	bool done = file != NULL && fwrite(out.p, 1, out.n, file) == out.n;
	done = file != NULL && fclose(file) == 0 && done;
	buf_close(&out);
	return done ? 0 : 2;
}
