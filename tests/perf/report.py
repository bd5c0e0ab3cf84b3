"""Figures to rows, and rows to docs/benchmarks.md."""

import json

TITLE = {
    "clocks": "Clocks from an event file, on one core",
    "import": "Import into SQLite",
    "pages": "Pages, against nginx serving the same bytes",
    "caseload": "A caseload page, in a small authority and in a large one",
    "signin": "Pages while 200 people sign in at once",
    "saves": "Durable saves, against raw commits",
    "start": "Start, and memory when idle",
    "instructions": "Instructions a page",
    "search": "Search by name, number and date of birth",
    "tracker": "A chair's own tracker",
    "policy": "A change of a council's policy, over a large store",
    "returns": "The checks of the statutory returns",
}

NOTE = {
    "clocks": "Every subject's clocks computed again and again from a file of made-up facts; processor "
              "time of one thread. Reading the file is counted where the row says so.",
    "import": "A made-up authority written as 903 files, then imported into an empty store on disk.",
    "pages": "Signed in, with the policy asked and every look in the ledger on the disk before its "
             "answer leaves; the child's page for many different children. Rounds in turn, the median. "
             "It fails when the looks in the ledger differ from the pages that were served.",
    "caseload": "The same reviewing officer's list, in two stores.",
    "signin": "Each password is hashed for 150 ms over 64 MiB, on four threads that serve no page; the 200 come "
              "from 200 addresses.",
    "saves": "One review a save through store_save(), against the smallest commit SQLite can make with "
             "the same durability on the same disk.",
    "start": "From starting the program until it answers; memory after that.",
    "search": "A manager's searches, one after another, each a page with its look in the ledger.",
    "tracker": "A manager's workbook, sent, its columns taken as guessed, and read beside every child of "
               "the authority; each reading with its looks in the ledger.",
    "policy": "`duly policy import` on a made-up authority in SQLite: what it would do is shown, then it is done. "
              "It fails when a row is written that did not change, or when a run that was killed is not "
              "finished by the next. DULY_BENCH_CHILDREN sets another size.",
    "returns": "Made-up returns, one child in a hundred with a fault; processor time of the program and of the "
               "confined process that reads, best of five, beside LC_ALL=C sort and xmllint --stream --noout of the "
               "same files.",
    "instructions": "Counted by callgrind, so the same on a busy machine.",
}


def rows(name, figures):
    """[[what, figure, goal]]"""
    return [[r["what"], r["figure"], r.get("goal", "")] for r in figures["rows"]]


def page(sections, kept):
    lines = ["# Benchmarks", "",
             "Written by `script/bench`; `script/bench SECTION` measures one part again. Each ratio "
             "comes from one run, its sides taken in turn.", ""]
    for name in sections:
        lines += ["## " + TITLE[name], "", NOTE[name], ""]
        path = kept / f"{name}.json"
        if not path.is_file():
            lines += ["Not measured.", ""]
            continue
        figures = json.loads(path.read_text())
        lines += ["| what | measured | goal |", "| --- | ---: | ---: |"]
        lines += ["| " + " | ".join(row) + " |" for row in rows(name, figures)]
        if figures.get("wrong"):
            lines += ["", "**Wrong:** " + figures["wrong"]]
        lines += ["", f"{figures['measured_on']}, {figures['machine']}.", ""]
    return "\n".join(lines)
