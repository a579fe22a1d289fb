"""Records on paper: what they say with every correction, and the certificate of their end."""

from docctl.render.records.alcoa import evidence_report
from docctl.render.records.certificate import certificate
from docctl.render.records.record import record
from docctl.render.records.request import request_report

__all__ = ["certificate", "evidence_report", "record", "request_report"]
