"""Every table and column of the schema is in the backup, with the right kind, or is named here as left out."""

import re
import sqlite3

SCHEMA = "src/store/schema/"
SHAPES = "src/store/backup_shape.c"
MIGRATIONS = "src/store/schema.c"
# What a restored store begins without, and why.
LEFT_OUT = {
    "schema_version": "made by the restore",
    "session": "everybody signs in again", "half_session": "everybody signs in again",
    "attempt": "a restored store counts anew", "spent": "of ways of signing in that are over",
    "challenge": "of ways of signing in that are over", "council_way": "of ways of signing in that are over",
    "council_invitation": "a code that was shown once; another is made",
    "offer": "a secret that was not confirmed; another is offered", "first_password": "shown once",
    "kept_form": "of sessions that are over", "ledger_check": "the restored ledger is read anew",
    "tracker_draft": "nothing of a tracker is kept for long", "check_draft": "nor of a check", "ledger_node": "made anew from the ledger",
    "monday_row": "counted anew where it is missing", "once": "answers to forms that were sent twice",
}
WORDS = {"{int}": "INTEGER", "{text}": "TEXT", "{bytes}": "BLOB", "{strict}": "", "{keyed}": ""}

PLANTED = {
    SCHEMA + "001-a.sql": "CREATE TABLE one (id {int}, name {text}){strict};\nCREATE TABLE two (id {int});\n"
                          "CREATE TABLE record_x (id {int});\n",
    MIGRATIONS: 'x migrations[] = { { TEXT(001_a) }, { TEXT(002_b) } };\n',
    SCHEMA + "002-b.sql": "ALTER TABLE one ADD COLUMN more {text};\n",
    SHAPES: 'static const struct shape shapes[] = {\n\t{ "one",\n\t\t"id name", 1 },\n\t{ "gone", "id", 0 },\n};\n'
            'static bool is_bytes(str column)\n{\n\tbytes[] = { "hash" };\n}\n'
            'static bool is_text(const char *table, str column)\n{\n\ttexts[] = { "name" };\n}\n',
}
FINDS = [SHAPES + ":1", SHAPES + ":2", SHAPES + ":4"]


def _schema(tree):
    """{table: {column: type}} of every part in order; "@append-only" is left out."""
    store = sqlite3.connect(":memory:")
    rows = tree.text(MIGRATIONS)
    for part in re.findall(r"TEXT\((\w+)\)", rows[rows.index("migrations[] ="):]):
        path = SCHEMA + part.replace("_", "-") + ".sql"
        text = re.sub(r"^@append-only .*$", "", tree.text(path), flags=re.M)
        for word, plain in WORDS.items():
            text = text.replace(word, plain)
        store.executescript(text)
    tables = [name for name, in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {table: {row[1]: row[2] for row in store.execute(f"PRAGMA table_info('{table}')")} for table in tables}


def _list(text, name):
    found = re.search(name + r"\[\] = \{(.*?)\}", text, re.S)
    return set(re.findall(r'"([^"]+)"', found[1])) if found else set()


def _kind(text, table, column):
    """As backup_shape.c tells it: by the column's name, but for a few tables."""
    other = re.findall(r'str_equal\(column, S\("(\w+)"\)\) && strcmp\(table, "(\w+)"\) == 0\)\s*return false', text)
    if column in _list(text, "bytes"):
        return "BLOB"
    return "TEXT" if column in _list(text, "texts") and (column, table) not in other else "INTEGER"


def check(tree):
    found = []
    if SHAPES not in tree.paths():
        return found
    text, schema = tree.text(SHAPES), _schema(tree)
    body = text[:text.index("\n};", text.index("shapes[] = {"))]
    shapes = {}
    for m in re.finditer(r'\{\s*"(\w+)",\s*((?:"[^"]*"\s*)+),', body):
        line = text.count("\n", 0, m.start()) + 1
        columns = "".join(re.findall(r'"([^"]*)"', m[2])).split()
        shapes[m[1]] = columns
        if m[1] not in schema:
            found.append((SHAPES, line, f"there is no table {m[1]}"))
            continue
        for column in schema[m[1]]:
            if column not in columns:
                found.append((SHAPES, line, f"{m[1]}.{column} is not backed up"))
        for column in columns:
            if column not in schema[m[1]]:
                found.append((SHAPES, line, f"there is no column {m[1]}.{column}"))
            elif schema[m[1]][column] != _kind(text, m[1], column):
                found.append((SHAPES, line, f"{m[1]}.{column} is {schema[m[1]][column]}, and is backed up as "
                              f"{_kind(text, m[1], column)}"))
    for table in sorted(schema):
        if table not in shapes and table not in LEFT_OUT and not re.match(r"(record|version)_", table):
            found.append((SHAPES, 1, f"the table {table} is neither backed up nor left out on purpose"))
    return found
