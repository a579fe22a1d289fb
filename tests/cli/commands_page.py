"""Makes `docs/reference/commands.md` from the commands themselves."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from docctl.cli.app import docctl
from docctl.cli.contents import SECTIONS

HEAD = """# Commands

This page is made from the commands themselves; `docctl COMMAND --help` prints the same.

```
docctl [-C DIR] [--key FILE] [--json] COMMAND …
```

- `-C DIR` names the library; without it, it is looked for in the current folder and above.
- `--key FILE` names the key to sign with; without it, the one that `docctl.toml` of the library
  names. A `.pub` file stands for a key that ssh-agent holds, and else for the private
  one beside it.
- `--json` prints what the library's method of the same name returns, as JSON. It may stand before
  or behind the command. See [what is printed with --json](#what-is-printed-with---json).
- Every command that signs takes `--prepare FILE`: it writes the exact bytes to be signed, and
  changes nothing. Sign them anywhere, and [`docctl land`](#docctl-land) the signature.

Tables are fitted to a terminal; where it has no room for one, every row stands in lines of its
own. In a pipe their columns are aligned by spaces, every row is one
line, and nothing is cut; programs should read `--json`.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | something was found: by `check`, `outdated`, `verify`, `verify-copy` |
| 2 | the command cannot be understood |
| 3 | refused by a rule; nothing was changed |
| 4 | not found |
| 5 | the store cannot serve: conflict, damage, disk |
| 130 | interrupted |

## What is printed with --json

The schemas are files in [`schemas`](../../schemas); [`docctl schema`](#docctl-schema) prints them.

| schema | printed by |
|---|---|
"""

#: The commands whose answer follows a schema; "list" before it where there are several.
ANSWERS = {
    "answer.authority": "`authority`, `person threshold`",
    "answer.card": "`show`",
    "answer.change": "`changes`: a list",
    "answer.copies": "`verify-copy`",
    "answer.difference": "`diff`",
    "answer.due": "`due`: a list",
    "answer.exception": "`exceptions`: a list",
    "answer.founding": "`init`",
    "answer.handout": "every command with `--prepare`: a list",
    "answer.history": "`history`: a list",
    "answer.landed": "`land`",
    "answer.package": "`retention package`",
    "answer.person": "`person list`: a list; the other commands of `person`",
    "answer.person_erasure": "`person erase`",
    "answer.problem": "`check`, `outdated`: a list",
    "answer.published": "`publish`",
    "answer.reference": "`where`: a list",
    "answer.register": "`register`: a list",
    "answer.search": "`search`: a list",
    "answer.status": "every other command that writes; `release`: a list",
    "answer.verification": "`verify`",
    "answer.disposal": "`retention list`: a list; the other commands of `retention`",
    "answer.hold": "`hold list`: a list; the other commands of `hold`",
    "answer.subject_found": "`subject find`",
    "answer.subject_request": "`subject list`: a list; the other commands of `subject`",
    "answer.record": "`record show`, and the commands of `record` that write one",
    "answer.record-entry": "`record list`: a list",
    "answer.retention": "`retention due`, `retention review`: a list",
    "answer.trace": "`trace`",
    "answer.vault": "`vault scrub`, `vault sweep`",
    "answer.vault_copy": "`vault copy`",
    "control": "`control show`",
}

TAIL = """
`export` and `manual` print `{"file": …}`, `demo` and `schema --to` `{"files": […]}`,
`allowed-signers` `{"allowed_signers": …}`, `schema` the schema or the list of names.
"""


def page() -> str:
    """Return the whole page."""
    root = click.Context(docctl, info_name="docctl")
    rows = [f"| `{name}` | {commands} |" for name, commands in ANSWERS.items()]
    parts = ["\n".join([HEAD.rstrip(), *rows, TAIL])]
    for section, commands in SECTIONS.items():
        parts.append(f"## {section}\n")
        for name in commands:
            command = docctl.get_command(root, name)
            assert command is not None
            parts += _described(click.Context(command, info_name=name, parent=root), command)
    return "\n".join(parts)


def _described(context: click.Context, command: click.Command) -> Iterator[str]:
    if isinstance(command, click.Group):
        yield f"### {context.command_path}\n\n{_text(command.help)}\n"
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from _described(click.Context(child, info_name=name, parent=context), child)
        return
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"### {context.command_path}\n\n```\n{context.command_path} {usage}\n```\n"
    yield f"{_text(command.help)}\n"
    if options := list(_options(command)):
        yield "\n".join(["| option | meaning |", "|---|---|", *options]) + "\n"
    if command.epilog:
        lines = command.epilog.replace("\b\nExamples:\n", "").splitlines()
        yield "\n".join(["```", *(line.strip() for line in lines), "```"]) + "\n"


def _text(text: str | None) -> str:
    return cleandoc(text or "")


def _options(command: click.Command) -> Iterator[str]:
    for option in command.params:
        if not isinstance(option, click.Option) or option.name in {"as_json", "prepare"}:
            continue
        names = ", ".join(option.opts)
        value = "" if option.is_flag else f" {_value(option)}"
        default = f" (default: {option.default})" if option.show_default else ""
        needed = " (required)" if option.required else ""
        cells = (f"`{names}{value}`", f"{option.help}{default}{needed}")
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return option.metavar or option.type.name.upper()
