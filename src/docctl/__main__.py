"""`python -m docctl`: the same command, where it is not on the path."""

from docctl.cli import main

if __name__ == "__main__":
    main()
