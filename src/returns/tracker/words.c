#include "returns/tracker/tracker.h"

static const struct {
	str text, words;
} columns[TRACKER_COLUMNS] = {
	[TRACKER_SKIP] = { S_INIT("skip"), S_INIT("Leave this column out") },
	[TRACKER_NUMBER] = { S_INIT("number"), S_INIT("Child’s number") },
	[TRACKER_NAME] = { S_INIT("name"), S_INIT("Child’s full name") },
	[TRACKER_FORENAME] = { S_INIT("forename"), S_INIT("Child’s first name") },
	[TRACKER_SURNAME] = { S_INIT("surname"), S_INIT("Child’s surname") },
	[TRACKER_BORN] = { S_INIT("born"), S_INIT("Date of birth") },
	[TRACKER_KIND] = { S_INIT("kind"), S_INIT("Looked after, or on a plan") },
	[TRACKER_REVIEW_LAST] = { S_INIT("review-last"), S_INIT("Last review, as held") },
	[TRACKER_REVIEW_NEXT] = { S_INIT("review-next"), S_INIT("Next review, as booked") },
	[TRACKER_CONFERENCE_LAST] = { S_INIT("conference-last"), S_INIT("Last conference, as held") },
	[TRACKER_CONFERENCE_NEXT] = { S_INIT("conference-next"), S_INIT("Next conference, as booked") },
	[TRACKER_MEETING_LAST] = { S_INIT("meeting-last"), S_INIT("Last review or conference, as held") },
	[TRACKER_MEETING_NEXT] = { S_INIT("meeting-next"), S_INIT("Next review or conference, as booked") },
	[TRACKER_MEETING_DUE] = { S_INIT("meeting-due"), S_INIT("Date by which the next one must be held") },
	[TRACKER_ACTION] = { S_INIT("action"), S_INIT("Actions") },
	[TRACKER_ACTION_OWNER] = { S_INIT("action-owner"), S_INIT("Who is to do the action") },
	[TRACKER_ACTION_SET] = { S_INIT("action-set"), S_INIT("Date the action was agreed") },
	[TRACKER_ACTION_DUE] = { S_INIT("action-due"), S_INIT("Date by which the action is to be done") },
	[TRACKER_ACTION_DONE] = { S_INIT("action-done"), S_INIT("Is the action done?") },
};

str tracker_column_text(enum tracker_column column)
{
	return columns[column].text;
}

str tracker_column_words(enum tracker_column column)
{
	return columns[column].words;
}

bool tracker_column_find(str text, enum tracker_column *out)
{
	for (enum tracker_column column = TRACKER_SKIP; column < TRACKER_COLUMNS; column++) {
		if (str_equal(columns[column].text, text)) {
			*out = column;
			return true;
		}
	}
	return false;
}
