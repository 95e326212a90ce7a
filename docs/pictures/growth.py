#!/usr/bin/env python3
"""Draws growth.svg: for N in 10000 100000 1000000, "== N" and what `HOB_BENCH_POSTS=N cargo bench --bench queries` printed,
one after another, on standard input."""
import math
import re
import sys
from pathlib import Path

SHOWN = {
    "home, a month away": "home, a month away",
    "members, all": "members, 2,000 of them",
    "boards with unread counts, a month away": "boards, a month away",
    "search, a phrase": "search, a phrase of common words",
    "thread list of a board, 50 rows": "thread list of a board",
    "open the longest thread at its first unread": "open the longest thread",
    "search, a word in most posts": "search, a word in most posts",
    "next unread, a month away": "next unread",
    "search, a rare word": "search, a rare word",
    "mark a thread read, durable": "mark a thread read, durable",
    "a post, durable": "a post, durable",
}
COLORS = "#a65a17 #3b6ea5 #4d7c3a #8a4f9e #b0413e #2f7f7f #7a6a2f #5b5ea6 #94502b #555555 #c2185b".split()
LEFT, RIGHT, TOP, BOTTOM = 60, 520, 20, 380
LOW, HIGH = math.log10(0.2), math.log10(30)
PLACES = {10_000: LEFT + 10, 100_000: (LEFT + 10 + RIGHT) / 2, 1_000_000: RIGHT}


def height(milliseconds):
    return BOTTOM - (math.log10(milliseconds) - LOW) / (HIGH - LOW) * (BOTTOM - TOP)


def read(lines):
    medians, size = {}, 0
    for line in lines:
        if line.startswith("== "):
            size = int(line[3:])
        elif row := re.match(r"(.{58}) +([\d.]+) +[\d.]+ +[\d.]+ +\d+$", line.rstrip()):
            medians.setdefault(row[1].strip(), {})[size] = float(row[2])
    return medians


def draw(medians):
    yield '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 430" font-family="sans-serif" font-size="12">'
    yield "<title>Milliseconds against the number of posts, both in powers of ten</title>"
    yield '<rect width="760" height="430" fill="#fbf7ef"/>'
    for value in (0.2, 0.5, 1, 2, 5, 10, 20):
        y = height(value)
        yield f'<path d="M{LEFT} {y:.1f}H{RIGHT + 8}" stroke="#ddd3c0"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#6b6251">{value:g} ms</text>'
    for (size, x), words in zip(PLACES.items(), ("10,000 posts", "100,000", "1,000,000")):
        yield f'<path d="M{x:.0f} {TOP}V{BOTTOM}" stroke="#ddd3c0"/>'
        yield f'<text x="{x:.0f}" y="{BOTTOM + 20}" text-anchor="middle" fill="#6b6251">{words}</text>'
    labels = []
    for (row, words), color in zip(SHOWN.items(), COLORS):
        points = [(PLACES[size], height(median)) for size, median in sorted(medians[row].items())]
        path = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
        yield f'<polyline fill="none" stroke="{color}" stroke-width="2" points="{path}"/>'
        yield from (f'<circle cx="{x:.0f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points)
        labels.append((points[-1][1], words, color))
    at = 0
    for y, words, color in sorted(labels):
        at = max(y + 4, at + 14)
        yield f'<path d="M{RIGHT + 4} {y:.1f}L{RIGHT + 14} {at - 4:.1f}" stroke="{color}"/>'
        yield f'<text x="{RIGHT + 18}" y="{at:.1f}" fill="{color}">{words}</text>'
    yield "</svg>"


Path(__file__).with_name("growth.svg").write_text("\n".join(draw(read(sys.stdin))) + "\n")
