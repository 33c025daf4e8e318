### Was mehrere Oberflächen teilen.

button-save = Speichern
button-close = Schließen
button-cancel = Abbrechen

not-saved = Nicht gespeichert; bitte versuch es noch einmal.
too-late = Das hat für Slack zu lange gedauert. Bitte versuch es noch einmal.
not-opened = Das ließ sich nicht öffnen; bitte versuch es noch einmal.

# In Slacks Schreibweise: Beide Werte setzt Slack ein, in Sprache und Zeitzone derer, die lesen.
moment = { $date } um { $time }
people-and-more = { $people } und { $rest } weitere
# Wer etwas getan hat, wenn es in der Kommandozeile geschah.
somebody-on-the-server = jemand auf dem Server
