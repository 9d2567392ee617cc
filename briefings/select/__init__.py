"""Selecting: from the archive, the register and the ledger to frozen inputs."""

from briefings.select.freeze import freeze, texts_of

__all__ = ["freeze", "texts_of"]
