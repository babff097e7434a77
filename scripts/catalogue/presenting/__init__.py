"""How things are said and drawn in one language: strings, values, notes, the map, safe markup."""
