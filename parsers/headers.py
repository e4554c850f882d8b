"""Captions to columns: which column of the form each place of a value row stands for, in printed order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from parsers.forms import Axis, Block
from parsers.labels import plain
from parsers.lexicon import CAPTIONS
from parsers.ties import nearest, tie
from parsers.vocabulary import groups


@dataclass(frozen=True, slots=True)
class Leaf:
    """One printed column: the form's row (for tables across) and column, None where the form does not name it."""

    column: Axis | None
    caption: str
    row: Axis | None = None


def leaves(captions: Sequence[str], block: Block) -> tuple[Leaf, ...]:
    """The columns that captions (all header rows in printed order) stand for; labels of the row column left out."""
    captions = _inners(captions, block)
    tokens = _without_row_caption(_ungrouped(captions, block.columns), block)
    names = tuple(axis.names for axis in block.columns)
    said = [i for token in tokens if (i := nearest(plain(token), names)) is not None]
    if len(said) == len({*said}) + 1 and said.count(said[0]) == 2 and nearest(plain(tokens[0]), names) == said[0]:
        tokens = tokens[1:]  # what stands in the corner says a column's name
    ties = tie([plain(token) for token in tokens], names)
    found = [Leaf(None if i is None else block.columns[i], token) for i, token in zip(ties, tokens, strict=True)]
    first = next((i for i, leaf in enumerate(found) if leaf.column), len(found))
    return tuple(found[first:] if groups(block.columns) else found)


def under(captions: Sequence[str], over: Collection[str], block: Block) -> tuple[Leaf, ...] | None:
    """The columns that captions stand for, each right above its value; None where they do not name them all, and once.

    `over`: all captions above the table's columns. Of a table cut in two, each half names its own columns alone.
    """
    names = tuple(axis.names for axis in block.columns)
    captions, over = _inners(captions, block), _inners(over, block)
    ties = tie([plain(caption) for caption in captions], names)
    if is_twice(captions, ties, names):
        return None
    if len({*ties} - {None}) < len(names) and (None in ties or _named(over, names) != len(ties)):
        return None
    return tuple(Leaf(None if i is None else block.columns[i], c) for i, c in zip(ties, captions, strict=True))


def is_twice(captions: Sequence[str], ties: Sequence[int | None], names: tuple[tuple[str, ...], ...]) -> bool:
    """True where a caption that is tied to no column says the name of one: the columns are printed again."""
    return any(i is None and nearest(plain(c), names) is not None for c, i in zip(captions, ties, strict=True))


def _named(captions: Collection[str], names: tuple[tuple[str, ...], ...]) -> int:
    return sum(nearest(plain(caption), names) is not None for caption in captions)


def _inners(captions: Collection[str], block: Block) -> list[str]:
    above = tuple(groups(block.columns))
    return [_inner(caption, above, block) for caption in captions]


def _inner(caption: str, above: Sequence[str], block: Block) -> str:
    """A column's own caption where its group's stands before it in one cell: 法人或其他组织-商业企业."""
    name = plain(caption)
    rest = next((name[len(group) :] for group in above if name.startswith(group)), "")
    return rest if any(rest in axis.names for axis in block.columns) else caption


def _without_row_caption(tokens: list[str], block: Block) -> list[str]:
    """Captions of the label columns stand first and are no columns of values."""
    names = tuple(axis.names for axis in block.columns)
    tokens = [token for token in tokens if plain(token) not in ("单位", "计量单位")]
    known = next((i for i, token in enumerate(tokens) if nearest(plain(token), names) is not None), 0)
    return tokens[max((i + 1 for i in range(known) if plain(tokens[i]) in CAPTIONS), default=0) :]


def _ungrouped(captions: Sequence[str], columns: Sequence[Axis]) -> list[str]:
    """Captions with each group replaced by the captions below it, which are printed in a later row."""
    wordings = tuple(axis.names for axis in columns)
    inner = [(plain(axis.path[-2]), i) for i, axis in enumerate(columns) if len(axis.path) > 2]
    outer = {plain(axis.path[0]) for axis in columns if len(axis.path) > 1}
    below = {i for _, i in inner}
    group = {name for name, _ in inner}
    flat: list[str] = []
    children: list[str] = []
    behind: list[str] = []
    at: int | None = None
    inside = beside = named = False
    for caption in captions:
        name = plain(caption)
        if nearest(name, tuple((o,) for o in outer)) is not None:
            beside = True
            continue
        if nearest(name, tuple((g,) for g in group)) is not None:
            at, inside = (len(flat) if at is None else at), False
            continue
        index = nearest(name, wordings)
        inside = index in below if index is not None else inside
        named = named or index is not None
        if beside and not named:
            behind.append(caption)
            continue
        (children if inside and at is not None else flat).append(caption)
    return [*flat[:at], *children, *flat[at:], *behind] if at is not None else [*flat, *behind]


def across(captions: Sequence[str], block: Block, in_columns: bool = False) -> tuple[Leaf, ...] | None:
    """The columns of a table whose rows stand side by side; None where the captions do not settle them.

    `in_columns`: the captions are given column by column, so that each group's stand together whatever its place.
    """
    names = [plain(caption) for caption in captions]
    row_names = tuple(axis.names for axis in block.rows)
    column_names = tuple(axis.names for axis in block.columns)
    outer = tuple((plain(axis.path[0]),) for axis in block.rows if len(axis.path) > 1)
    order: list[int] = []
    tokens: list[tuple[str, int | None]] = []
    for caption, name in zip(captions, names, strict=True):
        row = nearest(name, row_names)
        if row is not None:
            order += [row] if row not in order else []
        elif nearest(name, outer) is not None:
            order += [-1]
        else:
            tokens.append((caption, nearest(name, column_names)))
    while tokens and tokens[0][1] is None and len(tokens) > len(block.rows) * len(block.columns):
        tokens = tokens[1:]
    part = _grouped(tokens, [row for row in order if row >= 0], block)
    return part or _grouped(tokens, _row_order(order, block, in_columns), block)


def _row_order(order: list[int], block: Block, in_columns: bool) -> list[int] | None:
    """Rows in printed order; a row that no caption names stands first, as the form has it; None if out of order."""
    if not in_columns and -1 in order and 0 in order and order.index(-1) < order.index(0):
        return None
    found = [row for row in order if row >= 0]
    missing = [row for row in range(len(block.rows)) if row not in found]
    if not found or len(missing) > 1 or (missing and missing != [0]):
        return None
    return [*missing, *found]


def _grouped(tokens: list[tuple[str, int | None]], order: list[int] | None, block: Block) -> tuple[Leaf, ...] | None:
    """Captions dealt out to the groups; each group must name each column, unclear ones by what is left."""
    width = len(block.columns)
    if not order or len(tokens) != width * len(order):
        return None
    found: list[Leaf] = []
    for g, row in enumerate(order):
        part = tokens[g * width : (g + 1) * width]
        ties = tie([plain(caption) for caption, _ in part], [axis.names for axis in block.columns])
        if any(i is None for i in ties):
            return None
        found += [
            Leaf(block.columns[i or 0], caption, block.rows[row]) for (caption, _), i in zip(part, ties, strict=True)
        ]
    return tuple(found)
