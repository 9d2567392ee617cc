"""One query language and one ``SearchEngine`` port, with two engines behind it.

``embedded`` (tantivy) needs nothing beside the program; ``elastic`` (Elasticsearch) scales out.
"""
