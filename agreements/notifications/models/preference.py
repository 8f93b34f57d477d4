"""What somebody wants to be mailed, and how soon."""

from django.conf import settings
from django.db import models


class Kind(models.TextChoices):
    """What a message is about."""

    DUTY = "duty", "Wat u moet doen"
    NEWS = "news", "Nieuws over afspraken die u aangaan"
    ROUNDS = "rounds", "Rondes en jaarschijven"
    REPORTS = "reports", "Rapportages aan de raad"
    WEEK = "week", "Een lijst met uw open taken"


class How(models.TextChoices):
    """How soon somebody hears of it by mail; in the portal it always stands at once."""

    AT_ONCE = "at_once", "Meteen een mail"
    DAILY = "daily", "Eén mail per dag, om 7.00 uur"
    WEEKLY = "weekly", "Een mail op maandag"
    OFF = "off", "Geen mail"


# A duty is always told at once: who must act cannot choose not to know.
CHOICES = {
    Kind.DUTY: (How.AT_ONCE,),
    Kind.NEWS: (How.AT_ONCE, How.DAILY, How.OFF),
    Kind.ROUNDS: (How.AT_ONCE, How.DAILY, How.OFF),
    Kind.REPORTS: (How.AT_ONCE, How.DAILY, How.OFF),
    Kind.WEEK: (How.WEEKLY, How.OFF),
}
DEFAULTS = {
    Kind.DUTY: How.AT_ONCE,
    Kind.NEWS: How.DAILY,
    Kind.ROUNDS: How.AT_ONCE,
    Kind.REPORTS: How.AT_ONCE,
    Kind.WEEK: How.WEEKLY,
}


class Preference(models.Model):
    """The choice of one person for one kind; without a row the default holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preferences")
    kind = models.CharField("soort", max_length=7, choices=Kind)
    how = models.CharField("hoe", max_length=7, choices=How)

    class Meta:
        ordering = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once"),
            models.CheckConstraint(
                condition=~models.Q(kind="duty") | models.Q(how="at_once"), name="preference_duty_at_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_how_display()}"
