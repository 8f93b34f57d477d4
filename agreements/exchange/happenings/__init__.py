"""What happened on a day in a data set, a file per subject."""

from agreements.exchange.happenings.order import in_order

__all__ = ["in_order"]
