# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine in a rack."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Machine(models.Model):
    name = models.CharField("host name", max_length=20)
    site = models.CharField("site", max_length=9, choices=[("ams", "Amsterdam"), ("lis", "Lisbon"), ("osl", "Oslo")])
    height = models.IntegerField("height (units)", validators=[MinValueValidator(1), MaxValueValidator(42)], default=1)
    managed = models.BooleanField("managed from afar", default=False)
    notes = models.TextField("notes", blank=True)
    bought = models.DateField("bought on", null=True, blank=True)
    checked = models.TimeField("checked daily at", null=True, blank=True)
    manual = models.FileField("manual", blank=True)
    secret = models.CharField("console password", max_length=40, blank=True)
    front_contact = models.CharField("contact", max_length=40, blank=True)
    rear_contact = models.CharField("contact", max_length=40, blank=True)

    def __str__(self) -> str:
        return str(self.name)
