"""Forms: text becomes values, and what cannot be a value is answered in plain Dutch. Forms save nothing."""

from agreements.web.forms.fields import DutchDateField, DutchNumberField, FilesField, LongTextField, Radios
from agreements.web.forms.form import PortalForm, TakesErrors, attempt, only_readable_text

__all__ = [
    "DutchDateField",
    "DutchNumberField",
    "FilesField",
    "LongTextField",
    "PortalForm",
    "Radios",
    "TakesErrors",
    "attempt",
    "only_readable_text",
]
