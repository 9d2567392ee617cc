"""Topics: which of a press office's topics an article bears, and the words that say so."""
