/* caseload.h - what the caseload's page and its filter share: what was asked for in the address. */
#pragma once

#include "html/show_list.h"
#include "store/list.h"
#include "web/page.h"

/* The words in the address, and what they ask for. The first stands for no choice. */
struct caseload_choice {
	str value, label;
	int means;
};
enum { CASELOAD_STATES = 6, CASELOAD_COUNTED = 5, CASELOAD_KINDS = 3, CASELOAD_ORDERS = 2 };
extern const struct caseload_choice caseload_states[CASELOAD_STATES]; /* those counted first */
extern const struct caseload_choice caseload_kinds[CASELOAD_KINDS];
extern const struct caseload_choice caseload_orders[CASELOAD_ORDERS];

struct caseload_asked {
	struct caseload_query query;
	struct show_param param[8]; /* the address's own, for the links on the page */
	struct show_query address;
	str sort; /* "due" or "-due" */
};
/* What is selected, each with a link that takes it away, and the form that chooses. One statement for
 * who works for more councils than one. */
void caseload_filter(
	struct page *page, const struct caseload_asked *asked, const struct caseload *list);
