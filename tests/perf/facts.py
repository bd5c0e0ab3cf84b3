#!/usr/bin/env python3
"""facts.py CHILDREN SEED [DAYS]: a file of facts about made-up children, for timing the clocks.

A third are looked after, a third on a plan, a third assessed; reviews, visits, conferences and core
groups, a few of them late or missing, over about three years. With DAYS, over so many at most; then most
are assessed and no more, as councils know them, and the periods of half the others have ended.
"""

import random
import sys
from datetime import date, timedelta

AS_OF = date(2026, 11, 20)
LONGEST = None
KNOWN = [0, 0, 1] + [2] * 9  # of twelve children whom a council knows; else a third each


def began(rnd, most):
    """How long ago; and the day from which nothing more is told."""
    ago = rnd.randint(30, LONGEST or most)
    start = AS_OF - timedelta(days=ago)
    if LONGEST is None or rnd.random() < 0.5:
        return start, AS_OF
    return start - timedelta(days=400), AS_OF - timedelta(days=400)


def series(rnd, start, end, first, gap, word, thread, detail=""):
    on = start + timedelta(days=first)
    while on < end:
        if rnd.random() > 0.04:
            yield word, thread, on, detail
        on += timedelta(days=max(3, gap + rnd.randint(-9, 12)))


def looked_after(rnd, n):
    start, end = began(rnd, 1200)
    care, home = f"care-{n}", f"placement-{n}"
    yield "looked-after-began", care, start, "legal=V2"
    yield "iro-appointed", care, start + timedelta(days=3), ""
    yield "placement-began", home, start, "code=U4"
    yield "iro-service-notified", care, start + timedelta(days=2), ""
    yield "health-assessment-held", care, start + timedelta(days=19), "kind=initial"
    for word, thread, on, detail in series(rnd, start, end, 18, 88, "cla-review-held", care,
                                           "participation=PN1"):
        yield word, thread, on, detail
        review = f"review-{n}-{on}"
        yield "review-decisions-sent", review, on + timedelta(days=4), ""
        yield "review-record-completed", review, on + timedelta(days=13), ""
        yield "review-record-distributed", review, on + timedelta(days=18), ""
    yield from series(rnd, start, end, 6, 40, "cla-visit-held", home)
    yield "care-plan-made", care, start + timedelta(days=8), ""
    yield "placement-plan-made", home, start + timedelta(days=4), ""
    if end < AS_OF:
        yield "placement-ended", home, end, ""
        yield "looked-after-ended", care, end, ""


def on_a_plan(rnd, n):
    start, end = began(rnd, 700)
    need, plan = f"s47-{n}", f"plan-{n}"
    yield "strategy-discussion-held", need, start, ""
    yield "s47-began", need, start, ""
    held = start + timedelta(days=rnd.randint(12, 22))
    yield "icpc-held", need, held, "outcome=plan"
    yield "cp-plan-began", plan, held, "category=NEG"
    yield from series(rnd, held, end, 9, 30, "core-group-held", plan)
    yield from series(rnd, held, end, 85, 175, "rcpc-held", plan)
    yield from series(rnd, held, end, 7, 10, "cp-visit-held", plan)
    if end < AS_OF:
        yield "cp-plan-ended", plan, end, ""


def assessed(rnd, n):
    start, _ = began(rnd, 900)
    thread = f"need-{n}"
    yield "referral-received", thread, start, ""
    yield "referral-decided", thread, start + timedelta(days=1), ""
    yield "assessment-began", thread, start + timedelta(days=1), ""
    if rnd.random() > 0.1:
        yield "assessment-authorised", thread, start + timedelta(days=rnd.randint(20, 75)), ""


def main():
    global LONGEST
    children, seed = int(sys.argv[1]), int(sys.argv[2])
    LONGEST = int(sys.argv[3]) if len(sys.argv) > 3 else None
    rnd = random.Random(seed)
    print("subject,thread,event,on,detail")
    for n in range(1, children + 1):
        kind = (looked_after, on_a_plan, assessed)[n % 3 if LONGEST is None else KNOWN[n % 12]]
        for word, thread, on, detail in kind(rnd, n):
            if on <= AS_OF:
                print(f"C{n:07d},{thread},{word},{on},{detail}")


if __name__ == "__main__":
    main()
