#!/usr/bin/env python3
"""Checks written graphs with the programs that people read them with.

    graphs.py FOLDER

FOLDER holds what the tests of `tests/formats` write where CLAIMGRAPH_OUT is set, or what the
example `convert` writes: NAME.graphml, NAME.gexf, NAME.dot, NAME.jsonl, NAME.package/, claimgraph.schema.json.
Needs networkx, igraph, pandas, frictionless, jsonschema and lxml from PyPI, and graphviz's `dot`. GEXF_RNG
may name Gephi's RELAX NG schema of GEXF 1.3 (gexf.rng, with dynamics.rng and viz.rng beside it), GRAPHML_XSD
the schema of GraphML. What is not there is said, and is no failure; what fails is.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PASSED, FAILED, SKIPPED = [], [], []


def check(name, holds, more=""):
    (PASSED if holds else FAILED).append(name)
    if not holds:
        print(f"FAILED {name}: {more}")


def skip(name):
    SKIPPED.append(name)
    print(f"skipped {name}")


def records(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [next(iter(json.loads(line).items())) for line in file.read().split("\n") if line]


def expected(path):
    """Entities by key, and the claims that are edges, from the native file."""
    found = records(path)
    entities = {body["key"]: body for kind, body in found if kind == "entity"}
    edges = []
    for kind, body in found:
        if kind != "claim":
            continue
        statement = body.get("statement") or {}
        ends = [(statement.get(side) or {}).get("entity") for side in ("subject", "object")]
        if all(ends) and body["stance"] not in ("denies", "revises"):
            edges.append((body["id"], *ends, statement["relation"], body))
    return entities, edges


def label(entity):
    names = [name["text"] for name in entity.get("names", []) if name["kind"] == "canonical"]
    return names[0] if names else entity["key"]


def same_edges(name, found, edges):
    wanted = sorted((i, s, o) for i, s, o, _, _ in edges)
    check(f"{name}: edges", sorted(found) == wanted, f"{len(found)} edges, and {len(wanted)} expected")


def networkx_reads(folder, stem, entities, edges):
    import networkx as nx

    graph = nx.read_graphml(folder / f"{stem}.graphml", force_multigraph=True)
    keys = {node: data["key"] for node, data in graph.nodes(data=True)}
    check(f"networkx, {stem}.graphml: nodes", set(keys.values()) == set(entities))
    for node, data in graph.nodes(data=True):
        entity = entities[data["key"]]
        check(f"networkx, {stem}.graphml: {data['key']}", (data["label"], data["kind"]) == (label(entity), entity["kind"]), data)
    found = [(data.get("id", key), keys[a], keys[b]) for a, b, key, data in graph.edges(keys=True, data=True)]
    same_edges(f"networkx, {stem}.graphml", found, edges)
    attributes(f"networkx, {stem}.graphml", {data.get("id", key): data for _, _, key, data in graph.edges(keys=True, data=True)}, edges)

    graph = nx.read_gexf(folder / f"{stem}.gexf")
    graph = graph if graph.is_multigraph() else nx.MultiDiGraph(graph)
    check(f"networkx, {stem}.gexf: nodes", set(graph.nodes) == set(entities))
    for node, data in graph.nodes(data=True):
        check(f"networkx, {stem}.gexf: {node}", data["label"] == label(entities[node]), data)
    found = [(data["id"], a, b) for a, b, data in graph.edges(data=True)]
    same_edges(f"networkx, {stem}.gexf", found, edges)
    by_id = {data["id"]: data for _, _, data in graph.edges(data=True)}
    attributes(f"networkx, {stem}.gexf", by_id, edges)
    spells = sum(1 for data in by_id.values() if data.get("spells"))
    dated = sum(1 for *_, body in edges if may_have_spell(body))
    check(f"networkx, {stem}.gexf: spells", spells == dated, f"{spells} edges with spells, and {dated} expected")


def may_have_spell(body):
    valid = body.get("valid") or {}
    ends = [(valid.get("start") or {}).get("earliest"), (valid.get("end") or {}).get("latest")]
    return any(end and not end.startswith("-") and not end.startswith("0000") for end in ends)


def attributes(name, found, edges):
    for key, _, _, relation, body in edges:
        data = found[key]
        check(f"{name}: relation and stance of {key}", (data["relation"], data["stance"]) == (relation, body["stance"]), data)
        check(f"{name}: status of {key}", data["status"] in ("positive", "disputed", "planned", "possible"), data)
        check(f"{name}: contested of {key} is a boolean", data["contested"] in (True, False), data)
        if body.get("words") is not None:
            check(f"{name}: words of {key}", data["words"] == body["words"], data["words"])
        amount = (body.get("quantity") or {}).get("central")
        if amount is not None:
            check(f"{name}: amount of {key} is a number", isinstance(data["amount"], float) and data["amount"] == float(amount), data)


def igraph_reads(folder, stem, entities, edges):
    import igraph

    graph = igraph.Graph.Read_GraphML(str(folder / f"{stem}.graphml"))
    check(f"igraph, {stem}.graphml: nodes", sorted(graph.vs["key"]) == sorted(entities))
    check(f"igraph, {stem}.graphml: directed", graph.is_directed())
    keys = graph.vs["key"]
    # igraph keeps no id of an edge, so they are told by what they say.
    found = sorted((edge["relation"], keys[edge.source], keys[edge.target], edge["reported"]) for edge in graph.es)
    wanted = sorted((relation, s, o, body["reported"]) for _, s, o, relation, body in edges)
    check(f"igraph, {stem}.graphml: edges", found == wanted, f"{len(found)} edges, and {len(wanted)} expected")
    names = {vertex["key"]: vertex["label"] for vertex in graph.vs}
    check(f"igraph, {stem}.graphml: labels", names == {key: label(entity) for key, entity in entities.items()})


def graphviz_reads(folder, stem, entities, edges):
    if not shutil.which("dot"):
        return skip("graphviz: no `dot` on the path")
    run = subprocess.run(["dot", "-Tsvg", folder / f"{stem}.dot"], capture_output=True)
    check(f"graphviz, {stem}.dot: accepted", run.returncode == 0 and not run.stderr, run.stderr)
    from lxml import etree

    svg = etree.fromstring(run.stdout)
    space = "{http://www.w3.org/2000/svg}"
    is_a = lambda group, kind: kind in (group.get("class") or "").split()
    count = lambda kind: sum(is_a(group, kind) for group in svg.iter(f"{space}g"))
    ends = {end for _, s, o, _, _ in edges for end in (s, o)}
    check(f"graphviz, {stem}.dot: nodes", count("node") == len(ends), count("node"))
    check(f"graphviz, {stem}.dot: edges", count("edge") == len(edges), count("edge"))
    drawn = {"".join(group.itertext(f"{space}text")) for group in svg.iter(f"{space}g") if is_a(group, "node")}
    plain = [label(entities[key]) for key in ends]
    squeeze = lambda text: re.sub(r"\s", "", text)
    missing = {squeeze(name) for name in plain} - {squeeze(name) for name in drawn}
    check(f"graphviz, {stem}.dot: names", not missing, missing)


def schemas(folder, stem):
    from lxml import etree

    for name, variable, kind, ending in [
        ("GEXF's schema", "GEXF_RNG", etree.RelaxNG, "gexf"),
        ("GraphML's schema", "GRAPHML_XSD", etree.XMLSchema, "graphml"),
    ]:
        path = os.environ.get(variable)
        if not path:
            skip(f"{name}: {variable} is not set")
            continue
        schema = kind(etree.parse(path))
        valid = schema.validate(etree.parse(str(folder / f"{stem}.{ending}")))
        check(f"{name}, {stem}.{ending}", valid, schema.error_log)


def package(folder, stem):
    import frictionless
    import pandas

    root = folder / f"{stem}.package"
    report = frictionless.validate(str(root / "datapackage.json"))
    errors = [error.message for task in report.tasks for error in task.errors] + [error.message for error in report.errors]
    check(f"frictionless, {stem}.package", report.valid, errors[:5])
    check(f"frictionless, {stem}.package: tables", len(report.tasks) == 16, len(report.tasks))
    names = pandas.read_csv(root / "aliases.csv", dtype=str, keep_default_na=False)
    with open(root / "aliases.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    check(f"pandas, {stem}.package: aliases", list(names["name"]) == [row["name"] for row in rows])
    claims = pandas.read_csv(root / "claims.csv", dtype={"span": str, "credibility": "Int64"})
    if not claims.empty:
        reported = pandas.to_datetime(claims["reported"])
        check(f"pandas, {stem}.package: days", reported.notna().all())
        check(f"pandas, {stem}.package: amounts", claims["amount"].dtype.kind in "fi", claims["amount"].dtype)
    if (folder / f"{stem}.jsonl").exists() and stem == "report":
        found = records(folder / f"{stem}.jsonl")
        of = lambda kind: [body for own, body in found if own == kind]
        counts = {"entities": len(of("entity")), "claims": len(of("claim")), "links": len(of("link"))}
        counts["aliases"] = sum(len(body.get("names", [])) for body in of("entity"))
        counts["responses"] = sum(len(body.get("targets", [])) for body in of("claim"))
        counts["roles"] = sum(len(body.get("roles", [])) for body in of("claim"))
        for name, count in counts.items():
            rows = len(pandas.read_csv(root / f"{name}.csv", dtype=str))
            check(f"pandas, {stem}.package: {name}", rows == count, f"{rows} rows, and {count} expected")


def hostile_cells(folder):
    """What each name of the hostile package is, byte for byte, to Python's csv and to pandas."""
    import pandas

    root = folder / "hostile.package"
    frame = pandas.read_csv(root / "aliases.csv", dtype=str, keep_default_na=False, lineterminator=None)
    names = dict(zip(frame["entity"], frame["name"]))
    formula = names.get("hostile formulas", "")
    check("pandas, hostile.package: a formula", formula.startswith("=cmd|"), formula)
    check("pandas, hostile.package: quotes", '"double"' in names.get("hostile quotes", ""))
    check("pandas, hostile.package: angle brackets", "<script>" in names.get("hostile angle brackets", ""))


def json_schema(folder, stem):
    import jsonschema

    schema = json.loads((folder / "claimgraph.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    bad = 0
    for kind, body in records(folder / f"{stem}.jsonl"):
        errors = list(validator.iter_errors({kind: body}))
        check(f"jsonschema, {stem}.jsonl: a {kind}", not errors, errors[:1])
        for damaged in ({kind: 7}, {"nonsense": body}, {kind: dict(body, unknown=1)}, [kind]):
            bad += 1
            check(f"jsonschema, {stem}.jsonl: no {kind}", not validator.is_valid(damaged), damaged)
    check(f"jsonschema, {stem}.jsonl: bad lines tried", bad > 0)


def drafts(folder):
    import jsonschema

    schema = json.loads((folder / "drafts.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    right = json.loads((folder / "drafts.json").read_text(encoding="utf-8"))
    errors = [error.message for error in validator.iter_errors(right)]
    check("jsonschema, drafts.json", not errors, errors[:1])
    for member in right["claims"][0]:
        missing = {name: value for name, value in right["claims"][0].items() if name != member}
        check(f"jsonschema, drafts without {member}", not validator.is_valid(dict(right, claims=[missing])), member)
    for member, value in [("stance", "shouts"), ("relation", "deploy"), ("speakers", "NIS"), ("quantity", 17), ("extra", 1)]:
        wrong = dict(right["claims"][0], **{member: value})
        check(f"jsonschema, drafts with a wrong {member}", not validator.is_valid(dict(right, claims=[wrong])), value)


def main():
    folder = Path(sys.argv[1])
    stems = sorted(path.stem for path in folder.glob("*.graphml"))
    check("there is something to read", bool(stems), folder)
    for stem in stems:
        entities, edges = expected(folder / f"{stem}.jsonl")
        networkx_reads(folder, stem, entities, edges)
        igraph_reads(folder, stem, entities, edges)
        graphviz_reads(folder, stem, entities, edges)
        schemas(folder, stem)
        json_schema(folder, stem)
    packages = sorted(path.parent.name.removesuffix(".package") for path in folder.glob("*.package/datapackage.json"))
    for stem in packages:
        package(folder, stem)
    if (folder / "drafts.schema.json").exists():
        drafts(folder)
    else:
        skip("drafts: the tests of claimgraph-intake left none")
    if "hostile" in packages:
        hostile_cells(folder)
    print(f"{len(PASSED)} passed, {len(FAILED)} failed" + (f", {len(SKIPPED)} skipped" if SKIPPED else ""))
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
