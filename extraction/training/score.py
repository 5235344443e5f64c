"""`python -m extraction.training.score [--fit] [--scans] [--folder PATH] [COUNT] [SEED]`: reads freshly generated documents as the product would and scores the readings.

Documents of every kind, with wordings held out from training. Printed as one JSON object: header and line F1, share read exactly, F1 by
field and by kind, every knob of the generator apart (documents that show it against those that do not), calibration.
--scans: some of the pages as scans. --folder: labelled documents of others instead (as the corpus scorer takes them).
--fit: first fits the confidence that readings state (extraction/weighing/trust.json) on COUNT other documents and on --folder.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extraction.training import fitting, reliability
from extraction.training.documents import KINDS, documents
from extraction.training.folder import read_folder
from extraction.training.tally import HEADER, LINE, Marked, counted, knobs_apart, marked
from extraction.weighing import trust

FITTED = 77


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="score", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("seed", nargs="?", type=int, default=1_000)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--scans", action="store_true")
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.fit:
        print(json.dumps({"fit": fit(chosen.count, chosen.seed + FITTED, chosen.folder)}, indent=1))
    if chosen.folder and not chosen.fit:
        found = list(read_folder(chosen.folder))
    else:
        kinds = {**KINDS, "scan": 3.0} if chosen.scans else KINDS
        found = list(marked(documents(chosen.count, chosen.seed, kinds=kinds)))
    print(json.dumps(report(found), indent=1, ensure_ascii=False))
    return 0


def fit(count: int, seed: int, folder: Path | None) -> dict[str, float]:
    """Writes the weights; returns how far off they are, on the documents they were fitted to and honestly."""
    before = trust.TABLE.read_text("utf-8")
    fitting.blank()
    try:
        generated = list(marked(documents(count, seed)))
        life = list(read_folder(folder)) if folder else []
    except BaseException:
        trust.TABLE.write_text(before, "utf-8")
        raise
    table = fitting.table_of(generated, life)
    fitting.write(table)
    errors = {"generated": reliability.calibration_error(fitting.pairs_under(table, generated))}
    if life:
        errors["folder, each fifth unseen"] = fitting.honest_error(generated, life)
    return {name: round(value, 4) for name, value in errors.items()}


def report(found: Sequence[Marked]) -> dict[str, Any]:
    """The figures as plain JSON."""
    tally = counted(found)
    orders = [one for one in found if one.document.order]
    names = (*HEADER, *(f"line {name}" for name in LINE))
    kinds = sorted({one.document.kind for one in orders})
    return {
        "documents": len(found),
        "header_f1": tally.f1("header"),
        "line_f1": tally.f1("line"),
        "exact": round(sum(one.exact for one in orders) / max(len(orders), 1), 4),
        "fields": {name: tally.f1(name) for name in names if tally.counts(name)},
        "kinds": {
            kind: [tally.f1(f"header of {kind}"), tally.f1(f"line of {kind}")] for kind in kinds
        },
        "orders taken for": dict(Counter(one.lane for one in orders)),
        "look-alikes taken for": dict(Counter(one.lane for one in found if not one.document.order)),
        "knobs": knobs_apart(list(found)),
        "confidence": reliability.figures(found),
    }


if __name__ == "__main__":
    raise SystemExit(main())
