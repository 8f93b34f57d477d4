"""Template filter for the page with sessions: `{% load accounts %}`."""

from django import template

from agreements.accounts.browsers import browser_in_words

register = template.Library()
register.filter("browser_in_words", browser_in_words)
