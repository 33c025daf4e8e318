### Die Bilder im Thread eines Berichts: Achsen, Titel, und was sie zeigen, in Worten.

# Ein Label, für dessen Schrift hier kein Zeichensatz da ist.
pictures-label = Label { $number }

# Wo Einträge mehrere Labels tragen können, zeigt ein Bild eines davon: sein Titel, und was es zeigt, in Worten.
pictures-one-label = { $project }, nur { $label }
pictures-one-label-alt = Nur { $label }. { $alt }

# In Worten, für alle, die es nicht sehen: „markiert und Spam 610 (520 bis 700); …“.
pictures-span = { $low } bis { $high }
pictures-answers = Geschätzt für { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    } aus { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    }.
pictures-missing = { $name } lässt sich nicht zeichnen: Dafür braucht es das Extra „charts“ (matplotlib), und Zahlen, die zu zeigen sind.

## Die Verwechslungsmatrix

matrix-title = Verwechslungen
matrix-short = Verwechslungen, Runde { $round }
matrix-picture = { $project }: Verwechslungen, Runde { $round }
matrix-below = Geschätzt für { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    } aus { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    }, gewichtet. In Klammern: 95-%-Intervalle.
matrix-people = Was Menschen sagen
matrix-model = Was das Modell sagt
matrix-flagged = markiert
matrix-not-flagged = nicht markiert
matrix-not = nicht { $label }
matrix-alt = Verwechslungen nach Runde { $round }, in Einträgen, mit 95-%-Intervallen: markiert und { $label } { $hits }; markiert, aber nicht { $label } { $alarms }; { $label }, aber nicht markiert { $missed }; weder markiert noch { $label } { $rest }. { $estimated }

## Die Werte des Modells

scores-short = Werte und Schwelle, Runde { $round }
scores-picture = { $project }: Werte, Runde { $round }
scores-below = Oben: Einträge ohne Label, auf einer Skala von Zehnern. Unten: die Messantworten, wie sie kamen.
scores-items = Einträge
scores-answers = Messantworten
scores-of = Wert für { $label }
scores-flagged = markiert: { $items }
scores-not-flagged = nicht markiert: { $items }
scores-others = andere
scores-threshold = Schwelle { $threshold }
scores-alt = Werte und Schwelle nach Runde { $round }: Von { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträgen
    } ohne Label { $flagged ->
        [one] hat 1 einen Wert
       *[other] haben { $flagged } einen Wert
    } von { $threshold } oder mehr und { $flagged ->
        [one] ist
       *[other] sind
    } markiert; { $near } liegen nahe an der Schwelle. Die Messung hat { $positives ->
        [one] 1 positive Antwort
       *[other] { $positives } positive Antworten
    } und { $others } andere.
