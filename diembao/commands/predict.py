"""Classify articles: JSON lines in on stdin, JSON lines out on stdout, order kept; no database needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from diembao.errors import CommandError

Predict = Callable[[dict[str, object]], dict[str, object]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to predict, and the register for figures and signals."""
    parser.add_argument("kind", choices=["topics", "places", "figures"])
    parser.add_argument("--register", metavar="FILE", help="register of official figures (CSV)")
    parser.add_argument("--province", metavar="P", help="province profile whose figures are checked")


def _topics() -> Predict:
    from classifiers.places.predict import provinces_line
    from classifiers.topics.predict import predict_line

    def predict(row: dict[str, object]) -> dict[str, object]:
        topics = predict_line(row)
        return {**provinces_line(row), **topics}

    return predict


def _places() -> Predict:
    from classifiers.places.predict import predict_line

    return predict_line


def _figures(register: str | None, province: str | None) -> Predict:
    from functools import partial

    from classifiers.figures.predict import predict_line
    from classifiers.figures.register import RegisterError, load_register

    if not register:
        raise CommandError("predict figures needs --register FILE.csv", bad_input=True)
    try:
        return partial(predict_line, register=load_register(register), province=province)
    except (RegisterError, OSError) as error:
        raise CommandError(str(error), bad_input=True) from error


def run(args: argparse.Namespace) -> int:
    """Read, classify and write line by line; a bad line stops with its number."""
    predict = {
        "topics": _topics,
        "places": _places,
        "figures": lambda: _figures(args.register, args.province),
    }[args.kind]()
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
