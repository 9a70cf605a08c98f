"""Counts the events that a table adds between two days, without the library.

    python3 tests/oracles/changes.py icews14.tsv.gz North_Korea 2014-03-01 2014-03-31

Prints the number of all rows, then relation and number of rows about the actor, as subject or object.
"""

import collections
import csv
import gzip
import sys

path, actor, after, by = sys.argv[1:]
everything, about = 0, collections.Counter()
with gzip.open(path, "rt", encoding="utf-8", newline="") as table:
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        if after < row["date"] <= by:
            everything += 1
            if actor in (row["subject"], row["object"]):
                about[row["relation"].replace("_", " ")] += 1
print("all", everything, sep="\t")
for relation in sorted(about, key=lambda name: name.encode()):
    print(relation, about[relation], sep="\t")
