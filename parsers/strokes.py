"""What is drawn on a PDF page besides letters, by PDFium: lines, filled shapes and pictures, in page coordinates."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Matrix = tuple[float, float, float, float, float, float]
Extent = tuple[float, float, float, float]  # left, bottom, right, top; for a stroke its two ends

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MAX_OBJECTS: Final = 100_000
MAX_DEPTH: Final = 8
WHITE: Final = 250


def _objects(sheet: pdfium.PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    """Page objects with their kind and the matrix to page coordinates, those in forms included."""
    pending = [(raw.FPDFPage_GetObject(sheet, i), IDENTITY, 0)
               for i in reversed(range(min(raw.FPDFPage_CountObjects(sheet), MAX_OBJECTS)))]
    count = 0
    while pending and count < MAX_OBJECTS:
        thing, outer, depth = pending.pop()
        count += 1
        kind = raw.FPDFPageObj_GetType(thing)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            continue
        matrix = _times(_matrix(thing), outer)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            members = range(min(raw.FPDFFormObj_CountObjects(thing), MAX_OBJECTS))
            pending.extend((raw.FPDFFormObj_GetObject(thing, i), matrix, depth + 1) for i in reversed(members))
        yield thing, kind, matrix


def _matrix(thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def pictures(sheet: pdfium.PdfPage) -> Iterator[Extent]:
    """The extent of each picture on the page."""
    for _, kind, matrix in _objects(sheet):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            corners = [_applied(matrix, x, y) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            yield min(xs), min(ys), max(xs), max(ys)


def figures(sheet: pdfium.PdfPage) -> Iterator[Extent]:
    """Lines drawn by strokes, and the extent of shapes that are filled alone."""
    for thing, kind, matrix in _objects(sheet):
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        stroked, filled = _inked(thing)
        for points in _subpaths(thing, matrix) if stroked or filled else ():
            if stroked:
                yield from ((x0, y0, x1, y1) for (x0, y0), (x1, y1) in pairwise(points))
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                yield min(xs), min(ys), max(xs), max(ys)


def _inked(thing: Any) -> tuple[bool, bool]:
    """Whether a path is stroked, and filled, in a colour that shows on paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
    return (bool(stroke.value) and not _white(thing, raw.FPDFPageObj_GetStrokeColor),
            bool(fill.value) and not _white(thing, raw.FPDFPageObj_GetFillColor))


def _white(thing: Any, colour: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not colour(thing, *(ctypes.byref(part) for part in parts)):
        return False
    return parts[3].value == 0 or all(part.value >= WHITE for part in parts[:3])


def _subpaths(thing: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The subpaths as points; curves are left out."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(thing), MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(thing, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind != raw.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        points.append(_applied(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points
