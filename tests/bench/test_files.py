"""A published report of the measurement comes whole, in part, or not at all when the reader has it."""

import pytest

from bench import published, store
from bench.files import ADDRESSES
from bench.rows import Size

FILE = bytes(range(256)) * 300


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_published_file_answers_what_is_measured(client) -> None:
    store.fill(Size(1, 1))
    published.publish(FILE)
    address = ADDRESSES["published"]

    whole = client.get(address)
    again = client.get(address, headers={"If-None-Match": whole["ETag"]})
    part = client.get(address, headers={"Range": "bytes=-100"})

    assert (whole.getvalue(), whole.status_code) == (FILE, 200)
    assert (again.content, again.status_code) == (b"", 304)
    assert (part.getvalue(), part.status_code) == (FILE[-100:], 206)
