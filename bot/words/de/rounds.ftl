### Die Nachricht einer Runde im Kanal: der Fortschritt, solange sie offen ist, danach das Ergebnis.

rounds-title = { $project }, Runde { $round }
rounds-done = { $answered } von { $total ->
        [one] 1 Eintrag
       *[other] { $total } Einträgen
    } beantwortet
rounds-more-people = und { $more } weitere

rounds-where-thread = Die Einträge stehen in diesem Thread.
rounds-where-below = Die Einträge stehen darunter.
rounds-answer-thread = { $several ->
        [yes] Antworte in diesem Thread: Kreuze alle Labels an, die passen, und drücke „{ button-save }“.
       *[no] Antworte in diesem Thread: je Eintrag ein Klick auf ein Label.
    } Für viele nacheinander: „{ queue-label-next }“ auf der Startseite der App.
rounds-answer-below = { $several ->
        [yes] Antworte gleich hier darunter: Kreuze alle Labels an, die passen, und drücke „{ button-save }“.
       *[no] Antworte gleich hier darunter: je Eintrag ein Klick auf ein Label.
    } Für viele nacheinander: „{ queue-label-next }“ auf der Startseite der App.
rounds-until = Offen bis { $when }.
rounds-overlap = { $wanted ->
        [one] Jeder Eintrag braucht 1 Antwort.
       *[other] Jeder Eintrag braucht { $wanted } Antworten.
    }
rounds-closing = Wird abgeschlossen: Das Modell lernt aus den Antworten.

# Warum sie abgeschlossen ist.
rounds-closed = Abgeschlossen: { $reason }.
rounds-closed-at = Abgeschlossen { $when }: { $reason }.
rounds-complete = Jeder Eintrag hat sein Label
rounds-deadline = Die Frist ist abgelaufen
rounds-lead = Die Leitung hat sie beendet
