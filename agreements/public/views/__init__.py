"""What everyone can read, a file per subject."""

from agreements.public.views.commitment import commitment, commitments
from agreements.public.views.overview import overview
from agreements.public.views.party import parties, party, theme
from agreements.public.views.words import accessibility, explanation, privacy
from agreements.public.views.year import year_slice, year_slices

__all__ = [
    "accessibility",
    "commitment",
    "commitments",
    "explanation",
    "overview",
    "parties",
    "party",
    "privacy",
    "theme",
    "year_slice",
    "year_slices",
]
