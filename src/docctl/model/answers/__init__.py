"""What docctl answers: the master list, cards, histories, how a document stands after a verb."""
