"""Counts which states vote alike, in another way: Python's integers as sets of roll calls. Standard library only.

    votes.py FOLDER            totals, every pair of states over all years, and by decade
    votes.py FOLDER LEAST < GROUPS   modularity of groups (names split by tabs, a line a group), ties by kappa

FOLDER holds votes.tsv.gz and roll_calls.tsv.gz.
"""

import gzip
import itertools
import sys

SIDES = ("yes", "no", "abstain")


def read(folder):
    with gzip.open(f"{folder}/roll_calls.tsv.gz", "rt", encoding="utf-8") as file:
        header = next(file).rstrip("\n").split("\t")
        rcid, date = header.index("rcid"), header.index("date")
        rows = [line.rstrip("\n").split("\t") for line in file]
        years = {row[rcid]: int(row[date][:4]) for row in rows}
    places = {number: place for place, number in enumerate(sorted(years))}
    votes = {}
    with gzip.open(f"{folder}/votes.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            number, country, _, vote = line.rstrip("\n").split("\t")
            votes.setdefault(country, dict.fromkeys(SIDES, 0))[vote] |= 1 << places[number]
    decades = {}
    for number, year in years.items():
        decades[year // 10 * 10] = decades.get(year // 10 * 10, 0) | 1 << places[number]
    return votes, decades


def ones(number):
    return bin(number).count("1")


def table(a, b, among):
    return [[ones(a[x] & b[y] & among) for y in SIDES] for x in SIDES]


def counts(cells):
    both = sum(map(sum, cells))
    same = sum(cells[n][n] for n in range(3))
    return both, same, cells[0][1] + cells[1][0]


def kappa(cells):
    both, same, _ = counts(cells)
    chance = sum(sum(cells[n]) * sum(row[n] for row in cells) for n in range(3)) / both**2
    return None if chance >= 1 else (same / both - chance) / (1 - chance)


def pairs(votes):
    return itertools.combinations(sorted(votes, key=str.encode), 2)


def main():
    votes, decades = read(sys.argv[1])
    everything = (1 << 100_000) - 1
    if len(sys.argv) == 2:
        print("total", *(sum(ones(of[side]) for of in votes.values()) for side in SIDES), sep="\t")
        for a, b in pairs(votes):
            for start, among in [(0, everything), *sorted(decades.items())]:
                both, same, opposite = counts(table(votes[a], votes[b], among))
                if both:
                    print(start, a, b, both, same, opposite, sep="\t")
        return
    least = int(sys.argv[2])
    ties = {}
    for a, b in pairs(votes):
        cells = table(votes[a], votes[b], everything)
        if counts(cells)[0] >= least:
            ties[a, b] = max(kappa(cells) or 0, 0)
    group = {}
    for place, line in enumerate(sys.stdin):
        group.update(dict.fromkeys(line.rstrip("\n").split("\t"), place))
    total = sum(ties.values())
    degree = {}
    for (a, b), weight in ties.items():
        degree[a] = degree.get(a, 0) + weight
        degree[b] = degree.get(b, 0) + weight
    within, ends = {}, {}
    for (a, b), weight in ties.items():
        if group[a] == group[b]:
            within[group[a]] = within.get(group[a], 0) + weight
    for name, weight in degree.items():
        ends[group[name]] = ends.get(group[name], 0) + weight
    print(sum(within.get(g, 0) / total - (e / (2 * total)) ** 2 for g, e in ends.items()))


main()
