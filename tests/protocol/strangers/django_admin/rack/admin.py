# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the administration shows a machine: three parts, two of which have a field of the same name."""

from __future__ import annotations

from django import forms
from django.contrib import admin

from .models import Machine


class MachineForm(forms.ModelForm):
    secret = forms.CharField(label="Console password", required=False, widget=forms.PasswordInput())


@admin.register(Machine)
class MachineAdmin(admin.ModelAdmin):
    form = MachineForm
    list_display = ("name", "site", "height", "managed")
    list_editable = ("height",)
    fieldsets = (
        (
            "Hardware",
            {"fields": ("name", "site", "height", "managed", "notes", "bought", "checked", "manual", "secret")},
        ),
        ("Front door", {"fields": ("front_contact",)}),
        ("Rear door", {"fields": ("rear_contact",)}),
    )
