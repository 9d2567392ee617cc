"""The grammar of Vietnamese quantities: numerals, number words, hedges, units."""
