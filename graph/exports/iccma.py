"""The attacks of a thread in the format of the solvers' competition (ICCMA 2023): `p af N`, then an attack a line."""

from __future__ import annotations

from rejoinder.graph.exports.attacks import attack_framework
from rejoinder.graph.exports.ends import Ends
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.maps.lettering import flat_text
from rejoinder.records import Claim

NAME = "iccma"
SUMMARY = "ICCMA 2023 argumentation framework: numbered arguments and what attacks what, for solvers"
MEDIA_TYPE = "text/plain"
EXTENSION = "af"


def write(thread_map: ThreadMap, options: Options) -> str:
    """The framework of a thread; comment lines `# number kind id text` say what the numbers stand for.

    The grounded labelling of what is written is rj:label, under the threshold that the thread was loaded with.
    """
    arguments, attacks = attack_framework(thread_map.argument, options.answer_threshold)
    numbers = {argument.id: number for number, argument in enumerate(arguments, 1)}
    ends = Ends(thread_map)
    lines = [f"p af {len(arguments)}"]
    for argument in arguments:
        end = ends.claim_end(argument) if isinstance(argument, Claim) else ends.move_end(argument)
        lines.append(flat_text(f"# {numbers[argument.id]} {end.kind} {end.id} {end.text}"))
    lines += [f"{by} {at}" for by, at in sorted((numbers[by], numbers[at]) for by, at in attacks)]
    return "\n".join(lines) + "\n"
