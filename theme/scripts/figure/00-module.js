// The script of live figures: the page helper writes it.
