"""The metadata packet: says that the file is PDF/A-3a and PDF/UA-1.

WeasyPrint writes one or the other; an extra packet comes after its own and readers skip it. So this is ours.
"""

import uuid
from typing import Any
from xml.sax.saxutils import escape

PACKET = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:identifier>{identifier}</dc:identifier>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<xmpMM:DocumentID>uuid:{document_uuid}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{instance_uuid}</xmpMM:InstanceID>
{extension}</rdf:Description></rdf:RDF>"""

# PDF/A-3, 6.6.2.3: a property outside the PDF/A schemas must be described in the file itself.
PDFUA_EXTENSION = """\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def packet(metadata: Any, *, document_id: str, instance: bytes, producer: str) -> bytes:
    """The RDF of one document. `metadata` is WeasyPrint's; the 16 bytes of `instance` name this version."""
    values = {
        "identifier": document_id,
        "title": metadata.title,
        "description": metadata.description or metadata.title,
        "author": ", ".join(metadata.authors) or "onbekend",
        "language": metadata.lang,
        "created": metadata.created,
        "producer": producer,
        "document_uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, document_id)),
        "instance_uuid": str(uuid.UUID(bytes=instance)),
    }
    escaped = {name: escape(value) for name, value in values.items()}
    return PACKET.format(extension=PDFUA_EXTENSION, **escaped).encode()
