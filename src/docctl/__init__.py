r"""Control the documents of a management system: signed approvals, kept in Git, exported to DOCX.

```python
import docctl

library = docctl.Library.open("acme", signer=docctl.KeyFile("~/.ssh/id_ed25519"))
draft = library.new(docctl.Procedure(title="Control of documents"), "## Purpose\n\n…")
library.submit(draft.number)
```

What stands in `__all__` is public: the names of `_HOMES`. A module is loaded when a name of it is
first used, so that importing docctl stays light; type checkers read the imports below.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docctl.desk.metadata.written import Text as Text
    from docctl.desk.recording.made import Circumstances as Circumstances
    from docctl.desk.signing.prepared import Prepared as Prepared
    from docctl.desk.verbs.founding import Founder as Founder
    from docctl.errors import DocctlError as DocctlError
    from docctl.errors import InputError as InputError
    from docctl.errors import NotFoundError as NotFoundError
    from docctl.errors import RefusedError as RefusedError
    from docctl.errors import StoreError as StoreError
    from docctl.library import Library as Library
    from docctl.model.answers.register import RegisterEntry as RegisterEntry
    from docctl.model.answers.status import Status as Status
    from docctl.model.assignment import Assignments as Assignments
    from docctl.model.assignment import Owner as Owner
    from docctl.model.control import ControlSettings as ControlSettings
    from docctl.model.control import DocumentType as DocumentType
    from docctl.model.control import Function as Function
    from docctl.model.control import Limits as Limits
    from docctl.model.control import Route as Route
    from docctl.model.control import Step as Step
    from docctl.model.document import Change as Change
    from docctl.model.document import Chapter as Chapter
    from docctl.model.document import Document as Document
    from docctl.model.document import Exclusion as Exclusion
    from docctl.model.document import ExternalDocument as ExternalDocument
    from docctl.model.document import Form as Form
    from docctl.model.document import Manual as Manual
    from docctl.model.document import Policy as Policy
    from docctl.model.document import Procedure as Procedure
    from docctl.model.document import Process as Process
    from docctl.model.document import RecordKept as RecordKept
    from docctl.model.document import Responsibility as Responsibility
    from docctl.model.document import WorkInstruction as WorkInstruction
    from docctl.model.lifecycle import State as State
    from docctl.model.numbering import Numbering as Numbering
    from docctl.model.problem import Problem as Problem
    from docctl.model.records.definition import RecordDefinition as RecordDefinition
    from docctl.model.records.definition import RecordStage as RecordStage
    from docctl.model.records.kinds.table import RECORD_KINDS as RECORD_KINDS
    from docctl.model.records.record import Elsewhere as Elsewhere
    from docctl.model.records.retention import RetentionClass as RetentionClass
    from docctl.render.paging.office import LibreOffice as LibreOffice
    from docctl.render.signing import PdfSigning as PdfSigning
    from docctl.trust.keys import PublicKey as PublicKey
    from docctl.trust.signers import AgentKey as AgentKey
    from docctl.trust.signers import KeyFile as KeyFile
    from docctl.trust.signers import Presigned as Presigned
    from docctl.trust.signers import Signer as Signer
    from docctl.trust.signers import generate_key as generate_key

#: Where the public names stand.
_HOMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "docctl.desk.metadata.written": ("Text",),
        "docctl.desk.verbs.founding": ("Founder",),
        "docctl.desk.signing.prepared": ("Prepared",),
        "docctl.desk.recording.made": ("Circumstances",),
        "docctl.errors": (
            "DocctlError",
            "InputError",
            "NotFoundError",
            "RefusedError",
            "StoreError",
        ),
        "docctl.library": ("Library",),
        "docctl.model.control": (
            "ControlSettings",
            "DocumentType",
            "Function",
            "Limits",
            "Route",
            "Step",
        ),
        "docctl.model.records.record": ("Elsewhere",),
        "docctl.model.records.definition": ("RecordDefinition", "RecordStage"),
        "docctl.model.records.kinds.table": ("RECORD_KINDS",),
        "docctl.model.document": (
            "Change",
            "Chapter",
            "Document",
            "Exclusion",
            "ExternalDocument",
            "Form",
            "Manual",
            "Policy",
            "Procedure",
            "Process",
            "RecordKept",
            "Responsibility",
            "WorkInstruction",
        ),
        "docctl.model.assignment": ("Assignments", "Owner"),
        "docctl.model.lifecycle": ("State",),
        "docctl.model.numbering": ("Numbering",),
        "docctl.model.problem": ("Problem",),
        "docctl.model.answers.register": ("RegisterEntry",),
        "docctl.model.answers.status": ("Status",),
        "docctl.model.records.retention": ("RetentionClass",),
        "docctl.render.paging.office": ("LibreOffice",),
        "docctl.render.signing": ("PdfSigning",),
        "docctl.trust.keys": ("PublicKey",),
        "docctl.trust.signers": ("AgentKey", "KeyFile", "Presigned", "Signer", "generate_key"),
    }
)

_HOME = dict(sorted((name, module) for module, names in _HOMES.items() for name in names))

__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'docctl' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*__all__]
