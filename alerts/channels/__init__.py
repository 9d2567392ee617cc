"""Channels: one folder is one recipe. What is declared here once, pages, outbox and deliverer derive.

A new channel is a folder with a ``RECIPE`` and a transport, and its name in ``RECIPES``.
"""

from alerts.channels.email import RECIPE as EMAIL
from alerts.channels.recipe import Channel, Message, Recipe
from alerts.channels.services import RECIPE as SERVICES
from alerts.channels.slack import RECIPE as SLACK
from alerts.channels.webhook import RECIPE as WEBHOOK
from alerts.config import AlertConfig

RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in (SLACK, EMAIL, WEBHOOK, SERVICES)}

__all__ = ["RECIPES", "Channel", "Message", "Recipe", "open_channels"]


def open_channels(config: AlertConfig) -> dict[str, Channel]:
    """The channels that the settings turn on, by name."""
    return {name: channel for name, recipe in RECIPES.items() if (channel := recipe.open(config)) is not None}
