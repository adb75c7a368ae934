"""A few weights set by hand, for tests of everything but the weights: they stay as they are when a model is trained."""

from __future__ import annotations

from dataclasses import replace

from rejoinder.loaders.extract import Rules
from rejoinder.loaders.extract.model.linear import Models, models_from_toml, shipped_models

WEIGHTS = """
[reply]
labels = ["answer", "ask", "attack", "none", "support"]
[reply.weights]
"(always)" = [-1.0, -1.0, 1.0, 0.0, 0.0]
"asks" = [0.0, 3.0, -1.0, 0.0, -1.0]
"cue agree" = [0.0, 0.0, -2.0, 0.0, 2.0]
"cue concede" = [0.0, 0.0, -1.0, 0.0, 2.0]
"cue thanks" = [0.0, 0.0, -1.0, 0.0, 1.0]
"cue disagree" = [0.0, 0.0, 2.0, 0.0, -2.0]
"words not" = [0.0, 0.0, 1.0, 0.0, 0.0]
"other asks" = [2.0, 0.0, 0.0, 0.0, 0.0]

[proposition]
labels = ["attack", "support"]
[proposition.weights]
"(always)" = [0.0, 1.0]
"negation differs" = [0.0, -2.0]

[kinds]
labels = ["dismissal", "objection", "rebuttal", "undercut", "undermine"]
[kinds.weights]
"(always)" = [-2.0, 0.0, 0.0, -2.0, -2.0]

[fits]
labels = ["no", "yes"]
[fits.weights]
"first" = [0.0, 1.0]

[addressee]
labels = ["no", "yes"]
[addressee.weights]
"the post" = [0.0, 2.0]
"back 1" = [0.0, 1.0]
"taking turns" = [0.0, 3.0]
"speaks to its author" = [0.0, 4.0]
"most shared" = [0.0, 2.0]

[premise]
labels = ["no", "yes"]
[premise.weights]
"(always)" = [0.0, -3.0]

[objects]
labels = ["no", "yes"]
[objects.weights]
"(always)" = [0.0, 1.5]

[agrees]
labels = ["no", "yes"]
[agrees.weights]
"(always)" = [0.0, -1.0]
"has agree" = [0.0, 3.0]
"has concede" = [0.0, 3.0]

[asks]
labels = ["no", "yes"]
[asks.weights]
"(always)" = [0.0, -2.0]
"only asks" = [0.0, 4.0]

[sure_attack]
labels = ["no", "yes"]
[sure_attack.weights]
"its lean among others" = [0.0, 1.0]
"its lean alone" = [0.0, 1.0]

[sure_unseen]
labels = ["no", "yes"]
[sure_unseen.weights]
"its lean among others" = [0.0, 1.0]
"its lean alone" = [0.0, 1.0]

[sure_support]
labels = ["no", "yes"]
[sure_support.weights]
"its lean among others" = [0.0, 1.0]
"its lean alone" = [0.0, 1.0]

[quoted]
labels = ["no", "yes"]
[quoted.weights]
"(always)" = [0.0, -1.0]

[reaction]
labels = ["aside", "concession", "none", "objection", "question", "reply", "support"]
[reaction.weights]
"(always)" = [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
"""


def plain_models() -> Models:
    """The models with these weights."""
    return models_from_toml(WEIGHTS)


def plain_rules() -> Rules:
    """The default extractor with these weights."""
    return Rules(models=plain_models())


def rules_without_dumps() -> Rules:
    """The default extractor with the shipped weights, but for the models of dumps, which weigh nothing."""
    plain = plain_models()
    return Rules(models=replace(shipped_models(), quoted=plain.quoted, reaction=plain.reaction))
