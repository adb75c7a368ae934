"""The command line: each command reads its options, calls the stages, prints what comes back."""

from __future__ import annotations

import io
import logging
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import platformdirs

from rejoinder import __version__, loaders, streams, tables
from rejoinder.cards import cards, likely
from rejoinder.complaints import Complaints
from rejoinder.errors import SHORT_OF_MEMORY, BadParameter, Problem, RejoinderError
from rejoinder.extractors import NAMES, asking
from rejoinder.graph.explanations import explain as explaining
from rejoinder.graph.exports import EXPORTS, judgements, whole
from rejoinder.graph.exports.thread_map import thread_map
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.maps import documents
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.queries.unanswered import LEVELS, entries, likeliest, listed, parameters, tally
from rejoinder.graph.queries.values import iri_of, value
from rejoinder.graph.queries.views import VIEWS, Rows, Value, View, rows, view
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.shapes import check as checking
from rejoinder.graph.stores.damage import concerns, damaged
from rejoinder.graph.stores.embedded import known_base
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import Names
from rejoinder.judging import judgeable, judgements_in
from rejoinder.judging import judgements as judgements_of
from rejoinder.load import Tally
from rejoinder.load import load as load_files
from rejoinder.load_workers import fitting
from rejoinder.loaders.extract import RULES, Extractor
from rejoinder.loaders.formats import mapped
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.maps import field_map
from rejoinder.named import named
from rejoinder.options import FILE, FOLDER, FRACTION, NAME, QUERY, ROWS, TEXT
from rejoinder.outline import outline
from rejoinder.progress import Steps, bars
from rejoinder.querying import GRAPH_FORMATS, LOCAL, RESULT_FORMATS, answered
from rejoinder.records import Found, Kind, Verdict
from rejoinder.settings import Settings, from_environment, strangers
from rejoinder.stopping import in_order
from rejoinder.tables import count
from rejoinder.threads import thread_named
from rejoinder.why import why

ROW_FORMATS = click.Choice(["table", "json", "csv"])
OF_ALL = (*whole.FORMATS, judgements.NAME)  # what the whole store can be written as

JOBS, NUMBER = click.IntRange(0, 256), click.IntRange(1)
VERDICTS = list(map(str, Verdict))
JUDGED = f"{'|'.join(VERDICTS)} CLAIM|MOVE|COMMENT, or FILE..."
LEVEL_HELP = "What counts as unanswered. " + " ".join(f"{name} {what}." for name, what in LEVELS.items())

GIVEN = "settings given as options"  # under which a command's context holds them
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

store_option = click.option(
    "--store",
    type=FOLDER,
    default=lambda: platformdirs.user_data_path("rejoinder") / "store",
    show_default="the user's data folder",
    envvar="REJOINDER_STORE",
    help="Folder of the store.",
)
rows_option = click.option(
    "--format", "to", type=ROW_FORMATS, default="table", show_default=True, help="How rows come."
)
COUNTERS = "(a Counter is an objection itself: it is listed until somebody answers it; a Clarification would not be)"
EMPTY = "nothing is loaded: this store holds no comment\n"
NONE_OPEN = "no open objection\n"
NONE_SURE = "no open objection that is sure enough\n"
show_option = click.option("--show", is_flag=True, help="Print the SPARQL that would run, and run nothing.")
rows_limit = click.option("--limit", type=ROWS, help="Most rows; the default is all.")


def setting_option(flag: str, metavar: str | None, help_: str, type_: click.ParamType[Any] | None = None) -> Decorator:
    """An option for the setting of the same name, which `_settings` brings in."""

    def keep(context: click.Context, option: click.Parameter, value: object) -> None:
        if value is not None:
            context.meta.setdefault(GIVEN, {})[option.name] = value

    return click.option(flag, type=type_ or TEXT, metavar=metavar, help=help_, expose_value=False, callback=keep)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what finds claims and moves."""
    for option in reversed(READING):
        command = option(command)
    return command


READING = (
    setting_option("--embeddings", "DIR", "Folder of a sentence embedding model (ONNX) to use; '' for none."),
    setting_option("--extractor", None, "What finds claims and moves.  [default: rules]", click.Choice(NAMES)),
    setting_option("--llm-url", "URL", "Of a model's server, like http://localhost:8080/v1 (docs/llm.md)."),
    setting_option("--llm-model", "NAME", "Name of the model there."),
    setting_option("--llm-budget", "TOKENS", "Most tokens to spend; 0 for no limit.", click.IntRange(0)),
    setting_option("--llm-parallel", "N", "Comments asked about at once.  [default: 1]", click.IntRange(1)),
    setting_option("--llm-cache", "DIR", "Folder in which the model's answers are kept."),
)


class Command(click.Command):
    """A command that tells damage of its store from other errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; raises StoreError where files of the store cannot be read or written."""
        try:
            return super().invoke(ctx)
        except (OSError, RuntimeError) as error:
            store = ctx.params.get("store")
            if store is None or not concerns(store, error):
                raise
            raise damaged(store, error) from error


class Commands(click.Group):
    """A group whose errors of ours are one line on standard error and exit status 1, whatever the streams are."""

    command_class = Command

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line."""
        with streams.guarded():
            return super().main(*args, **options)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is named first; of a file in its place it is said what loads it."""
        if self.get_command(ctx, args[0]) is None and os.path.exists(args[0]):
            ctx.fail(f"No such command {args[0]!r}. To load it: rejoinder load {shlex.join(args)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except RejoinderError as error:
            raise click.ClickException(str(error)) from error
        except SHORT_OF_MEMORY:
            raise click.ClickException("there is not memory enough; what the store holds stays") from None


def _of_threads() -> list[str]:
    """The formats that hold one thread, and no more."""
    return [name for name in EXPORTS if name not in OF_ALL]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Argument maps of comment threads, and the objections nobody has answered."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # a literal in odd form is kept, and its traceback no news
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an old terminal must not end a command


@main.command()
@store_option
@click.option(
    "--format", "format_", type=TEXT, metavar="NAME", help="Read every file in this format (see `rejoinder formats`)."
)
@click.option(
    "--map",
    "map_",
    type=TEXT,
    metavar="MAP",
    help="Read every file by this field map: fields, or a .toml file of them.",
)
@click.option("--base", type=TEXT, help="IRI under which this store's things are named; fixed by its first load.")
@click.option("--replace", is_flag=True, help="Drop from each thread what these files no longer hold.")
@setting_option("--jobs", "N", "Processes for a large load.  [default: one a processor, 4 at most]", JOBS)
@reading_options
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE|FOLDER...")
def load(
    store: Path, format_: str | None, map_: str | None, base: str | None, replace: bool, files: tuple[str, ...]
) -> None:
    """Load comment threads from files, folders, zip and tar archives (- is standard input) and publish them."""
    settings = _settings(store, base)
    by, complaints, steps = _field_map(map_, format_), Complaints(_complain, _loading(store)), bars(files)
    with in_order():
        tally = load_files(
            store,
            files,
            settings,
            report=complaints,
            steps=steps,
            format=format_,
            by=by,
            replace=replace,
            extractor=_extractor(settings, complaints, steps),
            jobs=settings.jobs or fitting(),
        )
    complaints.summed_up()
    click.echo(
        f"{count(tally.threads, 'thread')}, {count(tally.comments, 'comment')}: {count(tally.claims, 'claim')}, "
        f"{count(tally.moves, 'move')}; {count(tally.changed, 'quad')} changed; snapshot {tally.snapshot}"
    )
    if complaints.lost:
        click.echo(f"Not everything was loaded: {count(complaints.lost, 'error')}, see above.", err=True)
        sys.exit(1)


@main.command()
@store_option
@click.option(
    "--kind", type=click.Choice(list(map(str, Kind))), metavar="KIND", help=f"What they do: {', '.join(Kind)}."
)
@click.option(
    "--to", "aim", type=TEXT, metavar="CLAIM|MOVE|COMMENT", help="What it is aimed at, named in the same way."
)
@click.option(
    "--occurrence", type=NUMBER, metavar="N", help="Which of the places, where the words stand several times."
)
@click.option("--to-occurrence", "aim_occurrence", type=NUMBER, metavar="N", help="The same of what it is aimed at.")
@click.option("--by", type=TEXT, metavar="NAME", help="Who judges.")
@click.option("--note", type=TEXT, help="Why.")
@reading_options
@click.argument("said", metavar=JUDGED, type=TEXT, nargs=-1, required=True)
def judge(
    store: Path,
    kind: str | None,
    aim: str | None,
    occurrence: int | None,
    aim_occurrence: int | None,
    by: str | None,
    note: str | None,
    said: tuple[str, ...],
) -> None:
    """Say that a CLAIM or MOVE (named as for `explain`), or a whole comment (by its id), does something, or not.

    It is carried out at once and at each later load of the thread, and printed as a line that `load` takes. Or carry
    out the judgements in each FILE, such as those that a page of `serve` gives (- is standard input).
    """
    verdict, name = said[0], said[1:]
    if verdict not in VERDICTS:
        given = {"--kind": kind, "--to": aim, "--occurrence": occurrence, "--to-occurrence": aim_occurrence}
        _judge_files(store, said, {**given, "--by": by, "--note": note})
        return
    if not name:
        raise click.UsageError(f"expected a claim, move or comment after {verdict!r}")
    snapshot = open_current(store)
    target, does = None if aim is None else judgeable(snapshot, [aim]), None if kind is None else Kind(kind)
    which = (occurrence, aim_occurrence)
    made = judgements_of(snapshot, Verdict(verdict), judgeable(snapshot, name), does, target, by, note, *which)
    tally = _judged(store, [Found(one, "judge", 0) for one in made])
    if tally.lost:
        sys.exit(1)
    click.echo("".join(map(judgements.line, made)), nl=False)
    if any(one.kind is Kind.COUNTER and one.verdict is Verdict.RIGHT for one in made):
        click.echo(COUNTERS, err=True)
    click.echo(f"{count(tally.changed, 'quad')} changed; snapshot {tally.snapshot}", err=True)


@main.command()
@store_option
@click.option("--level", type=click.Choice(list(LEVELS)), default="U2", show_default=True, help=LEVEL_HELP)
@click.option(
    "--thread",
    type=TEXT,
    help="Only this thread: its id, the beginning of it, SITE/ID, IRI, or words of its title.",
)
@click.option("--confidence", type=FRACTION, help="Least confidence of an objection; 0.5 if none is given.")
@click.option("--limit", type=ROWS, help="Most objections; in a table most comments. The default is all.")
@rows_option
@show_option
def unanswered(
    store: Path, level: str, thread: str | None, confidence: float | None, limit: int | None, to: str, show: bool
) -> None:
    """List the objections that nobody has answered, the most pressing first; a table has them by comment."""
    snapshot = open_current(store)
    values = parameters(snapshot.store, level, _settings(store))
    values |= {} if confidence is None else {"confidence": confidence}
    values |= {} if thread is None else {"thread": thread_named(snapshot, thread)}
    if show:
        _show(view("unanswered"), values, limit)
        return
    counted = tally(snapshot.store, values)
    less_sure = likeliest(snapshot.store, values, counted)
    told = [row for entry in less_sure for row in entry.objections]
    shown = len(told) if to == "table" else 0
    if to == "table":
        found = entries(snapshot.store, values, most=limit)
        none = EMPTY if snapshot.empty else NONE_SURE if counted.less_sure else NONE_OPEN
        click.echo(cards(found.entries) if found.entries else none, nl=False)
        click.echo("\n" + likely(less_sure) if less_sure else "", nl=False)
        _say_cut(len(found.entries), found.truncated)
    else:
        beside = {"lessSure": counted.less_sure, "likeliest": told}
        _answer(listed(snapshot.store, values, most=limit), to, beside=beside)
    _say_less_sure(counted.less_sure - shown, "even " if shown else "")


@main.command("views")
@store_option
@click.argument("name", required=False, type=click.Choice(VIEWS), metavar="[NAME]")
@click.option(
    "--set", "given", type=TEXT, multiple=True, metavar="PARAMETER=VALUE", help="Give a parameter of the view a value."
)
@rows_limit
@rows_option
@show_option
def views(store: Path, name: str | None, given: tuple[str, ...], limit: int | None, to: str, show: bool) -> None:
    """List the named views, or run the one of that NAME."""
    if name is None:
        known = [{"view": one, "summary": view(one).summary} for one in VIEWS]
        click.echo(tables.rendered(["view", "summary"], known, to), nl=False)
    elif show and not given:
        _show(view(name), {}, limit)
    else:
        snapshot, one = open_current(store), view(name)
        values = _given(snapshot, one, given)
        if show:
            _show(one, values, limit)
        else:
            _answer(rows(snapshot.store, one, values, most=limit), to)


@main.command()
@store_option
@click.option("--depth", type=click.IntRange(0, 6), default=2, show_default=True, help="How many moves away.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True, help="Most nodes.")
@click.option(
    "--format", "to", type=click.Choice(["text", "json", "jsonld", "turtle"]), default="text", show_default=True
)
@click.argument("claim", type=TEXT, nargs=-1, required=True)
def show(store: Path, depth: int, limit: int, to: str, claim: tuple[str, ...]) -> None:
    """Show a CLAIM or move (IRI, id, the beginning of one, or words that only it holds) with all around it."""
    snapshot = open_current(store)
    around = neighbourhood(snapshot, named(snapshot, claim), depth=depth, limit=limit)
    faces: dict[str, Callable[[], str]] = {
        "text": lambda: outline(around),
        "json": lambda: as_json(documents.document(around)),
        "jsonld": lambda: as_json(documents.json_ld(snapshot.store, around)),
        "turtle": lambda: documents.turtle(snapshot.store, around).decode(),
    }
    click.echo(faces[to](), nl=False)


@main.command()
@store_option
@click.option("--format", "to", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.argument("name", metavar="CLAIM|MOVE", type=TEXT, nargs=-1, required=True)
def explain(store: Path, to: str, name: tuple[str, ...]) -> None:
    """Say why a CLAIM or MOVE (IRI, id, the beginning of one, or words that only it holds) is in the map."""
    snapshot = open_current(store)
    found = explaining.explain(snapshot, named(snapshot, name))
    click.echo(why(found) if to == "text" else as_json(explaining.document(found, snapshot)), nl=False)


@main.command()
@store_option
@click.option(
    "--format",
    "to",
    type=click.Choice(["table", *RESULT_FORMATS, *GRAPH_FORMATS]),
    help="Rows: table (default), json, csv, tsv, xml. Graphs: turtle (default), ntriples, jsonld.",
)
@click.argument("file", type=QUERY, metavar="FILE.rq")
def query(store: Path, to: str | None, file: Any) -> None:
    """Run a SPARQL query (- is standard input) over all threads; no cap but the memory there is, no deadline.

    A term that neither the ontology nor the store has is named on standard error, with those near to it.
    """
    for part in answered(store, file.read(LOCAL.query_bytes + 1), to):
        if part.note:
            click.echo(f"({tables.clean(part.note)})", err=True)
        elif part.text:
            click.echo(part.text, nl=False)
        else:
            sys.stdout.buffer.write(part.body)


@main.command()
@store_option
@click.option("--engine", type=click.Choice(["compiled", "pyshacl"]), default="compiled", show_default=True)
@click.option("--format", "to", type=ROW_FORMATS, default="table", show_default=True)
def check(store: Path, engine: str, to: str) -> None:
    """Check the whole store against the shapes; exit status 1 where one is violated."""
    found = checking.check(open_current(store).store, engine=engine)
    columns = ["severity", "shape", "focus", "value", "message"]
    listed = [{name: getattr(one, name) for name in columns} for one in found]
    if to != "table" or listed:
        click.echo(tables.rendered(columns, listed, to), nl=False)
    conforms = checking.conforms(found)
    click.echo("conforms" if conforms else "does not conform", err=to != "table")
    sys.exit(0 if conforms else 1)


@main.command()
@store_option
@click.option(
    "--to",
    "--format",
    "to",
    type=click.Choice(list(dict.fromkeys([*OF_ALL, *EXPORTS]))),
    default="nquads",
    show_default=True,
    metavar="FORMAT",
    help=f"{', '.join(OF_ALL)}; with --thread also {', '.join(_of_threads())}.",
)
@click.option(
    "--thread",
    type=TEXT,
    help="Only this thread: its id, the beginning of it, SITE/ID, IRI, or words of its title.",
)
@click.option(
    "--premises",
    type=click.Choice(["outward", "inward"]),
    default="outward",
    show_default=True,
    help="AIF: the way of the edges between premises and their schemes; outward leads from the premise.",
)
def export(store: Path, to: str, thread: str | None, premises: str) -> None:
    """Write the whole store, or one thread, to standard output, always in the same order."""
    snapshot = open_current(store)
    options = Options(premises == "outward", _settings(store).answer_threshold)
    parts = whole.dump(snapshot.store, to) if thread is None else [_exported(snapshot, thread, to, options)]
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


@main.command()
@rows_option
def formats(to: str) -> None:
    """List the formats that can be loaded."""
    known = [
        {"format": one.NAME, "summary": one.SUMMARY, "recognised": one.READS.recognised}
        for one in loaders.LOADERS.values()
    ]
    click.echo(tables.rendered(["format", "summary", "recognised"], known, to), nl=False)


@main.command()
@store_option
@rows_option
def stats(store: Path, to: str) -> None:
    """Count what the store holds, by class of the ontology; of moves also those sure enough to count."""
    values: dict[str, Value] = {"confidence": _settings(store).objection_threshold}
    _answer(rows(open_current(store).store, view("stats"), values), to)


@main.command()
@store_option
@click.option("--host", type=NAME, default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
def serve(store: Path, host: str, port: int) -> None:
    """Serve the pages, the JSON views and the SPARQL endpoint."""
    from rejoinder.serve import serve as run  # the server's libraries are not worth loading for any other command

    run(store, _settings(store), host, port, shlex.join(_judging(store)))


# ------------------------------------------------------------------ helpers


def _judge_files(store: Path, files: Sequence[str], options: Mapping[str, str | int | None]) -> None:
    """Carries out the judgements in files, and says how many objections are left."""
    if none := [one for one in files if one != "-" and not os.path.exists(one)]:
        raise click.UsageError(f"expected right, wrong or withdrawn, or a file of judgements; no file {none[0]!r}")
    if given := [name for name, value in options.items() if value is not None]:
        raise click.UsageError(f"{given[0]}: a file says this of each judgement")
    before, (made, wrong) = _open_objections(store), judgements_in(files)
    done = _judged(store, made, wrong)
    now = count(_open_objections(store), "unanswered objection")
    click.echo(f"{count(len(made), 'judgement')} read; {now}, {before:,} before; snapshot {done.snapshot}")
    if done.lost or any(one.lost for one in wrong):
        sys.exit(1)


def _open_objections(store: Path) -> int:
    """How many objections the worklist has, as it comes without options."""
    snapshot = open_current(store)
    return tally(snapshot.store, parameters(snapshot.store, "U2", _settings(store))).listed


def _judged(store: Path, made: Sequence[Found], wrong: Sequence[Problem] = ()) -> Tally:
    """Carries judgements out; says what is wrong with the others, and which of them cannot be carried out."""
    settings, complaints, steps = _settings(store), Complaints(_complain, _loading(store)), bars(())
    for one in wrong:
        complaints(one)
    with in_order():
        extractor = _extractor(settings, complaints, steps)
        done = load_files(store, (), settings, report=complaints, extractor=extractor, records=made)
    complaints.summed_up()
    return done


def _settings(store: Path, base: str | None = None) -> Settings:
    """The settings of the environment and of the command's options; the base is the one given, else the store's own."""
    settings = from_environment(os.environ)
    for one in strangers(os.environ):
        _complain(f"warning: {one}")
    wanted = base or known_base(store) or settings.base
    iri_of("--base", wanted)
    if not wanted.endswith(("/", "#")):
        raise BadParameter(f"--base: expected an IRI that ends in / or #, got {wanted!r}")
    return replace(settings, base=wanted, **click.get_current_context().meta.get(GIVEN, {}))


def _loading(store: Path) -> list[str]:
    """The command that loads into this store; the folder is named only where the user named it."""
    source = click.get_current_context().get_parameter_source("store")
    named = source is click.core.ParameterSource.COMMANDLINE
    return ["rejoinder", "load", *(["--store", str(store)] if named else [])]


def _judging(store: Path) -> list[str]:
    """The command that judges in this store, wherever it is typed on this machine."""
    program = "rejoinder" if shutil.which("rejoinder") else str(Path(sys.argv[0]).resolve())
    return [program, "judge", "--store", str(store.resolve())]


def _field_map(written: str | None, format_: str | None) -> FieldMap | None:
    """The map that the load reads by; it goes with no other format."""
    if written is None:
        if format_ == mapped.NAME:
            raise BadParameter(f"--format {format_}: {mapped.NEEDED}")
        return None
    if format_ not in (None, mapped.NAME):
        raise BadParameter(f"--map: expected no --format beside it, got {format_!r}")
    return field_map(written)


def _extractor(settings: Settings, complaints: Complaints, steps: Steps) -> Extractor:
    """The extractor of the settings: the default one, or one that asks a model."""
    if settings.extractor == "rules":
        return _embedded(settings, None)
    cache = Path(settings.llm_cache) if settings.llm_cache else platformdirs.user_cache_path("rejoinder") / "llm"
    key = os.environ.get(settings.llm_key_variable, "").strip()
    extractor = asking(settings, key, cache, report=complaints, asked=steps.asked)
    click.get_current_context().call_on_close(extractor.close)
    return _embedded(settings, extractor)


def _embedded(settings: Settings, inner: Extractor | None) -> Extractor:
    """The extractor, None for the default one, with the embedding model of the settings beside it if there is one."""
    if not settings.embeddings:
        return inner or RULES
    from rejoinder.loaders.embeddings import open_embeddings  # its libraries are an extra, and slow to start

    cache = platformdirs.user_cache_path("rejoinder")
    least = settings.similarity_threshold
    return open_embeddings(Path(settings.embeddings), inner, least=least, cache=cache, say=_complain)


def _complain(text: str) -> None:
    click.echo(tables.clean(text), err=True)


def _show(one: View, values: Mapping[str, Value], limit: int | None) -> None:
    """Print the SPARQL of a view."""
    click.echo(one.sparql(values if limit is None else {**values, "rows": limit}), nl=False)


def _answer(found: Rows, to: str, *, beside: Mapping[str, object] | None = None) -> None:
    """Print the rows of a view, in JSON with what stands `beside` them."""
    if to == "table":
        click.echo(tables.as_table(found.columns, found.rows) if found.rows else "nothing\n", nl=False)
        _say_cut(len(found.rows), found.truncated)
    else:
        text = tables.rendered(found.columns, found.rows, to, truncated=found.truncated, beside=beside)
        click.echo(text, nl=False)


def _say_cut(shown: int, truncated: bool) -> None:
    if truncated:
        click.echo(f"(only the first {shown}; more with a larger --limit)", err=True)


def _say_less_sure(many: int, even: str) -> None:
    if many:
        others, what, them = ("other is", "an objection", "it") if many == 1 else ("others are", "objections", "them")
        click.echo(f"({many:,} {others} {even}less likely to be {what}; --confidence 0 lists {them}, too)", err=True)


def _exported(snapshot: Snapshot, thread: str, to: str, options: Options) -> bytes:
    """A thread in one of EXPORTS; raises BadParameter and NotFound as `thread_named` does."""
    iri, names = thread_named(snapshot, thread).value, Names(snapshot.base)
    return EXPORTS[to].write(thread_map(snapshot.store, names.key_of(iri), names), options).encode()


def _given(snapshot: Snapshot, one: View, given: tuple[str, ...]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for pair in given:
        name, sign, text = pair.partition("=")
        if not sign:
            raise BadParameter(f"--set: expected PARAMETER=VALUE, got {pair!r}")
        known = {parameter.name: parameter for parameter in one.parameters}
        if name not in known:
            raise BadParameter(f"the view {one.name} has no parameter {name!r}; it has {', '.join(known)}")
        values[name] = thread_named(snapshot, text) if known[name].type == "thread" else value(known[name], text)
    return values
