"""Checklist, findings and certificates, each in every state that matters."""

from __future__ import annotations

from apps.shell.gallery.lists_certificates import CERTIFICATES
from apps.shell.gallery.lists_checklist import CHECKLISTS
from apps.shell.gallery.lists_findings import FINDINGS

SPECIMENS = (*CHECKLISTS, *FINDINGS, *CERTIFICATES)
