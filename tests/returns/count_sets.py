#!/usr/bin/env python3
"""Counts what the SSDA903 set `valid_2026` holds, apart from Duly's own reading of it.

    python3 count_sets.py DIR      (with DIR/this and DIR/last)

Sets of (child, day) only, no story of a child: the sum is right where no fault was planted.
"""
import csv
import sys


def rows(table):
    for year in ("last", "this"):
        with open(f"{sys.argv[1]}/{year}/{table}.csv", newline="") as file:
            yield from csv.DictReader(file)


def day(text):
    d, m, y = text.split("/")
    return y + m + d


births = {r["CHILD"] for r in rows("header") if r["DOB"]}
children = {r["CHILD"] for r in rows("header")}
episodes = {(r["CHILD"], day(r["DECOM"])): r for r in rows("episodes")}  # this year's copy wins
first = {}
for (child, decom) in sorted(episodes):
    first.setdefault(child, decom)
starts = {k for k, r in episodes.items() if r["RNE"] == "S"}
starts |= {(c, d) for c, d in first.items() if episodes[c, d]["RNE"] != "S"}
places = {k for k, r in episodes.items() if r["RNE"] != "L"}
places |= {(c, d) for c, d in first.items()}
legal = 0
place_ends = 0
keys = sorted(episodes)
for i, key in enumerate(keys):
    row = episodes[key]
    before = episodes[keys[i - 1]] if i > 0 and keys[i - 1][0] == key[0] else None
    after = episodes[keys[i + 1]] if i + 1 < len(keys) and keys[i + 1][0] == key[0] else None
    if row["RNE"] in "LUB" and (not before or row["LS"] != before["LS"]):
        legal += 1  # of a period that no file starts, since when its status is known
    place_ends += bool(row["DEC"]) and (row["REC"] != "X1" or (after and after["RNE"] != "L")
                                        or (not after and bool(row["REASON_PLACE_CHANGE"])))
ends = sum(1 for r in episodes.values() if r["DEC"] and r["REC"] != "X1")
deaths = sum(1 for r in episodes.values() if r["REC"] == "E2")
adoption = sum(1 for k in places if episodes[k]["PLACE"] in ("A3", "A4", "A5", "A6"))
# What a code says besides: authority to place, a remand, a series of short breaks, a secure home, an
# adoption order. A legal status is told with the start and with each change of it.
besides, secure_ends, orders, legal_now = 0, 0, 0, None
for i, key in enumerate(keys):
    row = episodes[key]
    new = key in starts or (row["RNE"] in "LUB" and row["LS"] != legal_now)
    legal_now = row["LS"] if new else legal_now
    besides += new and row["LS"] in ("E1", "J1", "V4")
    orders += bool(row["DEC"]) and row["REC"] in ("E11", "E12")
    besides += key in places and row["PLACE"] == "K1"
open_secure = None
for i, key in enumerate(keys):
    row = episodes[key]
    after = episodes[keys[i + 1]] if i + 1 < len(keys) and keys[i + 1][0] == key[0] else None
    open_secure = row["PLACE"] == "K1" if key in places else open_secure
    ended = bool(row["DEC"]) and (row["REC"] != "X1" or (after and after["RNE"] != "L")
                                  or (not after and bool(row["REASON_PLACE_CHANGE"])))
    secure_ends += bool(open_secure) and ended
reviews = {(r["CHILD"], r["REVIEW"]) for r in rows("reviews")}
missing = {(r["CHILD"], r["MIS_START"]): r for r in rows("missing")}
found = sum(1 for r in missing.values() if r["MIS_END"])
print("children", len(children))
print("periods", len(starts))
print("placements", len(places))
print("changes of legal status", legal)
print("reviews", len(reviews))
print("missing", len(missing))
print("events", len(births) + deaths + len(starts) + ends + len(places) + place_ends + adoption
      + legal + len(reviews) + len(missing) + found + besides + secure_ends + orders)
