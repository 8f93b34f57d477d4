"""The anchor: what a developer makes of the same tables with Django admin in an hour."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm

from agreements.commitments.models import Commitment, Target
from agreements.progress.models import ProgressUpdate


class OpenAdmin(admin.AdminSite):
    """Everyone with an account may do everything: the portal's users have no Django permissions."""

    login_form = AuthenticationForm

    def has_permission(self, request: Any) -> bool:
        return request.user.is_authenticated


class Allowed:
    """Permission for whoever is let in by the site."""

    def has_module_permission(self, request: Any) -> bool:
        return True

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class TargetInline(Allowed, admin.StackedInline):
    model = Target


class UpdateInline(Allowed, admin.StackedInline):
    model = ProgressUpdate
    extra = 1
    exclude = ["evidence"]


class CommitmentAdmin(Allowed, admin.ModelAdmin):
    """A list of nine columns with filters and search; the form with target and updates."""

    list_display = ["code", "title", "theme", "lead", "kind", "deadline", "target", "status", "value"]
    list_select_related = ["theme", "lead", "target__indicator"]
    list_filter = ["theme", "status"]
    list_per_page = 25
    search_fields = ["code", "title", "text"]
    raw_id_fields = ["depends_on", "copied_from", "part_of"]
    inlines = [TargetInline, UpdateInline]


site = OpenAdmin()
site.register(Commitment, CommitmentAdmin)
