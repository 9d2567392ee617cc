"""A worker to be killed: puts the archived articles into stories, printing a line for each.

``fill COUNT``: that many articles, every third a copy of the one before. ``work``: until none waits.
``check``: JSON on stdout.
"""

from __future__ import annotations

import json
import os
import sys

import django


def fill(count: int) -> None:
    from tests.classifiers.similarity.writing import text
    from tests.pipeline.test_stories_step import make_article, shortened

    for number in range(count):
        copy = number % 3 == 2
        made = make_article(number, shortened(text(number - 1)) if copy else text(number))
        # The originals were compared for signals before; their copies are to bring that about again.
        made.needs_classify, made.needs_signals = False, copy
        made.save(update_fields=["needs_classify", "needs_signals"])


def work() -> None:
    from archive.models import Article
    from pipeline.stories.step import StoryStep
    from tests.pipeline.test_stories_step import NOW

    step = StoryStep(clock=lambda: NOW)
    while step.run(1):
        sys.stdout.write(f"{Article.objects.filter(needs_story=False).count()}\n")
        sys.stdout.flush()


def check() -> None:
    from django.db.models import Count

    from archive.models import Article, ArticleSignature, Story, StoryChange, StoryLink, StoryTip

    groups: dict[int, list[int]] = {}
    for number, (pk, story) in enumerate(Article.objects.order_by("pk").values_list("pk", "story_id")):
        groups.setdefault(story or -pk, []).append(number)
    rows = Story.objects.annotate(members=Count("articles"))
    result = {
        "groups": sorted(groups.values()),
        "compared_again": Article.objects.filter(needs_signals=True).count(),
        "waiting": Article.objects.filter(needs_story=True).count(),
        "untrue": [row.pk for row in rows if row.size != row.members or row.merged_into_id],
        "reprints": StoryLink.objects.filter(kind="reprint").count(),
        "changes": StoryChange.objects.count(),
        "signatures": ArticleSignature.objects.count(),
        "tip": StoryTip.objects.get().sequence,
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diembao.django_settings")
    django.setup()
    if sys.argv[1] == "fill":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(int(sys.argv[2]))
    else:
        {"work": work, "check": check}[sys.argv[1]]()
