"""Segments that stand outside any message: told once for each run of them, and as a fault when they are a message."""

from __future__ import annotations

import re

from core.inbound.envelopes import Fault, Interchange
from extraction.edi.findings import Findings, note
from extraction.edi.values import Ledger

_OTHER_STANDARD = re.compile(r"(?:ISA|UNA|UNB)[^A-Za-z0-9]|STX=")
"""With a file's own marks it would have been the next interchange."""
_UNREAD = Fault("interchange", "", "", "edi-other-standard")


class Strays:
    """Of one file. header, trailer: of a message ("UNH", "UNT"); code: the standard's own for a message without header.

    level: whose fault that is, "interchange" or "group". An interchange of another standard goes into the ledger as one
    that could not be read, so that it is nobody's loss.
    """

    def __init__(
        self,
        findings: Findings,
        ledger: Ledger,
        header: str,
        trailer: str,
        code: str,
        level: str,
    ) -> None:
        self._findings, self._ledger = findings, ledger
        self._header, self._trailer = header, trailer
        self._code, self._level = code, level
        self._run: list[tuple[str, str]] = []
        self._many = 0

    def add(self, tag: str, place: str) -> None:
        """One more; only the first of a run is named."""
        self._many += 1
        if not self._run:
            self._run.append((tag, place))

    def end(self, tag: str = "", place: str = "") -> None:
        """The run ends with this segment of the envelope; a message's trailer says that it was a message.

        place: of that segment, which is a stray itself when it is a trailer of nothing.
        """
        run, many = self._run, self._many
        self._run, self._many = [], 0
        if tag == self._trailer and not run:
            run, many = [(tag, place)], 1
        if not run:
            return
        first, place = run[0]
        what = (
            f"The segment {first} stands" if many == 1 else f"{many} segments from {first} on stand"
        )
        if tag == self._trailer and many > 1:
            self._findings.add(
                "edi-message-headless", place, header=self._header, what=what, code=note(self._code), level=self._level,
            )  # fmt: skip
        elif _OTHER_STANDARD.match(first):
            self._findings.add("edi-other-standard", place, start=first[:3])
            if not self._ledger.in_interchange:
                self._ledger.open_interchange(Interchange("", place=place))
                self._ledger.close_interchange(faults=(_UNREAD,))
        else:
            self._findings.add("edi-stray-segment", place, what=what, tag=first)
