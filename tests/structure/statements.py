"""SQL: one text for both engines, declared with SQL() in store/ only; one way to write."""

import re

from tree import code_only, folder_of, line_of, strings, without_comments

WRITE = re.compile(r"^\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|COPY\s+\w+)\b", re.I)
READ = re.compile(r"^\s*(SELECT\b.+\bFROM\b|WITH\s+\w+\s+AS\s*\()", re.I | re.S)
# Words that mean something else, or nothing, on the other engine (stack: one SQL text, two engines).
DIFFERS = [
    (r"\bLIKE\b|\bILIKE\b|\bGLOB\b", "LIKE and its kin differ in case: search a folded column"),
    (r"\b(greatest|least)\s*\(", "greatest/least: only one engine has it"),
    (r"\b(group_concat|string_agg|array_agg)\s*\(", "group_concat/string_agg: two queries, or C"),
    (r"\b(json_extract|jsonb?_\w+)\s*\(", "JSON functions: what is queried is a column"),
    (r"\b(date|datetime|strftime|julianday|now|to_char|date_trunc)\s*\(", "time functions: C counts days"),
    (r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b", "the engine's clock: bind the time"),
    (r"\bavg\s*\(", "avg: select sum and count, divide in C"),
    (r"\bINSERT\s+OR\b|\bREPLACE\s+INTO\b", "INSERT OR: use ON CONFLICT"),
    (r"\bBOOLEAN\b|\bSERIAL\b|\bAUTOINCREMENT\b|\bJSONB\b|\bTIMESTAMP\b", "a type of one engine"),
    (r"\brandom\s*\(", "random: comes from env"),
    (r"(?<!\?)\?\d*(?=[\s,)]|$)", "parameters are $1, $2"),
    (r"(^|[\s,(])\$\d+\s+IS\s+(NOT\s+)?NULL", "a bare $n IS NULL has no type: CAST($n AS BIGINT)"),
    (r"\bsqlite_\w+|\bpg_\w+|\binformation_schema\b|\bPRAGMA\b", "the engine's own tables"),
]
# The engines' own files speak their own dialect.
ENGINE = ("src/store/db_", "src/store/db.c", "src/store/schema.c", "src/store/backup")

# Bulk loading and the rows of record types are put together from the tables of their columns, here
# only; every other write is a text that SQL() declares.
ASSEMBLED = ("src/store/rows.c",) + ENGINE
# One way to write: a table is written in one file. What has good reason to be written in two:
TWICE = {"subject": {"src/store/save.c", "src/store/save_write.c", "src/store/recompute_put.c",
                     "src/store/subjects.c"},
         "event": {"src/store/save_write.c", "src/store/expunge.c"}}  # what two people removed
TABLE = re.compile(r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_]+)", re.I)
# Statements are run in store/ alone.
RUN = re.compile(r"(?<![\w.>])(db_(?:use|script|do|step|load\w*|begin|commit|open))\s*\(")

_SQL = re.compile(r"\bSQL\s*\(\s*(\w+)\s*,", re.S)

PLANTED = {
    "src/web/page.c": 'static const char *q = "UPDATE child SET name = $1";\n',
    "src/store/loose.c": 'void f(struct db *db)\n{\n\trun(db, "INSERT INTO child "\n\t\t"VALUES ($1)");\n}\n',
    "src/store/words.c": 'SQL(find, "SELECT id FROM child WHERE name LIKE $1");\n',
    "src/cli/list.c": 'const char *q = "SELECT id FROM child";\n',
    "src/job/run.c": "void f(struct db *db)\n{\n\tdb_script(db, text);\n}\n",
    "src/store/one.c": 'SQL(a, "UPDATE home SET n = 1");\n',
    "src/store/two.c": 'SQL(b, "DELETE FROM home");\n',
    "src/store/fine.c": 'SQL(add, "INSERT INTO care (id)"\n\t" VALUES ($1)");\n',
    "src/web/words.c": 'H(b, "Update your record. Select a child from the list. Delete from it.");\n',
}
FINDS = ["src/web/page.c:1", "src/store/loose.c:3", "src/store/words.c:1", "src/cli/list.c:1",
         "src/job/run.c:3", "src/store/two.c:1"]


def _looks_like_sql(text):
    return bool(WRITE.match(text) or READ.match(text)) and not re.match(r"\s*[A-Z][a-z]", text)


def check(tree):
    found = []
    writers = {}
    for path, text in tree.c("src/"):
        folder = folder_of(path)
        if folder != "store":
            code = code_only(text)
            found += [(path, line_of(code, m.start()), f"{m[1]}() outside store/")
                      for m in RUN.finditer(code) if path.endswith(".c")]
        declared = {line_of(text, m.end()) for m in _SQL.finditer(without_comments(text))}
        for line, literal in strings(text):
            if not _looks_like_sql(literal):
                continue
            if folder != "store":
                found.append((path, line, "SQL outside store/: " + literal[:50]))
                continue
            table = TABLE.match(literal)
            if table and not path.startswith(ENGINE) and path not in TWICE.get(table[1], ()):
                first = writers.setdefault(table[1], path)
                if first != path:
                    found.append((path, line, f"{table[1]} is written in {first} too"))
            if path.startswith(ASSEMBLED):
                continue
            near = any(d in declared for d in (line, line - 1))
            if WRITE.match(literal) and not near:
                found.append((path, line, "a write that SQL() does not declare: " + literal[:50]))
            for pattern, why in DIFFERS:
                if re.search(pattern, literal, re.I):
                    found.append((path, line, why + ": " + literal[:50]))
    return found
