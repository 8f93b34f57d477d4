#!/usr/bin/env python3
"""Every command of the portal. On a bare machine: `python3 manage.py demo` or `python3 manage.py test`."""

import os
import sys

from hilversum_afspraken import bootstrap


def main() -> None:
    """Prepare the machine when the command asks for it, then let Django run the command."""
    bootstrap.ensure(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hilversum_afspraken.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
