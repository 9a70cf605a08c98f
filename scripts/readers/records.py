#!/usr/bin/env python3
"""Reads written files with the programs of others: followthemoney, the STIX validator, rdflib.

Usage: records.py FOLDER     (files *.ftm.json, *.stix.json, *.claimreview.json)

Needs followthemoney==4.11.2, stix2-validator==3.2.0 (3.3.1 is published without its schemas) and
rdflib==7.6.0. Prints "N passed, M failed" and exits with 1 if any check failed or no file was found.
"""

import json
import sys
from collections import Counter
from pathlib import Path

passed, failed = 0, 0


def check(name, ok, detail=""):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {name}: {detail}")


def ftm(path):
    from followthemoney import model

    entities = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    dropped, changed, unclean, kinds = [], [], [], Counter()
    ids = {entity["id"] for entity in entities}
    dangling = []
    for entity in entities:
        kinds[entity["schema"]] += 1
        proxy = model.get_proxy(entity)
        if proxy.to_dict() != {**entity}:
            changed.append(entity["id"])
        schema = model.get(entity["schema"])
        for name, values in entity["properties"].items():
            if name not in schema.properties:
                dropped.append((entity["id"], name))
            elif schema.properties[name].type.name == "entity":
                dangling += [(entity["id"], name, value) for value in values if value not in ids]
        # And once more with values that followthemoney cleans: none may vanish.
        strict = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            if name in schema.properties and len(strict.get(name)) != len(values):
                unclean.append((entity["id"], name, values, strict.get(name)))
    check(f"{path.name}: every entity is one", len(kinds) > 0, "no entities")
    check(f"{path.name}: no property that followthemoney does not know", not dropped, dropped[:3])
    check(f"{path.name}: to_dict gives what was written", not changed, changed[:3])
    check(f"{path.name}: no value is dropped by cleaning", not unclean, unclean[:3])
    check(f"{path.name}: every entity that is named is there", not dangling, dangling[:3])
    print(f"{path.name}: {len(entities)} entities {dict(sorted(kinds.items()))}")


def stix(path):
    from stix2validator import ValidationOptions, validate_instance

    bundle = json.loads(path.read_text(encoding="utf-8"))
    objects = bundle["objects"]
    results = validate_instance(bundle, ValidationOptions(strict=True, version="2.1"))
    errors = [str(error) for error in results.errors]
    warnings = [str(warning) for warning in results.warnings]
    check(f"{path.name}: the strict validator finds no error", results.is_valid, errors[:5])
    check(f"{path.name}: the strict validator has no warning", not warnings, warnings[:5])
    ids = [one["id"] for one in objects]
    check(f"{path.name}: ids are used once", len(ids) == len(set(ids)))
    known = set(ids)
    refs = []
    for one in objects:
        for name, value in one.items():
            if name.endswith("_ref"):
                refs.append(value)
            elif name.endswith("_refs"):
                refs += value
    missing = [ref for ref in refs if ref not in known]
    check(f"{path.name}: every reference leads to an object", not missing, missing[:3])
    extension = next(one["id"] for one in objects if one["type"] == "extension-definition")
    records = Counter()
    for one in objects:
        for name in one.get("extensions", {}).get(extension, {}):
            records[name] += 1
    shapes = Counter(one["type"] for one in objects)
    claims = shapes["relationship"] + shapes["opinion"] + shapes["note"]
    beside = ["affiliation", "link", "derivation", "lineage", "batch", "review"]
    others = sum(records[name] for name in beside)
    check(f"{path.name}: an object for each claim", claims == records["claim"] + others, (shapes, records))
    entities = shapes["identity"] + shapes["location"] + shapes["report"] - 1
    check(f"{path.name}: an object for each entity", entities == records["entity"], (shapes, records))
    print(f"{path.name}: {len(objects)} objects {dict(sorted(shapes.items()))}")


def claim_review(path):
    from rdflib import RDF, Graph, Namespace

    document = json.loads(path.read_text(encoding="utf-8"))
    check(f"{path.name}: the context is schema.org", document["@context"] == "https://schema.org")
    nodes = document["@graph"]
    for node in nodes:
        wanted = {"ClaimReview": ["claimReviewed", "reviewRating"], "Claim": ["text"]}[node["@type"]]
        missing = [name for name in wanted + ["@id", "datePublished"] if name not in node]
        if missing:
            check(f"{path.name}: {node.get('@id')}", False, missing)
        rating = node.get("reviewRating")
        if rating:
            fits = rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"] and rating["alternateName"]
            if not fits:
                check(f"{path.name}: {node['@id']}", False, rating)
    document["@context"] = {"@vocab": "https://schema.org/"}
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    schema = Namespace("https://schema.org/")
    types = {name: len(set(graph.subjects(RDF.type, schema[name]))) for name in ["ClaimReview", "Claim"]}
    inner = [node["itemReviewed"] for node in nodes if "itemReviewed" in node]
    expected = {
        name: len({node["@id"] for node in nodes + inner if node["@type"] == name}) for name in ["ClaimReview", "Claim"]
    }
    check(f"{path.name}: rdflib finds all reviews and claims", types == expected, (types, expected))
    reviewed = len(list(graph.subject_objects(schema.itemReviewed)))
    check(f"{path.name}: rdflib finds what each reviews", reviewed == len(inner), (reviewed, len(inner)))
    texts = {str(text) for text in graph.objects(None, schema.text)}
    written = {node["text"] for node in nodes + inner if "text" in node}
    check(f"{path.name}: every text comes through", texts == written)
    print(f"{path.name}: {types}")


def main():
    folder = Path(sys.argv[1])
    found = 0
    for suffix, read in [("ftm.json", ftm), ("stix.json", stix), ("claimreview.json", claim_review)]:
        for path in sorted(folder.glob(f"*.{suffix}")):
            found += 1
            try:
                read(path)
            except Exception as error:  # a reader that fails is a failed check
                check(path.name, False, repr(error))
    check("there are files", found > 0, folder)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
