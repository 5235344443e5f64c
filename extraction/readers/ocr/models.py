"""The networks of PP-OCRv6 that the rapidocr wheel carries, loaded once; one more thread where the system allows it.

Each session computes in the calling thread alone, so it may be loaded before a fork; two pieces of a page are read
side by side instead.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import onnxruntime

_DETECTION = "PP-OCRv6_det_small.onnx"
_RECOGNITION = "PP-OCRv6_rec_small.onnx"
_In = TypeVar("_In")
_Out = TypeVar("_Out")
_helper: list[ThreadPoolExecutor] = []
os.register_at_fork(after_in_child=_helper.clear)  # threads do not survive a fork


@cache
def detection() -> Any:
    """Picture -> map of where text is."""
    return _session(_DETECTION)


@cache
def recognition() -> Any:
    """Line of text -> probabilities of characters, column by column."""
    return _session(_RECOGNITION)


@cache
def characters() -> tuple[str, ...]:
    """What each class of the recognition stands for; class 0 is "no character"."""
    named = recognition().get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *named, " ")


def preload() -> None:
    """Loads everything that reading a page needs."""
    detection()
    characters()


def start_helper() -> None:
    """Starts the second thread; to be called before a limit forbids new ones. Without it one thread does all."""
    if _helper:
        return
    pool = ThreadPoolExecutor(1, thread_name_prefix="ocr")
    try:
        pool.submit(int).result()
    except RuntimeError:  # the system gives no thread
        return
    _helper.append(pool)


def side_by_side(work: Callable[[_In], _Out], pieces: Sequence[_In]) -> list[_Out]:
    """work(piece) for each piece, in order, by both threads."""
    start_helper()
    if not _helper or len(pieces) < 2:
        return [work(piece) for piece in pieces]
    waiting: list[Future[_Out]] = [_helper[0].submit(work, piece) for piece in pieces]
    done: dict[int, _Out] = {}
    for number in range(len(pieces) - 1, -1, -1):  # the helper goes up, we come down
        if waiting[number].cancel():
            done[number] = work(pieces[number])
    return [done[n] if n in done else waiting[n].result() for n in range(len(pieces))]


def _session(name: str) -> Any:
    found = importlib.util.find_spec("rapidocr")  # not imported: only its files are wanted
    folders = found.submodule_search_locations if found else None
    if not folders:
        raise ModuleNotFoundError("rapidocr is not installed")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(Path(folders[0]) / "models" / name), options, providers=["CPUExecutionProvider"]
    )
