"""Validity guards: whether an event may stand in the history at its position.

Everything here is judged for ever, under the rule set that the event names. What a client checks
only once before acting (lint, references, training) is not here but at the desk.
"""

from docctl.rules.guards.documents import check, check_release
from docctl.rules.guards.form import check_chain, check_envelope, check_form
from docctl.rules.guards.founding import check_access, check_established
from docctl.rules.guards.joint import check_joint
from docctl.rules.guards.moves import target
from docctl.rules.guards.signer import actors, check_role, check_signer, owns

__all__ = [
    "actors",
    "check",
    "check_access",
    "check_chain",
    "check_envelope",
    "check_established",
    "check_form",
    "check_joint",
    "check_release",
    "check_role",
    "check_signer",
    "owns",
    "target",
]
