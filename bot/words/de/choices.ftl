### Die Wahl unter den Labels eines Projekts, im Kanal und in der Warteschlange.

# Ein Knopf, wo Einträge mehrere Labels tragen: auch das ist eine Antwort.
choices-none = Keins davon
choices-labels = Labels wählen
choices-label = Label wählen
choices-all = Wähle alles, was passt.
choices-tick = Kreuze alle Labels an, die passen, und drücke dann „{ button-save }“, oder drücke „{ choices-none }“.
# Eine Antwort, die keins der Labels ist, wo Einträge mehrere tragen.
labels-none = keins davon
