/* write.h - writes the people file: who each child is and who works with them.
 *
 * child,forename,surname,dob,iro,chair,social_worker,team,sibling_group,restricted: what the two
 * statutory returns do not carry. Dates are ISO; restricted is yes or no.
 */
#pragma once

#include "base/buf.h"
#include "base/day.h"

struct people_row {
	str child, forename, surname;
	day born;
	str iro, chair, social_worker, team, sibling_group;
	bool restricted;
};

void people_write_columns(struct buf *buf);
void people_write_row(struct buf *buf, const struct people_row *row);
