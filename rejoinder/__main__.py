"""The command `rejoinder`, also as `python -m rejoinder`; whoever interrupts it while it is imported sees no more."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from rejoinder.cli import main as command

        command()
    except KeyboardInterrupt:
        print("\nAborted!", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
