"""Bytes to text by an allow-list of text charsets; what is unknown is guessed, and said so."""

from __future__ import annotations

from dataclasses import dataclass

# Python's codec registry also knows zlib, idna, utf-7, rot13 ...: a sender never gets to choose among those.
_CODECS = (
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 big5 big5hkscs cp437 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860"
    " cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 cp932 cp949 cp950 cp1125 cp1250 cp1251 cp1252 cp1253 cp1254"
    " cp1255 cp1256 cp1257 cp1258 euc-jp euc-jis-2004 euc-jisx0213 euc-kr gb2312 gbk gb18030 hz iso2022-jp"
    " iso2022-jp-1 iso2022-jp-2 iso2022-jp-3 iso2022-jp-ext iso2022-kr iso8859-2 iso8859-3 iso8859-4 iso8859-5"
    " iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 johab koi8-r"
    " koi8-t koi8-u kz1048 mac-cyrillic mac-greek mac-latin2 mac-roman mac-turkish ptcp154 shift-jis tis-620"
)
_ALIASES = {
    "us-ascii": "cp1252",  # what is labelled ASCII and is not, is most often windows-1252
    "ascii": "cp1252",
    "ansi-x3.4-1968": "cp1252",
    "646": "cp1252",
    "iso-8859-1": "cp1252",  # as browsers read it: the C1 controls never occur in mail
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "latin2": "iso8859-2",
    "latin9": "iso8859-15",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode": "utf-16",
    "ucs-2": "utf-16",
    "iso-10646-ucs-2": "utf-16",
    "utf16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf32": "utf-32",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc-jp",
    "eucjp": "euc-jp",
    "ks_c_5601-1987": "cp949",
    "ks-c-5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",  # the label is old, the bytes are often newer
    "gb_2312-80": "gb18030",
    "gb-2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "macroman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "koi8": "koi8-r",
    "tis620": "tis-620",
    "ibm437": "cp437",
}
_ALLOWED = frozenset(_CODECS.split())


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset that was used (lower case) and whether the declared one was unknown, wrong or absent."""

    text: str
    charset: str
    guessed: bool


def codec(label: str) -> str:
    """The Python codec for a declared charset, "" when the label is none of the allowed."""
    name = label.strip().strip("\"'").lower().replace("_", "-").split("*")[0]
    name = _ALIASES.get(name) or _ALIASES.get(name.replace("-", "_")) or name
    for prefix in ("windows-", "ibm-", "ibm", "cp-", "x-cp", "win-"):
        if name.startswith(prefix):
            name = "cp" + name.removeprefix(prefix)
    if name.startswith("iso-8859"):
        name = "iso8859" + name.removeprefix("iso-8859")
    if name.startswith("iso-2022"):
        name = "iso2022" + name.removeprefix("iso-2022")
    return name if name in _ALLOWED else ""


def decode(content: bytes, declared: str) -> Decoded:
    """The text of `content`; ASCII bytes are never a guess, whatever the label says."""
    if not declared and content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(content.decode("utf-16", "replace"), "utf-16", True)
    if content.startswith(b"\xef\xbb\xbf"):
        return _utf8(content[3:], declared)
    name = codec(declared)
    if content.isascii() and not (name.startswith(("utf-16", "utf-32", "iso2022", "hz"))):
        return Decoded(content.decode("ascii"), name or "us-ascii", bool(declared) and not name)
    if name and declared.lower() not in ("us-ascii", "ascii"):
        try:
            return Decoded(content.decode(name), name, False)
        except (UnicodeError, ValueError):
            pass  # wrongly labelled: fall through to the guess
    return _guess(content)


def _utf8(content: bytes, declared: str) -> Decoded:
    try:
        return Decoded(content.decode("utf-8"), "utf-8", codec(declared) not in ("", "utf-8"))
    except UnicodeError:
        return _guess(content)


def _guess(content: bytes) -> Decoded:
    try:
        return Decoded(content.decode("utf-8"), "utf-8", True)
    except UnicodeError:
        return Decoded(content.decode("cp1252", "replace"), "cp1252", True)
