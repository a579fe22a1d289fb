"""The one place that starts Git, through GitPython.

What a user, a machine or a foreign repository has set up (hooks, replace refs, grafts, helpers) is
not obeyed. GitPython's own objects, index, refs and remotes stay unused: they lose commits.
"""

from docctl.store.git.conversation import Conversation
from docctl.store.git.process import SILENCE
from docctl.store.git.repository import Git
from docctl.store.git.settings import BRANCH

__all__ = ["BRANCH", "SILENCE", "Conversation", "Git"]
