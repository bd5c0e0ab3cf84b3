/* ui_parts.h - how the tables of ui_component*.c are written, and those of the parts that several
 * components hold. For tests only. */
#pragma once

#include "ui_binding.h"

#include "html/govuk_fieldset.h"
#include "html/govuk_tag.h"

#define AT(T, path, KIND, field)                                                                   \
	{                                                                                          \
		path, KIND, .at = offsetof(struct T, field)                                        \
	}
#define STR(T, path, field) AT(T, path, BIND_STR, field)
#define HTML(T, path, field) AT(T, path, BIND_MARKUP, field)
#define BOOL(T, path, field) AT(T, path, BIND_BOOL, field)
#define CHOICE(T, path, field) AT(T, path, BIND_CHOICE, field)
#define INT(T, path, field) AT(T, path, BIND_INT, field)
#define ATTRIBUTES(T, path, field) AT(T, path, BIND_ATTRIBUTES, field)
#define CONTENT(T, path, field) AT(T, path, BIND_CONTENT, field)
#define STRUCT(T, path, field, table)                                                              \
	{                                                                                          \
		path, BIND_STRUCT, .at = offsetof(struct T, field), .sub = table                   \
	}
#define POINTER(T, path, field, table, type)                                                       \
	{                                                                                          \
		path, BIND_POINTER, .at = offsetof(struct T, field), .sub = table,                 \
				    .size = sizeof(type)                                           \
	}
#define LIST(T, path, field, table, type)                                                          \
	{                                                                                          \
		path, BIND_LIST, .at = offsetof(struct T, field),                                  \
				 .count_at = offsetof(struct T, n_##field), .sub = table,          \
				 .size = sizeof(type)                                              \
	}
#define STRS(T, path, field)                                                                       \
	{                                                                                          \
		path, BIND_STRS, .at = offsetof(struct T, field),                                  \
				 .count_at = offsetof(struct T, n_##field)                         \
	}
#define TEXT(T) STR(T, "text", text), HTML(T, "html", html)
#define COMMON(T) STR(T, "classes", classes), ATTRIBUTES(T, "attributes", attributes)
#define END                                                                                        \
	{                                                                                          \
		NULL, BIND_STR, 0, 0, NULL, 0, 0                                                   \
	}

static const struct binding error_message[] __attribute__((unused)) = { TEXT(govuk_error_message),
	COMMON(govuk_error_message), STR(govuk_error_message, "id", id),
	STR(govuk_error_message, "visuallyHiddenText", visually_hidden_text), END };

static const struct binding hint[] __attribute__((unused)) = { TEXT(govuk_hint), COMMON(govuk_hint),
	STR(govuk_hint, "id", id), END };

static const struct binding label[] __attribute__((unused)) = { TEXT(govuk_label),
	COMMON(govuk_label), STR(govuk_label, "for", for_id),
	BOOL(govuk_label, "isPageHeading", page_heading), END };

static const struct binding fieldset[] __attribute__((unused)) = { COMMON(govuk_fieldset),
	STR(govuk_fieldset, "legend.text", legend.text),
	HTML(govuk_fieldset, "legend.html", legend.html),
	STR(govuk_fieldset, "legend.classes", legend.classes),
	BOOL(govuk_fieldset, "legend.isPageHeading", legend.page_heading),
	HTML(govuk_fieldset, "html", html), STR(govuk_fieldset, "role", role),
	STR(govuk_fieldset, "describedBy", described_by), END };

static const struct binding form_group[] __attribute__((unused)) = { COMMON(govuk_form_group),
	CONTENT(govuk_form_group, "beforeInput", before),
	CONTENT(govuk_form_group, "afterInput", after),
	CONTENT(govuk_form_group, "beforeInputs", before),
	CONTENT(govuk_form_group, "afterInputs", after), END };

static const struct binding tag[]
	__attribute__((unused)) = { TEXT(govuk_tag), COMMON(govuk_tag), END };

#define FIELD(T)                                                                                   \
	STRUCT(T, "hint", hint, hint), STRUCT(T, "errorMessage", error, error_message),            \
		STRUCT(T, "formGroup", group, form_group), STR(T, "name", name),                   \
		STR(T, "describedBy", described_by), COMMON(T)
