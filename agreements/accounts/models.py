"""People with an account. Names are not asked: a function says who someone is (product.md rule 10)."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Creates users; login is by e-mail address, without regard to capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who logs in. What the person may do follows from memberships of parties, never from here."""

    email = models.EmailField("e-mailadres", max_length=254, unique=True)
    function = models.CharField("functie", max_length=120)
    is_active = models.BooleanField("actief", default=True)
    joined_at = models.DateTimeField("account sinds", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.function
