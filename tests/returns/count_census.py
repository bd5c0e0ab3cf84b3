#!/usr/bin/env python3
"""Counts what a children in need census holds, apart from Duly's own reading of it.

    python3 count_census.py FILE

Says how many elements of each kind have no fault of their own, by the rules of Duly's reader.
"""
import re
import sys
import xml.etree.ElementTree as tree
from datetime import date, timedelta

root = tree.parse(sys.argv[1]).getroot()
reference = date.fromisoformat(root.findtext(".//ReferenceDate"))
kept = dict.fromkeys(["child", "referral", "assessment", "section47", "conference", "plan",
                      "need plan", "disability"], 0)
rejected = 0
WEEKS40 = timedelta(days=280)
CODES = {"PrimaryNeedCode": r"N[0-9]$", "ReasonForClosure": r"RC[1-9]$",
         "ReferralSource": r"(1[A-D]|2[AB]|3[A-F]|4|5[A-D]|6|7|8|9|10)$",
         "InitialCategoryOfAbuse": "(NEG|PHY|SAB|EMO|MUL)$",
         "LatestCategoryOfAbuse": "(NEG|PHY|SAB|EMO|MUL)$", "ReferralNFA": "(true|false|0|1)$",
         "ICPCnotRequired": "(true|false|0|1)$", "NumberOfPreviousCPP": "[0-9]{1,2}$"}
ETHNIC = """WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE
OOTH REFU NOBT""".split()


DISABILITIES = "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA".split()


class Fault(Exception):
    pass


def text(element, name):
    return (element.findtext(name) or "").strip()


def day(value):
    if not value:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise Fault(value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Fault(value)


def days(element, names, earliest):
    found = []
    for name in names:
        d = day(text(element, name))
        if d and (d > reference or (earliest and d < earliest)):
            raise Fault(name)
        found.append(d)
    return found


def codes(element):
    for name, pattern in CODES.items():
        value = text(element, name)
        if value and not re.match(pattern, value):
            raise Fault(name)


def attempt(act, *args):
    global rejected
    try:
        return act(*args)
    except Fault:
        rejected += 1
        return None


def referral(details, earliest):
    codes(details)
    received, closed, _ = days(
        details, ["CINreferralDate", "CINclosureDate", "DateOfInitialCPC"], earliest)
    if received and closed and closed < received:
        raise Fault
    kept["referral"] += 1
    kept["conference"] += bool(text(details, "DateOfInitialCPC"))
    return True


def assessment(element, earliest, good):
    began, authorised = days(
        element, ["AssessmentActualStartDate", "AssessmentAuthorisationDate"], earliest)
    if not good or (began and authorised and authorised < began):
        raise Fault
    kept["assessment"] += 1
    apart(element, "AssessmentInternalReviewDate")


def apart(element, name):
    """What costs the value alone."""
    attempt(day, text(element, name))


def need_plan(element, earliest, good):
    began, ended = days(element, ["CINPlanStartDate", "CINPlanEndDate"], earliest)
    if not began or not good or (ended and ended < began):
        raise Fault
    kept["need plan"] += 1


def disability(value, found):
    if value not in DISABILITIES or (found and "NONE" in [value] + found):
        raise Fault(value)
    found.append(value)
    kept["disability"] += 1


def upn_unknown(value):
    if value and not re.fullmatch("UN[1-7]", value):
        raise Fault(value)


def characteristics(child):
    found = []
    attempt(upn_unknown, text(child, "ChildIdentifiers/UPNunknown"))
    for each in child.iter("Disability"):
        attempt(disability, (each.text or "").strip(), found)


def section47(element, earliest):
    codes(element)
    began, held = days(element, ["S47ActualStartDate", "DateOfInitialCPC"], earliest)
    if held and (text(element, "ICPCnotRequired") in ("true", "1") or (began and held < began)):
        raise Fault
    kept["section47"] += 1
    apart(element, "InitialCPCtarget")
    kept["conference"] += bool(held)


def review(element, began, ended, held):
    d = day((element.text or "").strip())
    if not d or d > reference or d <= began or (ended and d > ended) or d in held:
        raise Fault
    held.add(d)
    kept["conference"] += 1


def plan(element, earliest, plans):
    codes(element)
    began, ended = days(element, ["CPPstartDate", "CPPendDate"], earliest)
    if not began or (ended and ended < began) or began in plans:
        raise Fault
    plans.add(began)
    kept["plan"] += 1
    held = set()
    for each in element.iter("CPPreviewDate"):
        attempt(review, each, began, ended, held)


def identity(child):
    ids = child.find("ChildIdentifiers")
    born, expected = day(text(ids, "PersonBirthDate")), day(text(ids, "ExpectedPersonBirthDate"))
    if born and born > reference:
        raise Fault
    happened = [day(e.text) for name in ("CINreferralDate", "S47ActualStartDate", "CPPstartDate",
                                         "AssessmentActualStartDate") for e in child.iter(name)
                if e.text and re.fullmatch(r"\d{4}-\d\d-\d\d", e.text)]
    for birth in (born, expected):
        if birth and sum(d < birth - WEEKS40 for d in happened) * 2 > len(happened):
            raise Fault
    died = days(ids, ["PersonDeathDate"], None)[0]
    if died and born and died < born:
        raise Fault
    if text(ids, "Sex") not in ("", "M", "F", "U", "0", "1", "2", "9"):
        raise Fault
    if any((e.text or "").strip() not in ETHNIC + [""] for e in child.iter("Ethnicity")):
        raise Fault
    return (born or expected) and (born or expected) - WEEKS40


numbers = set()
for child in root.iter("Child"):
    number = text(child, "ChildIdentifiers/LAchildID")
    if not number or number in numbers:
        rejected += 1
        continue
    numbers.add(number)
    kept["child"] += 1
    faults = rejected
    earliest = attempt(identity, child)
    if rejected == faults:
        characteristics(child)
    plans = set()
    for details in child.findall("CINdetails"):
        good = attempt(referral, details, earliest)
        for element in details:
            if element.tag == "Assessments":
                attempt(assessment, element, earliest, good)
            elif element.tag == "CINPlanDates":
                attempt(need_plan, element, earliest, good)
            elif element.tag == "Section47":
                attempt(section47, element, earliest)
            elif element.tag == "ChildProtectionPlans":
                attempt(plan, element, earliest, plans)
print(kept, "rejected", rejected)
