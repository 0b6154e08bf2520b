"""Lets ``python -m nutgraf`` run the commands."""

from nutgraf.cli import main

if __name__ == "__main__":
    main()
