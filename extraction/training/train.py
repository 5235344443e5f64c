"""`python -m extraction.training.train`: trains the pipeline of config.cfg on generated texts into extraction/model."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop

from extraction.learned import components  # noqa: F401 (registers our parts of the pipeline)
from extraction.learned.nlp import load
from extraction.training import (
    calibrate,
    reader,  # noqa: F401 (registers the reader of generated texts)
)
from extraction.training.lanes import add_lanes
from extraction.training.measure import report, scores_of

HERE = Path(__file__).parent
MODEL = HERE.parent / "model"
HELD_OUT_SEED, HELD_OUT = 3, 1_000
CALIBRATION_SEED, CALIBRATION = 4, 1_500


def main(arguments: list[str]) -> int:
    """Trains, saves, measures. Arguments override the configuration: training.max_steps=300

    lanes=kept: the reader of lanes is taken over from the present model.
    """
    overrides = dict(a.split("=", 1) for a in arguments)
    kept = load() if overrides.pop("lanes", "") == "kept" else None
    config = spacy.util.load_config(
        HERE / "config.cfg", overrides={k: int(v) for k, v in overrides.items()}, interpolate=False
    )
    started = time.process_time()
    nlp, _ = train_loop(init_nlp(config), None, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)
    if kept is None:
        add_lanes(nlp)
    else:
        nlp.add_pipe("textcat", source=kept, after="value_shapes")
    seconds = time.process_time() - started
    save(nlp, MODEL / "pipeline")
    calibrate.write(
        calibrate.pairs_of(nlp, CALIBRATION, CALIBRATION_SEED), MODEL / "certainty.json"
    )
    scores = scores_of(nlp, HELD_OUT, HELD_OUT_SEED)
    text = report(
        scores, seconds, int(config.interpolate()["training"]["max_steps"]), HELD_OUT, HELD_OUT_SEED
    )
    (MODEL / "SCORES.md").write_text(text, "utf-8")
    print(text)
    return 0


def save(nlp: Language, folder: Path) -> None:
    """Writes the pipeline without the words of the texts it was trained on: it only needs their hashes."""
    bare = spacy.util.load_model_from_config(nlp.config, auto_fill=True, validate=True)
    bare.from_bytes(nlp.to_bytes(exclude=["vocab"]), exclude=["vocab"])
    shutil.rmtree(folder, ignore_errors=True)
    bare.to_disk(folder)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
