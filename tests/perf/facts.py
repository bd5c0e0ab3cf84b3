#!/usr/bin/env python3
"""facts.py CHILDREN SEED: a file of facts about made-up children, for timing the clocks.

A third are looked after, a third on a plan, a third assessed; reviews, visits, conferences and core
groups over about three years, a few of them late or missing.
"""

import random
import sys
from datetime import date, timedelta

AS_OF = date(2026, 11, 20)


def series(rnd, start, first, gap, word, thread, detail=""):
    on = start + timedelta(days=first)
    while on < AS_OF:
        if rnd.random() > 0.04:
            yield word, thread, on, detail
        on += timedelta(days=max(3, gap + rnd.randint(-9, 12)))


def looked_after(rnd, n):
    start = AS_OF - timedelta(days=rnd.randint(30, 1200))
    care, home = f"care-{n}", f"placement-{n}"
    yield "looked-after-began", care, start, "legal=V2"
    yield "iro-appointed", care, start + timedelta(days=3), ""
    yield "placement-began", home, start, "code=U4"
    yield "iro-service-notified", care, start + timedelta(days=2), ""
    yield "health-assessment-held", care, start + timedelta(days=19), "kind=initial"
    for word, thread, on, detail in series(rnd, start, 18, 88, "cla-review-held", care,
                                           "participation=PN1"):
        yield word, thread, on, detail
        review = f"review-{n}-{on}"
        yield "review-decisions-sent", review, on + timedelta(days=4), ""
        yield "review-record-completed", review, on + timedelta(days=13), ""
        yield "review-record-distributed", review, on + timedelta(days=18), ""
    yield from series(rnd, start, 6, 40, "cla-visit-held", home)
    yield "care-plan-made", care, start + timedelta(days=8), ""
    yield "placement-plan-made", home, start + timedelta(days=4), ""


def on_a_plan(rnd, n):
    start = AS_OF - timedelta(days=rnd.randint(30, 700))
    need, plan = f"s47-{n}", f"plan-{n}"
    yield "strategy-discussion-held", need, start, ""
    yield "s47-began", need, start, ""
    held = start + timedelta(days=rnd.randint(12, 22))
    yield "icpc-held", need, held, "outcome=plan"
    yield "cp-plan-began", plan, held, "category=NEG"
    yield from series(rnd, held, 9, 30, "core-group-held", plan)
    yield from series(rnd, held, 85, 175, "rcpc-held", plan)
    yield from series(rnd, held, 7, 10, "cp-visit-held", plan)


def assessed(rnd, n):
    start = AS_OF - timedelta(days=rnd.randint(10, 900))
    thread = f"need-{n}"
    yield "referral-received", thread, start, ""
    yield "referral-decided", thread, start + timedelta(days=1), ""
    yield "assessment-began", thread, start + timedelta(days=1), ""
    if rnd.random() > 0.1:
        yield "assessment-authorised", thread, start + timedelta(days=rnd.randint(20, 75)), ""


def main():
    children, seed = int(sys.argv[1]), int(sys.argv[2])
    rnd = random.Random(seed)
    print("subject,thread,event,on,detail")
    for n in range(1, children + 1):
        kind = (looked_after, on_a_plan, assessed)[n % 3]
        for word, thread, on, detail in kind(rnd, n):
            if on <= AS_OF:
                print(f"C{n:07d},{thread},{word},{on},{detail}")


if __name__ == "__main__":
    main()
