"""Prints the numbers of networkx that tests/oracles/whole_graph.rs holds as constants.

    python3 -m venv venv && venv/bin/pip install networkx==3.6.1 scipy
    venv/bin/python tests/oracles/whole_graph.py [FOLDER OF CLAIMGRAPH_DATA]

The same few lines make the arcs in both languages. Nothing here calls the library.
"""

import gzip
import sys
from pathlib import Path

import networkx as nx

NODES = 60


def arcs():
    """Three groups of eighteen, with most arcs inside a group; of the six other nodes, two are a pair."""
    state, found = 20241024, []

    def below(bound):
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return (state >> 8) % bound

    for _ in range(240):
        group, source, target, stray = below(3), below(18), below(18), below(8)
        other = (group + 1) % 3 if stray == 0 else group
        found.append((group * 18 + source, other * 18 + target))
    found.append((58, 59))
    return found


# The result of Communities on these arcs: a letter for each node, in order of first appearance.
FOUND = "aaaaaaaaaaaaaaaaaababbbbbbbbbbbbbbbbccccccccccccccccccdefghh"


def multi(pairs, nodes):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(pairs)
    return graph


def simple(graph):
    plain = nx.Graph(nx.DiGraph(graph))
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    return plain


def weighted(pairs, nodes):
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    for a, b in pairs:
        weight = graph.get_edge_data(a, b, {"weight": 0})["weight"]
        graph.add_edge(a, b, weight=weight + 1)
    return graph


def best_louvain(graph):
    runs = (nx.community.louvain_communities(graph, seed=seed) for seed in range(20))
    return max(nx.community.modularity(graph, run) for run in runs)


def small():
    pairs = arcs()
    graph = multi(pairs, range(NODES))
    plain, ties = simple(graph), weighted(pairs, range(NODES))
    print("arcs", len(pairs), "collapsed", nx.DiGraph(graph).number_of_edges(), pairs[:4], pairs[-3:])
    for damping in (0.85, 0.5):
        ranks = nx.pagerank(graph, alpha=damping, tol=1e-15, max_iter=1000)
        print("page rank", damping, [ranks[n] for n in range(NODES)])
    ranks = nx.pagerank(nx.DiGraph(graph), tol=1e-15, max_iter=1000)
    print("page rank, collapsed", [ranks[n] for n in range(8)])
    cores = nx.core_number(plain)
    print("cores", [cores[n] for n in range(NODES)])
    weak = list(nx.weakly_connected_components(graph))
    print("weak", len(weak), sorted(map(len, weak)), "strong", nx.number_strongly_connected_components(graph))
    blocs = {}
    for node, letter in enumerate(FOUND):
        blocs.setdefault(letter, set()).add(node)
    print("modularity", nx.community.modularity(ties, blocs.values()))
    print("louvain of networkx, best of 20", best_louvain(ties))


def karate():
    graph = nx.karate_club_graph()
    print("karate", list(graph.edges()), "unweighted, best of 20", end=" ")
    for a, b in graph.edges():
        graph[a][b]["weight"] = 1
    print(best_louvain(graph))


def icews(folder):
    with gzip.open(Path(folder) / "icews14" / "icews14.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        rows = [line.rstrip("\n").split("\t") for line in file]
    pairs = [(row[0], row[2]) for row in rows]
    nodes = list(dict.fromkeys(name for pair in pairs for name in pair))
    graph = multi(pairs, nodes)
    plain, ties = simple(graph), weighted(pairs, nodes)
    print("icews nodes", len(nodes), "arcs", len(pairs), "collapsed", nx.DiGraph(graph).number_of_edges())
    ranks = nx.pagerank(graph, tol=1e-15, max_iter=1000)
    print("icews page rank", sorted(ranks.items(), key=lambda item: -item[1])[:11])
    cores = nx.core_number(plain)
    deepest = max(cores.values())
    print("icews cores", deepest, sum(core == deepest for core in cores.values()), sum(cores.values()))
    weak = list(nx.weakly_connected_components(graph))
    print("icews weak", len(weak), max(map(len, weak)), "strong", nx.number_strongly_connected_components(graph))
    runs = [nx.community.louvain_communities(ties, seed=seed) for seed in range(5)]
    print("icews louvain of networkx", [nx.community.modularity(ties, run) for run in runs])


small()
karate()
if len(sys.argv) > 1:
    icews(sys.argv[1])
