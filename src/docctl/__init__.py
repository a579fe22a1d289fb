r"""Control the documents of a management system: signed approvals, kept in Git, exported to DOCX.

```python
import docctl

library = docctl.Library.open("acme", signer=docctl.KeyFile("~/.ssh/id_ed25519"))
draft = library.new(docctl.Procedure(title="Control of documents"), "## Purpose\n\n…")
library.submit(draft.number)
```

What stands in `__all__` is public. It is loaded when it is first used, so that importing docctl
stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docctl.desk.prepared import Prepared
    from docctl.desk.verbs.drafting import Text
    from docctl.desk.verbs.founding import Founder
    from docctl.errors import DocctlError, InputError, NotFoundError, RefusedError, StoreError
    from docctl.library import Library
    from docctl.model.assignment import Assignments, Owner
    from docctl.model.control import ControlSettings, DocumentType, Function, Limits, Route, Step
    from docctl.model.document import (
        Change,
        Chapter,
        Document,
        Exclusion,
        ExternalDocument,
        Form,
        Manual,
        Policy,
        Procedure,
        Process,
        RecordKept,
        Responsibility,
        WorkInstruction,
    )
    from docctl.model.lifecycle import State
    from docctl.model.numbering import Numbering
    from docctl.model.problem import Problem
    from docctl.model.register import RegisterEntry
    from docctl.model.status import Status
    from docctl.trust.keys import PublicKey
    from docctl.trust.signers import AgentKey, KeyFile, Presigned, Signer, generate_key

__all__ = [
    "AgentKey",
    "Assignments",
    "Change",
    "Chapter",
    "ControlSettings",
    "DocctlError",
    "Document",
    "DocumentType",
    "Exclusion",
    "ExternalDocument",
    "Form",
    "Founder",
    "Function",
    "InputError",
    "KeyFile",
    "Library",
    "Limits",
    "Manual",
    "NotFoundError",
    "Numbering",
    "Owner",
    "Policy",
    "Prepared",
    "Presigned",
    "Problem",
    "Procedure",
    "Process",
    "PublicKey",
    "RecordKept",
    "RefusedError",
    "RegisterEntry",
    "Responsibility",
    "Route",
    "Signer",
    "State",
    "Status",
    "Step",
    "StoreError",
    "Text",
    "WorkInstruction",
    "generate_key",
]

_HOMES = {
    "docctl.desk.verbs.drafting": ("Text",),
    "docctl.desk.verbs.founding": ("Founder",),
    "docctl.desk.prepared": ("Prepared",),
    "docctl.errors": ("DocctlError", "InputError", "NotFoundError", "RefusedError", "StoreError"),
    "docctl.library": ("Library",),
    "docctl.model.control": (
        "ControlSettings",
        "DocumentType",
        "Function",
        "Limits",
        "Route",
        "Step",
    ),
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
    "docctl.model.register": ("RegisterEntry",),
    "docctl.model.status": ("Status",),
    "docctl.trust.keys": ("PublicKey",),
    "docctl.trust.signers": ("AgentKey", "KeyFile", "Presigned", "Signer", "generate_key"),
}

_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'docctl' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
