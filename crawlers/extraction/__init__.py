"""Article pages: bytes in, one ``ExtractedArticle`` out."""

from crawlers.extraction.article import extract

__all__ = ["extract"]
