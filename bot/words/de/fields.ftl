### Felder in Fenstern, in denen jemand ein Label wählt.

field-labels = Labels
field-label = Wähle ein Label
field-none = Wähle keins davon, wenn keins passt.
field-instead = Oder statt eines Labels
