"""Classify articles: JSON lines in on stdin, JSON lines out on stdout, order kept; no database needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diembao import wiring
from diembao.config import current
from diembao.errors import CommandError

if TYPE_CHECKING:
    from classifiers.figures.register import Register

Predict = Callable[[dict[str, Any]], dict[str, object]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to predict, and the register for figures and signals."""
    parser.add_argument("kind", choices=["topics", "places", "figures", "signals"])
    parser.add_argument("--register", metavar="FILE", help="register of official figures (CSV)")
    parser.add_argument("--province", metavar="P", help="province profile whose figures are checked")


def _topics(args: argparse.Namespace) -> Predict:
    from classifiers.places.predict import provinces_line
    from classifiers.topics.predict import predict_line

    return lambda row: {**provinces_line(row), **predict_line(row)}


def _places(args: argparse.Namespace) -> Predict:
    from classifiers.places.predict import predict_line

    return predict_line


def _register(args: argparse.Namespace) -> Register:
    from classifiers.figures.register import RegisterError, load_register

    try:
        return load_register(Path(args.register))
    except RegisterError as error:
        raise CommandError(str(error), bad_input=True) from error


def _figures(args: argparse.Namespace) -> Predict:
    from classifiers.figures.predict import predict_line

    if not args.register:
        raise CommandError("predict figures needs --register FILE.csv", bad_input=True)
    profile = wiring.province(current(), args.province) if args.province else None
    return partial(predict_line, register=_register(args), province=profile)


def _signals(args: argparse.Namespace) -> Predict:
    from classifiers.signals.predict import predict_line

    return partial(predict_line, register=_register(args) if args.register else None)


KINDS = {"topics": _topics, "places": _places, "figures": _figures, "signals": _signals}


def run(args: argparse.Namespace) -> int:
    """Read, classify and write line by line; a bad line stops with its number."""
    predict = KINDS[args.kind](args)
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("is not a JSON object")
            result = predict(row)
        except ValueError as error:
            raise CommandError(f"stdin:{number}: {error}; correct that line", bad_input=True) from error
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0
