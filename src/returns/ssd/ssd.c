#include "returns/ssd/rows.h"

#include "base/mem.h"

/* What a table that is there carries: of what began, ever; of what was held, since it first tells. */
static const struct carried {
	enum ssd_table table;
	enum word word;
	bool ever;
} carried[] = {
	{ SSD_EPISODE, WORD_LOOKED_AFTER_BEGAN, true },
	{ SSD_EPISODE, WORD_LOOKED_AFTER_ENDED, false },
	{ SSD_EPISODE, WORD_LEGAL_STATUS_CHANGED, false },
	{ SSD_EPISODE, WORD_ADOPTION_ORDER_MADE, false },
	{ SSD_EPISODE, WORD_SENTENCED, false },
	{ SSD_LEGAL, WORD_AUTHORITY_TO_PLACE_OBTAINED, false },
	{ SSD_LEGAL, WORD_SHORT_BREAK_SERIES_BEGAN, true },
	{ SSD_LEGAL, WORD_REMANDED, false },
	{ SSD_PLACEMENT, WORD_PLACEMENT_BEGAN, true },
	{ SSD_PLACEMENT, WORD_PLACEMENT_ENDED, false },
	{ SSD_PLACEMENT, WORD_PLACED_FOR_ADOPTION, false },
	{ SSD_PLACEMENT, WORD_SECURE_PLACEMENT_BEGAN, false },
	{ SSD_PLACEMENT, WORD_SECURE_PLACEMENT_ENDED, false },
	{ SSD_REVIEW, WORD_CLA_REVIEW_HELD, false },
	{ SSD_REVIEW, WORD_ADOPTION_REVIEW_HELD, false },
	{ SSD_VISIT, WORD_CLA_VISIT_HELD, false },
	{ SSD_MISSING, WORD_MISSING_BEGAN, false },
	{ SSD_MISSING, WORD_MISSING_ENDED, false },
	{ SSD_CARE_PLAN, WORD_CARE_PLAN_MADE, false },
	{ SSD_HEALTH, WORD_HEALTH_ASSESSMENT_HELD, false },
	{ SSD_SDQ, WORD_SDQ_COMPLETED, false },
	{ SSD_NEED, WORD_REFERRAL_RECEIVED, true },
	{ SSD_ASSESSMENT, WORD_ASSESSMENT_BEGAN, false },
	{ SSD_ASSESSMENT, WORD_ASSESSMENT_AUTHORISED, false },
	{ SSD_ENQUIRY, WORD_STRATEGY_DISCUSSION_HELD, false },
	{ SSD_ENQUIRY, WORD_S47_BEGAN, false },
	{ SSD_ENQUIRY, WORD_S47_ENDED, false },
	{ SSD_CONFERENCE, WORD_ICPC_HELD, false },
	{ SSD_PLAN, WORD_CP_PLAN_BEGAN, true },
	{ SSD_PLAN, WORD_CP_PLAN_ENDED, false },
	{ SSD_PLAN_REVIEW, WORD_RCPC_HELD, false },
	{ SSD_PLAN_VISIT, WORD_CP_VISIT_HELD, false },
	{ SSD_PRE_PROCEEDINGS, WORD_PRE_PROCEEDINGS_BEGAN, false },
	{ SSD_PRE_PROCEEDINGS, WORD_PRE_PROCEEDINGS_MEETING_HELD, false },
	{ SSD_PRE_PROCEEDINGS, WORD_PRE_PROCEEDINGS_ENDED, false },
};

void ssd_cover(struct ssd *ssd, day as_at)
{
	struct staging *staging = ssd->staging;
	staging->known_to = as_at != DAY_UNKNOWN ? as_at : ssd->last;
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
		const struct ssd_rows *rows = &ssd->table[carried[i].table];
		/* A table that tells of no day may be an empty one, or one that nobody fills. */
		if (!rows->here || rows->first == DAY_UNKNOWN || rows->first > staging->known_to)
			continue;
		staging_cover(staging, carried[i].word,
			carried[i].ever ? DAY_UNKNOWN : rows->first, staging->known_to);
	}
}

static void ssd_close(struct ssd *ssd)
{
	for (int t = 0; t < SSD_TABLES; t++)
		mem_free(ssd->table[t].item);
	mem_free(ssd->files.item);
	ssd_ids_close(&ssd->period);
	ssd_ids_close(&ssd->assessment);
	ssd_ids_close(&ssd->plan);
	ssd_ids_close(&ssd->team);
	ssd_ids_close(&ssd->worker);
}

static void tell(struct ssd *ssd, day as_at)
{
	struct staging *staging = ssd->staging;
	ssd_order(ssd);
	ssd_care(ssd);
	ssd_roles(ssd);
	for (uint32_t i = 0; i < staging->children.n; i++) {
		if (staging->children.item[i].n == 0)
			continue;
		ssd_people(ssd, i);
		ssd_around_care(ssd, i);
		ssd_need(ssd, i);
	}
	if (ssd->theirs > 0)
		buf_format(&staging->notes,
			"%zu plan%s of other councils (cppl_cp_plan_ola) passed over\n",
			ssd->theirs, ssd->theirs == 1 ? "" : "s");
	ssd_cover(ssd, as_at);
	staging_check(staging);
}

bool ssd_stage(const struct table_source *source, size_t n, const struct mapping *mapping,
	day today, day as_at, struct staging *staging, struct err *err)
{
	struct ssd *ssd = mem_alloc(1, sizeof *ssd);
	*ssd = (struct ssd){ .staging = staging,
		.mapping = mapping,
		.today = today,
		.last = DAY_UNKNOWN };
	bool read = ssd_read(ssd, source, n, err);
	if (read && staging->refused.n == 0)
		tell(ssd, as_at);
	ssd_close(ssd);
	mem_free(ssd);
	return read;
}
