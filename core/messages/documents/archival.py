"""A PDF of ours as PDF/A-3b with files inside (ISO 19005-3): XMP, colour profile, associated files.

Our sheets embed all their fonts and use device RGB only; what is added here is what such a file says about itself.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import datetime, timezone
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

CREATOR = "Orderclerk"


@dataclass(frozen=True, slots=True)
class Attached:
    """relationship: "Alternative" for the same in another form, "Data", "Source", "Supplement"."""

    name: str
    content: bytes
    description: str
    mime: str = "text/xml"
    relationship: str = "Alternative"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself; extension: XMP of its own schema, with the schema's description."""

    title: str
    author: str
    at: datetime
    extension: str = ""
    language: str = "en"


def archival(pdf: bytes, about: About, attached: Attached) -> bytes:
    """The same pages as PDF/A-3b with one associated file; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(pdf)) as document:
        _drop_unused_fonts(document)
        _colours(document)
        _attach(document, attached, about.at)
        _information(document, about)
        document.Root.Lang = String(about.language)
        out = BytesIO()
        document.save(out, min_version="1.7", deterministic_id=True, linearize=False)
    return out.getvalue()


def _drop_unused_fonts(document: pikepdf.Pdf) -> None:
    """reportlab lists its standard font on every page even when no text is in it; such a font is never embedded."""
    for page in document.pages:
        fonts = page.Resources.get("/Font", Dictionary())
        used = {str(one.operands[0]) for one in pikepdf.parse_content_stream(page, "Tf")}
        for name in list(fonts.keys()):
            if name not in used:
                del fonts[name]
        if "/Trans" in page:
            del page.Trans


@functools.cache
def colour_profile() -> bytes:
    """sRGB as littlecms makes it, with the day of its making taken out so that it is always the same."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # header: 1 January 2000
    return bytes(made)


def _colours(document: pikepdf.Pdf) -> None:
    profile = document.make_stream(colour_profile(), N=3)
    document.Root.OutputIntents = Array(
        [
            document.make_indirect(
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name("/GTS_PDFA1"),
                    OutputConditionIdentifier=String("sRGB"),
                    Info=String("sRGB IEC61966-2.1"),
                    DestOutputProfile=profile,
                )
            )
        ]
    )


def _attach(document: pikepdf.Pdf, attached: Attached, at: datetime) -> None:
    stream = document.make_stream(
        attached.content,
        Type=Name.EmbeddedFile,
        Subtype=Name("/" + attached.mime),
        Params=Dictionary(Size=len(attached.content), ModDate=String(_pdf_instant(at))),
    )
    specification = document.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(attached.name),
            UF=String(attached.name),
            Desc=String(attached.description),
            AFRelationship=Name("/" + attached.relationship),
            EF=Dictionary(F=stream, UF=stream),
        )
    )
    document.Root.AF = Array([specification])
    document.Root.Names = Dictionary(
        EmbeddedFiles=Dictionary(Names=Array([String(attached.name), specification]))
    )


def _information(document: pikepdf.Pdf, about: About) -> None:
    """The old information dictionary and XMP say the same, word for word (ISO 19005-3, 6.6.2)."""
    instant = _pdf_instant(about.at)
    document.trailer.Info = document.make_indirect(
        Dictionary(
            Title=String(about.title),
            Author=String(about.author),
            Creator=String(CREATOR),
            Producer=String(CREATOR),
            CreationDate=String(instant),
            ModDate=String(instant),
        )
    )
    packet = _XMP.format(
        title=escape(about.title),
        author=escape(about.author),
        creator=CREATOR,
        at=_utc(about.at).strftime("%Y-%m-%dT%H:%M:%SZ"),
        extension=about.extension,
    )
    document.Root.Metadata = document.make_stream(
        packet.encode(), Type=Name.Metadata, Subtype=Name.XML
    )


def _utc(at: datetime) -> datetime:
    return at.astimezone(timezone.utc)


def _pdf_instant(at: datetime) -> str:
    return _utc(at).strftime("D:%Y%m%d%H%M%SZ")


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Producer>{creator}</pdf:Producer>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{at}</xmp:CreateDate>
   <xmp:ModifyDate>{at}</xmp:ModifyDate>
  </rdf:Description>
{extension} </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
