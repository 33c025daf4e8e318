### Ein Eintrag im Kanal, und die Knöpfe, die er mit der Warteschlange teilt.

button-skip = Überspringen
button-unsure = Unsicher
button-read-all = Alles lesen
button-guidelines = Leitfaden
button-flag = Melden
item-picture = Das Bild zu diesem Eintrag
