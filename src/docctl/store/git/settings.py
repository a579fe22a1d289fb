"""What Git is told each time, whatever a user or a machine has set up."""

import os
from types import MappingProxyType

#: The one ref that docctl knows.
BRANCH = "refs/heads/main"

ENVIRONMENT = MappingProxyType(
    {
        "GIT_ALLOW_PROTOCOL": "",  # it never speaks to another machine
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "0",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_DEFAULT_REF_FORMAT": "files",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NAMESPACE": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_SHALLOW_FILE": "",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_TRACE": "",
        "LC_ALL": "C",
    }
)

SETTINGS = (
    "advice.graftFileDeprecated=false",
    "core.alternateRefsCommand=true",
    "core.askPass=true",
    "core.commitGraph=false",
    "core.filesRefLockTimeout=100",
    "core.fsmonitor=false",
    "core.gitProxy=",
    "core.hooksPath=/dev/null",
    "core.logAllRefUpdates=false",
    "core.multiPackIndex=false",
    "core.packedRefsTimeout=1000",
    "core.sshCommand=ssh",
    "credential.helper=",
    "diff.external=",
    "gc.autoDetach=false",
    "gc.packRefs=false",
    "gpg.program=gpg",
    "gpg.ssh.program=ssh-keygen",
    "protocol.ext.allow=never",
    "safe.bareRepository=explicit",
)
