"""Picture files opened within limits: one array a page, turned as the camera says."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import cache

import numpy as np
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import Unreadable
from extraction.readers.ocr.detect import Picture

MAX_PIXELS = 60_000_000  # of one page; more is refused before it is unpacked
MAX_PAGES = 50
LONGEST = 3000  # pixels; larger pictures are made smaller
FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP", "HEIF", "AVIF")
_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")


_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif")  # ISO 23008-12; AVIF 1.1


def is_picture(content: bytes) -> bool:
    return (
        content.startswith(_MARKS)
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (content[4:8] == b"ftyp" and content[8:12] in _BRANDS)
    )


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of the first page in pixels, as shown, without unpacking it. Raises Unreadable."""
    with _opened(content) as image:
        width, height = image.size
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (height, width) if turned else (width, height)


def pages(content: bytes, longest: int = LONGEST) -> Iterator[Picture]:
    """The pages of a picture file, the first 50. Raises Unreadable for what is too large or damaged."""
    with _opened(content) as image:
        for number in range(min(getattr(image, "n_frames", 1), MAX_PAGES)):
            try:
                image.seek(number)
                yield _array(image, longest)
            except (OSError, ValueError, SyntaxError, EOFError) as error:
                raise Unreadable("picture-damaged", "The picture cannot be opened.") from error
            if image.format == "GIF":  # its further pages are an animation
                return


@cache
def _know_heif() -> None:
    """Pillow knows AVIF itself; pictures of phones (HEIC) are unpacked by libheif, on the reader's one thread."""
    pi_heif.register_heif_opener(thumbnails=False)
    pi_heif.options.DECODE_THREADS = 1


def _opened(content: bytes) -> Image.Image:
    _know_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unreadable("too-large", "The picture has more points than may be read.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable("picture-damaged", "The picture cannot be opened.") from error
    _small_enough(image)
    return image


def _small_enough(image: Image.Image) -> None:
    if image.size[0] * image.size[1] > MAX_PIXELS:
        raise Unreadable("too-large", "The picture has more points than may be read.")


def _array(image: Image.Image, longest: int) -> Picture:
    _small_enough(image)
    image.draft("RGB", (longest, longest))
    shown = ImageOps.exif_transpose(image)
    if shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info:
        layered = shown.convert("RGBA")
        shown = Image.new("RGBA", layered.size, "white")
        shown.alpha_composite(layered)
    elif shown.mode.startswith("I;16") or shown.mode in ("I", "F"):
        shown = shown.point(lambda v: v / 256).convert("L")
    shown = shown.convert("RGB")
    if max(shown.size) > longest:
        shown.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(shown)[:, :, ::-1])
