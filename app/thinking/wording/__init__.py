"""How alike the wording of cards is: words, features, neighbours, communities, labels."""
