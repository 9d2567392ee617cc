"""How the scores of findings were fitted: judged findings and pairs (ids, features, labels; no texts), and
``python -m classifiers.signals.fit``, which makes ``weights.json`` of them."""
