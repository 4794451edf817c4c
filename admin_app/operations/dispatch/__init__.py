"""The dispatch of designers: who may be offered an order and in which place, proposed, confirmed, answered, lapsed."""
