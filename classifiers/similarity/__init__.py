"""Which articles print the same text, and which tell of the same event.

Texts are compared by their shingles: runs of five syllables. Of an article only a sketch is kept, the
shingles whose hash falls into a fixed eighth of all hashes (the "modulo" sketch of Broder 1997, also
called FracMinHash). Unlike a MinHash of fixed length it tells containment as well as resemblance, so
that a reprint shortened to a third is found as surely as a whole one.
"""
