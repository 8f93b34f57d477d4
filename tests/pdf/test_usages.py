"""The ways to every object of a revision: as pyHanko finds them, without the same ones again from every page."""

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.pdf import usages
from agreements.pdf.verify import verify_pdf
from tests.pdf.test_verify import append

PICTURE = '<p style="break-after:page">{0}<svg width="9" height="9" viewBox="0 0 9 9"><title>{0}</title><rect width="9" height="9" opacity="1" fill="#0b4a8f"/></svg></p>'


def ways(data: bytes) -> dict[int, set[tuple]]:
    revision = PdfFileReader(io.BytesIO(data)).get_historical_resolver(0)
    return {reference.idnum: found for reference, found in usages.Usages(revision).found.items()}


def test_every_object_that_is_used_has_a_way_and_every_holder_of_it_too(report):
    """Each place in the file that refers to an object is the end of one of the ways to that object."""
    reader = PdfFileReader(io.BytesIO(report.data))
    found, missing = ways(report.data), []

    def look(holder: generic.PdfObject, keys: tuple) -> None:
        if isinstance(holder, generic.IndirectObject):
            if keys[-1] not in ("/Parent", "/P") and not any(
                way[-len(keys) :] == keys for way in found.get(holder.idnum, ())
            ):
                missing.append((holder.idnum, keys))
        elif isinstance(holder, generic.DictionaryObject):
            for key, value in holder.items():
                look(value, (*keys, key))
        elif isinstance(holder, generic.ArrayObject):
            for place, value in enumerate(holder):
                look(value, (*keys, place))

    for number in found:
        look(generic.Reference(number, 0, reader).get_object(), ())
    assert len(found) > 300
    assert missing == []


def test_the_number_of_ways_grows_with_the_pages_and_not_with_their_square(render):
    few, many = (
        sum(len(found) for found in ways(render("".join(map(PICTURE.format, range(pages)))).data).values())
        for pages in (5, 20)
    )
    assert many < 5 * few


def replace_a_font(writer) -> None:
    """A later revision in which a font that all pages share is another."""
    fonts = writer.root["/Pages"]["/Kids"][2]["/Resources"]["/Font"]
    font = fonts[next(iter(fonts))]
    font[generic.pdf_name("/Vals")] = generic.NumberObject(1)
    writer.update_container(font)


def test_what_pages_share_cannot_be_replaced_unnoticed(sealed, roots):
    verdict = verify_pdf(append(sealed, replace_a_font), trust=roots)

    assert verdict.signatures[0].changes == "OTHER"
    assert not verdict.is_genuine
