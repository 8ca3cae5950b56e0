"""The commands: one module each, with ``add_arguments(parser)`` and ``run(arguments)``.

``run`` returns the exit code, or None for success.

To add a command, write its module and add a row to ``COMMANDS``. ``broadsheet COMMAND -h`` imports
the module, so a command imports everything below the command line inside its functions.
"""

COMMANDS = {
    "list": "List papers.",
    "count": "Print how many papers match a query, for prompts and status bars.",
    "show": "Show a paper with its summaries.",
    "paper": "Print the full text of a paper.",
    "export": "Export papers to a file, to notes or to Zotero.",
    "letter": "Write a letter about the papers of the last days.",
    "marks": "Export, import, sync or set marks.",
    "stats": "Count papers by date, votes, author and rising words.",
    "sync": "Read changed digests; print counts and problems.",
    "fetch": "Download papers from Hugging Face and arXiv, feeds, details and full texts.",
    "add": "Add sources.",
    "remove": "Remove sources; their files are kept.",
    "sources": "List the sources.",
    "config": "Show the settings.",
    "completion": "Print a shell completion script.",
    "help": "Print a page of the manual.",
    "man": "Print the manual as a man page.",
    "why": "Show how a file is read, for bug reports.",
    "doctor": "Check the installation and report problems.",
}
"""The one-line help of each command. A command's name is also the name of its module."""

BROWSE = "browse"
"""The module that runs if no command is given."""

RESTRICTED = "--restricted"
"""The option that selects restricted mode, of the browser and of every command."""
