"""`python -m extraction.training.train`: trains the pipeline of config.cfg on generated texts and saves it to extraction/model."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import spacy
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop

import extraction.components  # noqa: F401 - registers our parts of the pipeline
from extraction.training.measure import scores_of

HERE = Path(__file__).parent
MODEL = HERE.parent / "model"
HELD_OUT_SEED = 3
HELD_OUT = 600


def main() -> int:
    config = spacy.util.load_config(HERE / "config.cfg")
    started = time.perf_counter()
    nlp = init_nlp(config)
    nlp, _ = train_loop(nlp, None, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)
    seconds = time.perf_counter() - started
    MODEL.mkdir(exist_ok=True)
    nlp.to_disk(MODEL / "pipeline")
    figures = scores_of(nlp, HELD_OUT, HELD_OUT_SEED)
    (MODEL / "SCORES.md").write_text(_report(figures, seconds), "utf-8")
    print(json.dumps(figures, indent=1))
    return 0


def _report(figures: dict[str, dict[str, float]], seconds: float) -> str:
    rows = "\n".join(
        f"| {name} | {f['p']:.3f} | {f['r']:.3f} | {f['f']:.3f} |"
        for name, f in figures["entities"].items()
    )  # type: ignore[attr-defined]
    lanes = "\n".join(f"| {name} | {share:.3f} |" for name, share in figures["lanes"].items())
    return (
        "# The trained pipeline\n\n"
        f"Recipe: `make train` ({seconds:.0f} s on one core). Config: `extraction/training/config.cfg`; texts: "
        "`extraction/training/generate.py` with seeds 1 (training), 2 (development) and 3 (the figures here, "
        f"{HELD_OUT} texts), all made up by our generator. Figures on generated texts say that training worked, "
        "not how real orders are read; `make score` with a corpus says that.\n\n"
        "| entity | precision | recall | F1 |\n|---|---|---|---|\n"
        + rows
        + "\n\n| lane | share right |\n|---|---|\n"
        + lanes
        + "\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
