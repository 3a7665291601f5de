"""The commands of `run.py`: what each takes, an example, and which module does it.

The modules lie in app/commands and are imported only when their command is called, so that a command loads
what it needs and no more: asking for help needs nothing installed at all.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import VERSION
from app.commands import BadUsage, Refused


@dataclass(frozen=True)
class Command:
    """One command: what does it, an example without `python3 run.py`, its arguments as argparse takes them."""

    do: Callable[[argparse.Namespace], int]
    example: str
    arguments: Sequence[tuple[tuple[str, ...], dict]]

    @property
    def says(self) -> str:
        """What it does, in one line without a full stop."""
        return self.do.__doc__.splitlines()[0].rstrip(".")


COMMANDS: dict[str, Command] = {}


def command(example: str, *arguments):
    """Make the function below a command, called as in the example; its docstring is the help."""

    def register(do):
        COMMANDS[example.split()[0]] = Command(do, example, arguments)
        return do

    return register


def argument(*names: str, **options):
    """One argument, as argparse's add_argument takes it."""
    return names, options


PORT = argument("--port", metavar="P", type=int, help="the port to listen on (PORT)")
DATA = argument("--data", metavar="DIR", help="the folder of workshops (BARAZA_DATA)")
HOST = argument("--host", metavar="H", help="the address to listen on (HOST)")
WORKSHOP = argument("workshop", metavar="WORKSHOP", help="the beginning of its id, which `list` shows")
SEED = argument("--seed", metavar="S", help="the seed of chance (a fresh one)")


@command("serve --port 8080", PORT, DATA, HOST)
def serve(given) -> int:
    """Serve workshops; what `run.py` alone does."""
    settings = patched(given)
    from app.commands import serve

    return serve.run(settings)


@command("setup")
def setup(given) -> int:
    """Prepare the libraries while there is a network."""
    print("Baraza is ready: `python3 run.py` starts it, with or without a network.")
    return 0


@command("demo", PORT, DATA, HOST)
def demo(given) -> int:
    """Serve, and play the bundled event live with pretend phones."""
    from app.commands import demo

    return demo.run(settings_of(given))


@command(
    "replay event.json --out /tmp/replay --seed 7",
    argument("event", metavar="EVENT.json", help="the event: workshop JSON with people, cards and decisions"),
    argument("--out", metavar="DIR", required=True, help="where result.json and the exports go"),
    SEED,
    argument("--formats", metavar="F,…", default="all", help="export formats, or all"),
    argument("--echoes", metavar="P", type=float, default=0.0, help="how likely a person echoes, 0 to 1"),
)
def replay(given) -> int:
    """Play a whole event through a real server, and check that nothing is lost."""
    from app.commands import replay

    return replay.run(given)


@command("draw --seed 7 < instance.json", SEED)
def draw(given) -> int:
    """Draw groups for the instance on stdin."""
    from app.commands.draw import draw_command

    return told(draw_command(stdin(), given.seed))


@command("verify receipt.json", argument("record", metavar="RECORD.json", help="the receipt of a draw"))
def verify(given) -> int:
    """Run a draw again from its receipt."""
    from app.commands.draw import verify_command

    return told(verify_command(text_of(given.record)))


@command("themes < cards.json")
def themes(given) -> int:
    """Propose themes for the cards on stdin."""
    from app.commands.themes import themes_command

    return told(themes_command(stdin()))


@command("list --json", DATA, argument("--json", action="store_true", help="answer in JSON"))
def list_workshops(given) -> int:
    """List the workshops."""
    from app.commands import list

    return list.run(settings_of(given), given.json)


@command(
    "invite 'Amina, for the south'",
    argument("label", metavar="LABEL", nargs="?", default="", help="whom it is for"),
    argument("--revoke", metavar="ID", help="end a link instead, by the beginning of its id"),
    DATA,
)
def invite(given) -> int:
    """Make a link for another organiser, or end one."""
    from app.commands import invite

    return invite.run(settings_of(given), given.label, given.revoke)


@command(
    "backup --out /media/stick/baraza",
    argument("workshop", metavar="WORKSHOP", nargs="?", help="the beginning of its id (all, and the desk's file)"),
    argument("--out", metavar="DIR", required=True, help="where the copies go"),
    DATA,
)
def backup(given) -> int:
    """Copy workshops safely, also while they run."""
    from app.commands import backup

    return backup.backup(settings_of(given), given.workshop, Path(given.out))


@command(
    "restore /media/stick/baraza/kW3v.db",
    argument("file", metavar="FILE", help="a copy that `backup` or the server made"),
    argument("--replace", action="store_true", help="put it in the place of what is there"),
    DATA,
)
def restore(given) -> int:
    """Put a copy back, while no server runs."""
    from app.commands import backup

    return backup.restore(settings_of(given), Path(given.file), given.replace)


@command(
    "export kW3v --format html,json --level team --lang fr --out report",
    WORKSHOP,
    argument("--format", metavar="F,…", default="all", help="markdown, html, json, csv (all)"),
    argument("--level", metavar="L,…", default="public", help="public, team, full (public)"),
    argument("--lang", metavar="LANG,…", help="languages (all of the workshop's)"),
    argument("--out", metavar="DIR", required=True, help="where the files go"),
    DATA,
)
def export(given) -> int:
    """Write a workshop's report as files."""
    from app.commands import export

    return export.run(settings_of(given), given.workshop, given.format, given.level, given.lang, Path(given.out))


@command("rebuild kW3v", WORKSHOP, DATA)
def rebuild(given) -> int:
    """Fold a workshop's journal into fresh rows, while no server runs."""
    from app.commands import rebuild

    return rebuild.run(settings_of(given), given.workshop)


@command(
    "forget kW3v --person 'Winding star'",
    WORKSHOP,
    argument("--person", metavar="NAME", help="somebody, by name or by the beginning of an id"),
    argument("--card", metavar="ID", help="a card, by the beginning of its id"),
    DATA,
)
def forget(given) -> int:
    """Erase a person or a card, from the past too."""
    from app.commands import forget

    return forget.run(settings_of(given), given.workshop, given.person, given.card)


@command("purge kW3v", WORKSHOP, argument("--yes", action="store_true", help="don't ask for its title"), DATA)
def purge(given) -> int:
    """Delete a workshop, its log and its backups for ever."""
    from app.commands import purge

    return purge.run(settings_of(given), given.workshop, given.yes)


@command("doctor", PORT, DATA, HOST, argument("--json", action="store_true", help="answer in JSON"))
def doctor(given) -> int:
    """Check the installation, the disk, the clock, the port and the address for phones."""
    from app.commands import doctor

    return doctor.run(settings_of(given), given.json)


def patched(given):
    """The settings in force, after readying this process for the async mode that they name; raises BadUsage."""
    from app.front.patching import patch

    chosen = settings_of(given)
    patch(chosen.async_mode)
    return chosen


def settings_of(given):
    """The settings in force, the command line's included; raises BadUsage if one can't be used."""
    from app import settings

    options = {name: getattr(given, name, None) for name in ("port", "data", "host")}
    try:
        return settings.load(**options)
    except settings.BadSetting as problem:
        raise BadUsage(problem) from problem


def told(answer: tuple[int, str, str]) -> int:
    """Print a command's stdout and stderr; its exit code."""
    code, out, err = answer
    sys.stdout.write(out)
    sys.stderr.write(err)
    return code


def stdin() -> str:
    """All of stdin, which must be UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as problem:
        raise BadUsage("stdin isn't UTF-8 text.") from problem


def text_of(path: str) -> str:
    """The text of a file that the command line names."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as problem:
        raise Refused(f"{path} can't be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise Refused(f"{path} isn't UTF-8 text.") from problem


def parser() -> argparse.ArgumentParser:
    """All commands, with their help."""
    top = argparse.ArgumentParser(
        prog="run.py",
        description="Baraza: participatory workshops on phones, a stage and a console.",
        epilog="example:  python3 run.py serve --port 8080\n\n`run.py COMMAND --help` explains one command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"Baraza {VERSION}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, entry in COMMANDS.items():
        one = commands.add_parser(
            name,
            help=entry.says,
            description=f"{entry.says}.",
            epilog=f"example:  python3 run.py {entry.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for names, options in entry.arguments:
            one.add_argument(*names, **options)
    return top


def main(arguments: list[str]) -> int:
    """Run the command of these arguments; 0 done, 1 refused in one line, 2 bad usage."""
    asks_for_help = {"-h", "--help", "--version"}.intersection(arguments)
    if not arguments or (arguments[0].startswith("-") and not asks_for_help):
        arguments = ["serve", *arguments]
    try:
        given = parser().parse_args(arguments)
        return COMMANDS[given.command].do(given)
    except SystemExit as leaving:
        return leaving.code or 0
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BadUsage as misuse:
        print(misuse, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
