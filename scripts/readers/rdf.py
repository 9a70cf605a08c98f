#!/usr/bin/env python3
"""Reads what `tests/formats/rdf` writes (CLAIMGRAPH_OUT) with other programs: pyoxigraph for RDF 1.2, rdflib for
the classic twin. `rdf.py FOLDER` checks every NAME.ttl with its NAME.trig, .nt, .nq, .rdf, .classic.trig
and .jsonld, prints `N passed, 0 failed`, and exits 1 where something is wrong.

    pip install pyoxigraph rdflib
"""

import sys
from pathlib import Path

import pyoxigraph
import rdflib
from rdflib.compare import isomorphic

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CLAIM = "urn:claimgraph:ns:Claim"
REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
ESCAPED = "urn:claimgraph:ns:escapedText"

RDF12 = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
}
CLASSIC = {"classic.trig": "trig", "jsonld": "json-ld"}

passed = failed = 0


def check(what, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {what} {found}", file=sys.stderr)


def quads(path, syntax):
    """As sorted lines; texts that only XML has to escape are left out of the comparison, and counted."""
    lines, escaped = [], 0
    for quad in pyoxigraph.parse(path=str(path), format=syntax):
        line = str(quad)
        if ESCAPED in line:
            escaped += 1
        else:
            lines.append(line)
    return sorted(lines), escaped


def canonical(path, syntax):
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(path=str(path), format=syntax))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def rdf12(folder, name):
    """Every syntax of RDF 1.2 is read, and says the same."""
    first, _ = quads(folder / f"{name}.nq", RDF12["nq"])
    claims = [line for line in first if f"<{TYPE}> <{CLAIM}>" in line]
    reified = [line for line in first if f"<{REIFIES}> <<(" in line]
    check(f"{name}.nq has claims that reify", claims and len(reified) > 0)
    for extension, syntax in RDF12.items():
        path = folder / f"{name}.{extension}"
        try:
            lines, escaped = quads(path, syntax)
        except (SyntaxError, ValueError) as error:
            check(f"{path.name} is read by pyoxigraph", False, error)
            continue
        check(f"{path.name} is read by pyoxigraph", True)
        check(f"{path.name} has as many triples", len(lines) + escaped == len(first), f"{len(lines)} + {escaped}, not {len(first)}")
        if escaped == 0:
            check(f"{path.name} says the same", lines == first)
            check(f"{path.name} is isomorphic", canonical(path, syntax) == canonical(folder / f"{name}.nq", RDF12["nq"]))
        else:
            check(f"{path.name} says the same but for what XML escapes", set(lines) <= set(first))
    return len(claims), len(first)


def graphs(dataset):
    """The named graphs that hold something, and the default graph."""
    found = {}
    for graph in dataset.graphs():
        if len(graph):
            found[str(graph.identifier)] = graph
    return found


def classic(folder, name, claims, triples):
    """The twin is read by rdflib: as many quads, and the same graphs."""
    read = {}
    for extension, syntax in CLASSIC.items():
        path = folder / f"{name}.{extension}"
        dataset = rdflib.Dataset()
        try:
            dataset.parse(str(path), format=syntax)
        except Exception as error:  # whatever a parser may raise
            check(f"{path.name} is read by rdflib", False, repr(error)[:300])
            continue
        check(f"{path.name} is read by rdflib", True)
        read[extension] = dataset
        count = len(list(dataset.quads()))
        # A proposition is a quad where RDF 1.2 has a triple of rdf:reifies.
        check(f"{path.name} has as many quads", count == triples, f"{count}, not {triples}")
        found = len(list(dataset.quads((None, rdflib.RDF.type, rdflib.URIRef(CLAIM), None))))
        check(f"{path.name} has as many claims", found == claims, f"{found}, not {claims}")
        # A question a reader would ask: who is said to have said something of whom.
        rows = dataset.query(
            "SELECT ?claim ?who ?s ?p ?o WHERE { ?claim <http://www.w3.org/ns/prov#wasAttributedTo> ?who . "
            "GRAPH ?claim { ?s ?p ?o } }"
        )
        check(f"{path.name} answers SPARQL", len(list(rows)) > 0)
    if len(read) == 2:
        one, other = (graphs(dataset) for dataset in read.values())
        check(f"{name}: TriG and JSON-LD have the same graphs", one.keys() == other.keys())
        same = all(isomorphic(one[graph], other[graph]) for graph in one.keys() & other.keys())
        check(f"{name}: TriG and JSON-LD are isomorphic", same)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    names = sorted(path.name.removesuffix(".ttl") for path in folder.glob("*.ttl"))
    if not names:
        sys.exit(f"{folder} has no .ttl file")
    for name in names:
        classic(folder, name, *rdf12(folder, name))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
