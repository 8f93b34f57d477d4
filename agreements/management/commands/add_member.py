"""manage.py add_member --email … --function … --party … --role …"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from agreements.accounts.models import User
from agreements.accounts.operations import create_account, invite
from agreements.parties.models import ROLES_OF, Party
from agreements.parties.operations import add_member
from agreements.web.dates import today


class Command(BaseCommand):
    help = (
        "Geeft iemand een rol bij een partij. Maakt zo nodig een account en mailt een link om een wachtwoord "
        "te kiezen. Nog een keer uitvoeren kan geen kwaad."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="e-mailadres waarmee de persoon inlogt")
        parser.add_argument("--function", required=True, help="functie, bijvoorbeeld 'Beleidsadviseur wonen'")
        parser.add_argument("--party", required=True, help="sleutel van de partij")
        parser.add_argument("--role", required=True, help="rol bij die partij")

    def handle(self, *args: Any, email: str, function: str, party: str, role: str, **options: Any) -> None:
        check_person(email, function)
        chosen = find_party(party)
        check_role(chosen, role)
        user = self.find_or_make(email, function)
        self.give_role(user, chosen, role)
        if not user.has_usable_password():
            invite(user)
            self.stdout.write(
                f"Er staat een e-mail klaar voor {user.email}, met een link om een wachtwoord te kiezen."
            )

    def find_or_make(self, email: str, function: str) -> User:
        """The account with this address, new or existing. CommandError when it is switched off."""
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = create_account(email=email, function=function, by=None, on=today())
            self.stdout.write(f"Account gemaakt voor {user.function} ({user.email}).")
        elif not user.is_active:
            raise CommandError(f"Het account van {user.email} staat uit. Zet het eerst weer aan.")
        else:
            self.stdout.write(f"Het account van {user.email} was er al. De functie blijft: {user.function}.")
        return user

    def give_role(self, user: User, party: Party, role: str) -> None:
        held = party.memberships.filter(user=user, role=role, ended_on=None).first()
        membership = held or add_member(party, user=user, role=role, by=None, on=today())
        label = membership.get_role_display().lower()
        self.stdout.write(f"{user.email} {'was al' if held else 'is nu'} {label} bij {party.name}.")


def check_person(email: str, function: str) -> None:
    """CommandError when this cannot be an address or a function."""
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email} is geen e-mailadres.") from None
    longest = User._meta.get_field("function").max_length or 0
    if not function.strip() or len(function) > longest:
        raise CommandError(f"Geef een functie van 1 tot en met {longest} tekens.")


def find_party(key: str) -> Party:
    """The party with this key. CommandError that lists the keys when there is none."""
    party = Party.objects.filter(key=key).first()
    if party is None:
        known = "\n".join(f"  {one.key}: {one.name}" for one in Party.objects.all())
        raise CommandError(
            f"De partij ‘{key}’ bestaat niet. Kies een van deze:\n{known or '  (er zijn geen partijen)'}"
        )
    return party


def check_role(party: Party, role: str) -> None:
    """CommandError that lists the roles of this kind of party when this is none of them."""
    roles = ROLES_OF[Party.Kind(party.kind)]
    if role not in roles:
        possible = "\n".join(f"  {one.value}: {one.label}" for one in sorted(roles))
        raise CommandError(f"{party.name} heeft geen rol ‘{role}’. Kies een van deze:\n{possible}")
