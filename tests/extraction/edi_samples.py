"""One small message of every format that is read."""

from __future__ import annotations

from tests.extraction.test_edi_envelopes import edifact, x12
from tests.extraction.test_edi_families import GS1, IDOC, OAGIS, TRADACOMS
from tests.extraction.test_edi_fuzz import EDIFACT, X12, XML
from tests.extraction.test_edi_xml import CII, CXML, OPENTRANS, UBL

CONTRL = edifact(body=("UCI+31+US:14+K:14+4", "UCM+2+ORDRSP:D:96A:UN+4+13", "UCS+3+15", "UCD+12+2:1"), kind="CONTRL")  # fmt: skip
RETANN = edifact(body=("BGM+70E+R-9+9", "RFF+ON:H-1", "LIN+1++4006381333931:EN", "QTY+61:3:PCE"), kind="RETANN")  # fmt: skip
RETURN = x12(body=("BGN*00*RA-7*20260914", "PRF*K-1", "BLI*VN*A-1*3*EA", "RDR**01**broken"), kind="180")  # fmt: skip
ANSWER = x12(body=("AK1*PR*77", "AK2*855*0004", "AK3*PO1*8**8", "AK4*2*330*7*X", "AK5*R*5", "AK9*R*1*1*0"), kind="997")  # fmt: skip

SAMPLES = [X12, EDIFACT, XML] + [
    text.encode()
    for text in (CONTRL, RETANN, RETURN, ANSWER, TRADACOMS, x12(2), edifact(2), GS1, IDOC, OAGIS, CII, CXML, OPENTRANS, UBL)
]  # fmt: skip
