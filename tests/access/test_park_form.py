"""A session that ends in the middle of a form: for htmx the browser is sent to log in, and files are spoken of."""

from django.core.files.uploadedfile import SimpleUploadedFile


def test_htmx_is_sent_to_the_login_page_as_a_whole(world, client):
    answer = client.post("/afspraken/17-01/voortgang/", {"explanation": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/account/login/?next=%2Fafspraken%2F17-01%2Fvoortgang%2F"


def test_the_login_page_says_that_the_text_is_kept_and_the_files_are_not(world, client):
    upload = SimpleUploadedFile("a.csv", b"a;b")
    page = client.post("/afspraken/17-01/voortgang/", {"uploads": upload}, follow=True).content.decode()
    assert "uw tekst staat er daarna nog. Kies alleen uw bestanden opnieuw." in page


def test_an_unreasonably_long_text_is_not_parked(world, client):
    client.post("/afspraken/17-01/voortgang/", {"explanation": "x" * 160_000})
    assert "parked" not in client.session
