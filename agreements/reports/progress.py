"""How far the rendering of a report is, from the pages that the renderer says it laid out."""

LAYING_OUT = 90  # percent; the rest is writing the file
PAGES_AROUND, PAGES_EACH = 10, 0.6  # measured on the demo: covers and tables, and then for every commitment


class Progress:
    """Turns numbers of pages into percents that never go back.

    Some pages are laid out again, when it is known on which page stands what they name.
    """

    def __init__(self, commitments: int):
        self._expected = PAGES_AROUND + PAGES_EACH * commitments
        self._most = 0

    def after(self, page: int) -> tuple[int, str]:
        """(percent, Dutch sentence) after this page."""
        if page < self._most:
            return self._percent(), "De paginanummers worden ingevuld."
        self._most = page
        return self._percent(), f"Pagina {page} is opgemaakt."

    def _percent(self) -> int:
        return round(LAYING_OUT * min(1, self._most / self._expected))
