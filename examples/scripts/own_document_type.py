"""Embed docctl in an application that has a document type of its own.

    python own_document_type.py LIBRARY MANAGER_KEY APPROVER_KEY

A risk assessment is added to the library's control settings (approved by management like any
change of CONTROL), and one is written, approved and released. The class gives the fields their
types; the settings carry their JSON Schema, so that every other program checks them too.
"""

import sys
from typing import Literal

import docctl


class RiskAssessment(docctl.Document):
    """What can happen at a task, and what is done about it."""

    type: Literal["risk_assessment"] = "risk_assessment"
    task: str
    hazards: tuple[str, ...] = ()


TYPE = docctl.DocumentType.viewed_by(
    RiskAssessment,
    title="Risk assessment",
    numbering=docctl.Numbering(prefix="RA"),
    route=docctl.Route(steps=(docctl.Step(meaning="approved", role="approver"),)),
    review_months=24,
    sections=("Hazards", "Measures"),
)

BODY = """\
## Hazards

A casing that still holds pressure; a load that swings.

## Measures

Vent and drain before the first bolt. Guide the load with a tag line.
"""


def main(path: str, manager: docctl.Signer, approver: docctl.Signer) -> str:
    """Define the type, write one assessment, and return its number."""
    with docctl.Library.open(path, documents=(RiskAssessment,)) as library:
        settings = library.control()
        if settings.type_of("risk_assessment") is None:
            with_type = settings.but(types=(*settings.types, TYPE))
            library.control_change(with_type, reason="Risk assessments are controlled too")
            library.submit("CONTROL")
            library.acting(manager).approve("CONTROL")
            library.release("CONTROL")
        draft = library.new(
            RiskAssessment(
                title="Lifting a pump from its bed",
                task="Lifting",
                hazards=("stored pressure", "swinging load"),
            ),
            BODY,
        )
        library.submit(draft.number)
        library.acting(approver).approve(draft.number)
        library.release(draft.number)
        return draft.number


if __name__ == "__main__":
    print(main(sys.argv[1], docctl.KeyFile(sys.argv[2]), docctl.KeyFile(sys.argv[3])))
