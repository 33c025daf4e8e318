### Was mehrere Oberflächen teilen.

button-save = Speichern
button-close = Schließen
button-cancel = Abbrechen
