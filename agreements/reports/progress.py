"""How far the rendering of a report is, from the pages that the renderer says it laid out."""

LAYING_OUT = 90  # percent; the rest is writing the file
PAGES_AROUND, PAGES_EACH = 10, 0.6  # measured on the demo: covers and tables, and then for every commitment


class Progress:
    """Turns page numbers into percents that never go back.

    WeasyPrint lays everything out again until the numbers of the pages hold: page 1 comes twice or more.
    """

    PASSES = 2

    def __init__(self, commitments: int):
        self.expected = PAGES_AROUND + PAGES_EACH * commitments
        self.turn, self.last, self.percent = 1, 0, 0

    def after(self, page: int) -> tuple[int, str]:
        """(percent, Dutch sentence) after this page."""
        if page <= self.last:
            self.turn += 1
            self.expected = max(self.last, 1)  # now it is known how many there are
        self.last = page
        share = (self.turn - 1 + min(1, page / self.expected)) / max(self.PASSES, self.turn)
        self.percent = max(self.percent, min(LAYING_OUT, round(LAYING_OUT * share)))
        if self.turn > 1:
            return self.percent, f"Pagina {page} van {self.expected:.0f} krijgt haar paginanummers."
        return self.percent, f"Pagina {page} is opgemaakt."
