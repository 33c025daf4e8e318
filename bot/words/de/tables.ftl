### Dateien mit Einträgen: was an einer Datei als ganzer nicht stimmt, und was an einer Zeile. Steht auch in der Datei der abgelehnten Zeilen.

# { $file } ist Name oder Pfad einer Datei. Werte in Anführungszeichen bringen sie mit.
table-at = { $file }, Zeile { $line }: { $fault }
table-no-file = { $file }: diese Datei gibt es nicht
table-no-regular-file = { $file }: ist keine gewöhnliche Datei
table-unreadable = { $file }: { $why }
table-suffix = { $file }: der Name muss auf eines von { $known } enden
table-empty = { $file }: die Datei ist leer
table-no-row = { $file }: keine Zeile darin lässt sich lesen
table-utf16 = { $file }: Zeile 1, Byte 1: das ist UTF-16; speichere die Datei als UTF-8
table-not-utf8 = { $file }: Zeile { $line }, Byte { $byte } der Zeile (Byte { $offset } der Datei) ist 0x{ $value }, und das ist kein UTF-8; speichere die Datei als UTF-8
table-text-column = Die Spalte der Texte braucht einen Namen.

# Hinter table-at.
table-no-commas = keine Kommas zwischen den Spalten; speichere sie als CSV mit Kommas, oder als .tsv mit Tabulatoren
table-no-column = die Spalte { $column } gibt es nicht; es gibt { $known }
table-long-line = länger als { $most } Zeichen; ist das eine Textdatei?
table-quotes = zu viele Anführungszeichen, die geöffnet und nie geschlossen werden
table-header = die Kopfzeile lässt sich nicht lesen: { $why }
table-twice = zwei Spalten heißen { $column }; benenne eine um

## Eine Zeile

row-columns = { $found } statt { $wanted } Spalten
row-nul = ein NUL-Zeichen ist kein Text
row-quote-open-until = ein Anführungszeichen, das hier beginnt, endet nie oder nicht, wie es sollte (in Zeile { $line }); nur diese Zeile ist weggelassen
row-quote-open = ein Anführungszeichen, das hier beginnt, endet nie
row-quote-stray = ein Anführungszeichen steht, wo keines stehen darf; setze das Feld in Anführungszeichen und schreibe jedes darin doppelt
row-long-field = ein Feld hat mehr als { $most } Zeichen
# { $why } kommt von Python, auf Englisch.
row-json = kein JSON (an Stelle { $column }: { $why })
row-json-unusable = kein brauchbares JSON: { $why }
row-json-nul = ein NUL-Zeichen (\u0000) ist kein Text
row-json-surrogate = ein halbes Surrogat-Paar (\ud800 bis \udfff) ist kein Zeichen
row-json-constant = { $value } ist kein JSON
row-json-object = kein JSON-Objekt
row-repeated-id = die ID { $id } steht schon in Zeile { $line }
row-known-id = die ID { $id } gibt es schon, mit einem anderen Text
row-no-column = { $column } fehlt
row-not-text = { $column } ist { $kind ->
        [bool] wahr oder falsch
        [number] eine Zahl
        [list] eine Liste
       *[object] ein Objekt
    }, kein Text
row-empty-text = der Text ist leer
row-long-text = der Text hat { $characters } Zeichen; höchstens { $most } werden angenommen
row-long-id = die ID hat { $characters } Zeichen; höchstens { $most } werden angenommen
row-bad-id = die ID { $id } enthält Steuerzeichen oder ist von Leerraum umgeben
row-bad-url = die Adresse { $url } ist keine http- oder https-Adresse von höchstens { $most } Zeichen
row-bad-image-url = die Bildadresse { $url } ist keine http- oder https-Adresse von höchstens { $most } Zeichen
label-unknown = { $label } ist keines der Labels { $known }
label-no-set = { $label } ist kein Satz von Labels
label-separator = Das Trennzeichen { $separator } kann das Label { $label } nicht von anderen trennen; gib ein anderes an, oder schreibe Labels als JSON: { $json }.

## Importe als ganze

intake-rejects-file = { $file }: ist die Datei, die importiert werden soll; nenne eine andere für die abgelehnten Zeilen
intake-stopped = { $fault }. Es wurde nichts importiert.
intake-stopped-midway = { $fault }. Die Zeilen davor wurden importiert.

## Dateien schreiben

file-not-written = { $file }: lässt sich nicht schreiben: { $why }
file-folder = { $file }: ist ein Ordner; nenne eine Datei
