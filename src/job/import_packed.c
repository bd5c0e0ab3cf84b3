#include "job/import_packed.h"

#include "job/staging_wire.h"
#include "job/worker.h"

enum { OUTPUT_MOST = 128 << 20 };

bool import_packed(const struct import_task *task, day today, struct buf *made,
	struct staging *staging, struct err *err)
{
	struct buf input = { 0 };
	import_wire_put(&input, task, today);
	const struct worker worker = {
		.kind = "import", .input = buf_view(&input), .output_max = OUTPUT_MOST
	};
	bool read = worker_run(&worker, made, err) &&
		    staging_wire_read(buf_view(made), staging, err);
	buf_close(&input);
	return read;
}
