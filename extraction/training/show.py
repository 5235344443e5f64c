"""`python -m extraction.training.show SEED NUMBER... FOLDER`: writes generated documents as `score` reads them, with what should be read."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from extraction.training.documents import nth


def main(arguments: Sequence[str]) -> int:
    seed, *numbers = (int(a) for a in arguments[:-1])
    folder = Path(arguments[-1])
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        made = nth(seed, number)
        part = made.message.parts[0]
        name = (
            f"{seed}-{number}{Path(part.filename).suffix or '.' + part.content_type.split('/')[1]}"
        )
        (folder / name).write_bytes(part.content)
        wanted = {
            "kind": made.kind,
            "fields": dict(made.truth),
            "lines": list(made.lines),
            "either way": sorted(made.lenient),
            "knobs": sorted(made.knobs),
        }
        text = json.dumps(wanted, indent=1, ensure_ascii=False)
        (folder / name).with_suffix(".json").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
