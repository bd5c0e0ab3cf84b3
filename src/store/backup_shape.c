/* backup_shape.c - which tables a backup holds, in which order, and the kind of each column. */
#include "store/backup_inside.h"

#include <string.h>

/* Every table but those of record types, in the order in which they are loaded. `keys` whole
 * numbers at the front are its key: such a table is read in pages. 0: read at once. */
struct shape {
	const char *name, *columns;
	int keys;
};

static const struct shape shapes[] = {
	{ "counter", "name value", 0 },
	{ "authority", "id code", 1 },
	{ "person",
		"id login login_key name name_key role team authority password disabled added_at",
		1 },
	{ "subject", "id kind authority key version openness import wake_on", 1 },
	{ "import",
		"id authority kind files known_to actor began_at ended_at children events rejected",
		1 },
	{ "coverage", "import word from_day to_day", 0 },
	{ "setting", "key value", 0 },
	{ "event",
		"id subject word on_day at thread link detail record source known_at save "
		"withdrawn_at withdrawn_reason withdrawn_save",
		1 },
	{ "clock",
		"subject n rule thread from_day from_at from_word from_event due due_at due_data "
		"last_working_day provisional booked met_on met_at met_event ended_on ended_by "
		"disapplied doubt known_to due_law due_law_at local_item calendar",
		2 },
	{ "local_policy", "authority version text why author at", 0 },
	{ "local_item", "authority version n number", 0 },
	{ "local_job", "authority version base past looked made asked_at ended_at", 0 },
	{ "calendar_job",
		"id authority calendar waited made children moved became_overdue no_longer_overdue "
		"settled closed asked_at ended_at",
		1 },
	{ "calendar_turn", "subject", 1 },
	{ "calendar",
		"number name horizon holidays file came_at person moved became_overdue "
		"no_longer_overdue closed digest",
		1 },
	{ "calendar_hold",
		"subject rule thread from_event from_day calendar newer stood_from due due_at due_data "
		"last_working_day new_due new_due_at new_due_data new_last_working_day decided_at "
		"decided_by",
		0 },
	{ "calendar_decision",
		"batch subject rule thread from_event from_day calendar newer stood_from due due_at "
		"due_data last_working_day new_due new_due_at new_due_data new_last_working_day "
		"accepted decided_at decided_by",
		0 },
	{ "child_row",
		"subject authority number forename surname name_key born expected died iro chair "
		"worker team iro_key chair_key worker_key team_key openness looked_after on_plan "
		"next_due next_rule next_booked unsure_due unsure_rule unsure_booked unknowns "
		"unknown_rule sibling_group view_on contact_on contact_alone sibling_key next_data next_law "
		"unsure_data unsure_law",
		1 },
	{ "matter_row",
		"subject authority kind_n reference about child withdrawn is_open began last_on next_due "
		"next_rule unknowns unknown_rule",
		1 },
	{ "access", "holder subject relation level since until", 3 },
	{ "person_authority", "person authority", 0 },
	{ "sight", "person subject relation since until", 3 },
	{ "opening",
		"id subject person reason at until review_by reviewed_at reviewer outcome note", 1 },
	{ "duty_search", "id person at found ring", 1 },
	{ "invitation",
		"id subject booking person minutes invited_by at ended_at handed_at", 1 },
	{ "notice", "id person kind subject object detail at seen_at home", 1 },
	{ "search_key", "subject by_name key sound", 0 },
	{ "draft",
		"person key subject type record version typed turn begun_at kept_at made home", 0 },
	{ "cover",
		"id authority away cause first_day last_day proposed_by proposed_at note", 1 },
	{ "cover_child", "id cover subject receiver stage answered_at answer", 1 },
	{ "ledger",
		"seq at actor role act authority subjects objects save changed digest hash", 1 },
	{ "ledger_head", "id seq hash", 1 },
	{ "job",
		"id authority kind files actor state asked_at began_at ended_at known_to children "
		"events rejected added edited by_hand why import",
		1 },
	{ "import_change", "import number type added edited missing", 0 },
	{ "job_column", "job n list field heading how", 2 },
	{ "job_reject", "job n file line field value reason", 2 },
	{ "working_day", "person weekday from_minute to_minute", 0 },
	{ "room", "id authority name name_key seats note closed", 1 },
	{ "diary_feed", "person secret nonce made_at", 1 },
	{ "told", "import number", 0 },
	{ "picture", "sha256 bytes added_at", 0 },
	{ "setting_told", "seq key digest", 0 },
	{ "ledger_checkpoint", "size at note", 1 },
	{ "helped", "person password_by reset_by reset_at", 1 },
	{ "totp", "person sealed step made_at", 1 },
	{ "recovery", "person mark made_at used_at", 0 },
	{ "passkey", "id person handle site algorithm public_key uses name reached made_at used_at "
		"refused_at", 1 },
	{ "council_account", "issuer sub person label made_at", 0 },
	{ "expunge",
		"id type record version subject authority reason receivers proposer proposed_at", 1 },
	{ "expunge_end", "expunge outcome person at", 1 },
	{ "tombstone", "record version expunge digest", 2 },
	{ "quality_check",
		"id authority kind year source_n asked_at began_at ended_at person children findings swept "
		"why",
		1 },
	{ "quality_finding",
		"quality n subject finding rule name line field number regards hand", 2 },
	{ "quality_count", "quality rule hand findings explained hidden why", 0 },
	{ "quality_explained",
		"id authority kind year rule subject name regards finding reason person at ended_at "
		"ended_person",
		1 },
};

enum { SHAPES = sizeof shapes / sizeof *shapes };

static bool is_bytes(str column)
{
	static const char *const bytes[] = { "digest", "hash", "sealed", "mark", "handle",
		"public_key", "bytes", "secret", "nonce" };
	for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
		if (str_equal(column, str_of(bytes[i])))
			return true;
	}
	return false;
}

static bool is_text(const char *table, str column)
{
	static const char *const texts[] = { "name", "login", "login_key", "name_key", "role", "team",
		"authority", "password", "code", "kind", "key", "files", "word", "value", "detail",
		"source", "withdrawn_reason", "rule", "from_word", "ended_by", "disapplied", "number",
		"forename", "surname", "iro", "chair", "worker", "iro_key", "chair_key", "worker_key",
		"team_key", "next_rule", "unsure_rule", "unknown_rule", "sibling_group", "sibling_key", "act",
		"subjects", "objects", "state", "why", "file", "field", "reason", "sha256", "sound", "note",
		"type", "typed", "outcome", "answer", "site", "issuer", "sub", "label", "reached",
		"receivers", "text", "holidays", "reference", "about", "regards", "hand", "list",
		"heading", "how" };
	if (str_equal(column, S("value")) && strcmp(table, "counter") == 0)
		return false;
	if (str_equal(column, S("role")) && strcmp(table, "ledger") == 0)
		return false;
	if (str_equal(column, S("key")) && strcmp(table, "draft") == 0)
		return false;
	if (str_equal(column, S("number")) && strcmp(table, "local_item") == 0)
		return false;
	if (str_equal(column, S("number")) && strcmp(table, "calendar") == 0)
		return false;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (str_equal(column, str_of(texts[i])))
			return true;
	}
	return false;
}

static struct table_shape fixed_shape(struct arena *arena, const struct shape *shape)
{
	struct table_shape out = { .name = str_of(shape->name), .keys = shape->keys };
	out.column = arena_take(arena, COLUMNS_MOST, sizeof *out.column);
	out.kind = arena_take(arena, COLUMNS_MOST, 1);
	str rest = str_of(shape->columns), column;
	while (str_split(&rest, ' ', &column)) {
		out.kind[out.columns] = is_bytes(column)   ? VALUE_BYTES
			: is_text(shape->name, column) ? VALUE_TEXT
						       : VALUE_INT;
		out.column[out.columns++] = arena_text(arena, column);
	}
	return out;
}

static char kind_of(const struct record_type *type, const char *column)
{
	static const char *const texts[] = { "came_by", "why", "withdrawn_reason" };
	for (size_t i = 0; i < 3; i++) {
		if (strcmp(column, texts[i]) == 0)
			return VALUE_TEXT;
	}
	if (strcmp(column, "digest") == 0)
		return VALUE_BYTES;
	if (column[0] != '"')
		return VALUE_INT;
	const struct field *field =
		record_field(type, (str){ column + 1, strlen(column) - 2 });
	return field != NULL && field->kind == KIND_TEXT ? VALUE_TEXT : VALUE_INT;
}

static struct table_shape record_shape(
	struct arena *arena, const struct type_sql *sql, bool versions)
{
	struct table_shape out = {
		.name = versions ? sql->version_table : sql->record_table,
		.column = versions ? sql->version_column : sql->record_column,
		.columns = versions ? sql->version_columns : sql->record_columns,
		.keys = versions ? 2 : 1,
	};
	out.kind = arena_take(arena, out.columns, 1);
	for (size_t i = 0; i < out.columns; i++)
		out.kind[i] = kind_of(sql->type, out.column[i]);
	return out;
}

const struct table_shape *backup_shapes(struct store *store, size_t *n)
{
	struct table_shape *out = arena_take(store->arena, SHAPES + 2 * record_types_n, sizeof *out);
	*n = 0;
	for (size_t i = 0; i < SHAPES; i++)
		out[(*n)++] = fixed_shape(store->arena, &shapes[i]);
	for (size_t i = 0; i < record_types_n; i++) {
		out[(*n)++] = record_shape(store->arena, &store->type[i], false);
		out[(*n)++] = record_shape(store->arena, &store->type[i], true);
	}
	return out;
}

bool backup_is_table(struct store *store, str name)
{
	for (size_t i = 0; i < SHAPES; i++) {
		if (str_equal(name, str_of(shapes[i].name)))
			return true;
	}
	for (size_t i = 0; i < record_types_n; i++) {
		if (str_equal(name, store->type[i].record_table) ||
			str_equal(name, store->type[i].version_table))
			return true;
	}
	return false;
}
